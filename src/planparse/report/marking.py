"""A source text cut into segments, so that marks that nest and overlap can each be drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planparse.model.safe import safe

_LINE_END = re.compile("\r\n?|\n|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text and what it is; ``item`` is the number of the record, finding or number that it belongs to."""

    start: int
    end: int
    name: str
    item: int | None = None
    anchor: str | None = None
    """Identifier that the first segment gets."""
    exact: bool = False
    """The item's own place within a larger mark of the same item."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch in which no mark begins or ends."""

    text: str
    names: str
    items: str
    """Numbers of the items, the shortest mark first."""
    anchor: str | None = None
    exact: str = ""
    """Numbers of the items that stand in this very place, where their mark is only the sentence around it."""


Line = list[Segment]


def lines(text: str, marks: Iterable[Mark]) -> list[Line]:
    """The text line by line, each line as its segments; put together they are the text without its line ends."""
    found: list[Line] = [[]]
    for start, end, covering, anchor in _stretches(len(text), list(marks)):
        names = " ".join(dict.fromkeys(mark.name for mark in covering))
        items = " ".join(dict.fromkeys(str(mark.item) for mark in covering if mark.item is not None))
        exact = " ".join(str(mark.item) for mark in covering if mark.exact)
        for number, piece in enumerate(_LINE_END.split(text[start:end])):
            if number:
                found.append([])
            if piece or anchor:
                found[-1].append(Segment(safe(piece), names, items, anchor, exact))
                anchor = None
    return found


def line_starts(text: str) -> list[int]:
    """Where the lines begin, but for the first."""
    return [match.end() for match in _LINE_END.finditer(text)]


def _stretches(length: int, marks: Sequence[Mark]) -> Iterable[tuple[int, int, list[Mark], str | None]]:
    """Stretches between the ends of marks, each with the marks that cover it, the shortest first."""
    starting: dict[int, list[Mark]] = {}
    cuts = {0, length}
    for mark in marks:
        start, end = max(0, mark.start), min(mark.end, length)
        if start < end:
            starting.setdefault(start, []).append(mark)
            cuts |= {start, end}
    places = sorted(cuts)
    active: list[Mark] = []
    for start, end in pairwise(places):
        new = starting.get(start, [])
        if new or any(mark.end <= start for mark in active):
            active = [mark for mark in active if mark.end > start] + new
            active.sort(key=lambda mark: mark.end - mark.start)
        yield start, end, active, next((mark.anchor for mark in new if mark.anchor), None)
