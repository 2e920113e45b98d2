"""The signs that numbers of headings are written with: digits, points, brackets, decoration. Unicode says what a sign is, not a list of examples."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

CHINESE = "〇零一二三四五六七八九十百"
FORMAL = "壹贰貳叁参參肆伍陆陸柒捌玖拾"
STEMS = "甲乙丙丁戊己庚辛壬癸"
LATIN = "ABCDEFGH"
"""The letters that count items: A. B. C., up to those that are Roman digits, too."""
HAN = "\u4e00-\u9fff"
POINT = "、.．。﹒·・•‧∙⋅‥․︑､﹑｡"
"""What stands between a number and its title. ASCII full stop first; the rest are its small, raised, wide and vertical forms, and those of 、."""
OPEN = "（(〔【［\\[〈<｛{〖﹙⟨⦅❨❪❲｟"
CLOSE = "）)〕】］\\]〉>｝}〗﹚⟩⦆❩❫❳｠"
DASH = "-—–－‐‑―"
BLANK = " \t\u3000\xa0"
YEAR_MONTH = r"(?:19|20|一九|二[〇○零O0])[\d〇○零O一二三四五六七八九]{2}年.{1,3}月"
"""A pattern for the year and the month of a date line: 2021年3月, 二〇二一年三月."""
NUMBER_YEAR = r"[〔\[（(【﹝„<＜〈]\s?(?:19|20)\d\d\s?[〕\]）)】﹞‟>＞〉]"
"""A pattern for the year of a document number, and ``NUMBER_BEHIND`` for what stands behind it: 〔2021〕3号."""
NUMBER_BEHIND = r"\s?第?\s?\d{1,5}\s?号"

_ORDINALS = str.maketrans(FORMAL + "零〇", "一二二三三三四五六六七八九十00")
_VALUES = {c: i for i, c in enumerate("0一二三四五六七八九")} | {"两": 2}
_ROMAN = {"I": 1, "V": 5, "X": 10}


@cache
def ordinal(text: str) -> int | None:
    """The value of a number below 1,000 as headings write it: 二十一 → 21, 一〇 → 10, 12 → 12, 叁 → 3, Ⅳ → 4, ⑫ → 12; None for anything else."""
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and not "\u4e00" <= text <= "\u9fff" and (value := unicodedata.numeric(text, None)) is not None:
        return int(value) if value == int(value) else None
    for letters in (STEMS, LATIN):
        if text in letters:
            return letters.index(text) + 1
    plain = unicodedata.normalize("NFKC", text).upper()
    if plain and all(c in _ROMAN for c in plain):
        return _roman(plain)
    text = text.translate(_ORDINALS)
    if "十" not in text and "百" not in text:
        values = [_VALUES.get(c) for c in text]
        return None if not values or None in values else int("".join(map(str, values)))
    total = digit = 0
    for c in text:
        if c in "十百":
            total, digit = total + (digit or 1) * (10 if c == "十" else 100), 0
        elif c in _VALUES:
            digit = _VALUES[c]
        else:
            return None
    return total + digit


def _roman(text: str) -> int:
    values = [_ROMAN[c] for c in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


# Signs before a heading that mean nothing: stars, hashes, bullets, bars, tags, private-use bullets of word processors. Not: quotation marks and
# brackets, which open something; points and commas, which end something; dashes, which begin items of their own.
DECORATION = re.compile(
    rf"(?:[{BLANK}*#_~`>|\\]"
    rf"|(?![“‘《「『{OPEN}]|[{DASH}])[^\w\s，。；：、！？”’》」』.．…%％{CLOSE}/=+@&$￥°℃\x00-\x1f-]"
    r"|</?[A-Za-z][^<>]{0,40}>)*"
)
