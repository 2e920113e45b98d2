"""Quantified commitments of one paragraph: which quantities are committed to, by when, and of what."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

from planparse.extract.binding import Place, is_commitment, words
from planparse.extract.subjects import Stretch, distribute, find_subject, noun_before
from planparse.language.quantities import CHANGES, FoundQuantity, find_quantities
from planparse.language.time import Time, find_times
from planparse.model.drafts import Clock, FoundTarget, Quantity

_LONG_SENTENCE = 400
"""A sentence longer than this is shown by its ；-segment (the longest sentence with commitments that was read had 380)."""

_MARKS = re.compile(r"[。！？；，：\n]|[,;](?![0-9])")
_LISTED = re.compile(r"[、和及与]|以及")
_PARAGRAPH_LEAD = re.compile(r"(?:——|[0-9]+[.、]|（[^）]{1,3}）|[一二三四五六七八九十]+[、是])?(?:[^，；：。]{2,30}[。：])?(?:力争|确保|争取|计划)?")
_STOCKS = ("percent", "mass", "volume", "energy", "money")
"""Kinds of which a reduction is a change (削减氮氧化物30吨); of counted things it is an act (压减机房40处)."""
_REDUCING = re.compile(r"(?:削减|减少|降低)(?![到至能])[^，。；：、]{2,24}$")
_RAISING = re.compile(r"(?:提高|提升|增加|增长)(?![到至])[^，。；：、]{2,24}$")
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

    def sentence(self, position: int) -> tuple[int, int]:
        around = self._around(self.sentences, position)
        return around if around[1] - around[0] <= _LONG_SENTENCE else self._around(self.segments, position)

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
    quantities = _joined(text, list(find_quantities(text)))
    if not quantities:
        return []
    bounds = _Bounds.of(text)
    times = find_times(text, clock)
    lists = _lists(text, quantities)
    found: list[FoundTarget] = []
    taken = 0
    object_of: tuple[int, str] | None = None
    last: tuple[int, str] | None = None
    for index, quantity in enumerate(quantities):
        place = bounds.place(quantity.number_start)
        first = lists.get(index, (index, 0))[0]
        if not is_commitment(text, quantities[first], bounds.place(quantities[first].number_start), times, clock):
            continue
        if first == index and not is_commitment(text, quantity, place, times, clock):
            continue
        sentence = bounds.sentence(quantity.number_start)[0]
        previous = object_of[1] if object_of and object_of[0] == sentence else None
        stretch = Stretch(
            text,
            floor=max(place.clause[0], taken),
            ceiling=place.clause[1],
            sentence=place.sentence[0],
            topic=topic,
            previous=previous,
            last=last[1] if last and last[0] == sentence else None,
        )
        subject = _subject(text, quantities, index, lists, stretch)
        last = (sentence, subject)
        taken = quantity.quantity.end
        if previous is None or quantity.kind in ("count", "people", "cover"):
            object_of = (sentence, subject)
        shown = _with_change(text, quantities, index, first, place)
        time = _deadline(quantity.number_start, place, times, text)
        if index in lists:
            time = _listed_time(text, time, times, index - first, lists[index][1])
        found.append(_target(text, shown, subject, place, time, horizon_year))
    return found


def _joined(text: str, quantities: list[FoundQuantity]) -> list[FoundQuantity]:
    """2次全覆盖 is 2次: the cover belongs to the count before it."""
    kept: list[FoundQuantity] = []
    for found in quantities:
        if found.kind == "cover" and kept and kept[-1].quantity.end == found.quantity.start and kept[-1].kind in ("count", "percent"):
            last = kept[-1].quantity
            raw = text[last.start : found.quantity.end]
            kept[-1] = replace(kept[-1], quantity=replace(last, end=found.quantity.end, raw=raw))
        else:
            kept.append(found)
    return kept


def _lists(text: str, quantities: list[FoundQuantity]) -> dict[int, tuple[int, int]]:
    """Numbers that share one verb and are listed one after another (分别下降2%、1%和3%): index → (first of the list, its length)."""
    lists: dict[int, tuple[int, int]] = {}
    index = 0
    while index < len(quantities):
        last = index
        while last + 1 < len(quantities) and _follows(text, quantities[last], quantities[last + 1]):
            last += 1
        if last > index:
            lists |= {i: (index, last - index + 1) for i in range(index, last + 1)}
        index = last + 1
    return lists


def _follows(text: str, one: FoundQuantity, other: FoundQuantity) -> bool:
    return one.kind == other.kind and bool(_LISTED.fullmatch(text, one.quantity.end, other.quantity.start))


def _with_change(text: str, quantities: list[FoundQuantity], index: int, first: int, place: Place) -> Quantity:
    """The quantity, with the comparator that stands further off: before its list, or before the object (削减化学需氧量400万吨)."""
    quantity = quantities[index].quantity
    if first != index and quantities[first].quantity.comparator in CHANGES and quantity.value_max is None:
        return replace(quantity, comparator=quantities[first].quantity.comparator)
    if quantity.comparator != "eq":
        return quantity
    if first != index:
        return replace(quantity, comparator=quantities[first].quantity.comparator) if quantity.value_max is None else quantity
    if quantities[index].before:
        return quantity
    floor = max(place.clause[0], quantities[index - 1].quantity.end if index else 0)
    if text[quantity.start - 1 : quantity.start] in ("到", "至"):
        return quantity
    change = _REDUCING.search(text, floor, quantity.start)
    if change and quantities[index].kind in _STOCKS:
        return replace(quantity, comparator="decrease")
    if quantity.unit in ("%", "个百分点", "百分点") and _RAISING.search(text, floor, quantity.start):
        return replace(quantity, comparator="increase")
    return quantity


def _subject(
    text: str,
    quantities: list[FoundQuantity],
    index: int,
    lists: dict[int, tuple[int, int]],
    stretch: Stretch,
) -> str:
    """The subject of quantity ``index``; one of a list shares what stands before the list."""
    first, count = lists.get(index, (index, 1))
    if count > 1:
        clause = text.rfind("，", 0, quantities[first].quantity.start) + 1
        stretch.floor = min(stretch.floor, max(stretch.sentence, clause))
        split = distribute(*_before_separately(text[stretch.floor : quantities[first].quantity.start]), count)
        if split:
            return split[index - first]
        index = first
    if index + 1 < len(quantities):
        stretch.ceiling = min(stretch.ceiling, quantities[index + 1].quantity.start)
    return find_subject(quantities[index], stretch)


def _before_separately(shared: str) -> tuple[str, str]:
    """(甲、乙和丙, 占比) of 甲、乙和丙分别占比: what is listed, and the measure that stands behind 分别."""
    head, separator, tail = shared.rpartition("分别")
    return (noun_before(head, False), noun_before(tail, False)) if separator else (noun_before(shared, False), "")


def _target(
    text: str, quantity: Quantity, subject: str, place: Place, time: Time | None, horizon_year: int | None
) -> FoundTarget:
    sentence = place.sentence if place.sentence[1] - place.sentence[0] <= _LONG_SENTENCE else place.segment
    ahead = text[place.clause[0] : quantity.end]
    return FoundTarget(
        subject=subject,
        quantity=quantity,
        sentence_start=sentence[0],
        sentence_end=sentence[1],
        deadline_year=time.year if time else horizon_year,
        deadline_raw=time.raw if time else None,
        commitment="must" if words().must.search(ahead) else "strive" if _strives(text, ahead, time) else "plain",
        per_year=bool(_YEARLY.search(ahead)),
    )


def _strives(text: str, ahead: str, time: Time | None) -> bool:
    """力争 in the clause, or before its year (力争到2025年，…)."""
    return bool(words().strive.search(ahead) or (time and words().strive.search(text, max(0, time.start - 3), time.end)))


def _listed_time(text: str, time: Time | None, times: list[Time], order: int, count: int) -> Time | None:
    """到2025年、2030年，…分别达到30%和50%: each number its own year."""
    if time is None or time not in times[count - 1 :]:
        return time
    run = times[times.index(time) - count + 1 : times.index(time) + 1]
    apart = all(_LISTED.fullmatch(text, a.end, b.start) for a, b in pairwise(run))
    return run[order] if apart and len(run) == count else time


def _deadline(position: int, place: Place, times: list[Time], text: str) -> Time | None:
    """The year of the clause, else of the sentence, else of the 到YYYY年 that leads the paragraph."""
    usable = [t for t in times if not t.base]
    starts = [t.start for t in usable]
    last = bisect_left(starts, position) - 1
    while last >= 0 and usable[last].start >= place.sentence[0]:
        if not _bracketed(text, usable[last], position):
            return usable[last]
        last -= 1
    following = bisect_left(starts, position)
    if following < len(usable) and usable[following].end <= place.clause[1] and "（" not in text[position : usable[following].start]:
        return usable[following]
    first = usable[0] if usable else None
    return first if first and first.until and first.end <= place.sentence[0] and _leads(text, first) else None


def _bracketed(text: str, time: Time, position: int) -> bool:
    """Whether the time stands in a bracket that is closed before the position."""
    opening = text.rfind("（", max(0, time.start - 40), time.start)
    return opening >= 0 and 0 <= text.find("）", opening) < position and text.find("）", opening) >= time.end


def _leads(text: str, time: Time) -> bool:
    """Whether 到2025年 stands at the head of the paragraph (behind its number or lead sentence), and so governs its sentences."""
    return bool(_PARAGRAPH_LEAD.fullmatch(text, 0, time.start))
