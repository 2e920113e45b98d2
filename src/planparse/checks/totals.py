"""Tables whose rows do not add up to the total that they state: 合计 10 under 3, 4 and 4."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from planparse.checks.coverage import grids_of
from planparse.extract import Extraction
from planparse.language.cells import parse_cell
from planparse.language.tidy import tidy
from planparse.model.document import Cell, Grid, Outline
from planparse.model.findings import Code, Note
from planparse.tables.roles import is_sum

Row = tuple[Cell, ...]
LABELS = 3
"""Columns in which a row's name may stand."""
LEAST_PARTS = 3
"""A total of two rows is mostly one row and what belongs to it."""
MOST_LEVELS = 3
"""A table that lists groups with their members adds up to a multiple of its total."""
_OF_GROUP = re.compile(r"(?:[（(]?[0-9]{1,2}[)）、.]?)?其中|[（(]?[一二三四五六七八九十]{1,2}(?:[)）、.]|$)")
"""其中：…, and 一、 or （一）, which number groups."""
NO_SUM = re.compile(r"[%％‰率比每]|占|均|年份|时间|年限|序号|编号|排名")
"""What is not added: shares, rates, averages, years, numbers."""
_PLAIN = re.compile(r"约?\s?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?\s*[个项座处家亩吨元人户万亿千瓦米平方公里]{0,6}")
_BLANK = re.compile(r"[\s—_\-－–/／*.·]*")


def totals(outline: Outline, found: Extraction) -> Iterator[Note]:
    """Totals of a table's columns that none of the ways to add up its rows gives."""
    for grid in grids_of(outline):
        for row, parts in _sums(grid):
            for column in range(len(row)):
                note = _compared(outline, grid, row, parts, column)
                if note is not None:
                    yield note
                    break  # one finding a total


def _sums(grid: Grid) -> Iterator[tuple[Row, list[Row]]]:
    """Each row that names a sum, with the rows that it sums: those above it, or of a total that stands first those below."""
    body = [row for row in grid.body if len({cell.start for cell in row if cell.text}) > 1]
    places = [n for n, row in enumerate(body) if _is_total(row)]
    if len(places) != 1:
        return  # of several, which one sums which rows is not certain
    place = places[0]
    if place == 0:
        yield body[0], body[1:]
    elif place == len(body) - 1:
        yield body[-1], body[:-1]


def _is_total(row: Row) -> bool:
    return any(is_sum(tidy(cell.text)) for cell in row[:LABELS])


def _compared(outline: Outline, grid: Grid, row: Row, parts: Sequence[Row], column: int) -> Note | None:
    """The finding for one column of a total, where all its cells are plain numbers and do not add up."""
    header = grid.header[column] if grid.header_rows else ""
    total = _number(row[column])
    units = _units(parts, column)
    if total is None or len(units) > 1 or not _units([row], column) <= units | {""}:
        return None  # 12座 and 30公里 are parts of nothing
    if NO_SUM.search(header) or not header or any(part[column].propagated and part[column].text for part in parts):
        return None
    if any(_OF_GROUP.match(tidy(cell.text)) for part in parts for cell in part[:LABELS]):
        return None  # which rows make up a part is not said
    numbers = [_number(part[column]) for part in parts if not _BLANK.fullmatch(part[column].text)]
    known = [number for number in numbers if number is not None]
    if len(known) < max(LEAST_PARTS, len(numbers)):
        return None
    summed = sum(known, Decimal(0))
    slack = _rounding([total, *known])
    if any(abs(summed - total * levels) <= slack for levels in range(1, MOST_LEVELS + 1)):
        return None
    start, end = outline.clean.text.span(row[column].start, row[column].end)
    other = outline.clean.text.span(parts[0][column].start, parts[-1][column].end)
    stated = {"header": tidy(header), "total": total, "parts": len(known), "summed": summed}
    return Note.of(Code.ARITHMETIC_MISMATCH, "total", start, end, **stated).beside(min(other), max(other))


def _units(rows: Sequence[Row], column: int) -> set[str]:
    """The units that the cells of a column state, "" for none."""
    return {parse_cell(text).unit or "" for row in rows if not _BLANK.fullmatch(text := tidy(row[column].text))}


def _number(cell: Cell) -> Decimal | None:
    text = tidy(cell.text)
    return parse_cell(text).value if _PLAIN.fullmatch(text) else None


def _rounding(numbers: Sequence[Decimal]) -> Decimal:
    """By how much a sum may differ since its numbers are rounded: half of the last place of each."""
    return sum((Decimal(1).scaleb(int(number.as_tuple().exponent)) / 2 for number in numbers), Decimal(0))
