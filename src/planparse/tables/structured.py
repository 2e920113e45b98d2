"""Table lines (HTML, DOCX, PDF, Markdown) → grids. Tables that only lay out a page are left to be read as lines."""

from __future__ import annotations

import re
from dataclasses import replace

from planparse.language.tidy import tidy
from planparse.model.document import Cell, CleanDocument, Grid
from planparse.model.source import CELL_BREAK
from planparse.tables.captions import is_break, read_caption, surroundings
from planparse.tables.headers import Parts, Row, distinct, is_header, own_cells, sort_rows
from planparse.tables.merged import spread
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
        line = replace(line, rows=drop_empty_columns(line.rows))
        if _is_layout(line):
            last = None
            continue
        parts = spread(sort_rows(line.rows, line.header_flags))
        if last is not None and grids and _goes_on(text, last, grids[-1], line, parts):
            grids[-1] = _joined(grids[-1], parts, text, line)
        else:
            grids.append(_grid(text, line, parts, floor))
        last, floor = line, grids[-1].end
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


# ---- tables that go on -----------------------------------------------------------------------------------------------


def _goes_on(text: str, last: TableLine, grid: Grid, line: TableLine, parts: Parts) -> bool:
    """Whether the line is the next piece of the table before it: as many columns, nothing between, no header of its own or the same."""
    if not line.rows or len(line.rows[0]) != len(grid.rows[0]) or not grid.header_rows:
        return False
    between = [piece for piece in text[last.end : line.start].split("\n") if piece.strip()]
    if any(not is_break(piece) and not _same_caption(piece, grid) for piece in between):
        return False
    if parts.caption and parts.caption != grid.caption:
        return False
    header = tuple(tuple(tidy(cell.text) for cell in row) for row in grid.rows[: grid.header_rows])
    own = tuple(tuple(tidy(cell.text) for cell in row) for row in parts.header)
    return not own or own == header or not any(is_header(row) for row in parts.header)


def _same_caption(line: str, grid: Grid) -> bool:
    caption = read_caption(line)
    return caption is not None and (caption.text in (None, grid.caption) and caption.number_raw == grid.number_raw)


def _joined(grid: Grid, parts: Parts, text: str, line: TableLine) -> Grid:
    header = tuple(tuple(tidy(c.text) for c in row) for row in grid.rows[: grid.header_rows])
    first = [row for row in parts.header if tuple(tidy(c.text) for c in row) not in header]
    body = list(grid.rows)
    for row in _carried(grid, [*first, *parts.body]):
        body.append(row)
    around = surroundings(text, line.start, line.end, line.start)
    return replace(grid, rows=tuple(body), end=around.end, notes=(*grid.notes, *parts.notes, *around.notes))


def _carried(grid: Grid, rows: list[Row]) -> list[Row]:
    """The rows of the next piece; a merged cell that a page break cut goes on in those of its rows that have nothing there."""
    if not rows or len(grid.rows) == grid.header_rows:
        return rows
    above = grid.rows[-1]
    out = [list(row) for row in rows]
    for column, cell in enumerate(above):
        if not cell.text or not (cell.propagated or cell.rowspan > 1) or spans_whole(above):
            continue
        first = out[0][column]
        if first.text:
            continue
        for row in out:
            mine = row[column]
            if mine.text or len({c.start for c in row if c.text}) < 2 or (mine is not first and not _same_place(mine, first)):
                break
            row[column] = replace(cell, propagated=True)
    return [tuple(row) for row in out]


def _same_place(cell: Cell, first: Cell) -> bool:
    return cell.propagated and cell.start == first.start


def spans_whole(row: Row) -> bool:
    return len({cell.start for cell in row}) == 1
