"""Heading markers: the numbering styles of plans, found at the beginning of a line and ranked by how deep they usually stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

CHINESE_DIGITS = "〇零一二三四五六七八九十百"
_VALUE = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


class Rank(IntEnum):
    """Numbering styles from the outermost in. Depth in the tree follows from the ranks above, not from the rank itself."""

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


@dataclass(frozen=True, slots=True)
class Marker:
    """A heading marker at the start of a line: ``raw`` as found, ``end`` where the title begins."""

    rank: Rank
    raw: str
    ordinal: int | None
    end: int


# A marker at the beginning of a line, one group a style.
#   第一章 总则 → chapter "第一章"      一、总体要求 → cn "一、"      （一）基本原则 → cnp "（一）"
#   壹、前言 → formal "壹、"           行动一：质量提升 → named "行动一："
#   1.加强领导 → dec "1."            1.2 工作机制 → dec2 "1.2"     （1）机构 → decp "（1）"       ①机构 → circled "①"
# A decimal point that is followed by a digit is a number, not a marker, unless a blank or a character closes it (1.2 工作机制).
_MARKER = re.compile(
    r"""
      第\s?(?P<part_no>[〇零一二三四五六七八九十百\d]{1,4})\s?(?P<part>篇|编|部分|章|节)(?:[\s:：、.．]|(?=[\u4e00-\u9fff“《]))
    | (?P<cn>[一二三四五六七八九十百〇零]{1,4})\s?[、．.](?![一二三四五六七八九十]{1,3}[、，])
    | (?P<formal>[壹贰貳叁参參肆伍陆陸柒捌玖拾]{1,3})\s?、
    | (?:行动|任务|工程|举措|措施|专项|工作)(?P<named>[一二三四五六七八九十]{1,3}|\d{1,2})\s?[:：、.．]\s?(?=[\u4e00-\u9fff“])
    | (?:行动|任务|工程|专项)(?P<namedb>[一二三四五六七八九十]{1,3})\s+(?=[\u4e00-\u9fff“])
    | [(（]\s?(?P<cnp>[一二三四五六七八九十百〇零]{1,4})\s?[)）]、?
    | (?P<cnp1>[㈠-㈩])
    | (?P<dec3>\d{1,2}[.．]\d{1,2}[.．]\d{1,2})[.．、]?(?=[\s\u4e00-\u9fff“《])(?!\s?[年月日%％万亿元个])
    | (?P<dec2>\d{1,2}[.．]\d{1,2})(?:[.．、]\s?|\s+)(?=[\u4e00-\u9fff“《])
    | (?P<dec>\d{1,2})\s?(?:[.．、](?!\d)|(?=[\u4e00-\u9fff])(?<=\s))
    | [(（]\s?(?P<decp>\d{1,2})\s?[)）]
    | (?P<decp1>[⑴-⒇])
    | (?P<dec1>[⒈-⒛])
    | (?P<decr>\d{1,2})[)）]
    | (?P<cnr>[一二三四五六七八九十]{1,3})[)）](?=[\u4e00-\u9fff“])
    | (?P<circled>[①-⑳])
    """,
    re.VERBOSE,
)
_PART_RANK = {"篇": Rank.PART, "编": Rank.PART, "部分": Rank.PART, "章": Rank.CHAPTER, "节": Rank.DIVISION}
_FORMAL = str.maketrans("壹贰貳叁参參肆伍陆陸柒捌玖拾", "一二二三三三四五六六七八九十")
_FIRST = frozenset("第(（壹贰貳叁参參肆伍陆陸柒捌玖拾行任工举措专一二三四五六七八九十百〇零0123456789") | frozenset(map(chr, [*range(0x2460, 0x249C), *range(0x3220, 0x322A)]))


def chinese_number(text: str) -> int | None:
    """The value of a Chinese or decimal ordinal below 1,000 (二十一 → 21, 一〇 → 10), or None."""
    if text.isdecimal():
        return int(text)
    if "十" not in text and "百" not in text:
        value = 0
        for c in text:
            if c not in _VALUE:
                return None
            value = value * 10 + _VALUE[c]
        return value
    hundreds, _, rest = text.rpartition("百")
    value = (_VALUE.get(hundreds, 1) if hundreds else 1) * 100 if "百" in text else 0
    tens, ten, units = rest.partition("十")
    if ten:
        value += (_VALUE.get(tens.lstrip("零〇"), 1) if tens else 1) * 10
        rest = units
    return value + (_VALUE.get(rest.lstrip("零〇"), 0) if rest else 0)


def find_marker(line: str, start: int = 0) -> Marker | None:
    """The heading marker that ``line[start:]`` begins with, or None. Blanks after it belong to it."""
    if start >= len(line) or line[start] not in _FIRST:
        return None
    match = _MARKER.match(line, start)
    if match is None:
        return None
    style = match.lastgroup or ""
    number = match[style]
    raw = match[0].strip()
    end = match.end()
    while end < len(line) and line[end] in " \t\u3000":
        end += 1
    if style == "part":
        return Marker(_PART_RANK[number], raw.rstrip(":：、.．"), chinese_number(match["part_no"]), end)
    rank, ordinal = _read(style, number)
    return Marker(rank, raw, ordinal, end)


def _read(style: str, number: str) -> tuple[Rank, int | None]:
    if style == "cn":
        return Rank.CHINESE, chinese_number(number)
    if style == "formal":
        return Rank.CHAPTER, chinese_number(number.translate(_FORMAL))
    if style in ("named", "namedb"):
        return Rank.NAMED, chinese_number(number)
    if style in ("cnp", "cnr"):
        return Rank.CHINESE_PAREN, chinese_number(number)
    if style == "cnp1":
        return Rank.CHINESE_PAREN, ord(number) - ord("㈠") + 1
    if style == "dec":
        return Rank.DECIMAL, int(number)
    if style == "dec1":
        return Rank.DECIMAL, ord(number) - ord("⒈") + 1
    if style in ("dec2", "dec3"):
        parts = number.replace("．", ".").split(".")
        return (Rank.DECIMAL_2 if style == "dec2" else Rank.DECIMAL_3), int(parts[-1])
    if style == "circled":
        return Rank.CIRCLED, ord(number) - ord("①") + 1
    if style == "decr":
        return Rank.HALF_PAREN, int(number)
    if style == "decp1":
        return Rank.DECIMAL_PAREN, ord(number) - ord("⑴") + 1
    return Rank.DECIMAL_PAREN, int(number)
