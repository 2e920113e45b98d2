"""Tables that no rules enclose: three-line tables, tables ruled by row, tables without any rule. Columns are told by the gaps that rows
share, rows (see ``open_rows``) by the lines that stand beside each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from planparse.language.columns import are_columns, other_roles, role_of
from planparse.loaders.pdf.columns import SAME_ROW
from planparse.loaders.pdf.open_rows import NUMBERED, Placed, deal_rows
from planparse.loaders.pdf.rules import Rule
from planparse.loaders.pdf.shapes import Line, RuledTable
from planparse.loaders.pdf.textlayer import TextLayer

MIN_GAP = 0.8
"""Em: the least gap between two columns."""
CORE = 3
"""Pieces in a row that make it one of a table for sure; so many such rows make a table."""
FEWEST_HEADED = 2
"""The same where the first of them names the columns."""
NEXT = 1.5
"""Em: a line this close to a table's first or last row, and within its columns, belongs to it."""
ROW = 2.8
"""The same of a row of several cells, or of a word that names columns above the first row."""
ROW_LINES = 4
"""Lines on baselines of their own that may make up one row."""
AROUND = 60
"""Rows above and below the first and the last of several pieces that may belong to the table."""
HEADS = 2
"""Lines that may stand above the rest of a table at the head of a page: a running head, 续表."""
FAR = 6.0
"""Em: rows this far apart are of two tables."""
SAME_SIZE = 0.12
"""Share by which the sizes of a table's characters differ at most."""
HEAD_SIZE, FIGURE_SIZE = 0.5, 0.35
"""The same of a head that is all names of columns; of figures, of which only the font's own height is known."""
SURE_ROWS, SURE_COLUMNS = 5, 4
"""A stretch with so many rows and columns is a table though no word of its head is known."""
_OUTSIDE = re.compile(r"(?:续?附?表|专栏|图)\s?[0-9一二三四五六七八九十]|[（(]?单\s?位\s?[:：]|注\s?[:：]|备注\s?[:：]")
STRAY, MANY = 0.2, 8
"""Share of a table's rows that may run over the gap between two columns, where there are so many rows."""
FIGURES = 0.25
"""Share of the pieces of a table that hold figures, where no word of its head is known."""
MOST = 0.6
"""Share of the table's width that a cell over several columns has at most, in the rows beside those of several pieces."""
EDGE = 1.0
"""Points by which what begins a column may miss its edge."""
LONGEST_SPAN = 14
"""Characters of a name above several columns."""
_BLANK = re.compile(r"[ \u3000]+")
_HAN = re.compile("[\u3400-\u9fff]")

Row = list[Line]


@dataclass(slots=True)
class _Region:
    """A stretch of rows that are a table's, from top to bottom, and what the text of each of its columns covers."""

    rows: list[Row]
    extents: list[list[float]] = field(default_factory=list)
    size: float = 10.0

    @property
    def columns(self) -> list[float]:
        """The borders of the columns: the middles of the gaps between them."""
        middles = [(a[1] + b[0]) / 2 for a, b in pairwise(self.extents)]
        return [self.extents[0][0], *middles, self.extents[-1][1]]

    @property
    def top(self) -> float:
        return max(p.base for p in self.rows[0]) + self.size

    @property
    def bottom(self) -> float:
        return min(p.base for p in self.rows[-1]) - 0.3 * self.size


def find_open_tables(
    layer: TextLayer, lines: Sequence[Line], level: Sequence[Rule], before: RuledTable | None = None
) -> tuple[list[RuledTable], list[Line]]:
    """The tables among the lines of an open page, from top to bottom, and the lines that are in none. ``before``: the table at the end
    of the page before, of which a few rows more may stand at the head of this one."""
    rows = _rows([piece for line in lines for piece in _cut(layer, line)])
    regions = _regions(layer, rows)
    more = _further_rows(layer, rows, before) if before is not None else None
    if more is not None and (not regions or regions[0].top < more.bottom):
        regions.insert(0, more)
    tables: list[RuledTable] = []
    taken: set[int] = set()
    for region in regions:
        level_within = [r for r in level if region.bottom < r.at < region.top]
        cells = deal_rows(layer, _place(region), region.columns, level_within, least=1 if region is more else 2)
        if cells is None:
            continue
        count = max(cell.row + cell.rowspan for cell in cells)
        tables.append(RuledTable(cells, region.columns, count, region.top, region.bottom, layer.number, open=True))
        held = {span for row in region.rows for piece in row for span in piece.spans}
        taken |= {id(line) for line in lines if any(a < d and c < b for a, b in line.spans for c, d in held)}
    return tables, [line for line in lines if id(line) not in taken]


def _cut(layer: TextLayer, line: Line) -> list[Line]:
    """A line cut at its wide gaps, and where it goes back to the left: another line's text, raised a little."""
    if len(line.spans) != 1:
        return [line]
    start, end = line.spans[0]
    pieces: list[Line] = []
    low = start
    for match in _BLANK.finditer(layer.text, start, end):
        before, after = layer.gap(match.start(), match.end())
        if not -line.size < after - before <= MIN_GAP * line.size:
            pieces.append(layer.line(low, match.start()))
            low = match.end()
    return [*pieces, layer.line(low, end)] if pieces else [line]


def _rows(pieces: list[Line]) -> list[Row]:
    """Pieces on one baseline together, from top to bottom, each row from left to right."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda p: -p.base):
        if rows and rows[-1][0].base - piece.base < SAME_ROW * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda p: p.left)
    return rows


def _size(pieces: Sequence[Line]) -> float:
    """The size of most pieces: of those with Chinese characters, by which alone it is known, if there are any."""
    return median([p.size for p in pieces if _HAN.search(p.text)] or [p.size for p in pieces])


def _differs(row: Row, size: float, share: float = SAME_SIZE) -> bool:
    """Whether something in a row is of another size."""
    return any(abs(p.size - size) > (share if _HAN.search(p.text) else max(share, FIGURE_SIZE)) * size for p in row)


# ---- where tables stand ----------------------------------------------------------------------------------------------


def _regions(layer: TextLayer, rows: list[Row]) -> list[_Region]:
    """Stretches of rows that are tables: rows of several pieces with nothing between them that no column holds."""
    found: list[_Region] = []
    at = 0
    while at < len(rows):
        headed = _is_head(rows[at])
        if len(rows[at]) < CORE and not headed:
            at += 1
            continue
        core = _core(rows, at, headed=headed)
        region = _typed(layer, rows, core, headed=headed)
        if region is None:
            at = core[-1] + 1
            continue
        found.append(region)
        at = next(i for i in range(len(rows) - 1, -1, -1) if rows[i] is region.rows[-1]) + 1
    return found


def _further_rows(layer: TextLayer, rows: list[Row], table: RuledTable) -> _Region | None:
    """The rows at the head of a page, below a line or two at most, that stand in the columns of the table on the page before."""
    size = _size([line for cell in table.cells for line in cell.lines])
    region = _Region([], [list(extent) for extent in pairwise(table.columns)], size)
    _cut_at_borders(layer, rows[:ROW_LINES], region)
    for first in range(min(HEADS + 1, len(rows))):
        columns: set[int] = set()
        for last, row in enumerate(rows[first : first + ROW_LINES], first):
            spans = [_across(piece, region.extents) for piece in row]
            if any(a != b for a, b in spans) or _differs(row, size):
                break
            columns |= {a for a, _ in spans}
            if 2 * len(columns) >= len(region.columns) and region.columns[0] - size < row[0].left:
                _cut_at_borders(layer, rows[last : last + AROUND], region)
                while (more := _more(rows, last, region)) > last:
                    last = more
                region.rows = rows[first : last + 1]
                return region
    return None


def _core(rows: list[Row], first: int, *, headed: bool) -> list[int]:
    """The rows of several pieces from ``first`` on that stand near each other, in one size."""
    core, fewest = [first], FEWEST_HEADED if headed else CORE
    size = _size(rows[first])
    left, right = rows[first][0].left, rows[first][-1].right
    for number in range(first + 1, len(rows)):
        row = rows[number]
        if rows[number - 1][0].base - row[0].base > FAR * size or _differs(row, size):
            break
        longest = min(30 * size, MOST * (right - left)) if headed else 30 * size
        if len(row) >= fewest:
            core.append(number)
            left, right = min(left, row[0].left), max(right, row[-1].right)
        elif len(row) == 1 and row[0].right - row[0].left > longest and (headed or row[0].text.endswith("。")):
            break
    return core


def _typed(layer: TextLayer, rows: list[Row], core: list[int], *, headed: bool) -> _Region | None:
    """The region around rows of several pieces, with its columns; None where they do not stand in columns. ``headed``: the first of the rows
    is all names of columns, so that fewer rows and columns are enough."""
    if len(core) < (FEWEST_HEADED if headed else CORE):
        return None
    region = _Region(rows[core[0] : core[-1] + 1], size=_size([p for i in core for p in rows[i]]))
    region.extents = _extents(region.rows)
    if len(region.extents) < (len(rows[core[0]]) if headed else CORE):
        return None
    first, last = core[0], core[-1]
    around = (*rows[max(0, first - AROUND) : first], *rows[last + 1 : last + 1 + AROUND])
    _cut_at_borders(layer, around, region)
    while first > 0 and _belongs(rows[first - 1], rows[first], region, above=True):
        first -= 1
    while (more := _more(rows, last, region)) > last:
        last = more
    region.rows = rows[first : last + 1]
    region.extents = _extents(region.rows)
    _cut_at_borders(layer, region.rows, region)
    sure = len(core) >= SURE_ROWS and len(region.extents) >= SURE_COLUMNS and _figured(region.rows)
    return region if sure or headed or _has_head(region.rows) else None


def _more(rows: list[Row], last: int, region: _Region) -> int:
    """The last row of the region when the row below ``last`` is taken, or the lines that make up a row of it together: a cell of one
    line stands in the middle of one of two."""
    if last + 1 < len(rows) and _belongs(rows[last + 1], rows[last], region, above=False):
        return last + 1
    columns: set[int] = set()
    for number in range(last + 1, min(len(rows), last + 1 + ROW_LINES)):
        reach = ROW if number == last + 1 else NEXT
        near = rows[number - 1][0].base - rows[number][0].base < reach * region.size
        spans = [_across(p, region.extents) for p in rows[number]]
        if not near or any(a != b for a, b in spans) or _differs(rows[number], region.size):
            break
        columns |= {a for a, _ in spans}
        if len(columns) > 1 and not _OUTSIDE.match(rows[last + 1][0].text):
            return number
    return last


def _cut_at_borders(layer: TextLayer, rows: Sequence[Row], region: _Region) -> None:
    """Pieces that run over borders of columns cut there, where blanks stand at them: cells that fill their columns."""
    for row in rows:
        row[:] = [part for piece in row for part in _parts(layer, piece, region)]


def _parts(layer: TextLayer, piece: Line, region: _Region) -> list[Line]:
    """A piece cut at all borders of columns where it holds two cells."""
    low, high = _across(piece, region.extents)
    if low == high or len(piece.spans) != 1:
        return [piece]
    borders, edges = region.columns[low + 1 : high + 1], [left for left, _ in region.extents[low + 1 : high + 1]]
    (start, end), blank = piece.spans[0], _widest_blank(layer, *piece.spans[0], borders, edges, region.size)
    if blank is None:
        return _two_names(layer, piece, borders)
    return [part for a, b in ((start, blank[0]), (blank[1], end)) for part in _parts(layer, layer.line(a, b), region)]


def _widest_blank(
    layer: TextLayer, start: int, end: int, borders: Sequence[float], edges: Sequence[float], size: float
) -> tuple[int, int] | None:
    """The widest blank that stands at a border or before a column's left edge, or that parts two names of columns; the narrow ones part
    figures from words."""
    best: tuple[float, int, int] | None = None
    for match in _BLANK.finditer(layer.text, start, end):
        before, after = layer.gap(match.start(), match.end())
        named = role_of(layer.text[start : match.start()]) is not None and role_of(layer.text[match.end() : end]) is not None
        if named or any(before - size < border < after + size for border in borders) or any(abs(after - edge) < EDGE for edge in edges):
            best = max(best or (0.0, 0, 0), (after - before, match.start(), match.end()))
    return best[1:] if best else None


def _two_names(layer: TextLayer, piece: Line, borders: Sequence[float]) -> list[Line]:
    """Two names of columns that touch, apart: 总投资（万元）项目业主 over a border."""
    start, end = piece.spans[0]
    for at in range(start + 2, end - 1):
        near = any(abs(layer.box(at)[0] - border) < piece.size for border in borders)
        if near and role_of(layer.text[start:at]) is not None and role_of(layer.text[at:end]) is not None:
            return [layer.line(start, at), layer.line(at, end)]
    return [piece]


def _belongs(row: Row, near: Row, region: _Region, *, above: bool) -> bool:
    """Whether a row beside the region is of it: near, of its size, and within its columns. Above, short words may span columns;
    below, a category or a sum may that begins at the table's left edge."""
    first = row[0]
    if _differs(row, region.size, HEAD_SIZE if above and _is_head(row) else SAME_SIZE) or _OUTSIDE.match(first.text):
        return False
    spanning = [p for p in row if len({*_across(p, region.extents)}) > 1]
    width = region.columns[-1] - region.columns[0]
    if any(p.right - p.left > MOST * width or "。" in p.text for p in spanning):
        return False
    at_edge = abs(first.left - region.columns[0]) < 2.5
    if above:
        named = len(row) > 1 or role_of(first.text) is not None or (at_edge and NUMBERED.match(first.text) is not None)
        fits = all(len(p.text) <= LONGEST_SPAN for p in spanning)
    else:
        named = len(row) > 1 or (at_edge and NUMBERED.match(first.text) is not None)
        fits = not spanning or (at_edge and spanning == [first])
    return fits and min(abs(first.base - piece.base) for piece in near) < (ROW if named else NEXT) * region.size


def _figured(rows: list[Row]) -> bool:
    """Whether figures stand in the rows, as they do in tables, and not in lists of names."""
    texts = [piece.text for row in rows for piece in row]
    return sum(any(c.isdecimal() for c in text) for text in texts) >= FIGURES * len(texts)


def _is_head(row: Row) -> bool:
    """Whether a row is all names of columns: 改革事项 | 责任部门."""
    return are_columns([piece.text for piece in row])


def _has_head(rows: list[Row]) -> bool:
    """Whether words that name columns stand in the first rows."""
    texts = [piece.text for row in rows[:6] for piece in row if len(piece.text) <= 16]
    known = sum(role_of(text) is not None for text in texts)
    return known >= 2 and known + sum(bool(other_roles(text)) for text in texts) >= CORE


def _extents(rows: list[Row]) -> list[list[float]]:
    """What the columns cover: between them are the gaps that the fullest rows share, or that next to no row of several pieces fills,
    whichever tells more columns."""
    several = [row for row in rows if len(row) > 1]
    most = max(map(len, several))
    fullest = _covered([(p.left, p.right) for row in several if len(row) == most for p in row], 0.0)
    shared = _covered([(p.left, p.right) for row in several for p in row], STRAY * len(several) if len(several) >= MANY else 0.0)
    return max(_widened(fullest, rows), _widened(shared, rows), key=len)


def _widened(columns: list[list[float]], rows: list[Row]) -> list[list[float]]:
    """The columns with all that stands in one of them. Pieces that stand in none make one; those that run over several are cells that
    span them, or two cells that nearly touch."""
    for row in sorted(rows, key=len, reverse=True):
        for piece in row:
            over = [c for c in columns if c[0] < piece.right and piece.left < c[1]]
            if len(over) == 1:
                over[0][0], over[0][1] = min(over[0][0], piece.left), max(over[0][1], piece.right)
            elif not over and (len(row) > 1 or not columns[0][0] < piece.left < columns[-1][1]):  # alone between columns, it spans what stands below
                columns.append([piece.left, piece.right])
                columns.sort()
    return columns


def _covered(extents: list[tuple[float, float]], crossing: float) -> list[list[float]]:
    """The stretches that more of the extents cover than ``crossing``."""
    steps = sorted([(left, 1) for left, _ in extents] + [(right, -1) for _, right in extents])
    found: list[list[float]] = []
    depth = 0
    for place, step in steps:
        was, depth = depth, depth + step
        if was <= crossing < depth:
            if found and place - found[-1][1] < 1:
                continue
            found.append([place, place])
        elif depth <= crossing < was and found:
            found[-1][1] = place
    return found


def _across(piece: Line, extents: Sequence[Sequence[float]]) -> tuple[int, int]:
    """The first and the last column that a piece stands in: those whose text it reaches into, else the nearest one."""
    over = [i for i, (left, right) in enumerate(extents) if left + 0.5 < piece.right and piece.left < right - 0.5]
    if not over:
        middle = (piece.left + piece.right) / 2
        over = [min(range(len(extents)), key=lambda i: max(extents[i][0] - middle, middle - extents[i][1]))]
    return over[0], over[-1]


def _place(region: _Region) -> list[Placed]:
    """All pieces with the columns that they stand in. Of two in one row that reach into one column, each has the one that it stands in most."""
    placed: list[Placed] = []
    for row in region.rows:
        spans = [_across(piece, region.extents) for piece in row]
        for number, (piece, (low, high)) in enumerate(zip(row, spans, strict=True)):
            shared = any(low <= b and a <= high for n, (a, b) in enumerate(spans) if n != number)
            if shared and high > low:
                shares = [min(piece.right, b) - max(piece.left, a) for a, b in pairwise(region.columns[low : high + 2])]
                low = high = low + shares.index(max(shares))
            placed.append(Placed(piece, low, high))
    return placed
