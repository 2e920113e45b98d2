"""What became of the evidence: a number that nothing took is a finding, and so is numbered text before the outline, or a count that begins late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from planparse.model.findings import Code, Note
from planparse.model.text import MappedText
from planparse.outline.readings import CONTAINERS, ITEM, PLAIN, SECTIONS, at_start
from planparse.outline.search import Choice

EXPLAINED = frozenset(("figure", "row", "quoted", "repeats", "refers", "counts_on", "lonely", "footnote", "reference", "figures_behind"))
"""What makes a number at a line's beginning no marker."""
A_RUN = 3
"""So many unread markers of one style that count on are one finding."""


def account(choices: Sequence[Choice], text: MappedText, start: int, end: int) -> list[Note]:
    """Findings on the strong evidence between two offsets that gave no section, item or box."""
    here = [c for c in choices if start <= c.place.start < end]
    first = next((n for n, c in enumerate(here) if c.reading.kind in SECTIONS), len(here))
    notes = [*_unread(here[first:], text), *_lost_ranks(here, text)]
    if first < len(here):
        notes += _before(here[:first], text)
    return notes


def is_unread(choice: Choice) -> bool:
    """Whether a numbered line was read as plain text although nothing explains its number."""
    place = choice.place
    return choice.reading.kind == PLAIN and place.form == "mark" and at_start(place) and not place.features & EXPLAINED


def _unread(choices: Sequence[Choice], text: MappedText) -> Iterator[Note]:
    run: list[Choice] = []
    for choice in (c for c in choices if is_unread(c)):
        if run and not _counts_on(run[-1], choice):
            yield from _told(run, text)
            run = []
        run.append(choice)
    yield from _told(run, text)


def _counts_on(before: Choice, choice: Choice) -> bool:
    return before.place.style == choice.place.style and choice.place.ordinals[-1] == before.place.ordinals[-1] + 1


def _told(run: Sequence[Choice], text: MappedText) -> Iterator[Note]:
    if len(run) >= A_RUN:
        first, last = run[0].place, run[-1].place
        span = text.span(first.start, last.line.end)
        yield Note.of(Code.UNREAD_RUN, "lines", *span, count=len(run), first=first.raw, last=last.raw)
        return
    for choice in run:
        span = text.span(choice.place.start, choice.place.line.end)
        yield Note.of(Code.UNREAD_MARKER, "line", *span, found=choice.place.raw)


def _before(choices: Sequence[Choice], text: MappedText) -> Iterator[Note]:
    """Numbered lines before the first section: orders of a notice, or chapters that were missed. What stands in a box is its own."""
    boxed = next((n for n, c in enumerate(choices) if c.reading.kind in CONTAINERS), len(choices))
    counted = [c for n, c in enumerate(choices) if is_unread(c) or (c.reading.kind == ITEM and at_start(c.place) and n < boxed)]
    if any(_counts_on(a, b) for a, b in pairwise(counted)):
        first, last = counted[0].place, counted[-1].place
        yield Note.of(Code.TEXT_BEFORE_OUTLINE, "lines", *text.span(first.start, last.line.end), count=len(counted))


def _lost_ranks(choices: Sequence[Choice], text: MappedText) -> Iterator[Note]:
    """Counts of sections that begin at another number than one, with nothing above them that they go on from."""
    for choice in choices:
        place = choice.place
        if choice.reading.kind in SECTIONS and {"run.lost_first", "run.begins_late"} & set(choice.features):
            yield Note.of(Code.LOST_RANK, "begins", *text.span(place.start, place.end), found=place.raw)
