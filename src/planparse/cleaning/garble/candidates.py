"""Characters that may have been lost, each by itself: how it is written, and how likely it is. The same in every document of a script."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from planparse.cleaning.garble.frequencies import UNKNOWN, language
from planparse.language.script import to_simplified

_LETTER = math.log(2e-3)
_SIGN = math.log(5e-4)
"""ASCII signs, such as those of a tag that is left over."""
_WRONG_SCRIPT = 7.0
"""Cost of a simplified character in a traditional document, and the other way round."""


class Candidate(NamedTuple):
    """A character that may have been lost: as written, simplified, its weight as a word, and what it costs to be written so."""

    char: str
    simple: str
    weight: float
    cost: float


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Some of which one was lost; the same ones are the same object."""

    each: tuple[Candidate, ...]
    simples: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "simples", tuple(candidate.simple for candidate in self.each))


class Characters:
    """Single characters, as a document of one script uses them; every weight is a natural logarithm."""

    def __init__(self, traditional: bool) -> None:
        self._words, self.rarity = language()
        self.traditional = traditional
        self._costs: dict[str, float] = {}
        self._simple: dict[str, str] = {}
        self._singles: dict[str, float] = {}
        self._likeliest: dict[tuple[str, int], Candidates] = {}

    def cost(self, text: str) -> float:
        """What it costs characters to be of the other script than the document, or to be written nowhere."""
        return sum(self.cost_of(char) for char in text if char > "\x7f")

    def cost_of(self, char: str) -> float:
        """As ``cost``, of one character."""
        found = self._costs.get(char)
        if found is None:
            if not "\u3400" <= char <= "\u9fff":
                found = 0.0
            elif self.traditional:
                found = _WRONG_SCRIPT if char in _simplified_only() else 0.0
            else:
                found = 0.0 if char.encode("gb2312", "replace") != b"?" else _WRONG_SCRIPT
            self._costs[char] = found
        return found

    def simple(self, char: str) -> str:
        """The simplified form of one character."""
        found = self._simple.get(char)
        if found is None:
            found = self._simple[char] = to_simplified(char)
        return found

    def likeliest(self, candidates: str, count: int) -> Candidates:
        """The likeliest of some characters by themselves."""
        found = self._likeliest.get((candidates, count))
        if found is None:
            ranked = sorted(candidates, key=lambda c: self.cost_of(c) - self.rarity.get(self.simple(c), -99.0))
            found = self._likeliest[candidates, count] = Candidates(tuple(map(self.candidate, ranked[:count])))
        return found

    def candidate(self, char: str) -> Candidate:
        """A character as a candidate."""
        simple = self.simple(char)
        return Candidate(char, simple, self.single(simple), self.cost_of(char))

    def single(self, char: str) -> float:
        """The weight of a character as a word of its own."""
        weight = self._singles.get(char)
        if weight is None:
            weight = self._words.get(char)
            if weight is None:
                if char.isascii():
                    weight = _LETTER if char.isalnum() else _SIGN
                else:
                    weight = max(UNKNOWN, self.rarity.get(char, UNKNOWN) - 2)
            self._singles[char] = weight
        return weight


@cache
def characters_of(traditional: bool) -> Characters:
    """The characters of traditional or simplified documents."""
    return Characters(traditional)


@cache
def _simplified_only() -> frozenset[str]:
    rows = (files("opencc") / "dictionary" / "STCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if "\t" in row)
    return frozenset(char for char, forms in pairs if char not in forms.split(" "))
