"""Traditional → simplified, keeping the length, and which of the two a text is written in.

opencc's own dictionaries (t2s: TSCharacters, TSPhrases) are compiled once into a translation table and one phrase pattern, so
that offsets hold and a page converts in a millisecond. A test holds the result equal to opencc's, but for the listed exceptions.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from planparse.model.options import USUAL, Thresholds

# 乾 is a name in 乾安, 乾县, 乾陵, and 乾 the trigram; opencc writes 干 everywhere but in its own phrase list.
_KEPT = "乾"
_DRY = re.compile("乾(?=[旱燥淨净涸果糧粮枯癟瘪洗冰貨货電电])|(?<=[餅饼葡萄曬晒烘風风陰阴])乾")
_CHINESE = re.compile("[\u3400-\u9fff][\u3400-\u9fff]*")


def _entries(name: str) -> list[tuple[str, str]]:
    text = (files("opencc") / "dictionary" / name).read_text(encoding="utf-8")
    rows = (line.rstrip("\n").split("\t") for line in text.splitlines() if "\t" in line)
    return [(row[0], row[1].split(" ")[0]) for row in rows]


@cache
def _tables() -> tuple[dict[int, int], re.Pattern[str], dict[str, str], re.Pattern[str]]:
    """Character table, phrase pattern, phrases, and the pattern of traditional-only characters."""
    table = {ord(t): ord(s) for t, s in _entries("TSCharacters.txt") if len(t) == len(s) == 1 and t != s}
    del table[ord(_KEPT)]
    phrases = {}
    for t, s in _entries("TSPhrases.txt"):
        if len(t) == len(s) and t.translate(table) != s and _KEPT not in t:
            phrases[t.translate(table)] = s
            phrases[t] = s
    alternatives = "|".join(sorted(phrases, key=len, reverse=True))
    # characters that simplified text also uses (后, 里, 干, 云 as words of their own) are not in the table's keys, or shared by both
    shared = set("乾著瞭徵藉麽夥鉅鍾昇甦妳託儘彆剋")
    traditional = "".join(chr(c) for c in table if 0x4E00 <= c <= 0x9FFF and chr(c) not in shared)
    return table, re.compile(alternatives or "(?!)"), phrases, re.compile(f"[{re.escape(traditional)}]")


@cache
def _table() -> list[int]:
    """The character table as a list of all code points of the basic plane."""
    table = list(range(0x10000))
    for traditional, simplified in _tables()[0].items():
        if traditional < len(table):
            table[traditional] = simplified
    return table


def to_simplified(text: str) -> str:
    """The text in simplified characters, of the same length."""
    _, pattern, phrases, _ = _tables()
    text = _DRY.sub("干", text) if _KEPT in text else text
    text = text.translate(_table())  # a list is looked up by position, twice as fast as a mapping
    return pattern.sub(lambda m: phrases[m[0]], text)


SAMPLE = 20_000
"""Characters of a long text that are looked at."""


def traditional_share(text: str) -> float:
    """Share of the Chinese characters that are traditional-only, of a sample from the middle and both ends."""
    if len(text) > SAMPLE:
        third = SAMPLE // 3
        middle = len(text) // 2
        text = text[:third] + text[middle : middle + third] + text[-third:]
    traditional = len(_tables()[3].findall(text))
    return traditional / sum(map(len, _CHINESE.findall(text))) if traditional else 0.0


def script_of(share: float, thresholds: Thresholds = USUAL) -> str:
    """``hant``, ``mixed`` or ``hans`` for a share of traditional-only characters."""
    if share > thresholds.traditional_share:
        return "hant"
    return "mixed" if share > thresholds.mixed_share else "hans"
