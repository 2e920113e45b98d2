"""Rules → grids: which rules belong together, and which cells they enclose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from planparse.loaders.pdf.rules import Rule

TOUCH = 3.5
"""Points: rules that come this close to each other touch."""
MIN_COLUMN = 7.0
"""Points: borders closer than this are one border (double rules, borders that differ a little from row to row)."""
MIN_ROW = 5.0
MAX_PAIRS = 100_000
"""More crossings of rules than this are a drawing (the largest table seen: 80 by 45)."""
COVERED = 0.5
"""Share of a cell's edge that must be drawn for the edge to part it from its neighbour."""
MIN_WIDTH = 40.0
MIN_HEIGHT = 10.0
MIN_SIDES = 200.0
"""Points: two rules of this height and distance, and no others, are the sides of a frame."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of the grid: unit rows ``row`` to ``row + rowspan``, likewise columns."""

    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(slots=True)
class RuledGrid:
    """A ruled region: borders from left to right and from top to bottom, and the cells between."""

    columns: list[float]
    rows: list[float]
    cells: list[GridCell]
    _owner: list[list[int]] = field(default_factory=list)

    @property
    def left(self) -> float:
        """First column border."""
        return self.columns[0]

    @property
    def right(self) -> float:
        """Last column border."""
        return self.columns[-1]

    @property
    def top(self) -> float:
        """First row border."""
        return self.rows[0]

    @property
    def bottom(self) -> float:
        """Last row border."""
        return self.rows[-1]

    @property
    def is_frame(self) -> bool:
        """One column: a frame around text, such as a box, and no table."""
        return len(self.columns) == 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is within the region."""
        return self.left - 1 <= x <= self.right + 1 and self.bottom - 1 <= y <= self.top + 1

    def cell_at(self, x: float, y: float) -> int:
        """Index of the cell at a point of the region."""
        if not self._owner:
            self._owner = [[0] * (len(self.columns) - 1) for _ in self.rows[1:]]
            for index, cell in enumerate(self.cells):
                for row in range(cell.row, cell.row + cell.rowspan):
                    for column in range(cell.column, cell.column + cell.colspan):
                        self._owner[row][column] = index
        column = min(max(bisect_right(self.columns, x) - 1, 0), len(self.columns) - 2)
        row = min(max(bisect_right([-r for r in self.rows], -y) - 1, 0), len(self.rows) - 2)
        return self._owner[row][column]


def find_grids(level: list[Rule], upright: list[Rule]) -> list[RuledGrid]:
    """The ruled regions of a page, from top to bottom: at least three rules that touch. Open sides (a table without outer
    borders, a frame that goes on on the next page) are closed at the end of the rules."""
    if len(level) * len(upright) > MAX_PAIRS:
        return []
    grids: list[RuledGrid] = []
    alone: list[Rule] = []
    for rows, columns in _components(level, upright):
        if not rows:
            alone += columns
        elif columns and len(rows) + len(columns) >= 3:
            grid = _grid(rows, columns)
            if grid is not None:
                grids.append(grid)
    grids += _side_rules(alone)
    grids.sort(key=lambda g: -g.top)
    return [g for g in grids if not any(_inside(g, other) for other in grids)]


def _side_rules(upright: list[Rule]) -> list[RuledGrid]:
    """Frames of which a page shows only the two sides: they began on an earlier page and end on a later one."""
    upright = sorted((rule for rule in upright if rule.length >= MIN_SIDES), key=lambda r: r.at)
    if len(upright) != 2 or upright[1].at - upright[0].at < MIN_SIDES:
        return []
    west, east = upright
    if abs(west.low - east.low) > TOUCH or abs(west.high - east.high) > TOUCH:
        return []
    return [RuledGrid([west.at, east.at], [max(west.high, east.high), min(west.low, east.low)], [GridCell(0, 0, 1, 1)])]


def _inside(inner: RuledGrid, outer: RuledGrid) -> bool:
    """A frame drawn within a table's cell or within another frame adds nothing; a table within a frame does."""
    if inner is outer or not inner.is_frame:
        return False
    return (
        outer.left - 2 <= inner.left
        and inner.right <= outer.right + 2
        and outer.bottom - 2 <= inner.bottom
        and inner.top <= outer.top + 2
    )


def _components(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch, directly or through others."""
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(level):
        for j, v in enumerate(upright):
            if h.low - TOUCH <= v.at <= h.high + TOUCH and v.low - TOUCH <= h.at <= v.high + TOUCH:
                parent[root(i)] = root(len(level) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(upright):
        groups.setdefault(root(len(level) + j), ([], []))[1].append(v)
    return list(groups.values())


def _grid(level: list[Rule], upright: list[Rule]) -> RuledGrid | None:
    """The grid that touching rules draw. Outer borders that are not drawn (open sides) are taken from the rules' extent."""
    left = min(min(h.low for h in level), min(v.at for v in upright))
    right = max(max(h.high for h in level), max(v.at for v in upright))
    bottom = min(min(v.low for v in upright), min(h.at for h in level))
    top = max(max(v.high for v in upright), max(h.at for h in level))
    if right - left < MIN_WIDTH or top - bottom < MIN_HEIGHT:
        return None
    columns = _borders([left, right, *(v.at for v in upright)], MIN_COLUMN)
    rows = _borders([bottom, top, *(h.at for h in level)], MIN_ROW)[::-1]
    if len(columns) < 2 or len(rows) < 2:
        return None
    return RuledGrid(columns, rows, _cells(columns, rows, level, upright))


def _borders(places: Sequence[float], least: float) -> list[float]:
    """Places in order, those closer than ``least`` merged into one."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][0] < least:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(group) / len(group) for group in groups]


def _cells(columns: list[float], rows: list[float], level: list[Rule], upright: list[Rule]) -> list[GridCell]:
    """Cells: first runs of unit cells within a row, then equal runs of neighbouring rows that no rule parts."""
    runs: list[list[tuple[int, int]]] = []
    for row in range(len(rows) - 1):
        start = 0
        spans: list[tuple[int, int]] = []
        for column in range(1, len(columns)):
            if column == len(columns) - 1 or _drawn(upright, columns[column], rows[row + 1], rows[row], MIN_COLUMN):
                spans.append((start, column))
                start = column
        runs.append(spans)
    cells: list[GridCell] = []
    open_cells: dict[tuple[int, int], int] = {}
    for row, spans in enumerate(runs):
        still: dict[tuple[int, int], int] = {}
        for span in spans:
            above = open_cells.get(span)
            if above is not None and not _drawn(level, rows[row], columns[span[0]], columns[span[1]], MIN_ROW):
                old = cells[above]
                cells[above] = GridCell(old.row, old.column, old.rowspan + 1, old.colspan)
                still[span] = above
            else:
                still[span] = len(cells)
                cells.append(GridCell(row, span[0], 1, span[1] - span[0]))
        open_cells = still
    return cells


def _drawn(rules: list[Rule], at: float, low: float, high: float, reach: float) -> bool:
    """Whether rules near ``at`` cover enough of the stretch from ``low`` to ``high``."""
    covered = 0.0
    for rule in rules:
        if abs(rule.at - at) < reach:
            covered = max(covered, min(rule.high, high) - max(rule.low, low))
    return covered >= COVERED * (high - low)
