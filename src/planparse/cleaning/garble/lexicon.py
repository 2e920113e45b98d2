"""How likely a wording is: jieba's word frequencies (read as data, only when damage is found) and the document's own sound text."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from planparse.data import vocabulary
from planparse.language.script import script_of, to_simplified, traditional_share

_LONGEST = 8
_TOTAL = 60_101_967
"""The sum of jieba's frequencies."""

# Shares of the marks among the words of plans, rounded, from the shared documents.
_MARKS = {
    "，": 0.07,
    "。": 0.03,
    "、": 0.06,
    "；": 0.006,
    "：": 0.004,
    "“": 0.006,
    "”": 0.006,
    "（": 0.005,
    "）": 0.005,
}
_MARKS |= {
    "〔": 5e-4,
    "〕": 5e-4,
    "【": 1e-4,
    "】": 1e-4,
    "《": 0.002,
    "》": 0.002,
    "？": 1e-5,
    "！": 5e-5,
    "…": 0.002,
    "—": 0.002,
    "\u3000": 0.004,
    "·": 2e-4,
    "％": 3e-4,
}
_MARKS |= {
    ",": 0.07,
    ";": 0.006,
    ":": 0.004,
    "(": 0.005,
    ")": 0.005,
    " ": 0.01,
    "%": 0.002,
    ".": 0.002,
    "?": 1e-6,
    "!": 5e-5,
}

_SINGLE = 2.0
"""Single characters are rarer as words in plans than in the dictionary's text."""
_SUFFIX = 3.5
"""Cost of a word that the dictionary lacks, made of one that it has and a character that closes words."""
_COUNTED = (*"一二三四五六七八九十", "十一", "十二", *map(str, range(1, 21)))
_MARKER = math.log(1e-3)
_PLAN_WORD = math.log(5e-5)
_UNKNOWN = math.log(1e-10)
"""A character that no word of the dictionary has; and symbols that plans do not use."""
_LETTER = math.log(2e-3)
_SIGN = math.log(5e-4)
"""ASCII signs, such as those of a tag that is left over."""
_GRAM_SAMPLE = 200_000
_SMALL = 3_000
"""Words that a document counts as having at least, so that a few lines do not outweigh the dictionary."""
_WRONG_SCRIPT = 7.0
"""Cost of a simplified character in a traditional document, and the other way round."""
_WORDING = re.compile("[\u4e00-\u9fff]{2,}")
_PIECE = re.compile("[^\x00-\x20?\ufffd\ue000-\uf8ff，。；！？]+[，。；！？]?")
WINDOW = 10
"""Characters of context on either side that can matter to a choice."""


@cache
def _counts() -> dict[str, int]:
    """How often each word of jieba's dictionary stood in the text that it was counted in."""
    lines = (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    split = (line.split(" ", 2) for line in lines)
    return {word: int(count) for word, count, _ in split if len(word) <= _LONGEST}


@cache
def _words() -> dict[str, float]:
    """Log probabilities of words: jieba's, those of plans, list markers, marks, and characters that close words."""
    log, total = math.log, math.log(_TOTAL)
    words = {word: log(count or 0.5) - total for word, count in _counts().items()}
    closing = Counter(word[2] for word in words if len(word) == 3)
    every = math.log(closing.total())
    for char in [word for word in words if len(word) == 1]:
        ending = log(closing[char]) - every - _SUFFIX if char in closing else _UNKNOWN
        words[char] = max(words[char] - _SINGLE, ending)
    words.update((mark, math.log(share)) for mark, share in _MARKS.items())
    words.update((entry["word"], _PLAN_WORD) for entry in vocabulary("damaged_words"))
    for n in _COUNTED:
        words.update((f"{a}{n}{b}", _MARKER) for a in "（(" for b in "）)")
        words[f"{n}、"] = _MARKER - 1
    return words


@cache
def _vocabulary() -> tuple[str, ...]:
    """All Chinese wordings of the vocabularies, as examples of how plans write."""
    texts = (
        file.read_text(encoding="utf-8") for file in files("planparse.data").iterdir() if file.name.endswith(".yaml")
    )
    return tuple(wording for text in texts for wording in _WORDING.findall(text))


@cache
def _rarity() -> dict[str, float]:
    """Log probabilities of single characters: how much of the dictionary's text they make up, as words or within words."""
    counts: dict[str, int] = {}
    for word, count in _counts().items():
        for char in word:
            counts[char] = counts.get(char, 0) + count
    total = math.log(_TOTAL)
    rarity = {char: math.log(count or 0.5) - total for char, count in counts.items()}
    return rarity | {mark: math.log(share) for mark, share in _MARKS.items()}


class Lexicon:
    """Words of the language and n-grams of one document; every score is a natural logarithm."""

    def __init__(self, sound: str, contents: Sequence[str] = ()) -> None:
        self.words = _words()
        self.rarity = _rarity()
        self.traditional = script_of(traditional_share(sound)) == "hant"
        self._costs: dict[str, float] = {}
        self._simple: dict[str, str] = {}
        self.grams = _grams(to_simplified(sound[:_GRAM_SAMPLE]), map(to_simplified, contents))

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

    def frame(self, before: str, after: str) -> Frame:
        """To score many wordings between the same (simplified) contexts."""
        return Frame(self.words, self.grams, self.rarity, before, after)


class Frame:
    """The best division of ``before + wording + after`` into words, with all that does not touch the wording done once."""

    def __init__(
        self,
        words: Mapping[str, float],
        grams: Mapping[str, float],
        rarity: Mapping[str, float],
        before: str,
        after: str,
    ) -> None:
        self._words, self._grams, self._rarity = words, grams, rarity
        self._before, self._after = before, after
        self._ahead = self._forward(before, [0.0], 0)
        self._behind = [0.0] * (len(after) + 1)
        for i in reversed(range(len(after))):
            self._behind[i] = max(
                weight + self._behind[j]
                for j in range(i + 1, min(i + _LONGEST, len(after)) + 1)
                if (weight := self._weight(after[i:j])) is not None
            )

    def score(self, wording: str) -> float:
        """The log probability of the wording (simplified) in its place, context included."""
        start = len(self._before)
        text = self._before + wording + self._after
        middle = start + len(wording)
        best = self._forward(text[:middle], self._ahead, start)
        behind = self._behind
        total = best[middle] + behind[0]
        for i in range(max(0, middle - _LONGEST + 1), middle):
            base = best[i]
            for j in range(middle + 1, min(i + _LONGEST, len(text)) + 1):
                weight = self._weight(text[i:j])
                if weight is not None and base + weight + behind[j - middle] > total:
                    total = base + weight + behind[j - middle]
        return total

    def _forward(self, text: str, ahead: list[float], start: int) -> list[float]:
        """The best score up to each place after ``start``; ``ahead`` has those up to it."""
        best = [*ahead]
        weight_of = self._weight
        for j in range(start + 1, len(text) + 1):
            best.append(
                max(
                    best[i] + weight
                    for i in range(max(0, j - _LONGEST), j)
                    if (weight := weight_of(text[i:j])) is not None
                )
            )
        return best

    def _weight(self, piece: str) -> float | None:
        weight = self._grams.get(piece)
        if weight is None:
            weight = self._words.get(piece)
            if weight is None and len(piece) == 1:
                if piece.isascii():
                    return _LETTER if piece.isalnum() else _SIGN
                return max(_UNKNOWN, self._rarity.get(piece, _UNKNOWN) - 2)
        return weight


@cache
def _simplified_only() -> frozenset[str]:
    rows = (files("opencc") / "dictionary" / "STCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if "\t" in row)
    return frozenset(char for char, forms in pairs if char not in forms.split(" "))


def _grams(sound: str, contents: Iterable[str]) -> dict[str, float]:
    """Log probabilities of the words of the document's sound text, and of two and three of them in a row."""
    counts: Counter[str] = Counter()
    length = 0
    for part in (sound, *contents, *_vocabulary()):
        for piece in _PIECE.findall(part):
            words = _divided(piece)
            length += len(words)
            counts.update(words)
            counts.update(map("".join, pairwise(words)))
            counts.update(map("".join, zip(words, words[1:], words[2:], strict=False)))
    total = max(length, _SMALL)
    known = _words()
    return {
        gram: math.log(count / total / 2 + math.exp(known[gram]) / 2 if gram in known else count / total / 2)
        for gram, count in counts.items()
        if 1 < len(gram) <= _LONGEST
    }


def _divided(text: str) -> list[str]:
    """The likeliest division of a text into words of the dictionary."""
    words = _words()
    best = [(0.0, 0)]
    for j in range(1, len(text) + 1):
        single = words.get(text[j - 1], _UNKNOWN)
        found = (best[j - 1][0] + single, j - 1)
        for i in range(max(0, j - _LONGEST), j - 1):
            weight = words.get(text[i:j])
            if weight is not None and best[i][0] + weight > found[0]:
                found = (best[i][0] + weight, i)
        best.append(found)
    cuts = [len(text)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    return [text[a:b] for a, b in pairwise(reversed(cuts))]
