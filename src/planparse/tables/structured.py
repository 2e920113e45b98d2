"""Table lines (HTML, DOCX, PDF, Markdown) → grids. Tables that only lay out a page are left to be read as lines."""

from __future__ import annotations

import re
from dataclasses import replace

from planparse.language.tidy import tidy
from planparse.model.document import CleanDocument, Grid
from planparse.model.source import CELL_BREAK
from planparse.tables.captions import surroundings
from planparse.tables.headers import Parts, Row, distinct, is_header, own_cells, sort_rows
from planparse.tables.merged import spread
from planparse.tables.pieces import in_columns, next_piece
from planparse.tables.raw import TableLine, drop_empty_columns, read_lines

LONG_CELL = 300
"""A cell of this many characters in a table without named columns is a page's text, not a value."""
_LINES = re.compile(f"[{CELL_BREAK}\n]")


def structured_grids(clean: CleanDocument) -> list[Grid]:
    """A grid for every table line that is a table of data; tables that go on in the next line are joined."""
    text = clean.text.text
    grids: list[Grid] = []
    floor = 0
    last: TableLine | None = None
    for line in read_lines(text, clean.source.tables):
        whole, line = line, replace(line, rows=drop_empty_columns(line.rows))
        if _is_layout(line):
            last = None
            continue
        joined = next_piece(text, last, grids[-1], whole) if last is not None and grids else None
        if joined is not None:
            grids[-1] = joined
        else:
            grids.append(in_columns(_grid(text, line, spread(sort_rows(line.rows, line.header_flags)), floor)))
        last, floor = whole, grids[-1].end
    return grids


def is_layout(line: TableLine) -> bool:
    """Whether a table line only lays out a page or draws a box: its cells are then ordinary lines of the document."""
    return _is_layout(replace(line, rows=drop_empty_columns(line.rows)))


def _is_layout(line: TableLine) -> bool:
    rows = line.rows
    if not rows or len(rows[0]) < 2 or all(len(distinct(row)) < 2 for row in rows):
        return True
    head = rows[:4]
    if any(is_header(row) for row in head):
        return False
    if len(rows) == 1:
        return True
    cells = [cell for row in rows for cell in own_cells(row)]
    longest = max((len(cell.text) for cell in cells), default=0)
    if longest > LONG_CELL and not _has_serials(rows):
        return True
    paragraphs = sum(len(_LINES.findall(cell.text)) > 3 and "。" in cell.text for cell in cells)
    single = sum(len(distinct(row)) < 2 for row in rows)
    return (paragraphs > 0 and not _has_serials(rows)) or (single * 3 >= len(rows) * 2 and any("。" in cell.text for cell in cells))


def _has_serials(rows: tuple[Row, ...]) -> bool:
    numbers = [row[0].text for row in rows if row[0].text.isdecimal()]
    return len(numbers) >= 2 and int(numbers[1]) == int(numbers[0]) + 1


def _grid(text: str, line: TableLine, parts: Parts, floor: int) -> Grid:
    around = surroundings(text, line.start, line.end, floor)
    return Grid(
        rows=(*map(_named, parts.header), *parts.body),
        header_rows=len(parts.header),
        start=parts.annex_end or around.start,
        end=around.end,
        caption=parts.caption or around.caption,
        number_raw=parts.number_raw or around.number_raw,
        notes=(*parts.notes, *around.notes),
        unit=parts.unit or around.unit,
    )


def _named(row: Row) -> Row:
    return tuple(replace(cell, text=tidy(cell.text)) for cell in row)
