"""How often words and characters stand in Chinese text: jieba's frequencies, read as data when the first damage is found."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from planparse.data import vocabulary

LONGEST = 8
"""Characters of the longest word that is looked up."""
NEVER = -math.inf
"""The logarithm of nothing."""
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
UNKNOWN = math.log(1e-10)
"""A character that no word of the dictionary has; and symbols that plans do not use."""


def _counts() -> dict[str, int]:
    """How often each word of jieba's dictionary stood in the text that it was counted in."""
    fields = (files("jieba") / "dict.txt").read_text(encoding="utf-8").split()  # word, count, part of speech; no word has a blank
    counts = dict(zip(fields[0::3], map(int, fields[1::3]), strict=True))
    for word in [word for word in counts if len(word) > LONGEST]:
        del counts[word]
    return counts


@cache
def language() -> tuple[dict[str, float], dict[str, float]]:
    """Log probabilities of words (jieba's, those of plans, list markers, marks, and characters that close words), with NEVER for what
    is no word but the beginning of one; and of single characters: how much of a text they make up, as words or within words."""
    counts = _counts()
    log, total = math.log, math.log(_TOTAL)
    words = {word: log(count or 0.5) - total for word, count in counts.items()}
    closing = Counter([word[2] for word in words if len(word) == 3])
    every = math.log(closing.total())
    for char in [word for word in words if len(word) == 1]:
        ending = log(closing[char]) - every - _SUFFIX if char in closing else UNKNOWN
        words[char] = max(words[char] - _SINGLE, ending)
    words.update((mark, math.log(share)) for mark, share in _MARKS.items())
    words.update((entry["word"], _PLAN_WORD) for entry in vocabulary("damaged_words"))
    for n in _COUNTED:
        words.update((f"{a}{n}{b}", _MARKER) for a in "（(" for b in "）)")
        words[f"{n}、"] = _MARKER - 1
    for piece in _openings(words):
        words.setdefault(piece, NEVER)
    return words, _rarity(counts)


def _openings(words: Iterable[str]) -> set[str]:
    """What words begin with, from two characters on."""
    found: set[str] = set()
    longer = [word for word in words if len(word) > 2]
    for size in range(2, LONGEST):
        found.update([word[:size] for word in longer])
        longer = [word for word in longer if len(word) > size + 1]
    return found


def _rarity(counts: Mapping[str, int]) -> dict[str, float]:
    every: dict[str, int] = {}
    known = every.get
    for word, count in counts.items():
        for char in word:
            every[char] = known(char, 0) + count
    total = math.log(_TOTAL)
    rarity = {char: math.log(count or 0.5) - total for char, count in every.items()}
    return rarity | {mark: math.log(share) for mark, share in _MARKS.items()}


def divided(text: str) -> list[str]:
    """The likeliest division of a text into words of the dictionary."""
    known = language()[0].get
    length = len(text)
    best = [NEVER] * (length + 1)
    best[0] = 0.0
    came = [0] * (length + 1)
    for start in range(length):
        base = best[start]
        score = base + known(text[start], UNKNOWN)
        if score >= best[start + 1]:
            best[start + 1] = score
            came[start + 1] = start
        for end in range(start + 2, length + 1):
            weight = known(text[start:end])
            if weight is None:
                break
            if base + weight > best[end]:
                best[end] = base + weight
                came[end] = start
    words: list[str] = []
    while length:
        start = came[length]
        words.append(text[start:length])
        length = start
    words.reverse()
    return words
