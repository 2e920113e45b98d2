"""Tables of years below each other that lost their form: 年份 and what was measured, and behind them each year with its figures."""

from __future__ import annotations

import re
from itertools import islice

from planparse.language.time import YEAR
from planparse.model.document import Cell, Grid
from planparse.tables.captions import surroundings
from planparse.tables.headers import FIGURE

FEWEST_YEARS, FEWEST_NAMES, MOST_NAMES = 2, 2, 12
_HEAD = re.compile(r"^(?:年份|年度|年)(?=[ \t]*\n|[ \t]+\S)", re.MULTILINE)
_PIECE = re.compile(r"[^\s|]+")
_YEAR = re.compile(rf"{YEAR}年?")


def yearly_grids(text: str) -> list[Grid]:
    """The tables whose pieces stand with blanks or line ends between: 年份 总产值（亿元） 产量（万吨） 2020年 48.2 12.5 2025年 65 14."""
    found = [_grid(text, match.start()) for match in _HEAD.finditer(text)]
    return [grid for grid in found if grid is not None]


def _grid(text: str, start: int) -> Grid | None:
    pieces = (Cell(match[0], *match.span()) for match in _PIECE.finditer(text, start))
    header: list[Cell] = []
    for piece in pieces:
        if _YEAR.fullmatch(piece.text) or len(header) > MOST_NAMES:
            break
        header.append(piece)
    else:
        return None
    rows = [tuple(header)]
    row = (piece, *islice(pieces, len(header) - 1))
    while len(row) == len(header) and _YEAR.fullmatch(row[0].text) and all(FIGURE.fullmatch(cell.text) for cell in row[1:]):
        rows.append(row)
        row = tuple(islice(pieces, len(header)))
    broken = bool(row) and _YEAR.fullmatch(row[0].text) is not None  # a year whose cells are not all there
    if broken or len(rows) <= FEWEST_YEARS or len(header) <= FEWEST_NAMES:
        return None
    around = surroundings(text, start, rows[-1][-1].end)
    return Grid(tuple(rows), 1, around.start, around.end, around.caption, around.number_raw, around.notes, around.unit)
