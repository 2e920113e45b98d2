"""Tables laid out otherwise than a row a record: halves side by side under one header repeated, and years below each other."""

from __future__ import annotations

from dataclasses import replace

from planparse.language.columns import Role, role_of
from planparse.language.tidy import tidy
from planparse.language.time import parse_years
from planparse.model.document import Cell, Grid
from planparse.tables.headers import FIGURE, Row

MOST_HALVES = 3
NAMES = "指标"
_STATED = (Role.VALUE, Role.GROWTH, Role.UNIT, Role.PROPERTY, Role.REMARK)
"""What the rows of a table state that has its indicators beside each other."""


def unfolded(grid: Grid, first_year: int | None) -> Grid:
    """The grid with a row for each record, as far as its header tells how it is laid out; ``first_year``: of the plan."""
    for halves in range(2, MOST_HALVES + 1):
        if (stacked := _stacked(grid, halves)) is not None:
            return stacked
    return _turned(grid, first_year or 0)


def _stacked(grid: Grid, halves: int) -> Grid | None:
    """The halves below each other: 序号 | 名称 | 序号 | 名称. None where the header is not repeated."""
    whole = len(grid.rows[0]) if grid.header_rows else 0
    width = whole // halves
    header = [[tidy(cell.text) for cell in row] for row in grid.rows[: grid.header_rows]]
    if width < 2 or whole % halves or any(row != row[:width] * halves or not any(row) for row in header):
        return None
    parts = [[row[at : at + width] for row in grid.rows[grid.header_rows :]] for at in range(0, whole, width)]
    spanned = any(len({cell.start for cell in row}) == 1 for row in grid.body)
    rows = [row for beside in zip(*parts, strict=True) for row in dict.fromkeys(beside)] if spanned else [row for part in parts for row in part]
    body = [row for row in rows if any(cell.text for cell in row)]
    return replace(grid, rows=(*(row[:width] for row in grid.rows[: grid.header_rows]), *body))


def _turned(grid: Grid, first_year: int) -> Grid:
    """Years and units that stand below each other, made the header: 年份 | 总产值（亿元） | 产量（万吨）, 2020年 | 12.5 | 3.2. A table of
    years before the plan's tells how things went, and aims at nothing."""
    if grid.header_rows > 1 or len(grid.rows) < 3 or len(grid.rows[0]) < 3:
        return grid
    top, body = grid.rows[0], grid.rows[1:]
    names = [tidy(cell.text) for cell in top[1:]]
    stated = [role_of(tidy(row[0].text)) for row in body]
    if any(role not in _STATED for role in stated) or stated.count(Role.VALUE) < 2:
        return grid
    years = [year for row in body for year in parse_years(row[0].text) if year]
    if max(years, default=first_year) < first_year:
        return grid
    if any(not name or FIGURE.fullmatch(name) or role_of(name) is not None for name in names):
        return grid
    corner = Cell(NAMES, top[0].start, top[0].end)
    columns: list[Row] = [(corner, *(row[0] for row in body)), *(tuple(row[at] for row in grid.rows) for at in range(1, len(top)))]
    return replace(grid, rows=tuple(columns), header_rows=1)
