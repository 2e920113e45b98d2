"""How likely a wording is: word frequencies, and the words of the document's own sound text, alone and in a row."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from operator import add

from planparse.cleaning.garble.candidates import Candidates, characters_of
from planparse.cleaning.garble.frequencies import LONGEST, NEVER, divided, language
from planparse.language.script import script_of, to_simplified, traditional_share

_GRAM_SAMPLE = 16_000
"""Characters of a document that are counted; more of them change one reading in 500."""
_GRAM_SAMPLE_TRADITIONAL = 6_000
"""The same of a traditional document, most of whose runs end in a character whose bytes are known: more of them changed nothing."""
_OPENING = 4
"""Characters by which the n-grams of a document are told from what does not begin one."""
_SMALL = 3_000
"""Words that a document counts as having at least, so that a few lines do not outweigh the dictionary."""
_WORDING = re.compile("[\u4e00-\u9fff]{2,}")
_PIECE = re.compile("[^\x00-\x20?\ufffd\ue000-\uf8ff，。；！？]+[，。；！？]?")
_WEIGHED_APART = "damaged_words.yaml"
"""The vocabulary whose words have a weight of their own."""
WINDOW = 10
"""Characters of context on either side that can matter to a choice."""

Entry = tuple[float, bool]
"""The weight of a word, NEVER for what is none; and whether a longer word may begin with it."""
_NOTHING: Entry = (NEVER, False)


class _Entries(dict[str, Entry]):
    """What is known of each piece of two characters or more that was looked up."""

    def __init__(self, own: _Grams, usual: _Grams) -> None:
        super().__init__()
        self._words, self._own, self._usual = language()[0], own.counts, usual.counts
        self._openings = own.openings | usual.openings
        self._total = max(usual.length + own.length, _SMALL) * 2

    def __missing__(self, piece: str) -> Entry:
        weight = self._words.get(piece)
        if piece[:_OPENING] in self._openings:
            count = self._own.get(piece, 0) + self._usual.get(piece, 0)
            if count:
                known = 0.0 if weight is None or weight == NEVER else math.exp(weight) / 2
                weight = math.log(count / self._total + known)
            entry = (NEVER if weight is None else weight, True)
        else:
            entry = _NOTHING if weight is None else (weight, True)
        self[piece] = entry
        return entry

    def holding(self, pieces: Iterable[str]) -> set[str]:
        """Those of some pieces of two characters that are words or begin words."""
        tried = set(pieces)
        return {*(self._words.keys() & tried), *(self._openings & tried)}


class Lexicon:
    """Words of the language and n-grams of one document; every score is a natural logarithm."""

    def __init__(self, sound: str) -> None:
        self.characters = characters_of(script_of(traditional_share(sound)) == "hant")
        self._followers: dict[tuple[str, Candidates], set[str]] = {}
        self._tried: dict[tuple[str, str, str], Candidates] = {}
        self._leaders: dict[tuple[str, Candidates], set[str]] = {}
        own = _Grams([to_simplified(sound[: _GRAM_SAMPLE_TRADITIONAL if self.characters.traditional else _GRAM_SAMPLE])])
        self.entries = _Entries(own, _usual())

    def tried(self, characters: str, count: int, head: str, tail: str) -> Candidates:
        """The likeliest of some characters by themselves, and all those with which a word goes on from ``head`` or up to ``tail``."""
        found = self._tried.get((characters, head, tail))
        if found is None:
            found = self.characters.likeliest(characters, count)
            every = self.characters.likeliest(characters, len(characters))
            joined = self.followers(head, every) if head else self.leaders(every, tail) if tail else ()
            if rest := [c for c in every.each[count:] if c.simple in joined]:
                found = Candidates((*found.each, *rest))
            self._tried[characters, head, tail] = found
        return found

    def followers(self, head: str, candidates: Candidates) -> set[str]:
        """Those of some characters that a word which holds ``head``, a character, may go on with."""
        found = self._followers.get((head, candidates))
        if found is None:
            found = {piece[1] for piece in self.entries.holding([head + c for c in candidates.simples])}
            self._followers[head, candidates] = found
        return found

    def leaders(self, candidates: Candidates, tail: str) -> set[str]:
        """Those of some characters that a word which goes on with ``tail``, a character, may begin with."""
        found = self._leaders.get((tail, candidates))
        if found is None:
            found = {piece[0] for piece in self.entries.holding([c + tail for c in candidates.simples])}
            self._leaders[tail, candidates] = found
        return found

    def best(self, text: str) -> float:
        """The score of the best division of a text."""
        return self.forward(text)[-1]

    def forward(self, text: str) -> list[float]:
        """The score of the best division up to each place of a text."""
        entries, single, length = self.entries, self.characters.single, len(text)
        best = [0.0] + [NEVER] * length
        for start in range(length):
            base = best[start]
            score = base + single(text[start])
            if score > best[start + 1]:
                best[start + 1] = score
            for end in range(start + 2, min(start + LONGEST, length) + 1):
                weight, begins = entries[text[start:end]]
                if base + weight > best[end]:
                    best[end] = base + weight
                if not begins:
                    break
        return best

    def backward(self, text: str) -> list[float]:
        """The score of the best division from each place of a text on."""
        best = [0.0] * (len(text) + 1)
        entries, single, length = self.entries, self.characters.single, len(text)
        for start in range(length - 1, -1, -1):
            score = single(text[start]) + best[start + 1]
            for end in range(start + 2, min(start + LONGEST, length) + 1):
                weight, begins = entries[text[start:end]]
                if weight + best[end] > score:
                    score = weight + best[end]
                if not begins:
                    break
            best[start] = score
        return best


class _Grams:
    """Words that texts are divided into, and two and three of them in a row, with how often each stands there."""

    def __init__(self, texts: Iterable[str]) -> None:
        words: list[str] = []
        pairs: list[str] = []
        threes: list[str] = []
        ends: list[str] = []
        for text in texts:
            for piece in _PIECE.findall(text):
                found = divided(piece)
                two = list(map(add, found, found[1:]))
                words += found
                pairs += two
                threes += map(add, two, found[2:])
                ends += (*two[-1:], found[-1])
        self.length = len(words)
        self.counts: Mapping[str, int] = Counter([*words, *pairs, *threes])
        longest = {*threes, *ends}  # what the others begin with, these begin with
        self.openings = {gram[:2] for gram in longest}
        for size in range(3, _OPENING + 1):
            self.openings.update([gram[:size] for gram in longest])
        """What they begin with."""


@cache
def _usual() -> _Grams:
    """The wordings of the vocabularies, as examples of how plans write."""
    names = (
        file
        for file in files("planparse.data").iterdir()
        if file.name.endswith(".yaml") and file.name != _WEIGHED_APART
    )
    texts = (file.read_text(encoding="utf-8") for file in names)
    return _Grams(wording for text in texts for wording in _WORDING.findall(text))
