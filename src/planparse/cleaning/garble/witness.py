"""The document's own sound text as witness: what stands between the same neighbours elsewhere in it, and which characters it likes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from planparse.cleaning.garble.candidates import Characters
from planparse.cleaning.garble.forward import fold
from planparse.cleaning.garble.frequencies import NEVER
from planparse.cleaning.garble.pairs import Pair

_SAMPLE = 100_000
"""Characters of a document that are asked."""
_PLACES = 400
"""Places with the same neighbours that are looked at."""
_REACH = 4
"""Neighbours on either side that are compared."""
_LEAST = 2
"""Neighbours, both sides together, that must be the same for a place to tell anything."""
_DOUBT = {2: 1.0, 3: 0.7, 4: 0.4, 5: 0.3, 6: 0.2}
"""By how many neighbours are the same: as many places as these, for each text that is seen there, count for what was known before."""
_CLEAREST = max(_DOUBT)
_FAINTEST = -60.0

_CLOSED_BY = "，。、；：！？,;:!?）)”》"
_CLOSED = re.compile(f"[\u4e00-\u9fff](?=[{_CLOSED_BY}\\n])")
_CLOSING = 0.75
"""How far the shares of a character's places before a mark are trusted."""
_USUAL = 10.0
"""Places for which what is usual counts, beside those where a character stands in the text."""
_TOPIC = 0.2
"""How far it is trusted that characters which are common in the text were lost from it."""
_LARGE = 3_000.0
"""Characters for which texts at large count, beside those of the text."""
_RAREST = -18.0
_BLANK = re.compile("[\u4e00-\u9fff]\u3000(?=[^\u3000\n])")
_BLANK_SHARE = 0.004
"""The share of ideographic blanks that the language model takes for granted."""

Seen = dict[int, Counter[str]]
"""What stands between the same neighbours, by how many of these are the same."""


class Witness:
    """The sound text of one document. Every weight is a natural logarithm."""

    def __init__(self, sound: str, folded: bool, characters: Characters) -> None:
        self._text = fold(sound[:_SAMPLE]) if folded else sound[:_SAMPLE]
        self._folded, self._characters = folded, characters
        self._found: dict[str, list[int]] = {}
        self._between: dict[tuple[str, int, str], list[int]] = {}
        self._common: dict[str, float] = {}

    def weigh(self, pairs: list[Pair], left: str, known: str, behind: str, is_sure: bool) -> list[Pair]:
        """Pairs of lost characters with what the text says of them. ``known`` stands between the two, or all of it behind the first
        where nothing else was lost; ``behind`` follows, and its beginning may be guessed unless ``is_sure``.

        A character with a mark across it and the next is damaged wherever it stands, so that only places where the next one is the
        same can speak for a first character."""
        near = behind if is_sure else ""
        firsts = {char: self._liked(char) for char in {first for _, first, _ in pairs}}
        lasts = {char: self._liked(char) for char in {last for _, _, last in pairs}}
        if "" in lasts:
            told = self._told(self._seen(left, known + near, 1, ahead=True), _best(pairs, 1, firsts))
            return [(score + firsts[first] + told[first], first, last) for score, first, last in pairs]
        if not known:
            pairs = [(score + firsts[first] + lasts[last], first, last) for score, first, last in pairs]
            told = self._told(
                self._seen(left, near, 2, ahead=False), {first + last: score for score, first, last in pairs}
            )
            return [(score + told[first + last], first, last) for score, first, last in pairs]
        is_closed = not behind or behind[0] in _CLOSED_BY
        lasts = {char: liked + self._closing(char, is_closed) for char, liked in lasts.items()}
        ahead = self._told(self._seen(left, known, 1, ahead=True), _best(pairs, 1, firsts))
        after = self._told(self._seen(known, near, 1, ahead=False), _best(pairs, 2, lasts))
        firsts = {char: weight + ahead[char] for char, weight in firsts.items()}
        lasts = {char: weight + after[char] for char, weight in lasts.items()}
        return [(score + firsts[first] + lasts[last], first, last) for score, first, last in pairs]

    @cached_property
    def blank_within(self) -> float:
        """What speaks against an ideographic blank behind a Chinese character: how seldom the text has one there."""
        found = len(_BLANK.findall(self._text))
        return min(0.0, math.log((found + 0.2) / (self._counts[0][""] + 200) / _BLANK_SHARE))

    # ---- characters by themselves ------------------------------------------------------------------------------------

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str]]:
        """How often each Chinese character stands in the text, and how often before a mark or the end of a line; "": all of them."""
        count = Counter(char for char in self._text if "\u4e00" <= char <= "\u9fff")
        closed = Counter(_CLOSED.findall(self._text))
        count[""], closed[""] = count.total() + 8, closed.total() + 1
        return count, closed

    def _liked(self, char: str) -> float:
        """What speaks for a Chinese character: how much commoner it is here than in texts at large."""
        found = self._common.get(char)
        if found is None:
            found = 0.0
            if "\u4e00" <= char <= "\u9fff":
                count, at_large = self._counts[0], self._characters.rarity.get(self._characters.simple(char), _RAREST)
                here = (count[char] / math.exp(max(at_large, _RAREST)) + _LARGE) / (count[""] + _LARGE)
                found = _TOPIC * math.log(here)
            self._common[char] = found
        return found

    def _closing(self, char: str, is_closed: bool) -> float:
        """What speaks for a character before a mark or the end of a line, or before something else."""
        count, closed = self._counts
        share = closed[""] / count[""]
        known = (closed[char] + _USUAL * share) / (count[char] + _USUAL) if char else share
        return _CLOSING * (math.log(known / share) if is_closed else math.log((1 - known) / (1 - share)))

    # ---- characters between neighbours -------------------------------------------------------------------------------

    def _seen(self, left: str, right: str, size: int, ahead: bool) -> Seen:
        """What stands, ``size`` characters long, between the neighbours ``left`` and ``right``, or some of them; ``ahead``: the nearest
        on the right is the same, else the nearest on the left."""
        left, right = left[-_REACH:], right[:_REACH]
        if self._folded:
            left, right = fold(left), fold(right)
        left, right = "" if left[-1:].isspace() else left, "" if right[:1].isspace() else right
        places = set(self._around(left[-1:], size, right[:1]))
        if ahead:
            places.update(at - size for at in self._of(right[:_LEAST]) if at >= size)
        else:
            places.update(at + _LEAST for at in self._of(left[-_LEAST:]))
        counts: dict[int, dict[str, int]] = {}
        for at in places:
            text = self._text[at : at + size]
            if len(text) == size and "\n" not in text:
                same = self._same(at, size, left, right)
                found = counts.setdefault(same, {})
                found[text] = found.get(text, 0) + 1
        return _at_least(counts)

    def _same(self, at: int, size: int, left: str, right: str) -> int:
        """How many neighbours of a place in the text are the same."""
        same, text = 0, self._text
        for char in reversed(left):
            if not at - same or text[at - same - 1] != char:
                break
            same += 1
        for place, char in enumerate(right, at + size):
            if text[place : place + 1] != char:
                break
            same += 1
        return same

    def _told(self, seen: Seen, scores: Mapping[str, float]) -> dict[str, float]:
        """What is seen adds so much to the score of each text that may stand at a place; the clearest places have the last word."""
        if not seen:
            return dict.fromkeys(scores, 0.0)
        most = max(scores.values())
        before = {text: math.exp(max(score - most, _FAINTEST)) for text, score in scores.items()}
        total = sum(before.values())
        shares = {text: share / total for text, share in before.items()}
        for level in sorted(seen):
            counts = {text: seen[level][fold(text) if self._folded else text] for text in scores}
            doubt = _DOUBT[level] * (1 + len(seen[level]))
            known = sum(counts.values()) + doubt
            shares = {text: (counts[text] + doubt * share) / known for text, share in shares.items()}
        return {text: math.log(shares[text] * total / before[text]) for text in scores}

    def _of(self, neighbours: str) -> list[int]:
        """The places of two neighbours in the text."""
        if len(neighbours) < _LEAST:
            return []
        found = self._found.get(neighbours)
        if found is None:
            found = self._found[neighbours] = []
            at = self._text.find(neighbours)
            while at >= 0 and len(found) < _PLACES:
                found.append(at)
                at = self._text.find(neighbours, at + 1)
        return found

    def _around(self, left: str, size: int, right: str) -> list[int]:
        """The places between one neighbour on either side."""
        if not left or not right:
            return []
        found = self._between.get((left, size, right))
        if found is None:
            pattern = re.compile(f"{re.escape(left)}(?=.{{{size}}}{re.escape(right)})")
            found = self._between[left, size, right] = []
            for match in pattern.finditer(self._text):
                found.append(match.end())
                if len(found) == _PLACES:
                    break
        return found


def _best(pairs: list[Pair], end: int, weights: Mapping[str, float]) -> dict[str, float]:
    """The best score of each first (1) or last (2) character, with its weight."""
    best: dict[str, float] = {}
    for pair in pairs:
        char = str(pair[end])
        if pair[0] > best.get(char, NEVER):
            best[char] = pair[0]
    return {char: score + weights[char] for char, score in best.items()}


def _at_least(counts: Mapping[int, Mapping[str, int]]) -> Seen:
    """Counts of texts by how many neighbours are the same, as counts where at least so many are."""
    seen: Seen = {}
    total: Counter[str] = Counter()
    for level in range(max(counts, default=0), _LEAST - 1, -1):
        total.update(counts.get(level, {}))
        if level <= _CLEAREST:
            seen[level] = total.copy()
    return seen
