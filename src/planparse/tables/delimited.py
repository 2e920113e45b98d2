"""Rows one a line with marks between the cells: bars, tabs, drawn boxes, Markdown without a rule."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from planparse.language.columns import Role, role_of
from planparse.language.shapes import find_marker
from planparse.model.document import Cell, Grid
from planparse.model.source import CELL_BREAK, TABLE_START
from planparse.tables.captions import is_boundary, surroundings
from planparse.tables.fit import is_category
from planparse.tables.headers import Row, is_header, is_hinted, sort_rows
from planparse.tables.merged import spread
from planparse.tables.pieces import in_columns
from planparse.tables.raw import MAX_COLUMNS, make_cell

_BORDER = re.compile(r"[\s\u2500-\u257f+\-=_|]*[\u2500-\u257f+\-=_][\s\u2500-\u257f+\-=_|]*")
_BAR = re.compile(r"[|｜│┃┆┇┊┋║]")
_FIGURE = re.compile(r"[≥≤<>＜＞〔\[（(+-]?[0-9][0-9.,]*[%％‰]?[〕\]）)]?")
_RULE = re.compile(r"[\s|:\-]+")

Line = tuple[int, int]

MAX_UNMARKED = 2
EVEN_SHARE = 0.9
"""Share of rows with the usual number of cells from which on the marks are believed."""


def delimited_grids(text: str) -> tuple[list[Grid], list[Grid]]:
    """Grids of all runs of lines whose cells are told apart by the same marks, two rows at least: those with as many cells in
    each row, and those without (cells of several lines, or lost ones), which may be read better from their header words."""
    even: list[Grid] = []
    ragged: list[Grid] = []
    floor = 0
    for lines in _runs(text):
        rows = _rows(text, lines)
        if not _is_table(rows):
            continue
        parts = spread(sort_rows(rows, ()))
        around = surroundings(text, lines[0][0], lines[-1][1], floor)
        grid = Grid(
            rows=(*parts.header, *parts.body),
            header_rows=len(parts.header),
            start=around.start,
            end=around.end,
            caption=parts.caption or around.caption,
            number_raw=parts.number_raw or around.number_raw,
            notes=(*parts.notes, *around.notes),
            unit=parts.unit or around.unit,
        )
        moved = in_columns(grid)  # rows under a merged name that is not said again
        if all(cell.text for row in moved.rows for cell in row) and all(_marked(text[a:b]) for a, b in lines):
            even.append(moved)
        else:
            (even if _is_even(text, lines) else ragged).append(grid)
        floor = around.end
    return even, ragged


def _is_even(text: str, lines: list[Line]) -> bool:
    """Whether nearly all rows have the same number of cells, those of one cell left aside. Behind tabs, empty cells at a row's end
    are left out: there no row has more cells than the header."""
    rows = [(a, b) for a, b in lines if not _is_border(text[a:b]) and not _RULE.fullmatch(text[a:b])]
    if not all(_marked(text[a:b]) or find_marker(text[a:b]) is not None for a, b in rows):
        return False
    counts = [n for a, b in rows if (n := len(_cells(text, a, b))) > 1]
    if counts and counts[0] == max(counts) and "\t" in text[slice(*rows[0])] and is_header(tuple(_cells(text, *rows[0]))):
        return True
    return bool(counts) and counts.count(max(set(counts), key=counts.count)) >= EVEN_SHARE * len(counts)


def _runs(text: str) -> list[list[Line]]:
    """Runs of lines with marks; a drawn border belongs to the run. Blank lines do not end it, nor does a line or two without marks
    where lines with them follow (the first lines of a broken cell)."""
    runs: list[list[Line]] = []
    run: list[Line] = []
    waiting: list[Line] = []
    start = 0
    for raw in text.split("\n"):
        line = (start, start + len(raw))
        start += len(raw) + 1
        if not raw.strip():
            continue
        if _marked(raw):
            if waiting and _is_head(tuple(_cells(text, *line))):
                runs.append(run)
                run = [line]
            else:
                run += [*waiting, line]
            waiting = []
        elif run and len(waiting) < MAX_UNMARKED and not is_boundary(raw) and (find_marker(raw) is None or is_category(raw.strip())):
            waiting.append(line)
        else:
            if run:
                runs.append(run)
            run, waiting = [], []
    return [r for r in [*runs, run] if len(r) >= 2]


def _is_head(row: Row) -> bool:
    """Whether a line is the header of a further table: more than years and places stand in it (市水利局 | 2025年 | 试点县)."""
    return is_header(row) and any(role_of(cell.text) not in (None, Role.VALUE) for cell in row)


def _marked(line: str) -> bool:
    """Whether marks divide the line into at least two cells, or it is a border."""
    if line.startswith(TABLE_START):
        return False
    bare = line.strip()
    bars = len(_BAR.findall(bare))
    if bars >= 2 or (bars == 1 and not bare.endswith("|") and not bare.startswith("|")) or (bars == 2 and len(bare) > 2):
        return len(bare.strip("| ")) > 0
    if "\t" in bare:
        return True
    return (len(bare) >= 3 and any("\u2500" <= c <= "\u257f" for c in bare[:3])) or bare.startswith("+-")


def _rows(text: str, lines: list[Line]) -> tuple[Row, ...]:
    """The rectangle of the lines; between two borders, a drawn box's lines are one row, but for those with figures of their own."""
    rows: list[list[Cell]] = []
    bordered = sum(_is_border(text[a:b]) for a, b in lines) >= 3
    open_row = False
    for a, b in lines:
        line = text[a:b]
        if _is_border(line):
            open_row = False
            continue
        if _RULE.fullmatch(line):
            continue
        cells = _cells(text, a, b)
        if bordered and open_row and rows and len(rows[-1]) == len(cells) and not _is_next(rows[-1], cells):
            rows[-1] = [_more(above, cell) for above, cell in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
        open_row = True
    width = max((len(row) for row in rows), default=0)
    return tuple(_filled(row, width) for row in rows if row)


def _is_next(above: list[Cell], cells: list[Cell]) -> bool:
    """Whether a line begins a row of its own: a figure stands in it below a figure, which no cell goes on with."""
    return any(_FIGURE.fullmatch(a.text) and _FIGURE.fullmatch(b.text) for a, b in zip(above, cells, strict=True))


def _filled(row: list[Cell], width: int) -> Row:
    """The row in full width; one cell alone in its line spans the table."""
    if len(row) == 1:
        return (replace(row[0], colspan=width), *(replace(row[0], colspan=width, propagated=True) for _ in range(width - 1)))
    return (*row, *(Cell("", row[-1].end, row[-1].end) for _ in range(width - len(row))))


def _is_border(line: str) -> bool:
    return (_BORDER.fullmatch(line) is not None and not _RULE.fullmatch(line)) or (line.strip().startswith("+-"))


def _cells(text: str, start: int, end: int) -> list[Cell]:
    line = text[start:end]
    mark = _BAR if _BAR.search(line) else re.compile("\t")
    edges = [-1, *(m.start() for m in mark.finditer(line)), len(line)]
    spans = [(a + 1, b) for a, b in pairwise(edges)]
    if mark is _BAR:
        if spans and not line[slice(*spans[0])].strip():
            spans.pop(0)
        if spans and not line[slice(*spans[-1])].strip():
            spans.pop()
    return [make_cell(text, start + a, start + b) for a, b in spans]


def _more(above: Cell, cell: Cell) -> Cell:
    """A cell's next line."""
    if not cell.text:
        return above
    if not above.text:
        return cell
    return Cell(above.text + CELL_BREAK + cell.text, above.start, cell.end)


def _is_table(rows: tuple[Row, ...]) -> bool:
    """Whether most rows have as many cells, and there is a header or a column of short cells."""
    if len(rows) < 2 or not 2 <= len(rows[0]) <= MAX_COLUMNS:
        return False
    filled = [sum(bool(cell.text) for cell in row) for row in rows]
    if sum(n >= 2 for n in filled) < 2:
        return False
    if any(is_header(row) for row in rows[:3]) or is_hinted(rows):
        return True
    usual = max(set(filled), key=filled.count)
    return len(rows) >= 3 and usual >= 3 and filled.count(usual) * 3 >= len(filled) * 2
