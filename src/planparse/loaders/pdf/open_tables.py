"""Tables with level rules only: three-line tables and tables ruled by row. Columns are told by the gaps that all rows share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from planparse.loaders.pdf.columns import SAME_ROW, join_pieces
from planparse.loaders.pdf.rules import Rule
from planparse.loaders.pdf.shapes import Line, RuledTable, TableCell
from planparse.loaders.pdf.textlayer import TextLayer

SAME_EXTENT = 6.0
"""Points by which the rules of one table may differ at their ends."""
MIN_RULES = 3
MIN_WIDTH = 180.0
MIN_ROWS = 3
"""Rows with a gap in them; an imprint (抄送, 印发) has one."""
MIN_GAP = 0.8
"""Em: the least gap between two columns."""
RULED_ROWS = 5
"""With at least this many rules, every row stands between two."""
_BLANK = re.compile(r"[ \u3000]+")


@dataclass(frozen=True, slots=True)
class OpenRegion:
    """What stands between the first and the last of equal rules. ``rules`` from top to bottom."""

    left: float
    right: float
    rules: tuple[float, ...]

    def holds(self, line: Line) -> bool:
        """Whether a line stands between the rules."""
        inside = self.left - 8 <= line.left and line.right <= self.right + 8
        return inside and self.rules[-1] < line.base < self.rules[0]


def find_open_regions(level: Sequence[Rule]) -> list[OpenRegion]:
    """Regions between at least three level rules of one extent."""
    groups: list[list[Rule]] = []
    for rule in sorted(level, key=lambda r: -r.at):
        if rule.length < MIN_WIDTH:
            continue
        for group in groups:
            if abs(group[0].low - rule.low) < SAME_EXTENT and abs(group[0].high - rule.high) < SAME_EXTENT:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [
        OpenRegion(group[0].low, group[0].high, tuple(rule.at for rule in group))
        for group in groups
        if len(group) >= MIN_RULES
    ]


def read_open_table(layer: TextLayer, region: OpenRegion, lines: Sequence[Line]) -> RuledTable | None:
    """The table in a region, or None where its lines do not stand in columns."""
    pieces = [piece for line in lines for piece in _cut(layer, line)]
    rows = _rows(pieces)
    if sum(len(row) > 1 for row in rows) < MIN_ROWS:
        return None
    columns = _columns(rows, region)
    if len(columns) < 3:
        return None
    bands = _bands(rows, region, columns)
    cells: list[TableCell] = []
    for number, band in enumerate(bands):
        cells += _band_cells(layer, number, band, columns)
    return RuledTable(cells, columns, len(bands), region.rules[0], region.rules[-1], layer.number)


def _cut(layer: TextLayer, line: Line) -> list[Line]:
    """A line cut at its wide gaps."""
    if len(line.spans) != 1:
        return [line]
    start, end = line.spans[0]
    pieces: list[Line] = []
    low = start
    for match in _BLANK.finditer(layer.text, start, end):
        before, after = layer.gap(match.start(), match.end())
        if after - before > MIN_GAP * line.size:
            pieces.append(layer.line(low, match.start()))
            low = match.end()
    return [*pieces, layer.line(low, end)] if pieces else [line]


def _rows(pieces: list[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: -p.base):
        if rows and rows[-1][0].base - piece.base < SAME_ROW * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _columns(rows: list[list[Line]], region: OpenRegion) -> list[float]:
    """Borders of the columns: the middle of the gaps that all the fullest rows share."""
    most = max(len(row) for row in rows)
    extents = sorted((piece.left, piece.right) for row in rows if len(row) == most for piece in row)
    merged: list[list[float]] = []
    for left, right in extents:
        if merged and left < merged[-1][1] + 2:
            merged[-1][1] = max(merged[-1][1], right)
        else:
            merged.append([left, right])
    middles = [(a[1] + b[0]) / 2 for a, b in pairwise(merged)]
    return [region.left, *middles, region.right]


def _bands(rows: list[list[Line]], region: OpenRegion, columns: list[float]) -> list[list[Line]]:
    """Pieces by table row: between two rules where every row has them; else a row for each value of the leading column."""
    rules = region.rules
    if len(rules) >= RULED_ROWS:
        bands: list[list[Line]] = [[] for _ in rules[1:]]
        for row in rows:
            for piece in row:
                bands[max(sum(piece.base < rule for rule in rules) - 1, 0)].append(piece)
        return [band for band in bands if band]
    head = [piece for row in rows for piece in row if piece.base > rules[1]]
    body = [row for row in rows if row[0].base < rules[1]]
    anchors = _anchors(body, columns)
    found: list[list[Line]] = [[] for _ in anchors]
    for row in body:
        for piece in row:
            nearest = min(range(len(anchors)), key=lambda i: abs(anchors[i] - piece.base))
            found[nearest].append(piece)
    return [band for band in (head, *found) if band]


def _anchors(body: list[list[Line]], columns: list[float]) -> list[float]:
    """Baselines of the rows: those of the first column where most rows have it, else all."""
    first = [row[0].base for row in body if any(piece.left < columns[1] for piece in row)]
    return first if len(first) >= 0.5 * len(body) else [row[0].base for row in body]


def _band_cells(layer: TextLayer, number: int, band: list[Line], columns: list[float]) -> list[TableCell]:
    """The cells of one row; text that runs over several columns makes a cell as wide."""
    last = len(columns) - 2
    owner = list(range(last + 1))
    placed: list[tuple[int, int, Line]] = []
    for piece in band:
        low = max(i for i in range(last + 1) if i == 0 or columns[i] <= piece.left + 2)
        high = max(i for i in range(low, last + 1) if i == low or columns[i] < piece.right - 2)
        placed.append((low, high, piece))
        for column in range(low, high + 1):
            owner[column] = min(owner[column], owner[low])
    cells: list[TableCell] = []
    for column in range(last + 1):
        if owner[column] != column:
            continue
        span = sum(o == column for o in owner)
        pieces = [piece for low, _, piece in placed if owner[low] == column]
        width = columns[column + span] - columns[column]
        cells.append(TableCell(number, column, 1, span, width, join_pieces(layer, pieces)))
    return cells
