"""A table line (see model.source) → its rows of cells with clean offsets, and from those the rectangle in which spans are expanded."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from planparse.model.document import Cell
from planparse.model.source import CELL_BREAK, CELL_END, ROW_END, TABLE_END, TABLE_START, CellShape, TableShape

Rows = list[list[Cell]]

_MARKS = re.compile(f"[{CELL_END}{ROW_END}{TABLE_END}]")
MAX_COLUMNS = 200
"""A wider table is no table of a plan; spans beyond are cut."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table of the text: its span, its cells row by row, which of them the format calls headers."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]
    header_flags: tuple[bool, ...] = ()


def find_lines(text: str) -> list[tuple[int, int]]:
    """Spans of all table lines, their start and end marks included."""
    spans: list[tuple[int, int]] = []
    start = text.find(TABLE_START)
    while start >= 0:
        end = text.find(TABLE_END, start)
        end = len(text) if end < 0 else end + 1
        spans.append((start, end))
        start = text.find(TABLE_START, end)
    return spans


def read_lines(text: str, shapes: tuple[TableShape, ...]) -> list[TableLine]:
    """All table lines, with the spans that the source says. A line whose cells no shape fits is read without spans."""
    lines: list[TableLine] = []
    at = 0
    for start, end in find_lines(text):
        rows = _cells(text, start, end)
        found = _next_shape(shapes, at, rows)
        if found is not None:
            at = found + 1
            rows, flags = _shaped(rows, shapes[found])
        else:
            flags = ()
        lines.append(TableLine(start, end, tuple(map(tuple, expand(rows))), flags))
    return lines


def _cells(text: str, start: int, end: int) -> Rows:
    rows: Rows = []
    row: list[Cell] = []
    place = start + 1
    for match in _MARKS.finditer(text, place, end):
        at = match.start()
        if match[0] == CELL_END or text[place:at].strip():
            row.append(make_cell(text, place, at))
        if match[0] != CELL_END:
            if row:
                rows.append(row)
            row = []
        place = at + 1
    return rows


def make_cell(text: str, start: int, end: int) -> Cell:
    """The cell ``text[start:end]`` without the blanks around it; line breaks inside it are kept."""
    raw = text[start:end]
    bare = raw.strip(" \t\n\u3000\xa0" + CELL_BREAK)
    begin = start + (raw.find(bare) if bare else 0)
    return Cell(bare, begin, begin + len(bare))


def _next_shape(shapes: tuple[TableShape, ...], at: int, rows: Rows) -> int | None:
    """The first shape from ``at`` on with as many cells in each row (tables that cleaning took out have no line any more)."""
    counts = [len(row) for row in rows]
    for number in range(at, len(shapes)):
        if [len(row) for row in shapes[number].rows if row] == counts:
            return number
    return None


def _shaped(rows: Rows, shape: TableShape) -> tuple[Rows, tuple[bool, ...]]:
    shapes: list[tuple[CellShape, ...]] = [row for row in shape.rows if row]
    # rows without cells are no rows here; a cell that spans them spans so many rows less
    kept = [number for number, row in enumerate(shape.rows) if row]
    bare = len(kept) < len(shape.rows)
    out = []
    for number, (row, given) in enumerate(zip(rows, shapes, strict=True)):
        cells = []
        for cell, s in zip(row, given, strict=True):
            down = bisect_left(kept, kept[number] + s.rowspan) - number if bare else s.rowspan
            cells.append(replace(cell, rowspan=max(1, down), colspan=max(1, s.colspan)))
        out.append(cells)
    return out, tuple(all(s.header for s in row) for row in shapes)


def expand(rows: Rows) -> Rows:
    """The rectangle: a cell that spans stands at every position that it covers, its copies marked; short rows are filled up."""
    grid: list[dict[int, Cell]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[number]:
                column += 1
            if column >= MAX_COLUMNS:
                break
            copy = replace(cell, propagated=True)
            for down in range(number, min(number + cell.rowspan, len(rows))):
                for across in range(column, min(column + cell.colspan, MAX_COLUMNS)):
                    grid[down].setdefault(across, cell if (down, across) == (number, column) else copy)
            column += cell.colspan
    width = max((max(row, default=-1) for row in grid), default=-1) + 1
    return [_filled(row, width) for row in grid]


def _filled(row: dict[int, Cell], width: int) -> list[Cell]:
    """The row from left to right; a position that nothing covers is an empty cell where its neighbour ends."""
    cells: list[Cell] = []
    at = min((cell.start for cell in row.values()), default=0)
    for column in range(width):
        cell = row.get(column)
        cells.append(cell if cell is not None else Cell("", at, at))
        at = cells[-1].end
    return cells


def drop_empty_columns(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """Without columns that hold nothing of their own in any row (ruling lines of a PDF, spacer cells of a page)."""
    keep = filled_columns(rows)
    return rows if not rows or len(keep) == len(rows[0]) else tuple(tuple(row[i] for i in keep) for row in rows)


def filled_columns(rows: tuple[tuple[Cell, ...], ...]) -> list[int]:
    """The columns that hold something of their own in some row."""
    return [i for i in range(len(rows[0]) if rows else 0) if any(row[i].text and not _copy_of_left(row, i) for row in rows)]


def _copy_of_left(row: tuple[Cell, ...], column: int) -> bool:
    cell = row[column]
    return column > 0 and cell.propagated and row[column - 1].start == cell.start and row[column - 1].end == cell.end
