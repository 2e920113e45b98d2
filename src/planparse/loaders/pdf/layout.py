"""The measure of the text: margins of every page and column, the body's size, whether paragraphs are indented."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from planparse.loaders.pdf.shapes import Line

FEW_LINES = 4
"""With fewer long lines than this, a page takes its margins from the other pages."""
LONG = 0.75
"""Share of the widest line: shorter lines do not tell the right margin."""
MIN_INDENTED = 0.04
"""Share of lines that begin two characters in: with more, paragraphs are indented in this document."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Margins of a block of text, and the usual distance from line to line (0: not known)."""

    left: float
    right: float
    pitch: float

    @property
    def width(self) -> float:
        """Of the text, in points."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Layout:
    """What joining lines needs to know of the document."""

    measures: dict[tuple[int, int], Measure]
    """By page and frame or column (``zone[0]``; -1 and -2 for columns)."""
    size: float
    indented: bool

    def measure(self, line: Line) -> Measure:
        """The margins of the block that a line stands in."""
        return self.measures[block_of(line)]


def block_of(line: Line) -> tuple[int, int]:
    """Page and frame or column: lines of one block share their margins."""
    zone = line.zone
    return line.page, (zone[0] if zone[0] >= 0 else -zone[1])


def measure_layout(lines: Sequence[Line]) -> Layout:
    """Measure all lines of a document (furniture and tables left out)."""
    blocks: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        blocks[block_of(line)].append(line)
    own = {key: _measure(block) for key, block in blocks.items()}
    size = median(line.size for line in lines) if lines else 10.0
    measures: dict[tuple[int, int], Measure] = {}
    for key, block in blocks.items():
        measure, long_lines = own[key]
        if long_lines < FEW_LINES and key[1] == 0:
            measure = _from_others(measure, [m for k, (m, n) in own.items() if k[1] == 0 and n >= FEW_LINES], block)
        measures[key] = measure
    indents = [(line.left - measures[block_of(line)].left) / line.size for line in lines]
    indented = sum(1.3 <= indent <= 3.2 for indent in indents) > MIN_INDENTED * len(lines)
    return Layout(measures, size, indented)


def _measure(lines: list[Line]) -> tuple[Measure, int]:
    """Margins from a block's own lines, and how many long lines they rest on."""
    widest = max(line.right - line.left for line in lines)
    # Of mirrored text the right edge lies left of the left one, and no line is long.
    long_lines = [line for line in lines if line.right - line.left >= LONG * widest] or lines
    right = median(line.right for line in long_lines)
    lefts = sorted(line.left for line in lines)
    # The left margin is the smallest left edge that is not alone; a block of one paragraph has but its second line.
    left = next((a for a, b in pairwise(lefts) if b - a < 3), lefts[0])
    steps = [a.base - b.base for a, b in pairwise(lines) if a.base > b.base]
    return Measure(left, right, median(steps) if steps else 0.0), len(long_lines)


def _from_others(measure: Measure, others: Iterable[Measure], block: list[Line]) -> Measure:
    """The margins of the pages whose left margin is nearest (odd and even pages may differ)."""
    known = sorted(others, key=lambda m: abs(m.left - min(line.left for line in block)))
    if not known:
        return measure
    best = known[: max(1, len(known) // 2)]
    return Measure(median(m.left for m in best), median(m.right for m in best), median(m.pitch for m in best))
