"""Changes to a text, written down as edits, so that the places of its headings can be moved along."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise

from fitting.gold_places import Heading
from planparse.model.source import TABLE_START

Edit = tuple[int, int, str]
"""Replace ``text[start:end]`` by a string."""

SHORT = 16
"""A line of more characters is no cell that stands on a line of its own."""
CELLS = 4
"""So many short lines in a row are the cells of a table."""
CAPTION = 40
PROSE = 25
"""Least characters of a paragraph."""
_ROW = re.compile(rf"{TABLE_START}|.*[|\t│┃]|(?:[^\s。]+[ \u3000]+){{3,40}}[^\s。]+$")
_CAPTION = re.compile(r"\s*(?:续?表|图|附|专\s?栏|单位|注|序号)")
_BOX = re.compile(r"[\s#*]*专\s?栏\s?(?:[0-9一二三四五六七八九十]|$)")
_SENTENCE = re.compile(r"[。；：！？]\s*$")
_WORD = re.compile(r"\w")


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text after all edits; they must not overlap."""
    pieces, at = [], 0
    for start, end, new in in_order(edits):
        if start < at:
            raise ValueError(f"edits overlap at {start}")
        pieces += [text[at:start], new]
        at = end
    return "".join(pieces) + text[at:]


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in the order of the text; of those at one place insertions first."""
    return sorted(edits, key=lambda edit: edit[:2])


def moved(headings: Iterable[Heading], edits: Iterable[Edit]) -> tuple[Heading, ...]:
    """Where headings stand after the edits: what is put in at a heading's beginning or end stays outside of it."""
    ordered = in_order(edits)
    starts, ends = [edit[0] for edit in ordered], [edit[1] for edit in ordered]
    shifts = [0, *accumulate(len(new) - (end - start) for start, end, new in ordered)]

    def left(at: int) -> int:
        count = bisect_left(starts, at)  # all edits that begin before, and the insertions right here
        while count < len(ordered) and ordered[count][:2] == (at, at):
            count += 1
        return at + shifts[count]

    def right(at: int) -> int:
        count = bisect_right(ends, at)
        while count and ordered[count - 1][:2] == (at, at):
            count -= 1
        return at + shifts[count]

    return tuple(
        replace(
            one,
            start=left(one.start),
            marker_end=right(one.marker_end) if one.marker_end > one.start else left(one.start),
            title_end=right(one.title_end),
        )
        for one in headings
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. ``heading`` is the one that begins it; ``bare``: nothing but headings stands on it.

    ``fixed`` lines belong to tables and boxes: what breaks them up or runs them together would change what they say.
    """

    start: int
    end: int
    heading: Heading | None
    bare: bool
    fixed: bool


@dataclass(frozen=True)
class Page:
    """A text with its headings, seen line by line."""

    text: str
    headings: tuple[Heading, ...]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines that are not empty."""
        spans = [match.span() for match in re.finditer(r"[^\n]+", self.text)]
        on_line: dict[int, list[Heading]] = {}
        starts = [start for start, _ in spans]
        for one in self.headings:
            on_line.setdefault(bisect_right(starts, one.start) - 1, []).append(one)
        fixed = self._fixed(spans, on_line)
        lines = []
        for n, (start, end) in enumerate(spans):
            found = on_line.get(n, [])
            first = found[0] if found and not _WORD.search(self.text[start : found[0].start]) else None
            bare = bool(first) and not _WORD.search(self.text[min(end, found[-1].title_end) : end])
            lines.append(Line(start, end, first, bare, fixed[n]))
        return tuple(lines)

    def _fixed(self, spans: Sequence[tuple[int, int]], headings: Mapping[int, list[Heading]]) -> list[bool]:
        """Whether each line is of a table or a box; a heading ends both."""
        wordings = [self.text[a:b] for a, b in spans]
        free = [n not in headings for n in range(len(spans))]
        fixed = [one and _ROW.match(line) is not None for one, line in zip(free, wordings, strict=True)]
        for start, end in _runs_of_cells(wordings, free):
            fixed[start:end] = [True] * (end - start)
        box = False
        for n, line in enumerate(wordings):
            box = free[n] and (box or _BOX.match(line) is not None)
            fixed[n] = fixed[n] or box
        for n in range(len(fixed) - 2, -1, -1):  # what stands above a table and belongs to it
            if free[n] and fixed[n + 1] and len(wordings[n]) <= CAPTION and _CAPTION.match(wordings[n]):
                fixed[n] = True
        return fixed

    @cached_property
    def leading(self) -> tuple[Heading, ...]:
        """The headings that begin a line and end on it, outside of tables."""
        found = (line.heading for line in self.lines if line.heading and not line.fixed)
        return tuple(one for one in found if "\n" not in self.text[one.start : one.title_end])

    @cached_property
    def body(self) -> tuple[Line, ...]:
        """The lines from the first heading on."""
        begin = min((one.start for one in self.headings), default=len(self.text))
        return tuple(line for line in self.lines if line.end > begin)

    @cached_property
    def breaks(self) -> tuple[tuple[Line, Line], ...]:
        """Neighbouring lines of the body between which no table or box, nor a heading without a number, begins or ends."""
        return tuple(
            (upper, lower)
            for upper, lower in pairwise(self.body)
            if not (upper.fixed or lower.fixed or _unnumbered(upper) or _unnumbered(lower))
        )

    @cached_property
    def paragraphs(self) -> tuple[Line, ...]:
        """Lines of prose in the body, up to the first annex."""
        annexes = [one.start for one in self.headings if one.number_raw is None and "附" in self.text[one.start :][:1]]
        last = max((one.start for one in self.headings if one.number_raw), default=0)
        end = min((start for start in annexes if start > last), default=len(self.text))
        return tuple(
            line
            for line in self.body
            if line.end < end and not line.fixed and line.end - line.start >= PROSE and self.ends(line) == "。"
        )

    @cached_property
    def section_ends(self) -> tuple[Line, ...]:
        """The paragraphs with which a section ends: the next line is a numbered heading."""
        headed = {upper for upper, lower in self.breaks if lower.heading}
        return tuple(line for line in self.paragraphs if line in headed)

    def ends(self, line: Line) -> str:
        """A line's last sign."""
        return self.text[line.start : line.end].rstrip()[-1:]

    def words(self, line: Line) -> str:
        """A line's wording without its outer blanks."""
        return self.text[line.start : line.end].strip()

    def title_start(self, heading: Heading) -> int:
        """Where a heading's title begins, behind the blanks after its marker."""
        at = heading.marker_end
        while at < heading.title_end and self.text[at].isspace():
            at += 1
        return at


def _unnumbered(line: Line) -> bool:
    return line.heading is not None and line.heading.number_raw is None


def _runs_of_cells(wordings: Sequence[str], free: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """From which line to which cells stand one a line: many short ones in a row that are no headings or sentences."""
    start = 0
    for n, line in enumerate([*wordings, ""]):
        if n < len(free) and free[n] and len(line.strip()) <= SHORT and not _SENTENCE.search(line):
            continue
        if n - start >= CELLS:
            yield start, n
        start = n + 1
