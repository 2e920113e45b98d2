"""Which rows a table gives: indicators, tasks or projects, by its typed columns and by where it stands."""

from __future__ import annotations

import re

from planparse.extract.indicators import indicators
from planparse.extract.schedules import project_rows, task_rows
from planparse.extract.table_columns import Row, span_of
from planparse.language.columns import role_of
from planparse.language.tidy import tidy
from planparse.model.document import Box, Grid, Section
from planparse.model.drafts import Clock, Draft
from planparse.model.findings import Code, Note
from planparse.model.records import SectionKind
from planparse.tables.headers import counts_up
from planparse.tables.kinds import Kind, TableKind, tell_kind
from planparse.tables.roles import Columns, data_texts, read_columns, type_columns
from planparse.tables.unfolded import unfolded

DOUBT = 0.35
"""A table that is so near to being one of indicators, tasks or projects, and is read as none, is noted."""


FEWEST_ROWS = 2
LONGEST_NAME = 24
"""Characters of what a row of a box names."""
_SENTENCE = re.compile("[，。；]")
_OTHERWISE = (SectionKind.BACKGROUND, SectionKind.ANNEX)
"""Chapters whose tables mostly list what there are no records of."""


def extract_grid(grid: Grid, section: Section | None, clock: Clock, notes: list[Note], box: Box | None = None) -> list[Draft]:
    """Drafts of a table's rows; of a table of no known kind, none. A note (clean offsets) where that was a near thing, or no row was read."""
    title = " ".join(t for t in (grid.caption, box.caption if box else None, section.title if section else None) if t)
    grid = unfolded(grid, clock.period_start or clock.annual_year)
    columns = read_columns(grid)
    told = kind_of(grid, columns, section.kind if section else None, title)
    drafts = _rows(told.kind, grid, columns, section, clock) or _of_box(grid, section, box)
    background = section is not None and section.kind == SectionKind.BACKGROUND
    listed = section is not None and section.kind not in _OTHERWISE
    if not drafts and grid.header_rows and (told.kind is not None or listed or (told.margin < DOUBT and not background)):
        notes += _doubted(grid, columns)
    elif not drafts and not grid.header_rows and (_headless(grid, title) or (listed and counts_up(grid.rows))):
        notes.append(Note.of(Code.UNREAD_TABLE, "headless", grid.start, grid.end))
    return drafts


def _headless(grid: Grid, title: str) -> bool:
    """Whether a table without a header lists indicators by its cells alone: nothing says which column is whose year."""
    body = data_texts(grid)
    if len(body) < FEWEST_ROWS:
        return False
    columns = type_columns([()] * len(body[0]), body)
    return tell_kind(columns, body, grid.caption, title, grid.unit, background=False).kind == "indicators"


def _rows(kind: TableKind | None, grid: Grid, columns: Columns, section: Section | None, clock: Clock) -> list[Draft]:
    if kind == "indicators":
        drafts = indicators(grid, columns, clock, section)
        for draft in drafts:
            draft.values["table_id"] = grid.start  # numbered in reading order when all tables are known
        return drafts
    if kind == "tasks":
        return task_rows(grid, columns, section, clock)
    return project_rows(grid, columns, section, clock) if kind == "projects" else []


def _of_box(grid: Grid, section: Section | None, box: Box | None) -> list[Draft]:
    """The projects of a box that is a table of names and texts without a header, as Markdown takes its first row for one; and the box."""
    serial = counts_up(grid.rows)
    rows = [row[serial:] for row in grid.rows]
    boxed = box is not None or ((grid.number_raw or "").startswith("专栏") and grid.caption)
    if not boxed or not all(map(_says, rows)):
        return []
    values = {"level": "programme", "number_raw": grid.number_raw, "name": grid.caption, "source": "box"}
    drafts = [] if box else [Draft("projects", grid.start, grid.end, section, values)]
    parent = drafts[0] if drafts else None
    for (name, content), whole in zip(rows, grid.rows, strict=True):
        values = {"level": "project", "number_raw": whole[0].text if serial else None, "name": tidy(name.text), "content": tidy(content.text), "source": "box"}
        drafts.append(Draft("projects", *span_of(whole), section, values, parent=parent))
    return drafts


def _says(row: Row) -> bool:
    """Whether a row is a name and what is said of it."""
    return len(row) == len(("name", "text")) and 0 < len(row[0].text) <= LONGEST_NAME and _SENTENCE.search(row[1].text) is not None and not _SENTENCE.search(row[0].text)


def _doubted(grid: Grid, columns: Columns) -> list[Note]:
    """The note on a table with a known head that gives no records."""
    own = not any(role_of(name) for name in columns.names)  # the first row may be no header
    if len(data_texts(grid)) + own < FEWEST_ROWS:
        return []
    names = "、".join(n for n in columns.names if n)[:60]
    return [Note.of(Code.UNREAD_TABLE, "kind", grid.start, grid.end, columns=names)]


def kind_of(grid: Grid, columns: Columns, section_kind: str | None = None, title: str | None = None) -> Kind:
    """What the rows of a grid are; ``title`` is the heading of the section in which it stands, and helps where the header leaves it open."""
    return tell_kind(columns, data_texts(grid), grid.caption, title, grid.unit, background=section_kind == SectionKind.BACKGROUND)
