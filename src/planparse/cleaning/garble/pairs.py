"""The lost characters at both ends of a run, chosen together."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.cleaning.garble.candidates import Candidates
from planparse.cleaning.garble.fitness import BRACKETS, Fitness
from planparse.cleaning.garble.joints import Stretch
from planparse.cleaning.garble.lexicon import Lexicon

WEIGHED = 60
"""Readings of a run that are tried by the forward model, the likeliest first."""
_TRIED = 64
"""Characters tried for a lost byte."""
_KEPT = 12
"""Of these, how many are tried together with those of the other end, where known characters stand between."""

Pair = tuple[float, str, str]
"""The score of a first and a last character, and the two."""


class Pairs:
    """Weighs the characters that may stand at the ends of one run, each by itself and then together."""

    def __init__(self, lexicon: Lexicon, stretch: Stretch, fitness: Fitness) -> None:
        self._lexicon, self._stretch, self._fitness = lexicon, stretch, fitness
        self._known = stretch.known

    def best(self, firsts: str, lasts: str) -> list[Pair]:
        """The likeliest pairs, all that are among the first ``WEIGHED``."""
        ahead = self._lexicon.tried(firsts, _TRIED, "", self._known[:1])
        if not lasts:
            return self._alone(ahead)
        behind = self._lexicon.tried(lasts, _TRIED, self._known[-1:], "")
        if not self._known:
            return self._apart(ahead, behind)
        ahead = self._kept(ahead, self._stretch.near_firsts(ahead), "。\u3000", firsts)
        return self._together(ahead, self._kept(behind, self._stretch.near_lasts(behind), BRACKETS, lasts))

    def _alone(self, firsts: Candidates) -> list[Pair]:
        """First characters of a run that ends with a known one."""
        fitness, last = self._fitness, self._fitness.of_last("")
        plain = last + fitness.of_both("", "")
        return [
            (
                score
                - c.cost
                + (plain if fitness.is_plain(c.char) else last + fitness.of_both(c.char, ""))
                + fitness.of_first(c.char),
                c.char,
                "",
            )
            for score, c in zip(self._stretch.of_firsts(firsts), firsts.each, strict=True)
        ]

    def _kept(self, tried: Candidates, near: Sequence[float], always: str, possible: str) -> Candidates:
        """The best few candidates, and those of ``always`` that are possible."""
        scores = [score - candidate.cost for score, candidate in zip(near, tried.each, strict=True)]
        best = [tried.each[n] for n in sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:_KEPT]]
        chosen = [candidate.char for candidate in best]
        return Candidates(
            (*best, *(self._lexicon.characters.candidate(c) for c in always if c in possible and c not in chosen))
        )

    def _together(self, firsts: Candidates, lasts: Candidates) -> list[Pair]:
        """Every pair of some characters."""
        of_both, is_plain, stretch = self._fitness.of_both, self._fitness.is_plain, self._stretch
        ends = [
            (c, self._fitness.of_last(c.char) - c.cost, stretch.last(c.simple).items(), is_plain(c.char))
            for c in lasts.each
        ]
        plain = of_both("", "")
        pairs: list[Pair] = []
        for first in firsts.each:
            across = stretch.across(stretch.first(first.simple))
            partners = stretch.partners(first.simple, lasts)
            weight, first_is_plain = self._fitness.of_first(first.char) - first.cost, is_plain(first.char)
            for last, last_weight, joint, last_is_plain in ends:
                score = max([across[place] + score for place, score in joint])
                if last.simple in partners:
                    score = max(score, stretch.through(first.simple, last.simple))
                both = plain if first_is_plain and last_is_plain else of_both(first.char, last.char)
                pairs.append((score + weight + last_weight + both, first.char, last.char))
        return pairs

    def _apart(self, firsts: Candidates, lasts: Candidates) -> list[Pair]:
        """The likeliest pairs where nothing is known between the two. Of pairs that have nothing to do with each other only those are
        made that can be among the first: before the nth of one end with the mth of the other, n × m pairs come."""
        of_both, is_plain, stretch = self._fitness.of_both, self._fitness.is_plain, self._stretch
        outer = {c.char: self._fitness.of_last(c.char) - c.cost for c in lasts.each}
        ends = {c.char: stretch.last(c.simple)[0] + outer[c.char] for c in lasts.each}
        ranked = sorted([c for c in ends if is_plain(c)], key=ends.__getitem__, reverse=True)
        odd = [c for c in ends if not is_plain(c)]
        weights = {c.char: self._fitness.of_first(c.char) - c.cost for c in firsts.each}
        starts = {c.char: stretch.first(c.simple)[0] + weights[c.char] for c in firsts.each}
        pairs: list[Pair] = []
        rank = 0
        for candidate in sorted(firsts.each, key=lambda c: starts[c.char], reverse=True):
            first = candidate.char
            start = starts[first]
            if is_plain(first):
                rank += 1
                both, most = of_both(first, ""), WEIGHED // rank + 1
                pairs += [(start + ends[last] + both, first, last) for last in ranked[:most]]
                pairs += [(start + ends[last] + of_both(first, last), first, last) for last in odd]
            else:
                pairs += [(start + end + of_both(first, last), first, last) for last, end in ends.items()]
            if partners := stretch.partners(candidate.simple, lasts):
                pairs += [
                    (
                        stretch.through(candidate.simple, c.simple)
                        + weights[first]
                        + outer[c.char]
                        + of_both(first, c.char),
                        first,
                        c.char,
                    )
                    for c in lasts.each
                    if c.simple in partners
                ]
        return pairs
