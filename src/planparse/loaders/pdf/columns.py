"""The order in which the lines of the open page are read: from top to bottom, column by column where there are columns."""

from __future__ import annotations

import re
from itertools import pairwise

from planparse.loaders.pdf.shapes import Line
from planparse.loaders.pdf.textlayer import TextLayer

MIN_COLUMN_LINES = 6
"""Lines that each of two columns must have."""
WIDE_GAP = 1.2
"""Em: a wider blank within a line may be the gap between two columns."""
NEAR = 12.0
"""Points by which a column may reach over the middle."""
ONE_SIDED = 0.85
"""Share of a page's lines that must stand wholly in one column or the other."""
SAME_ROW = 0.45
"""Em: lines whose baselines differ by less stand on one row."""
RAISED = 4
"""Characters of the piece of a line that begins with a raised figure."""
_BLANK = re.compile(r"[ \u00a0\u2000-\u200a\u3000\u3164]+")


def order_lines(layer: TextLayer, lines: list[Line]) -> list[Line]:
    """Lines in reading order. Lines of a page with two columns carry the column in ``zone``."""
    if len(lines) >= MIN_COLUMN_LINES:
        middle = _middle(lines)
        split = _split_lines(layer, lines, middle)
        gutter = _gutter(split)
        if gutter is not None:
            return _by_column(layer, split, gutter)
    return _from_top(layer, lines)


def _middle(lines: list[Line]) -> float:
    return (min(line.left for line in lines) + max(line.right for line in lines)) / 2


def _from_top(layer: TextLayer, lines: list[Line]) -> list[Line]:
    """Lines sorted from top to bottom where the text layer has them in another order; pieces of one row become one line."""
    for above, below in pairwise(lines):
        if below.base > above.base - SAME_ROW * min(above.size, below.size):
            return join_pieces(layer, lines)
    return lines


def join_pieces(layer: TextLayer, pieces: list[Line]) -> list[Line]:
    """Pieces of text as lines, from top to bottom; pieces on one baseline become one line."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: -p.base):
        if rows and (rows[-1][0].base - piece.base < SAME_ROW * min(rows[-1][0].size, piece.size) or _is_raised(rows[-1], piece)):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [layer.row(row) for row in rows]


def _is_raised(above: list[Line], line: Line) -> bool:
    """Whether what was taken for the row above is the raised end of a line (the 3 of m³, with what stands behind it)."""
    raised = above[0]
    return (
        len(above) == 1
        and len(raised.text) <= RAISED
        and raised.base - line.base < 0.8 * line.size
        and abs(raised.left - line.right) < 0.4 * line.size
    )


def _split_lines(layer: TextLayer, lines: list[Line], middle: float) -> list[Line]:
    """Lines that run over both columns cut at the gap between them, if enough of the page's lines have one there."""
    crossing = [i for i, line in enumerate(lines) if line.left < middle - 30 and line.right > middle + 30]
    if len(crossing) < MIN_COLUMN_LINES:
        return lines
    cuts: dict[int, tuple[int, int]] = {}
    for i in crossing:
        start = lines[i].spans[0][0]
        for match in _BLANK.finditer(lines[i].text):
            before, after = layer.gap(start + match.start(), start + match.end())
            if after - before > WIDE_GAP * lines[i].size and before < middle + NEAR and after > middle - NEAR:
                cuts[i] = (start + match.start(), start + match.end())
                break
        if not cuts and i >= crossing[MIN_COLUMN_LINES - 1]:
            return lines  # the first crossing lines have no such gap: prose across the page
    if len(cuts) < max(MIN_COLUMN_LINES, 0.7 * len(crossing)):
        return lines
    result: list[Line] = []
    for i, line in enumerate(lines):
        if i in cuts:
            start, end = line.spans[0]
            result += [layer.line(start, cuts[i][0]), layer.line(cuts[i][1], end)]
        else:
            result.append(line)
    return result


def _gutter(lines: list[Line]) -> float | None:
    """The x that parts two columns of running text, or None."""
    middle = _middle(lines)
    west = [line for line in lines if line.right < middle + NEAR]
    east = [line for line in lines if line.left > middle - NEAR]
    if min(len(west), len(east)) < MIN_COLUMN_LINES or len(west) + len(east) < ONE_SIDED * len(lines):
        return None
    # Columns are of running text: at least half of the lines in each are about as wide as the column.
    for side in (west, east):
        widest = max(line.right - line.left for line in side)
        if (
            widest < 0.6 * (middle - min(line.left for line in lines))
            or sum(line.right - line.left > 0.8 * widest for line in side) < len(side) / 2
        ):
            return None
    return (max(line.right for line in west) + min(line.left for line in east)) / 2


def _by_column(layer: TextLayer, lines: list[Line], gutter: float) -> list[Line]:
    """Left column, then right column; a line across both parts what is above it from what is below."""
    for line in lines:
        line.zone = (
            (-1, 1 if line.right < gutter + 10 else 2)
            if line.right < gutter + 10 or line.left > gutter - 10
            else (0, 0)
        )
    across = sorted((line for line in lines if line.zone == (0, 0)), key=lambda e: -e.base)
    result: list[Line] = []
    rest = [line for line in lines if line.zone != (0, 0)]
    for parting in [*across, None]:
        above = [line for line in rest if parting is None or line.base > parting.base]
        rest = [line for line in rest if parting is not None and line.base <= parting.base]
        for column in (1, 2):
            result += _from_top(layer, [line for line in above if line.zone[1] == column])
        if parting is not None:
            result.append(parting)
    return result
