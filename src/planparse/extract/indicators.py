"""Indicator tables → indicators: one row each, the values of base and target read beside their wording (annotation guide, indicators)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from planparse.extract.lexicon import worded
from planparse.extract.table_columns import (
    Categories,
    Row,
    figures_at,
    is_absent,
    merged_columns,
    span_of,
    text_at,
)
from planparse.extract.value_columns import ValueColumn, ValueColumns, choose
from planparse.language.cells import CellValue, in_unit, parse_cell
from planparse.language.columns import Role, is_unit
from planparse.language.quantity_grammar import CHANGES
from planparse.language.shapes import Rank, find_marker
from planparse.model.document import Grid, Section
from planparse.model.drafts import Clock, Draft
from planparse.tables.kinds import is_measured
from planparse.tables.roles import Columns, is_sum

_BRACKET = re.compile(r"[（(〔\[【](?P<inner>[^（()）〔〕\[\]【】]{1,20})[）)〕\]】]\s*[#＃*＊★△▲]*$")
_AVERAGE = re.compile(r"年均(?!值|气温|温度|风速|降)|年平均|平均数")
_TOTAL = worded(r"累计|[五5]年(?:<summed>|共)")
_RATIO = re.compile(r"[0-9]\s*[:：]\s*[0-9]")
_PROPERTY_IN_NAME = worded(r"<binding>性")
# 注：表中指标均为预期性指标; not 带*的指标均为…, 其余指标均为…, of which others are none
_PROPERTY_OF_ALL = worded(
    r"(?:^|[\s注：:（(。；.])(?:[本上下该此]?表[中内]?|以上|上述)?(?:所列|所有|各项?|全部|的|主要)*<indicators_called>(?:[都均全]|全部)[为是属]于?(<binding>性)"
)
_CHANGES = worded(r"<grown>")
_YEAR_IN_CELL = re.compile(r"(?<![0-9])(?<![较比与于以]\s)(?<![较比与于以])((?:19|20)[0-9]{2})年(?!相?比|基础|基数|水平)")
_MARKS = " *＊#＃▲△★☆◆●※"
"""Marks beside a name that the notes explain."""
LONGEST_CATEGORY = 14
LONGEST_PART = 4
"""Characters of a part of a name that stands beside what it is a part of, where that states no unit."""
_ENCLOSED = re.compile(r"^[（(]([^（()）]*)[）)]$")
_NOT_CATEGORY = re.compile(r"[0-9（(%‰]")
_FALLS = worded(r"<falling>(?P<measure>率|幅度|比例)?(?:[（(][^（()）]{0,8}[)）])?(?: |$)")
_RISES = re.compile(r"(?:提升|提高|增加)(?:[（(][^（()）]{0,8}[)）])?$")
"""Names that say by how much something falls (单位GDP能耗降低) or rises; 增长 is a rate, and a 下降率 reaches its figure."""
_SCALED = worded(r"[0-9]\s?(?P<scale>[万亿])(?P<unit>[\u4e00-\u9fff/A-Za-z]{1,8}?)(?:<bounds>|[（(，,；;。]|$)")
# 带（）为五年平均数，其余为期末达到数: what marked cells are, and what the rest are.
_NOTE_MARK = re.compile(
    r"(?P<mark>[〔［\[【][^〕\]］】]{0,8}[〕\]］】]|[（(]\s?[）)]|括号|\*|＊|#|△)[^，；。,;]{0,14}?(?:为|是|表示|指|代表|均?为)(?P<what>[^，；。,;]{2,24})"
)
_YEAR_OF_MARK = re.compile(r"\s?((?:19|20)[0-9]{2})\s?年(?:度|末|底)?的?(?:数[据值]?|实际)")
_NOTE_REST = re.compile(
    r"(?:其余|其他|其它|未[带加]|无[〔（(\[]|不带)[^，；。,;]{0,10}?(?:为|是|表示|指)(?P<what>[^，；。,;]{2,24})"
)


@dataclass(frozen=True, slots=True)
class _Notes:
    """What the notes under a table say of marked cells (by bracket) and of the rest, and whether all rows are binding or expected."""

    marks: dict[str, str] = field(default_factory=dict)
    rest: str | None = None
    of_all: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    grid: Grid
    columns: Columns
    values: ValueColumns
    names: list[int]
    categories: list[int]
    notes: _Notes
    clock: Clock
    before: int | None = None
    """The column beside the names, under the same header: it holds categories, and here and there what a part of a name goes with."""


def indicators(grid: Grid, columns: Columns, clock: Clock, section: Section | None) -> list[Draft]:
    """The rows of an indicator table, as columns of ``indicators`` (identifiers and ``table_id`` are the caller's)."""
    names, categories = _name_columns(grid, columns)
    if not names:
        return []
    before = names[0] - 1 if names[0] - 1 in categories and columns.roles[names[0] - 1] is Role.NAME else None
    table = _Table(grid, columns, choose(grid, columns, clock), names, categories, _read_notes(grid), clock, before)
    drafts: list[Draft] = []
    under = Categories(columns, categories)
    for row in grid.body:
        if (not _has_value(table, row) and under.is_heading(row)) or _is_bare(table, row, under):
            continue
        values = _row(table, row, under)
        if values is not None:
            start, end = span_of(row)
            drafts.append(Draft("indicators", start, end, section, values))
    return drafts


def _has_value(table: _Table, row: Row) -> bool:
    """Whether the row states a value, as a sum of others does that is named like a category (一、可再生能源 | 1171 | 1526)."""
    whole = len({c.start for c in row}) == 1
    return not whole and any(text_at(row, i) for i in table.columns.of(Role.VALUE))


def _is_bare(table: _Table, row: Row, under: Categories) -> bool:
    """Whether the row only names a category, alone in its first column, of a table whose other rows are filled; it then holds below."""
    text = text_at(row, 0)
    if not 2 <= len(text) <= LONGEST_CATEGORY or _NOT_CATEGORY.search(text) or any(c.text for c in row if c.start != row[0].start):
        return False
    filled = sum(sum(bool(c.text) for c in other) > 2 for other in table.grid.body)
    if filled * 2 <= len(table.grid.body):
        return False
    under.name(text)
    return True


def _name_columns(grid: Grid, columns: Columns) -> tuple[list[int], list[int]]:
    """The columns that make up the name, and those that hold categories.

    Of two columns under one 指标, the first is a category where every row has one of its own beside it (保护利用 | 文物保护单位数量);
    where some names fill both, the others are parts of a name (人均可支配收入 | 城镇居民).
    """
    categories = columns.of(Role.CATEGORY)
    names = columns.of(Role.NAME)
    if not names:
        found = columns.first(Role.PROJECT, Role.TASK, Role.CONTENT, Role.PLACE)
        names = [found] if found is not None else []
    if not names and categories:
        names = [categories.pop()]
    if len(names) < 2:
        return names, categories
    whole = sum(
        row[names[0]].start == row[names[1]].start and bool(row[names[0]].text)
        for row in grid.body
        if len({c.start for c in row}) > 1
    )
    merged = merged_columns(grid, names[:-1])
    if whole and not (categories and whole == len(grid.body)):
        return names, categories
    if (merged and not categories) or (not whole and not categories):
        return names[-1:], [*categories, *names[:-1]]
    return names, categories


def _row(table: _Table, row: Row, under: Categories) -> dict[str, Any] | None:
    columns = table.columns
    name, number = _name(table, row), text_at(row, columns.first(Role.NUMBER)) or None
    if is_sum(text_at(row, 0)):
        name, number = name or text_at(row, 0), None
    if not name:
        return None
    if number is None:
        number, name = _numbered(name)
    category = under.of(row, name)
    if table.before is not None and _completes(text_at(row, table.before), name):
        category, name = under.of(row, text_at(row, table.before)), f"{text_at(row, table.before)} {name}"
    used = {*table.names, *table.categories, *columns.of(Role.NUMBER, Role.UNIT, Role.PROPERTY)}
    unit = _stated_unit(table, row, name)
    baseline = _cell(table.values.baseline, row, used)
    target, average, summed = _target(table, row, used)
    unit = unit or unit_in(under.heading or "") or _unit_of(target) or _unit_of(baseline) or table.grid.unit
    said = f"{category or ''}{name}{target.value.raw if target else ''}"
    prop = text_at(row, columns.first(Role.PROPERTY)) or "".join(_PROPERTY_IN_NAME.findall(said)) or table.notes.of_all
    values: dict[str, Any] = {
        "caption": table.grid.caption,
        "number_raw": number,
        "category": category,
        "name": name,
        "unit": unit,
        "property": "binding" if "约束" in prop else "expected" if "预期" in prop else None,
        "other_cells": _others(table, row, used),
    }
    values |= _baseline(table, baseline, unit)
    values |= _aim(table, target, unit, f"{under.heading or ''} {name}", level=baseline is not None and baseline.value.value is not None)
    values["basis"] = _basis(table, name, target or baseline, average=average, summed=summed, has_target=target is not None)
    return values


def _name(table: _Table, row: Row) -> str:
    """The name; of several columns, the distinct wordings from left to right."""
    return " ".join(dict.fromkeys(t.strip(_MARKS) or t for i in table.names if (t := text_at(row, i))))


def _completes(whole: str, part: str) -> bool:
    """Whether the second of two cells is a part of what the first names, and no indicator by itself: 居民收入（元） | 城镇."""
    return whole != part and is_measured(whole) and not is_measured(part) and (unit_in(whole) is not None or len(part) <= LONGEST_PART)


def _numbered(name: str) -> tuple[str | None, str]:
    """A number that stands in the name (1.地区生产总值) where the table has no column for it."""
    marker = find_marker(name)
    if marker is None or marker.rank not in (Rank.DECIMAL, Rank.DECIMAL_PAREN, Rank.CIRCLED, Rank.CHINESE) or marker.end >= len(name):
        return None, name
    return marker.raw, name[marker.end :].lstrip(_MARKS)


# ---- values ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Held:
    """A cell that says something, with the year that its column states."""

    value: CellValue
    year: int | None
    column: ValueColumn | None


def _cell(column: ValueColumn | None, row: Row, used: set[int]) -> _Held | None:
    if column is None:
        return None
    used.add(column.index)
    text = figures_at(row, column.index)
    return None if is_absent(text) else _Held(parse_cell(text), _year_in(text) or column.year, column)


def _year_in(text: str) -> int | None:
    years = _YEAR_IN_CELL.findall(text)
    return int(years[-1]) if years else None


def _target(table: _Table, row: Row, used: set[int]) -> tuple[_Held | None, bool, bool]:
    """This plan's own target of a row; whether it is a yearly average, or a sum of years. A row without a figure of its own for the
    target year may state a growth instead (年均增长 6.5%)."""
    values = table.values
    if values.total is not None and not is_absent(text_at(row, values.total.index)):
        held = _cell(values.total, row, used)
        if held is not None and held.value.value is not None:
            last = values.target.year if values.target else None
            return _Held(held.value, last or held.year, held.column), False, True
    target = _cell(values.target, row, used)
    if target is not None or values.growth is None:
        return target, False, False
    text = figures_at(row, values.growth)
    if is_absent(text):
        return None, False, False
    used.add(values.growth)
    value = parse_cell(text)
    marked = value.mark == "〔〕" or (
        "累计" in table.columns.names[values.growth] and "年均" not in table.columns.names[values.growth]
    )
    return _Held(value, values.target.year if values.target else None, None), not marked, marked


def _stated_unit(table: _Table, row: Row, name: str) -> str | None:
    """The unit of the unit column, or of a bracket that closes the name."""
    text = text_at(row, table.columns.first(Role.UNIT))
    if text := _ENCLOSED.sub(r"\1", text):
        return "%" if text in ("百分比", "％") else text
    wordings = (name, *reversed(name.split(" ")), table.columns.names[table.names[-1]])
    return next((unit for wording in wordings if (unit := unit_in(wording))), None)


def unit_in(wording: str) -> str | None:
    """The unit in a bracket that closes a wording."""
    match = _BRACKET.search(wording)
    inner = re.sub(r"^(?:单位[:：]|[0-9.]+(?=[%％‰]$))", "", re.split(r"[，,；;]", match["inner"])[0].strip()) if match else ""
    return ("%" if inner == "％" else inner) if inner and is_unit(inner) else None


def _unit_of(held: _Held | None) -> str | None:
    """The unit that stands behind a value; that of a change is not the indicator's."""
    if held is None or held.value.comparator in CHANGES:
        return None
    scaled = _SCALED.search(held.value.raw)
    if scaled and is_unit(scaled["scale"] + scaled["unit"]):
        return scaled["scale"] + scaled["unit"]
    return held.value.unit


def _baseline(table: _Table, held: _Held | None, unit: str | None) -> dict[str, Any]:
    if held is None:
        return {"baseline_year": None, "baseline_value": None, "baseline_raw": None}
    before = table.clock.period_start or table.clock.annual_year
    year = _noted_year(table, held.value.raw) or held.year or (before - 1 if before else None)
    return {"baseline_year": year, "baseline_value": in_unit(held.value, unit), "baseline_raw": held.value.raw}


def _noted_year(table: _Table, raw: str) -> int | None:
    """The year that the table's note says of the mark behind a figure: 31.2* where 带*的为2024年数据."""
    told = _YEAR_OF_MARK.match(table.notes.marks.get(raw[-1:], ""))
    year = int(told[1]) if told else None
    return year if year and year < (table.clock.period_start or table.clock.annual_year or year + 1) else None


def _aim(table: _Table, held: _Held | None, unit: str | None, name: str, *, level: bool) -> dict[str, Any]:
    """Columns of the target. ``level``: there is a baseline, so that a figure without 〔〕 is what is reached, whatever the name says of its change."""
    if held is None:
        return {"target_year": None, "target_value": None, "target_raw": None, "comparator": None}
    year = held.year or table.clock.period_end or table.clock.annual_year
    comparator = held.value.comparator or (None if held.value.value is None and not _RATIO.search(held.value.raw) else "eq")
    yearly = held.column is None and held.value.mark is None
    if yearly and comparator == "eq" and held.value.value is not None and not _CHANGES.search(name):
        comparator = "decrease" if held.value.value < 0 else "increase"
    if comparator == "eq" and held.value.value and held.value.value > 0 and (not level or held.value.mark == "〔〕"):
        comparator = _said_change(held, name)
    return {
        "target_year": year,
        "target_value": held.value.value if held.column is None else in_unit(held.value, unit),
        "target_raw": held.value.raw,
        "comparator": comparator,
    }


def _said_change(held: _Held, name: str) -> str:
    """The comparator that a name says: 能耗降低（%）, 优良比例提高; a 下降率 reaches its figure, but for one summed up beside the years."""
    falls = _FALLS.search(name)
    if falls and not (falls["measure"] and not (held.column is None and held.value.mark == "〔〕")):
        return "decrease"
    return "increase" if _RISES.search(name) else "eq"


def _basis(table: _Table, name: str, held: _Held | None, *, average: bool, summed: bool, has_target: bool) -> str:
    """period_average, period_total or end_of_period: by the note on the cell's mark, the mark, the name, the header."""
    mark = held.value.mark if held else None
    note = table.notes.marks.get(mark) if mark else None
    if note is not None:
        return _meaning(note) or "end_of_period"
    header = held.column.name if held and held.column else ""
    wording = f"{name} {held.value.raw if held else ''}"
    if average or _AVERAGE.search(f"{wording} {header}"):
        return "period_average"
    if summed or mark == "〔〕" or _TOTAL.search(f"{wording} {header}"):
        return "period_total"
    if table.notes.rest and has_target and mark is None:
        return _meaning(table.notes.rest) or "end_of_period"
    return "end_of_period"


def _meaning(what: str) -> str | None:
    if re.search(r"平均|年均", what):
        return "period_average"
    return "period_total" if re.search(r"累计|合计|总[量数计]", what) else None


def _read_notes(grid: Grid) -> _Notes:
    marks: dict[str, str] = {}
    rest: str | None = None
    for note in (*grid.notes, grid.caption or ""):
        for match in _NOTE_MARK.finditer(note):
            sign = match["mark"][0]
            marks.setdefault(
                "()" if sign in "(（" or match["mark"] == "括号" else "〔〕" if sign in "〔［[【" else sign,
                match["what"],
            )
        found = _NOTE_REST.search(note)
        rest = rest or (found["what"] if found else None)
    of_all = next((told[1] for note in grid.notes if (told := _PROPERTY_OF_ALL.search(note))), "")
    return _Notes(marks, rest, of_all)


def _others(table: _Table, row: Row, used: set[int]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for number, name in enumerate(table.columns.names):
        text = row[number].text.strip()
        if number in used or not text:
            continue
        key = name or f"第{number + 1}列"
        cells[key if key not in cells else f"{key}（{number + 1}）"] = " ".join(text.split())
    return cells
