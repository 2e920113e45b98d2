"""Quantified commitments of one paragraph: which quantities are committed to, by when, and of what."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from planparse.extract.commitments import Place, is_commitment, words
from planparse.extract.subjects import find_subject
from planparse.language.quantities import CHANGES, FoundQuantity, find_quantities
from planparse.language.time import Time, find_times
from planparse.model.drafts import Clock, FoundTarget

_LONG_SENTENCE = 400
"""A sentence longer than this is shown by its ；-segment (the longest sentence with commitments that was read had 380)."""

_MARKS = re.compile(r"[。！？；，：\n]|[,;](?![0-9])")
_SEPARATELY = re.compile(r"分别")
_JOIN = re.compile(r"(?:[、和及与]|以及|，)?$")
_YEARLY = re.compile(r"每年|年均|逐年|每年度|每学年")


@dataclass(slots=True)
class _Bounds:
    """Where sentences, segments and clauses of a paragraph end."""

    sentences: list[int]
    segments: list[int]
    clauses: list[int]
    length: int

    @classmethod
    def of(cls, text: str) -> _Bounds:
        bounds = cls([], [], [], len(text))
        for match in _MARKS.finditer(text):
            end = match.end()
            bounds.clauses.append(end)
            if match[0] in "。！？\n":
                bounds.sentences.append(end)
                bounds.segments.append(end)
            elif match[0] in "；;":
                bounds.segments.append(end)
        return bounds

    def place(self, position: int) -> Place:
        return Place(self._around(self.sentences, position), self._around(self.segments, position), self._around(self.clauses, position))

    def _around(self, ends: list[int], position: int) -> tuple[int, int]:
        index = bisect_right(ends, position)
        return (ends[index - 1] if index else 0, ends[index] if index < len(ends) else self.length)


def find_targets(text: str, clock: Clock, horizon_year: int | None = None, topic: str | None = None) -> list[FoundTarget]:
    """The quantified commitments of one paragraph of normalised text, in order; offsets are within the paragraph.

    ``horizon_year`` is the year of the goal that the paragraph stands in; ``topic`` the title of the goal, task or project, by which
    a bare attribute (建筑面积) is completed. Offsets of ``quantity`` cover its comparator words, number and unit.
    """
    quantities = list(find_quantities(text))
    if not quantities:
        return []
    bounds = _Bounds.of(text)
    times = find_times(text, clock)
    found: list[FoundTarget] = []
    for index, quantity in enumerate(quantities):
        place = bounds.place(quantity.number_start)
        if index and quantity.kind == "cover" and quantities[index - 1].quantity.end == quantity.quantity.start:
            continue
        if not is_commitment(text, quantity, place, times, clock):
            continue
        before = quantities[index - 1] if index else None
        after = quantities[index + 1] if index + 1 < len(quantities) else None
        found.append(_target(text, quantity, before, after, place, times, horizon_year, topic))
    return found


def _target(
    text: str,
    found: FoundQuantity,
    before: FoundQuantity | None,
    after: FoundQuantity | None,
    place: Place,
    times: list[Time],
    horizon_year: int | None,
    topic: str | None,
) -> FoundTarget:
    floor = max(place.clause[0], before.quantity.end if before else 0)
    ceiling = min(place.clause[1], after.quantity.start if after else len(text))
    subject = find_subject(text, found, floor, ceiling, topic)
    time = _deadline(text, found, place, times)
    sentence = place.sentence if place.sentence[1] - place.sentence[0] <= _LONG_SENTENCE else place.segment
    ahead = text[place.clause[0] : found.number_start]
    return FoundTarget(
        subject=subject,
        quantity=found.quantity,
        sentence_start=sentence[0],
        sentence_end=sentence[1],
        deadline_year=time.year if time else horizon_year,
        deadline_raw=time.raw if time else None,
        commitment="must" if words().must.search(ahead) else "strive" if words().strive.search(ahead) else "plain",
        per_year=bool(_YEARLY.search(ahead)),
    )


def _deadline(text: str, found: FoundQuantity, place: Place, times: list[Time]) -> Time | None:
    """The year of the clause, else of the sentence, else of the 到YYYY年 that leads the paragraph."""
    usable = [t for t in times if not t.base]
    if not usable:
        return None
    starts = [t.start for t in usable]
    last = bisect_left(starts, found.number_start) - 1
    if last >= 0 and usable[last].start >= place.sentence[0]:
        return usable[last]
    following = last + 1
    if following < len(usable) and usable[following].end <= place.clause[1]:
        return usable[following]
    leading = [t for t in usable if t.until and t.end <= place.sentence[0]]
    for time in reversed(leading):
        if _leads(text, time):
            return time
    return None


def _leads(text: str, time: Time) -> bool:
    """到2025年 at the head of a sentence governs the sentences after it."""
    head = text[max(0, time.start - 12) : time.start]
    return not re.search(r"[^。；：！，\s力争确保]", re.split(r"[。；：]", head)[-1])
