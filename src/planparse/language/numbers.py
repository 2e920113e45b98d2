"""The numbers of a text by a plain rule, not by the grammar that reads quantities: so that what the grammar does not know shows up."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from planparse.data import alternation, vocabulary

Span = tuple[int, int]

FAR = sys.maxsize
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

# Numbers that measure nothing: dates, years, markers, ordinals, names, denominators, page numbers.
# Examples: 2022年3月18日 · 2023、2024年 · 21世纪 · 〔2022〕9号 · （1） · 第20个 · 表1 · 《…2025》 · “1+X” · GB/T 2260 · 7×24小时 · 85/100 ·
# 12345热线 · 318国道 · 110千伏 · 每10万人 · 1:50000 · — 2 —
# In front stands every sign that one can begin with, so that the search runs over other text at full speed; those that begin with a digit are
# tried at no other sign.
_NO_MEASURE = re.compile(
    r"""
    (?=[\d\s〔\[【(（第专表图附《“"A-Za-z每—–-])
    (?:
      (?=\d)
      (?:
        (?:19|20|21)\d\d\s?(?:[-—–~～至到/.]\s?)+(?:\d{1,2}\s?[-/.]\s?\d{1,2}|(?:19|20|21)?\d\d)(?:\s?年)?
      | (?:19|20|21)\d\d(?:\s?[年度]|(?=\s?[、和及]\s?(?:19|20|21)\d\d))
      | \d{1,2}\s?月(?:份|(?:\s?\d{1,2}\s?[日号])?)
      | (?<!\d)\d{1,2}\s?世纪
      | (?<!\d)\d{1,3}\s?周年
      | ^\d{1,2}(?:\.\d{1,2}){0,3}[)）.、．](?!\d)
      | (?<!\d)\d{1,5}\s?号(?!召)
      | (?<!\d)\d{1,9}(?:\s?\+\s?[\dXxNn]+)+[”"]?
      | (?<!\d)\d{1,4}\s?[×*]\s?\d{1,4}
      | (?<!\d)\d{3,4}-\d{7,8}(?!\d)
      | (?<!\d)\d{1,3}/100(?!\d)
      | (?<!\d)1\d{2,4}(?=[\u4e00-\u9fff]{0,6}(?:热线|平台|电话))
      | (?<!\d)\d{2,4}\s?(?:[国省县]道|千伏(?!安)|kV(?!A))
      | (?<!\d)\d{1,9}\s?[:：]\s?\d+
      )
    | (?!\d)
      (?:
        (?:[〔\[【(（])\s?(?:19|20)\d\d\s?[〕\]】)）](?:\s?第?\d+\s?号)?
      | [(（]\s?\d{1,2}\s?[)）]
      | ^[^\S\n]*[(（]?\d{1,2}(?:\.\d{1,2}){0,3}[)）.、．](?!\d)
      | (?:第|专栏|(?<!代)表|图|附件)\s?\d+(?:-\d+)?
      | 《[^《》\n]{1,80}》
      | “[^“”\n]{1,30}”
      | "\d+"
      | [“"]\d{1,9}(?:\s?\+\s?[\dXxNn]+)+[”"]?
      | [A-Za-z]{1,8}(?:/[A-Z])?[-\x20]\d[\d.]*(?![\d.%])
      | 每\s?\d+[十百千万亿]*
      | ^[^\S\n]*[-—–]\s?\d{1,4}\s?[-—–][^\S\n]*$
      )
    )
    """,
    re.VERBOSE | re.MULTILINE,
)


@cache
def _number() -> re.Pattern[str]:
    """A number with what makes it a rate or a multiple; letters behind it are a unit, or it is part of a name (PM2.5, 5G).
    Examples: 43.6% · 1,200万 · 0.8‰ · 300MW."""
    units = alternation(
        unit for group in vocabulary("units") for unit in group["units"] if unit.isascii() and unit.isalnum()
    )
    return re.compile(
        rf"\d(?<![A-Za-z\d.]\d)\d*(?:[.,]\d+)*(?!\d|[.,]\d)(?:(?={units}(?![A-Za-z\d]))|(?![A-Za-z]))(?:\s?[%‰]|[十百千万亿]+)?"
    )


def find_numbers(text: str, start: int = 0, end: int = FAR) -> Iterator[Span]:
    """Spans of all numbers in Arabic digits, in order. Give the text in half width (``HALF_WIDTH``)."""
    for match in _number().finditer(text, start, min(end, len(text))):
        yield match.span()


def find_names(text: str, start: int = 0, end: int = FAR) -> Iterator[Span]:
    """Spans whose numbers measure nothing: dates, ordinals, document numbers, quotations, titles, names."""
    for match in _NO_MEASURE.finditer(text, start, min(end, len(text))):
        yield match.span()


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that meet made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return found


def begins_within(spans: Sequence[Span], start: int) -> bool:
    """Whether a place stands in one of the (merged) spans."""
    at = bisect_right(spans, (start, FAR)) - 1
    return at >= 0 and spans[at][0] <= start < spans[at][1]


def touches(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether a stretch has anything in common with the (merged) spans."""
    at = bisect_right(spans, (end - 1, FAR)) - 1
    return at >= 0 and spans[at][1] > start
