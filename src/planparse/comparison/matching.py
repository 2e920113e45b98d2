"""Which record of the new version is which of the old: by wording, never by number or place alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from planparse.evaluation.matching import one_to_one

LEAST_ALIKE = 0.5
"""Share of common pairs of signs from which two wordings are versions of one another; half a sentence rewritten still is."""
MOST_WEIGHED = 12
"""Candidates weighed for a record: those that share most pairs of signs with it."""
NAME_SHARE = 0.6
"""How much the name counts beside the text."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a record is told by: all that it says, its name, and its text (both folded)."""

    whole: Hashable
    name: str
    text: str


def match(old: Sequence[Wording], new: Sequence[Wording]) -> list[tuple[int, int]]:
    """Pairs of places, each place at most once: what says the same first, then by likeness of the wording."""
    pairs: list[tuple[int, int]] = []
    left_old, left_new = list(range(len(old))), list(range(len(new)))
    for key in ("whole", "name"):
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at in left_new:
            waiting[getattr(new[at], key)].append(at)
        unique = key == "whole" or _once([old[at].name for at in left_old])
        for at in left_old:
            found = waiting.get(getattr(old[at], key))
            if found and (unique is True or (old[at].name in unique and len(found) == 1)):
                pairs.append((at, found.pop(0)))
        left_old, left_new = _left(len(old), len(new), pairs)
    pairs += _alike([(at, old[at]) for at in left_old], [(at, new[at]) for at in left_new])
    return sorted(pairs)


def _once(names: Sequence[str]) -> set[str]:
    return {name for name, count in Counter(names).items() if count == 1}


def _left(old: int, new: int, pairs: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    used_old, used_new = {a for a, _ in pairs}, {b for _, b in pairs}
    return [at for at in range(old) if at not in used_old], [at for at in range(new) if at not in used_new]


def _alike(old: Sequence[tuple[int, Wording]], new: Sequence[tuple[int, Wording]]) -> list[tuple[int, int]]:
    """The likest first; of equally like ones the nearest."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    signs = [(_pairs(wording.name), _pairs(wording.text)) for _, wording in new]
    for place, (name, text) in enumerate(signs):
        for pair in name | text:
            holders[pair].append(place)
    weighed = []
    for at, wording in old:
        name, text = _pairs(wording.name), _pairs(wording.text)
        shared = Counter(place for pair in name | text for place in holders.get(pair, ()))
        for place, _ in shared.most_common(MOST_WEIGHED):
            likeness = _likeness((name, text), signs[place])
            if likeness >= LEAST_ALIKE:
                weighed.append((-likeness, abs(at - new[place][0]), at, new[place][0]))
    return one_to_one(weighed)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset([text] if text else [])


def _likeness(one: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]]) -> float:
    name, text = _dice(one[0], other[0]), _dice(one[1], other[1])
    return NAME_SHARE * name + (1 - NAME_SHARE) * text if one[1] and other[1] else name


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0
