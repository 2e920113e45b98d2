"""How often words and characters stand in Chinese text: jieba's frequencies, read as data when the first damage is found."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from planparse.data import vocabulary

LONGEST = 8
"""Characters of the longest word that is looked up."""
NEVER = -math.inf
"""The logarithm of nothing."""
_RARE = 3
"""Words that stood there so seldom are left out: they are more than half of the dictionary, and decide one run in 200."""
_PART = 1 << 18
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
_NAMES = frozenset(("nr", "nrt", "nrfg"))
_NAME = 1.0
"""Names of persons are rarer in plans than in the dictionary's text."""
_SUFFIX = 3.5
"""Cost of a word that the dictionary lacks, made of one that it has and a character that closes words."""
_COUNTED = (*"一二三四五六七八九十", "十一", "十二", *map(str, range(1, 21)))
_MARKER = math.log(1e-3)
_PLAN_WORD = math.log(4e-4)
_SHORT_PLAN_WORD = math.log(5e-5)
"""A word that plans use more than the dictionary's text. One of two characters has rivals, since both may be lost."""
_PLACES = ("省（区、市）", "省（区", "省（市）", "省（市", "省（市、区）", "省（自治区", "区、市）", "市、区）")
"""How decrees call provinces of every kind; the mark in it straddles two characters where bytes are cut."""
_PLACE = math.log(1e-4)
UNKNOWN = math.log(1e-10)
"""A character that no word of the dictionary has; and symbols that plans do not use."""


def _counts() -> Iterator[tuple[str, int, str]]:
    """How often each word of jieba's dictionary stood in the text that it was counted in, and its part of speech; read in parts, since it
    is large."""
    with (files("jieba") / "dict.txt").open(encoding="utf-8") as file:
        while lines := file.readlines(_PART):
            fields = "".join(lines).split()  # word, count, part of speech; no word has a blank
            yield from zip(fields[0::3], map(int, fields[1::3]), fields[2::3], strict=True)


@cache
def language() -> tuple[dict[str, float], dict[str, float]]:
    """Log probabilities of words (jieba's, those of plans, list markers, marks, and characters that close words), with NEVER for what
    is no word but the beginning of one; and of single characters: how much of a text they make up, as words or within words."""
    log, total = math.log, math.log(_TOTAL)
    words: dict[str, float] = {}
    within: dict[str, int] = {}
    closing: dict[str, int] = {}
    for word, count, kind in _counts():
        length = len(word)
        if length > LONGEST:
            continue
        if count > _RARE or length == 1:
            words[word] = log(count or 0.5) - total - (_NAME if kind in _NAMES and length > 1 else 0.0)
        if length == 3:
            closing[word[2]] = closing.get(word[2], 0) + 1
        for char in word:
            within[char] = within.get(char, 0) + count
    every = log(sum(closing.values()))
    for char in [word for word in words if len(word) == 1]:
        ending = log(closing[char]) - every - _SUFFIX if char in closing else UNKNOWN
        words[char] = max(words[char] - _SINGLE, ending)
    marks = {mark: log(share) for mark, share in _MARKS.items()}
    words |= marks
    for word in (entry["word"] for entry in vocabulary("damaged_words")):
        known = words.get(word, NEVER)
        if len(word) > 2:
            words[word] = max(known, _PLAN_WORD)
        else:
            words[word] = _SHORT_PLAN_WORD if known == NEVER else max(known, (known + _SHORT_PLAN_WORD) / 2)
    for n in _COUNTED:
        words |= dict.fromkeys((f"{a}{n}{b}" for a in "（(" for b in "）)"), _MARKER)
        words[f"{n}、"] = _MARKER - 1
    words |= dict.fromkeys(_PLACES, _PLACE)
    _add_beginnings(words)
    return words, {char: log(count or 0.5) - total for char, count in within.items()} | marks


def _add_beginnings(words: dict[str, float]) -> None:
    """What words begin with, from two characters on, where it is no word itself."""
    longer = [word for word in words if len(word) > 2]
    for size in range(2, LONGEST):
        for piece in {word[:size] for word in longer}:
            words.setdefault(piece, NEVER)
        longer = [word for word in longer if len(word) > size + 1]


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
