"""Rows one a line with commas between the cells, as a table saved for spreadsheets is pasted into text; a cell in quotes may hold commas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from planparse.language.columns import role_of
from planparse.model.document import CleanDocument, Grid
from planparse.model.findings import Code, Note
from planparse.tables.captions import surroundings
from planparse.tables.headers import Row, is_header, sort_rows
from planparse.tables.merged import spread
from planparse.tables.raw import MAX_COLUMNS, make_cell

# 序号,指标,单位,2020年: short names alone, three at least.
_HEADER = re.compile(r'^[^\n。；：:，,"]{1,15}(?:[，,][^\n。；：:，,"]{1,15}){2,40}$', re.MULTILINE)
_CELL = re.compile(r'(?:^|(?<=[，,]))(?:"(?P<quoted>[^"\n]*)"(?=[，,]|$)|(?P<plain>[^，,\n]*))')
FEWEST_ROWS = 2
KNOWN_SHARE = 0.6
"""Of the names in the header, so many are ones that plans give to columns."""


def comma_grids(clean: CleanDocument) -> tuple[list[Grid], list[Note]]:
    """Grids of all tables whose cells commas tell apart, and a note (clean offsets) on each with rows that have more of them than cells."""
    grids: list[Grid] = []
    notes: list[Note] = []
    text, floor = clean.text.text, 0
    for match in _HEADER.finditer(text):
        names = re.split("[，,]", match[0])
        if match.start() < floor or role_of(names[0]) is None or sum(role_of(n) is not None for n in names) < KNOWN_SHARE * len(names):
            continue
        lines = [match.span(), *_lines(text, match.end() + 1, len(names))]
        rows = _rows(clean, lines)
        if len(rows) <= FEWEST_ROWS or len(names) > MAX_COLUMNS or not is_header(rows[0]):
            continue
        start, floor = match.start(), lines[-1][1]
        if any(len(row) != len(names) for row in rows):
            notes.append(Note.of(Code.UNREAD_TABLE, "columns", start, floor, columns="、".join(names)))
            continue
        parts = spread(sort_rows(rows, ()))
        around = surroundings(text, start, floor, grids[-1].end if grids else 0)
        body = (*parts.header, *parts.body)
        grids.append(Grid(body, len(parts.header), around.start, around.end, around.caption, around.number_raw, around.notes, around.unit))
    return grids, notes


def _rows(clean: CleanDocument, lines: list[tuple[int, int]]) -> tuple[Row, ...]:
    """The cells of the lines. Where some lines have more commas than the header, those count that are written as the header's are: cleaning
    has made them alike."""
    text = clean.text.text
    cells = [_spans(text, *line) for line in lines]
    if any(len(row) > len(cells[0]) for row in cells):
        sign = _sign(clean, cells[0][0][1])
        cells = [_joined(clean, row, sign) for row in cells]
    return tuple(tuple(make_cell(text, a, b) for a, b in row) for row in cells)


def _joined(clean: CleanDocument, row: list[tuple[int, int]], sign: str) -> list[tuple[int, int]]:
    joined = row[:1]
    for (_, before), (start, end) in pairwise(row):
        if start - before == 1 and _sign(clean, before) != sign:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _sign(clean: CleanDocument, at: int) -> str:
    """What stands in the source for the sign at a place of the clean text."""
    start, end = clean.text.span(at, at + 1)
    return clean.source.text[start:end]


def _lines(text: str, at: int, fewest: int) -> Iterator[tuple[int, int]]:
    """The spans of the lines from a place on that have so many cells."""
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if len(_spans(text, at, end)) < fewest:
            return
        yield at, end
        at = end + 1


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the cells of a line stand, without their quotes."""
    return [(start + match.start(name), start + match.end(name)) for match in _CELL.finditer(text[start:end]) if (name := match.lastgroup or "plain")]
