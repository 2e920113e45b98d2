"""Task and project tables → tasks and projects: one row each (annotation guide, tasks and projects)."""

from __future__ import annotations

import re
from typing import Any

from planparse.data.words import worded
from planparse.extract.table_columns import (
    Categories,
    Row,
    category_of,
    figures_at,
    merged_columns,
    span_of,
    text_at,
)
from planparse.language.columns import NAMING, Role, closes, other_roles
from planparse.language.money import in_wan
from planparse.language.offices import parse_offices, split_offices, without_persons
from planparse.language.shapes import Rank, find_marker
from planparse.language.tidy import tidy
from planparse.language.time import parse_years
from planparse.model.document import Cell, Grid, Section
from planparse.model.drafts import Clock, Draft
from planparse.tables.roles import Columns, is_sum

LONGEST_TITLE = 40
"""A longer cell is a text whose first sentence or lead names it."""
FEW_MERGED = 6
"""Of so many rows, less than one under a merged title is an exception, and the titles name the rows."""
_LEAD = re.compile(r"(?P<title>[^。：:；\n]{2,60})(?P<mark>[。：:])(?P<rest>.+)", re.DOTALL)
_DONE = re.compile(r"已|运行中")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_BEGUN = worded(r"<opened>|续建|起(?!止)|至今")
# 2022-23年; 2024年后; —2023; 2021—; 2022年前; 2022年12月、2023年12月
_SHORT_END = re.compile(r"(?<![0-9])(20)[0-9]{2}年?[-—–~～至]([0-9]{2}年|(?:1[3-9]|[2-9][0-9])$)")
_AFTER = re.compile(r"年?(?:以后|之后|后)")
_OPEN_BEFORE = re.compile(r"[-—–~～]{1,2}\s?20")
_OPEN_BEHIND = re.compile(r"年?\s?[-—–~～]{1,2}")
_BEFORE = re.compile(r"年?(?:以前|之前|前)")
_ENDS_LISTED = re.compile(r"[0-9月日][、，,]\s?20")
_THIS_YEAR = worded(r"^(?:[0-9]{1,2}月|年[底内末]|<this_year>|第?[一二三四]季度|[上下]半年|常年)")
_PERSONS = re.compile("人|领导|联系")
_SIGNS = "▲△★☆※◆●"
_TOTAL_FIRST = re.compile(r"总投资|投资总|合计|预计投资|估算")


def task_rows(grid: Grid, columns: Columns, section: Section | None, clock: Clock) -> list[Draft]:
    """The rows of a task table as columns of ``tasks``: level task, source table. Rows under a merged number and title are tasks of
    their own where they say who does it or by when; what only adds a measure to the row above is joined."""
    titles, texts = _title_columns(grid, columns)
    number = columns.first(Role.NUMBER)
    drafts: list[Draft] = []
    begun: Cell | None = None
    for row in grid.body:
        if category_of(row, columns) is not None:
            begun = None
            continue
        place = next((i for i in titles if text_at(row, i)), None)
        wording = text_at(row, place)
        if place is None or is_sum(wording) or is_sum(text_at(row, 0)):
            continue
        goes_on = begun is not None and row[place].propagated and row[place].start == begun.start
        begun = row[place]
        if goes_on and not _stands_alone(row, columns):
            _add(drafts[-1], "text", _texts(row, columns, texts), row, columns, clock)
            continue
        title, rest = _titled(wording)
        numbered = text_at(row, number) or None
        if numbered is None:
            numbered, title = _numbered(title)
        values: dict[str, Any] = {
            "level": "task",
            "number_raw": numbered,
            "title": title,
            "text": "\n".join(t for t in [rest, *_texts(row, columns, [i for i in texts if i != place])] if t) or None,
            "source": "table",
            **_years(row, columns, clock),
            **_units(row, columns),
        }
        drafts.append(Draft("tasks", *span_of(row), section, values))
    return drafts


def project_rows(grid: Grid, columns: Columns, section: Section | None, clock: Clock) -> list[Draft]:
    """The rows of a project table as columns of ``projects``: level project, source table.

    A table that carries a 专栏 marker of its own gives the box as a programme first.
    """
    names = _name_columns(columns)
    drafts: list[Draft] = []
    parent = None
    if (grid.number_raw or "").startswith("专栏") and grid.caption:
        values = {"level": "programme", "number_raw": grid.number_raw, "name": grid.caption, "source": "box"}
        parent = Draft("projects", grid.start, grid.end, section, values)
        drafts.append(parent)
    under = Categories(columns, columns.of(Role.CATEGORY))
    last_start = -1
    for row in grid.body:
        if under.is_heading(row):
            continue
        place = next((i for i in reversed(names) if text_at(row, i)), None)
        name = text_at(row, place)
        if place is None or is_sum(name) or is_sum(text_at(row, 0)):
            continue
        said = _texts(row, columns, [i for i in columns.of(Role.CONTENT) if i not in names])
        content, category = "\n".join(said) or None, under.of(row, name)
        if row[place].start == last_start and drafts and drafts[-1] is not parent and not _stands_alone(row, columns):
            _add(drafts[-1], "content", [content] if content else [], row, columns, clock)
            continue
        last_start = row[place].start
        drafts.append(
            Draft(
                "projects",
                *span_of(row),
                section,
                _project(grid, row, columns, clock, name, content, category),
                parent=parent,
            )
        )
    return drafts


def _project(
    grid: Grid, row: Row, columns: Columns, clock: Clock, name: str, content: str | None, category: str | None
) -> dict[str, Any]:
    number = text_at(row, columns.first(Role.NUMBER)) or None
    if number is None:
        number, name = _numbered(name)
    if content is None and (led := _LEAD.fullmatch(name)) and (led["mark"] == "。" or len(name) > LONGEST_TITLE or _names_both(columns)):
        name, content = led["title"], led["rest"].strip()
    return {
        "level": "project",
        "number_raw": number,
        "name": name,
        "content": content,
        "source": "table",
        "category": category,
        **_years(row, columns, clock),
        **_investment(grid, row, columns),
        **_units(row, columns),
    }


def _names_both(columns: Columns) -> bool:
    """Whether one column is called by what it names and by its contents: 项目名称及内容."""
    return any(Role.CONTENT in other_roles(columns.names[i]) for i in columns.of(*NAMING))


def _join_years(values: dict[str, Any], years: dict[str, int | None]) -> None:
    starts = [y for y in (values["start_year"], years["start_year"]) if y]
    ends = [y for y in (values["end_year"], years["end_year"]) if y]
    values["start_year"], values["end_year"] = min(starts, default=None), max(ends, default=None)


_OWN = (Role.LEAD, Role.SUPPORT, Role.START, Role.END, Role.YEARS, Role.INVESTMENT)


def _stands_alone(row: Row, columns: Columns) -> bool:
    """Whether a row under a merged name is one of its own: it says who, when or for how much, and not only what else."""
    return any(row[i].text and not row[i].propagated for i in columns.of(*_OWN))


def _add(draft: Draft, key: str, texts: list[str], row: Row, columns: Columns, clock: Clock) -> None:
    """A row that goes on with the record above: what it adds is joined."""
    values = draft.values
    for text in texts:
        if text not in (values[key] or ""):
            values[key] = "\n".join(t for t in (values[key], text) if t)
    _join_years(values, _years(row, columns, clock))
    for role, units in _units(row, columns).items():
        values[role] += [u for u in units if u not in values[role]]
    draft.end = max(draft.end, span_of(row)[1])


# ---- names and texts -------------------------------------------------------------------------------------------------


def _title_columns(grid: Grid, columns: Columns) -> tuple[list[int], list[int]]:
    """The columns to take a task's title from, the best first, and those that hold its text.

    Where one task cell spans the rows of several numbered (or unnumbered) measures, each row is named by its measure.
    """
    tasks = columns.of(Role.TASK) or columns.of(Role.PROJECT) or columns.of(Role.NAME)
    contents = columns.of(Role.CONTENT)
    numbers = columns.of(Role.NUMBER)
    merged = merged_columns(grid, [*tasks, *numbers])
    if numbers and merged.get(numbers[0]):
        merged = {}
    free = [i for i in reversed(tasks) if merged.get(i, 0) * FEW_MERGED < len(grid.body)]
    if free:
        return [free[0]], contents
    if tasks and contents:
        return [contents[0], tasks[-1]], contents[1:]
    return (tasks[-1:] or contents[:1]), contents if tasks else contents[1:]


def _name_columns(columns: Columns) -> list[int]:
    """The columns that name a project, the finest last."""
    found = columns.of(Role.PROJECT) or columns.of(Role.NAME) or columns.of(Role.TASK)
    return found or columns.of(Role.CONTENT)[:1]


def _texts(row: Row, columns: Columns, numbers: list[int]) -> list[str]:
    """What the cells of some columns say, and behind it what those of years and of the document's own columns say, each after its header:
    2022年目标：建成3座, 一季度：完成设计."""
    said = dict.fromkeys(t for i in numbers if (t := text_at(row, i)))
    others = [i for i, role in enumerate(columns.roles) if role is Role.VALUE or (role is None and columns.names[i])]
    return [*said, *(f"{columns.names[i]}：{t}" for i in others if i not in numbers and (t := text_at(row, i)))]


def _titled(text: str) -> tuple[str, str]:
    """Title and rest of a cell: a short cell is all title; of a long one, the lead up to the first 。 or ：."""
    if len(text) <= LONGEST_TITLE and not re.search(r"。.", text):
        return text.rstrip("。；; "), ""
    match = _LEAD.fullmatch(text)
    return (match["title"], match["rest"].strip()) if match else (text.rstrip("。；; "), "")


def _numbered(name: str) -> tuple[str | None, str]:
    """A number that stands in the cell itself (1.建设内容) where the table has no column for it."""
    marker = find_marker(name)
    if (
        marker is None
        or marker.rank < Rank.CHINESE
        or marker.rank in (Rank.DECIMAL_2, Rank.DECIMAL_3)
        or marker.end >= len(name)
    ):
        return None, name
    return marker.raw, name[marker.end :]


# ---- years, money, units ---------------------------------------------------------------------------------------------


def _years(row: Row, columns: Columns, clock: Clock) -> dict[str, int | None]:
    """First and last year from the columns of years, of the beginning and of the end."""
    start = end = None
    for column in columns.of(Role.YEARS, Role.START, Role.END):
        text, role = text_at(row, column), columns.roles[column]
        if role is not Role.END and _DONE.search(text):
            continue
        first, last = _first_and_last(text)
        spans = first != last and _ENDS_LISTED.search(text) is None
        if role is not Role.END or spans:  # a year in a column of ends is no beginning
            start = start or first or (last if role is Role.START and not _BEFORE.search(text) else None)
        if role is Role.START and not (first and last and spans):
            continue
        if last or not first:
            end = end or last or (clock.annual_year if _THIS_YEAR.match(text) else None)
    return {"start_year": start, "end_year": end}


def _first_and_last(text: str) -> tuple[int | None, int | None]:
    """The years of a cell: 2024年 is begun and finished within the year; 2023年开工 only begun, 2024年投产 only finished."""
    if short := _SHORT_END.search(text):
        text = f"{text[: short.start(2)]}{short[1]}{text[short.start(2) :]}"
    first, last = parse_years(text)
    behind = _YEAR.split(text)[-1]
    if _AFTER.match(behind) and not last:
        return None, None
    if first and not last and _OPEN_BEFORE.match(text):
        return None, first
    if first and last and first < last and "续建" in behind:
        return first, last
    if first and not last and _OPEN_BEHIND.fullmatch(behind):
        return first, None
    if _BEGUN.search(behind) and not closes(text):
        return first or last, None
    if closes(text) and not last and not _BEGUN.search(text):
        return None, first
    return first, last or first


def _investment(grid: Grid, row: Row, columns: Columns) -> dict[str, Any]:
    """Investment in 万元, by the unit of the cell, of the header or of the table; its wording beside it."""
    found = columns.of(Role.INVESTMENT)
    found.sort(
        key=lambda i: (_YEAR.search(columns.names[i]) is not None, _TOTAL_FIRST.search(columns.names[i]) is None)
    )
    for column in found:
        text = figures_at(row, column)
        if text:
            wan = in_wan(text, f"{columns.names[column]} {grid.unit or ''}")
            return {"investment_wan": wan, "investment_raw": text.replace("\n", " ")}
    return {"investment_wan": None, "investment_raw": None}


def _units(row: Row, columns: Columns) -> dict[str, list[str]]:
    """Lead and supporting units of the columns for them."""
    lead: list[str] = []
    support: list[str] = []
    for column in columns.of(Role.LEAD):
        if text_at(row, column):
            text = row[column].text
            leading, supporting = _signed(*parse_offices(without_persons(text) if _PERSONS.search(columns.names[column]) else text))
            marked = "牵头" in columns.names[column] and "配合" not in columns.names[column]
            # beside a column of leading units, 责任单位 are those that support
            (lead if marked or not _has_leading(columns) else support).extend(leading)
            support += supporting
    for column in columns.of(Role.SUPPORT):
        if text_at(row, column):
            support += split_offices(row[column].text)
    return {
        "lead_units": list(dict.fromkeys(map(tidy, lead))),
        "support_units": list(dict.fromkeys(map(tidy, support))),
    }


def _signed(lead: list[str], support: list[str]) -> tuple[list[str], list[str]]:
    """Of a list with a sign at some units (▲发改局、财政局), those lead, and the rest support."""
    signed = [unit for unit in lead if unit[0] in _SIGNS]
    if not signed:
        return lead, support
    rest = [unit for unit in lead if unit[0] not in _SIGNS]
    return [unit.lstrip(_SIGNS + " ") for unit in signed], [*rest, *support]


def _has_leading(columns: Columns) -> bool:
    """Whether one column holds the leading units and another the responsible ones."""
    found = columns.of(Role.LEAD)
    return len(found) > 1 and any("牵头" in columns.names[i] for i in found)
