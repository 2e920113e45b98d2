"""Numbers that a heading or an item may begin with: 第一章, 一、, （一）, 1., 1.1.1, 1-1, 行动一：, ①, Ⅳ. …, in any of their typographic forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from planparse.data import alternation, vocabulary
from planparse.language.shapes.signs import BLANK, CHINESE, CLOSE, DASH, FORMAL, HAN, LATIN, OPEN, POINT, STEMS, ordinal


class Rank(IntEnum):
    """Styles of numbers from the outermost in, as plans usually nest them. What a document does decides; this only breaks ties."""

    FRONT = 0  # 前言, 附件: a chapter without a number
    PART = 1  # 第一篇
    CHAPTER = 2  # 第一章, 壹、
    DIVISION = 3  # 第一节
    CHINESE = 4  # 一、
    NAMED = 5  # 行动一：
    CHINESE_PAREN = 6  # （一）
    NAMED_INNER = 7  # 行动一： below （一）
    DECIMAL = 8  # 1.
    DECIMAL_2 = 9  # 1.1
    DECIMAL_3 = 10  # 1.1.1
    DECIMAL_PAREN = 11  # （1）
    HALF_PAREN = 12  # 1）
    CIRCLED = 13  # ①


_RANKS = {
    "篇": Rank.PART, "编": Rank.PART, "部分": Rank.PART, "部": Rank.PART, "章": Rank.CHAPTER, "壹": Rank.CHAPTER, "节": Rank.DIVISION, "一": Rank.CHINESE,
    "一_": Rank.CHINESE, "壹_": Rank.CHAPTER, "Ⅰ_": Rank.CHINESE, "甲": Rank.CHINESE, "Ⅰ": Rank.CHINESE, "(壹)": Rank.CHINESE, "(一)": Rank.CHINESE_PAREN, "(1-1)": Rank.CHINESE_PAREN,
    "(Ⅰ)": Rank.CHINESE_PAREN, "1": Rank.DECIMAL, "1_": Rank.DECIMAL, "1-1": Rank.DECIMAL_2, "1.1": Rank.DECIMAL_2, "条": Rank.DECIMAL_2,
    "1.1.1": Rank.DECIMAL_3, "1.1.1.1": Rank.DECIMAL_3, "(1)": Rank.DECIMAL_PAREN, "1)": Rank.HALF_PAREN, "A": Rank.HALF_PAREN, "①": Rank.CIRCLED,
}  # fmt: skip


_NAMED = "named"
"""What the style of a number behind a word begins with. Each word counts by itself: 专题一 holds 方向1 and 方向2."""


def rank_of(style: str) -> Rank:
    """The rank of a style of numbers; FRONT of what is no number."""
    return _RANKS.get(style) or (Rank.NAMED if style.startswith(_NAMED) else Rank.FRONT)


class Marker(NamedTuple):
    """A number with its signs: ``style`` is what counts together, ``look`` its typography, ``end`` where its title begins."""

    style: str
    ordinals: tuple[int, ...]
    """The last is the item's own; those before name the items above it (4.3.1)."""
    look: str
    raw: str
    start: int
    end: int

    @property
    def rank(self) -> Rank:
        return rank_of(self.style)

    @property
    def ordinal(self) -> int:
        return self.ordinals[-1]


# One alternative a style, each with its number in the group that names it.
#   第一章 → part, unit    4.3.1 → path    （1-1）, 〔一〕, （Ⅰ） → brk    一） → half    一、 1. Ⅳ. → num, pt    1-1. → pair
#   行动一： → named    专栏3 → (see lines)    ⑴ ㈠ ⒈ ❶ → sign    1 总则 → bare
# A point that a digit follows is a decimal point, unless a year or a quotation mark stands there (1.2025年…).
@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a marker is, and which signs it begins with."""
    words = vocabulary("shapes")["named"]["words"]
    marker = re.compile(
        rf"""
          第\s?(?P<part>[{CHINESE}]{{1,5}}|\d{{1,3}}(?:[{DASH}.．]\d{{1,2}})?)\s?(?P<unit>篇|编|部分|部|章|节|条)(?:[:：{POINT}]|(?=[\s“《〈【(（<「{HAN}]|$))
        | (?P<path>\d{{1,2}}(?:[.．﹒]\d{{1,2}}){{1,3}})(?![\d.．]{{0,16}}[%％‰，；。])(?:[{POINT}](?!\d))?(?!\d)
        | (?P<pair>\d{{1,2}}[{DASH}]\d{{1,2}})(?:[{POINT}](?!\d)|(?=[{BLANK}][{HAN}“]))
        | [{OPEN}]\s?(?P<brk>[{CHINESE}]{{1,4}}|[{FORMAL}]{{1,3}}|\d{{1,2}}(?:[{DASH}.]\d{{1,2}})?|[Ⅰ-Ⅻ]|[IVX]{{1,4}})\s?[{CLOSE}](?:[、.．](?!\d))?
        | [（(](?P<lost>[{CHINESE}]{{1,3}})[、．.]
        | (?P<half>[{CHINESE}]{{1,3}}|\d{{1,2}})\s?[)）]
        | (?P<num>[{CHINESE}]{{1,4}}(?=\s?[^。｡])|[{FORMAL}]{{1,3}}(?=\s?[^。｡])|[{STEMS}]|[Ⅰ-Ⅻ]|[IVX]{{1,4}}|[{LATIN}](?=[{BLANK}]?[{POINT}][{BLANK}]?[{HAN}“])|\d{{1,3}}(?=[{BLANK}]?[{POINT}](?:[{BLANK}]{{0,2}}20\d\d年|(?!\d))))[{BLANK}]?(?P<pt>[{POINT}])(?![{CHINESE}]{{1,2}}、)
        | (?:{alternation(words)})(?P<named>[{CHINESE}]{{1,3}}|\d{{1,2}}(?:[{DASH}.．]\d{{1,2}}){{0,3}})(?:[{BLANK}]?[:：{POINT}](?!\d)|(?=[{BLANK}]))
        | (?P<sign>[①-⓿❶-➓㈠-㈩㊀-㊉])
        | (?P<bare>\d{{1,2}}|[{CHINESE}]{{1,3}}|[{FORMAL}]{{1,3}}|[Ⅰ-Ⅻ]|[IVX]{{1,4}})(?=[{BLANK}]+[{HAN}“《])

        """,
        re.VERBOSE,
    )
    return marker, re.compile(_signs(words))


def _signs(words: Iterable[str]) -> str:
    """The signs that a marker begins with, the first of its words among them."""
    return rf"[第{OPEN}{CHINESE}{FORMAL}\d{STEMS}Ⅰ-ⅫIVX{LATIN}①-⓿❶-➓㈠-㈩㊀-㊉{_first(words)}]"


def _first(words: Iterable[str]) -> str:
    """The first characters of words, for a class of characters."""
    return "".join(sorted({re.escape(word[0]) for word in words}))


@cache
def may_begin() -> re.Pattern[str]:
    """Where a marker may begin, told by a sign or two: it keeps the whole pattern from being tried at every numeral of a sentence."""
    words = vocabulary("shapes")["named"]["words"]
    return re.compile(
        rf"(?={_signs(words)})(?:[{OPEN}](?=\s?[{CHINESE}{FORMAL}\dⅠ-ⅫIVX])|第(?=\s?[{CHINESE}\d])|[①-⓿❶-➓㈠-㈩㊀-㊉]"
        rf"|[{CHINESE}](?<![{CHINESE}].)(?=[{CHINESE}]{{0,3}}\s?[{POINT})）{BLANK}])"
        rf"|[{FORMAL}{STEMS}Ⅰ-Ⅻ](?=[{FORMAL}]{{0,2}}\s?[{POINT}{BLANK}])|[IVX](?=[IVX]{{0,3}}\s?[{POINT}{BLANK}])|[{LATIN}](?=\s?[{POINT}])"
        rf"|\d(?<!\d.)(?=\d{{0,2}}\s?[{DASH}{POINT})）{BLANK}])|(?:{alternation(words)})(?=[{CHINESE}\d]))"
    )


_BLANKS = re.compile(rf"[{BLANK}]*")


def marker_of(match: re.Match[str]) -> Marker | None:
    """The marker that a match of the pattern is; None where its number is no number from 1 on."""
    group, text = match.lastgroup or "", match.string
    read = _read(group, match[0], match[_NUMBER.get(group, group)], match[group], group == "path" and text.startswith("月", match.end()))
    if read is None:
        return None
    style, ordinals, look, raw, length = read
    end = match.start() + length
    if text[end : end + 1] in _BLANK and (after := _BLANKS.match(text, end)):  # the blanks behind a number belong to it
        end = after.end()
    return Marker(style, ordinals, look, raw, match.start(), end)


_NUMBER = {"unit": "part", "pt": "num"}
"""The group that holds the number, where the last one tells its style."""
_BLANK = frozenset(BLANK)
_PARTED = re.compile(f"[{DASH}.．﹒]")


@lru_cache(maxsize=4096)
def _read(group: str, raw: str, number: str, sign: str, before_month: bool) -> tuple[str, tuple[int, ...], str, str, int] | None:
    """Style, ordinals and look of a marker, what is shown of it and how many characters it has; a document has few different ones."""
    if group == "sign":  # Unicode knows what it stands for: ⑴ is (1), ⒈ is 1., ㈠ is (一), ① and ❶ are circled
        plain = unicodedata.normalize("NFKC", raw)
        style, numbers = f"({_digits(plain[1])})" if plain[0] == "(" else "1" if plain[-1] == "." else "①", [ordinal(plain.strip("().")) or ordinal(raw)]
        look = "sign"
    else:
        numbers = [ordinal(part) for part in _PARTED.split(number)]
        style, look = _styled(group, raw, sign, _digits(number), len(numbers))
    found = tuple(n for n in numbers if n is not None)
    if len(found) < len(numbers):
        return None
    length = len(raw)
    if before_month and len(found) == 2 and found[1] <= 12:  # 4.5月底前
        found, length = found[:1], len(str(found[0])) + 1
        style, look = "1", raw[length - 1]
    if min(found) < 1 or found[-1] >= 1000:
        return None
    shown = raw[:length].strip()
    return style, found, look, shown.rstrip(":：" + POINT) if group == "unit" else shown, length


def _styled(group: str, raw: str, sign: str, digits: str, count: int) -> tuple[str, str]:
    """Style and look of a marker with ``count`` ordinals."""
    return {
        "unit": (sign, "第"),
        "path": (".".join("1" * count), ""),
        "pair": ("1-1", ""),
        "brk": ("(1-1)" if count > 1 else f"({digits})", raw[0]),
        "half": ("(一)" if digits == "一" else f"{digits})", ")"),  # 二） has lost its bracket
        "lost": ("(一)", "("),
        "pt": (digits, sign),
        "named": (f"{_NAMED} {raw[:2]}{'.1' * (count - 1)}", raw[:2]),
        "bare": (f"{digits}_", "blank"),
    }[group]


def _digits(number: str) -> str:
    """Which digits a number is written with: 1, 一, 壹, A or Ⅰ."""
    first = number[0]
    if first in LATIN:
        return "A"
    if first in STEMS:
        return "甲"
    if first.isdecimal():
        return "1"
    return "一" if first in CHINESE else "壹" if first in FORMAL else "Ⅰ"


FIGURES = frozenset(("1.1", "1.1.1", "1.1.1.1", "1_"))
"""Styles that a number of the text has, too: 8.5 平方米, 30 分钟."""
_MEASURED = frozenset(("1.1", "1_", "Ⅰ_"))
"""Of these, those that a unit may follow; Ⅱ 类水质 likewise."""


@cache
def _figure() -> re.Pattern[str]:
    words = vocabulary("shapes")["figures"]
    units, unless = alternation(words["words"]), alternation(words["unless"])
    return re.compile(rf"\s?(?:(?:{units})(?!{unless})|[%％‰℃~～]|[{DASH}]\d|[至到]\d|[a-zA-Zμ])")


def is_figure(text: str, marker: Marker) -> bool:
    """Whether a number is none of a heading, since a unit, a year or another figure follows it: 8.5 平方米, 30 分钟; not 1.2 2025年…, nor 5.1.3 所…"""
    if marker.style not in _MEASURED or _figure().match(text, marker.end) is None:
        return False
    return re.match(r"\s?20\d\d年", text[marker.end : marker.end + 8]) is None


def find_marker(line: str, start: int = 0) -> Marker | None:
    """The marker that ``line[start:]`` begins with, or None. Blanks after it belong to it."""
    marker, first = patterns()
    if first.match(line, start) is None:
        return None
    match = marker.match(line, start)
    found = marker_of(match) if match else None
    return None if found is None or is_figure(line, found) else found
