"""The rows of a table without rules: lines close below each other in one column are a cell, cells beside each other are a row, and cells
that stand in the middle of several rows are merged ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from planparse.loaders.pdf.columns import join_pieces
from planparse.loaders.pdf.rules import Rule
from planparse.loaders.pdf.shapes import Line, TableCell
from planparse.loaders.pdf.textlayer import TextLayer

NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
"""A cell that begins so names a category, and may stand alone in its row."""
_SUM = re.compile(r"[合总]\s?计")
_FIGURE = re.compile(r"(?<![0-9])(?!(?:19|20)[0-9]{2}(?![0-9])|[0-9]{1,2}月)[0-9]")
"""A figure that is no year."""
LEADING = (1.0, 1.6)
"""Em: lines of one cell are this far apart."""
LOOSE = 1.2
"""Lines further apart than so many times the least distance are of two cells."""
DENSE = 0.92
"""A column with this share of the cells of the fullest one tells the rows."""
OVERLAP = 0.3
"""Em by which cells of one row stand beside each other at least."""
NEAR = 0.4
"""Em by which the names of columns beside each other miss the middle of the head."""
OFF = 0.45
"""Share of a row's height by which a merged cell may miss the middle of its rows."""
BEFORE, MOST_BEFORE = 2.0, 40
"""Points that a reading costs by which the first rows, so many at most, are of a cell that began on the page before."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of text and the first and last column that it stands in."""

    line: Line
    low: int
    high: int


@dataclass(slots=True)
class _Block:
    """The lines of one cell."""

    lines: list[Line]
    low: int
    high: int

    @property
    def top(self) -> float:
        return self.lines[0].base + 0.8 * self.lines[0].size

    @property
    def bottom(self) -> float:
        return self.lines[-1].base - 0.2 * self.lines[-1].size

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class _Band:
    """A row: its extent, and the cells that are its own."""

    top: float
    bottom: float
    blocks: list[_Block]

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def columns(self) -> set[int]:
        return {c for block in self.blocks for c in range(block.low, block.high + 1)}

    @property
    def wide(self) -> bool:
        """Whether one cell runs over several columns and nothing else stands in the row, or it names a category or 合计, with sums beside it."""
        if not self.blocks:
            return False
        first = min(self.blocks, key=lambda block: block.low)
        if NUMBERED.match(first.lines[0].text) is not None:
            return len(self.blocks) <= 3
        if first.low == 0 and _SUM.fullmatch(first.lines[0].text) is not None:
            return True
        return len(self.blocks) == 1 and first.high > first.low


_Rows = tuple[_Block | None, int, int]
"""What stands in a column (None: nothing that begins here), its first row and its number of rows."""
_Span = tuple[int, _Block | None, int, int]
"""The same with its column."""
_Place = tuple[int, int, int, int]
"""Row and column of a cell, its number of rows and of columns."""


def deal_rows(
    layer: TextLayer, placed: Sequence[Placed], columns: Sequence[float], rules: Sequence[Rule], *, least: int = 2
) -> list[TableCell] | None:
    """The cells of a table, merged ones with their spans; None where there are fewer rows than ``least``. ``rules``: level rules within it."""
    count = len(columns) - 1
    size = median(one.line.size for one in placed)
    blocks = _blocks(placed, count, rules, size)
    top, head = _two_rows(blocks, count, size) or ([], {})
    named = {id(block) for band in top for block in band.blocks}
    blocks = [block for block in blocks if id(block) not in named]
    own = [[b for b in blocks if b.low == b.high == column] for column in range(count)]
    counts = [sum(not NUMBERED.match(b.lines[0].text) for b in blocks) for blocks in own]
    usual = sorted(counts)[-min(2, count)]  # of money there are sums, too
    dense = {column for column in range(count) if counts[column] >= DENSE * usual}
    telling = [b for b in blocks if b.high > b.low or b.low in dense or NUMBERED.match(b.lines[0].text)]
    bands = [*top, *_bands(telling, size)]
    if len(bands) < least:
        return None
    merged: list[_Span] = []
    for column in sorted(set(range(count)) - dense):
        rest = [b for b in own[column] if not NUMBERED.match(b.lines[0].text)]
        merged += [(column, *one) for one in _sparse(rest, bands, head, size)]
    return _cells(layer, bands, head, merged, columns)


def _blocks(placed: Sequence[Placed], count: int, rules: Sequence[Rule], size: float) -> list[_Block]:
    """The lines of each column, and of several together, as cells: those that stand close to each other, with no rule between."""
    by_place: dict[tuple[int, int], list[Line]] = {(column, column): [] for column in range(count)}
    for one in sorted(placed, key=lambda p: -p.line.base):
        by_place.setdefault((one.low, one.high), []).append(one.line)
    steps = [a.base - b.base for lines in by_place.values() for a, b in pairwise(lines) if a.base - b.base > LEADING[0] * a.size * 0.9]
    least = min([s for s in steps if s <= LEADING[1] * size], default=LEADING[0] * size)
    for place in [place for place in by_place if place[1] > place[0]]:  # 建设年⏎限 over two columns: the second line is in one of them
        within = [other for other in by_place if place[0] <= other[0] and other[1] <= place[1] and other != place]
        bases = [line.base for other in within for line in by_place[other]]
        for other in within:
            ends = [line for line in by_place[other] if any(_ends_cell(line, above, LOOSE * least) for above in by_place[place])]
            ends = [line for line in ends if sum(abs(line.base - base) < 1 for base in bases) == 1]  # else they divide the cell above
            by_place[place] = sorted(by_place[place] + ends, key=lambda e: -e.base)
            by_place[other] = [line for line in by_place[other] if line not in ends]
    blocks: list[_Block] = []
    for (low, high), lines in by_place.items():
        begun = len(blocks)
        for line in lines:
            above = blocks[-1].lines[-1] if len(blocks) > begun else None
            if above is not None and above.base - line.base <= LOOSE * least and not _parted(above, line, rules):
                blocks[-1].lines.append(line)
            else:
                blocks.append(_Block([line], low, high))
    return blocks


def _ends_cell(line: Line, above: Line, near: float) -> bool:
    """Whether a line is the short end of the cell whose first line stands right above it, from the same edge on."""
    return 0 < above.base - line.base <= near and abs(line.left - above.left) < 1 and line.right < above.right and not NUMBERED.match(above.text)


def _parted(above: Line, line: Line, rules: Sequence[Rule]) -> bool:
    """Whether a rule runs between two lines."""
    middle = (line.left + line.right) / 2
    return any(line.base < rule.at < above.base + 0.3 * above.size and rule.low <= middle <= rule.high for rule in rules)


def _bands(blocks: list[_Block], size: float) -> list[_Band]:
    """Cells beside each other as rows, from top to bottom."""
    bands: list[_Band] = []
    for block in sorted(blocks, key=lambda b: -b.top):
        band = bands[-1] if bands else None
        if band is not None and min(band.top, block.top) - max(band.bottom, block.bottom) > OVERLAP * size:
            band.blocks.append(block)
            band.top, band.bottom = min(band.top, block.top), max(band.bottom, block.bottom)  # what all have beside each other
        else:
            bands.append(_Band(block.top, block.bottom, [block]))
    for band in bands:
        band.top, band.bottom = max(b.top for b in band.blocks), min(b.bottom for b in band.blocks)
    return bands


def _two_rows(blocks: list[_Block], count: int, size: float) -> tuple[list[_Band], dict[int, int]] | None:
    """The two rows of a head in which some names stand above others, and the cells that stand in the middle of both, with a span of two
    (by identity); None for another head."""
    columns = [sorted((b for b in blocks if b.low <= c <= b.high), key=lambda b: -b.top) for c in range(count)]
    firsts = list({id(column[0]): column[0] for column in columns if column}.values())
    beside = {id(b): [o for o in firsts if abs(o.middle - b.middle) <= NEAR * size] for b in firsts}
    for block in sorted(firsts, key=lambda b: -len(beside[id(b)])):
        tall, middle = beside[id(block)], block.middle
        above = [b for b in firsts if b.middle > middle + NEAR * size]
        open_columns = [column for column in columns if column and not any(column[0] is b for b in tall)]
        below = [b for column in open_columns if (b := next((b for b in column if b.middle < middle - NEAR * size), None))]
        if above and len(below) == len(open_columns) > len(above) and _is_head(above, below, middle, size):
            _spread(above, below)
            return [_Band(above[0].top, above[0].bottom, [*above, *tall]), _Band(below[0].top, below[0].bottom, below)], {id(b): 2 for b in tall}
    return None


def _is_head(above: list[_Block], below: list[_Block], middle: float, size: float) -> bool:
    """Whether cells are names above each other: alone in their columns, as far above as below the middle of the names beside them."""
    lows = [b.middle for b in below]
    texts = ["".join(line.text for line in b.lines) for b in (*above, *below)]
    named = all(not NUMBERED.match(text) and not _SUM.fullmatch(text) and not _FIGURE.search(text) for text in texts)
    centre = (max(b.top for b in above) + min(b.bottom for b in below)) / 2
    return named and all(b.low == b.high for b in below) and max(lows) - min(lows) < size and abs(centre - middle) < size


def _spread(above: list[_Block], below: list[_Block]) -> None:
    """Let each name of the upper row span all that stands below it: what is below none is below the nearest one."""
    for block in below:
        if not any(b.low <= block.low <= b.high for b in above):
            nearest = min(above, key=lambda b: min(abs(block.low - b.low), abs(block.low - b.high)))
            nearest.low, nearest.high = min(nearest.low, block.low), max(nearest.high, block.high)


# ---- merged cells ----------------------------------------------------------------------------------------------------


def _sparse(blocks: list[_Block], bands: list[_Band], head: dict[int, int], size: float) -> list[_Rows]:
    """The cells of a column with fewer cells than rows, each with its first row and its number of rows: merged ones where each stands
    in the middle of rows that make up the table, else single ones beside blank ones."""
    depth = 2 if head else 1
    top = [b for b in blocks if b.middle > bands[depth - 1].bottom]
    rest = [b for b in blocks if b not in top]
    placed: list[_Rows] = [(b, _nearest(b, bands[:depth]), 1) for b in top]
    tiled = _tile(rest, bands, depth)
    return placed + (tiled if tiled is not None else [(b, depth + _nearest(b, bands[depth:]), 1) for b in rest])


def _nearest(block: _Block, bands: list[_Band]) -> int:
    return min(range(len(bands)), key=lambda i: abs(bands[i].middle - block.middle), default=0)


def _tile(blocks: list[_Block], bands: list[_Band], depth: int) -> list[_Rows] | None:
    """The spans of merged cells that fill a column, those whose texts are nearest to the middle of their rows. A span does not go past
    a row that one cell fills; the first rows may be of a cell that began on the page before."""
    walls = [i for i, band in enumerate(bands) if band.wide and i >= depth] + [len(bands)]
    ways: dict[int, tuple[float, list[_Rows]]] = {}
    for first in range(depth, min(walls[0], depth + MOST_BEFORE) + 1):
        ways[first] = (BEFORE if first > depth else 0.0, [(None, depth, first - depth)] if first > depth else [])
    for block in blocks:
        longer: dict[int, tuple[float, list[_Rows]]] = {}
        for begun, (price, rows) in ways.items():
            at = _past_walls(begun, walls)
            for end, off in _ends_of(block, bands, at):
                if end not in longer or price + off < longer[end][0]:
                    longer[end] = (price + off, [*rows, (block, at, end - at)])
        ways = longer
    return min((way for end, way in ways.items() if _past_walls(end, walls) == len(bands)), key=lambda way: way[0], default=(0.0, None))[1]


def _past_walls(at: int, walls: list[int]) -> int:
    """The next row that no single cell fills."""
    while at in walls[:-1]:
        at += 1
    return at


def _ends_of(block: _Block, bands: list[_Band], at: int) -> Iterator[tuple[int, float]]:
    """Behind which rows a merged cell may end that begins at a row, with the points by which its text misses their middle."""
    for end in range(at, len(bands)):
        middle = (bands[at].top + bands[end].bottom) / 2
        if bands[end].wide or middle < block.middle - OFF * (bands[at].top - bands[at].bottom + 6):
            return
        off = abs(middle - block.middle)
        if off <= OFF * (bands[at].top - bands[at].bottom + 6):
            yield end + 1, off


# ---- cells -----------------------------------------------------------------------------------------------------------


def _cells(
    layer: TextLayer, bands: list[_Band], head: dict[int, int], merged: list[_Span], columns: Sequence[float]
) -> list[TableCell]:
    """The cells of all rows; places that nothing covers are blank cells. What stands where another cell is belongs to that cell."""
    texts: dict[_Place, list[Line]] = {}
    owner: dict[tuple[int, int], _Place] = {}

    def put(row: int, low: int, high: int, rows: int, lines: list[Line]) -> None:
        held = [owner[at] for at in _places(row, low, high, 1) if at in owner]
        if held:
            texts[held[0]] += lines
            return
        if any(at in owner for at in _places(row, low, high, rows)):
            rows = 1
        place = (row, low, rows, high - low + 1)
        owner.update(dict.fromkeys(_places(row, low, high, rows), place))
        texts[place] = lines

    for column, block, row, rows in merged:
        put(row, column, column, rows, list(block.lines) if block else [])
    for row, band in enumerate(bands):
        by_place: dict[tuple[int, int], list[Line]] = {}
        for block in band.blocks:
            by_place.setdefault((block.low, block.high), []).extend(block.lines)
        for (low, high), lines in sorted(by_place.items()):
            put(row, low, high, max((head.get(id(b), 1) for b in band.blocks if (b.low, b.high) == (low, high)), default=1), lines)
    for row in range(len(bands)):
        for column in range(len(columns) - 1):
            put(row, column, column, 1, [])
    return [
        TableCell(row, low, rows, width, columns[low + width] - columns[low], join_pieces(layer, lines))
        for (row, low, rows, width), lines in texts.items()
    ]


def _places(row: int, low: int, high: int, rows: int) -> list[tuple[int, int]]:
    return [(r, c) for r in range(row, row + rows) for c in range(low, high + 1)]
