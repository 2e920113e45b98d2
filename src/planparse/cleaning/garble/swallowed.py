"""What a lost byte swallowed with it: the ``<`` of a tag, the ``&`` of an entity, a digit, a blank, or nothing.

A digit is given back only where something else in the document says which it was: the numbers of a list, the ascending pages of a
table of contents, the same number elsewhere, a year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from planparse.cleaning.garble.codepage import code_of

_TAG = re.compile(
    r"/?(?:p|div|span|strong|b|br|em|i|u|td|tr|th|li|ul|ol|a|font|h[1-6]|o:p|section|img|table|tbody)(?:\s[^<>\n]{0,300})?/?>"
)
_ENTITY = re.compile(
    r"(?:nbsp|ensp|emsp|ldquo|rdquo|lsquo|rsquo|mdash|hellip|middot|quot|amp|lt|gt|#\d{2,5}|#x[0-9a-fA-F]{2,4});"
)
_LEADERS = re.compile(r"(?:…|—|·)$")
_DOTS = re.compile(r"\.{2}|-{2}|_{2}")
_PAGE = re.compile(r"(?:…|\.{3}|·{3}|—{3})[\s\xa0]*(\d{1,3})\s*$")
_PAGE_REST = re.compile(r"\d{0,2}\s*$")
_ITEM = re.compile(r"\s*[（(](\d{1,2})[)）]")
_ITEM_REST = re.compile(r"(\d?)[)）]")
_DAMAGED_ITEM = re.compile(r"\s*[?\ufffd]。[?\ufffd](\d?)[)）]")
_COUNT_REST = re.compile(r"(\d?)([.．、])(?!\d)")
_COUNTED = re.compile(r"\s*(\d{1,2})([.．、])(?!\d)")
_YEAR_REST = re.compile(r"[ \t\xa0]{0,2}年|〕|[-—–~～至]{1,2}[ \t\xa0]?(?:19|20)\d\d")
_INLINE = re.compile(r"[（(](\d{1,2})[)）]")
_HIGHER = re.compile(
    r"\s*(?:第[一二三四五六七八九十]{1,3}[章节節]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、])"
)
_ENUMERATOR = re.compile(r"\s*(?:[（(][一二三四五六七八九十]{1,3}[)）]?|第[一二三四五六七八九十]{1,3}[章节節条條]?)$")
_NUMBER = re.compile(r"\d+")
_UNIT = re.compile(
    r"\.\d|[%％‰亿億万萬千百十元个個家户戶项項人名年月日天次座处處所条條公平吨噸米里台套支辆輛宗件类類级級倍批期]"
)
_WORD = re.compile("[\u4e00-\u9fff]{2}")
_LED = re.compile(r"[\u4e00-\u9fff][.\-_]{3}")
_LED_LATER = re.compile(r"[\u4e00-\u9fff][ \t]+[.\-_]{3}")
_STOP_ITEM = re.compile(r"(?<![\d.])[1-9]、")
_ASCII_END = re.compile(r"(?m)[\u4e00-\u9fff][,;:.!)|]+[ \t]*$|[\u4e00-\u9fff],[\u4e00-\u9fff]")
_ASCII_MARKS = frozenset(",;:.!)|")
_MARKS = "。；，、！？"
_FOLDED_MARKS = ",;!?"

_BLANK_END = re.compile(r"(?m)[\u4e00-\u9fff，。；：）][ \t]+$")
_BARE_END = re.compile(r"(?m)[\u4e00-\u9fff，。；：）]$")
_CLOSED = frozenset("。；： \u3000")
"""What stands before a number that counts, within a line."""
_FEW = 0.02
"""Share of a document's lines up to which what they show counts as never."""
_MOST = 0.5
"""Share of a document's lines from which on what they show is likely."""
_SIGNS = "+-/&"
_NET_PLUS = re.compile("[网網]\\+")
_SAME = 3
"""Characters behind a swallowed digit that must be the same elsewhere."""

MIN_ENDS = 2
"""From this many ASCII marks after Chinese characters on, one may have been swallowed at a line's end."""
INLINE_REACH = 1500
LOOK_BACK = 80
"""Lines in which the number before, or the page before, is looked for."""


@dataclass(frozen=True, slots=True)
class Swallowed:
    """The swallowed text, and whether it is certain."""

    text: str
    sure: bool


@dataclass
class Page:
    """The document's lines: those before ``at`` as repaired so far, the others as shown."""

    lines: list[str]
    sound: str
    folded: bool
    at: int = 0

    @cached_property
    def leads_at_once(self) -> bool:
        """Dots that lead to a page number follow the heading without a blank."""
        return bool(_LED.search(self.sound)) and not _LED_LATER.search(self.sound)

    @cached_property
    def counts_with_stops(self) -> bool:
        """Items are counted 1、2、, so that a digit may have been swallowed before a 、."""
        return len(_STOP_ITEM.findall(self.sound)) >= MIN_ENDS

    @cached_property
    def closed_lines(self) -> bool:
        """Lines do not end in ASCII marks, so that none can have been swallowed at a line's end."""
        if self.folded:
            return True
        marked = (line for line in self.lines if not _ASCII_MARKS.isdisjoint(line))
        return sum(len(_ASCII_END.findall(line)) for line in marked) < MIN_ENDS

    @cached_property
    def blank_ends(self) -> float:
        """The share of lines that end in a blank."""
        blank, bare = len(_BLANK_END.findall(self.sound)), len(_BARE_END.findall(self.sound))
        return blank / (blank + bare) if blank else 0.0

    @cached_property
    def numbers(self) -> dict[str, int]:
        """How often each number stands in the sound text."""
        return Counter(_NUMBER.findall(self.sound))


def swallowed(left: str, right: str, page: Page, lasts: str) -> Swallowed:
    """What stood between ``left`` (the line as read, but for its last character) and ``right`` (the rest of the line as shown)."""
    if _TAG.match(right):
        return Swallowed("<", True)
    if _ENTITY.match(right):
        return Swallowed("&", True)
    if _DOTS.match(right):
        return Swallowed(right[0], page.leads_at_once)
    if _LEADERS.search(left) and _PAGE_REST.match(right):
        return _page_number(right.strip(), page)
    rest = _ITEM_REST.match(right)
    if rest and "（" in lasts:
        return _inline_number(rest[1], left, right) if left.strip() else _item_number(rest[1], page)
    rest = _COUNT_REST.match(right)
    if (
        rest
        and ("。" in lasts or "；" in lasts)
        and (rest[2] != "、" or (left[-1:] in _CLOSED and page.counts_with_stops))
    ):
        return _count(rest[1], rest[2], left, right, page)
    return _nothing(left, right, page) or _sign_or_digit(left, right, page, lasts)


def _nothing(left: str, right: str, page: Page) -> Swallowed | None:
    """Nothing, where the line ends or goes on with what swallows nothing; None elsewhere."""
    if not right.strip() or right[0] < " ":
        if not right and page.blank_ends > _MOST:
            return Swallowed(" ", page.blank_ends > 1 - _FEW)
        return Swallowed("", not _is_open(left) and page.closed_lines and page.blank_ends < _FEW)
    if right[0] in _MARKS or (page.folded and right[0] in _FOLDED_MARKS):
        return Swallowed("", not _is_open(left) and not (right[0] == "、" and page.counts_with_stops))
    if right[0] > "\x7f" and code_of(right[0]) is None:
        return Swallowed("", not _is_open(left) and not right[1:2].isdigit())
    return None


def _sign_or_digit(left: str, right: str, page: Page, lasts: str) -> Swallowed:
    """A digit, a blank, or the sign that joins two words."""
    if right[0].isdigit():
        return _number(right, page)
    if _ENUMERATOR.match(left) and right[0] > "\x7f":
        return Swallowed(" ", not _UNIT.match(right))
    if right[0] in _SIGNS and not right[1:2].isdigit():
        fits = [d for d in "0123456789" if _stands(d + right[:_SAME], page.sound)]
        if len(fits) == 1:
            return Swallowed(fits[0], True)
    return _joint(left, right, page, lasts)


def _is_open(left: str) -> bool:
    """A half-width bracket is open, and its closing one may have been swallowed."""
    return left.count("(") > left.count(")") + left.count("）")


def _page_number(rest: str, page: Page) -> Swallowed:
    """Pages ascend: the digit that keeps this one between its neighbours, if there is only one."""
    before = next(
        (
            int(m[1])
            for line in reversed(page.lines[max(0, page.at - LOOK_BACK) : page.at])
            if (m := _PAGE.search(line))
        ),
        1,
    )
    after = None
    for line in page.lines[page.at + 1 : page.at + LOOK_BACK]:
        match = _PAGE.search(line)
        if match and "?" not in line and "\ufffd" not in line[-8:]:
            after = int(match[1])
            break
    fits = [
        d
        for d in ("", *"123456789")
        if d + rest and before <= int(d + rest) <= (after if after is not None else before + 10)
    ]
    return Swallowed(fits[0], True) if len(fits) == 1 else Swallowed("1", False)


def _item_number(rest: str, page: Page) -> Swallowed:
    """（1）（2）…: one more than the item in the line before, or 1 right after a heading; the item after it must agree."""
    before = _next_line(reversed(page.lines[max(0, page.at - LOOK_BACK) : page.at]))
    expected, clear = 1, bool(_HIGHER.match(before) or before.rstrip().endswith(("：", ":")))
    if match := _ITEM.match(before):
        expected, clear = int(match[1]) + 1, True
    after = _next_line(iter(page.lines[page.at + 1 : page.at + LOOK_BACK]))
    if following := _ITEM.match(after):
        clear = clear and int(following[1]) in (expected + 1, 1)
    elif following := _DAMAGED_ITEM.match(after):
        clear = clear and following[1] in (str(expected + 1)[1:], "")
    number = str(expected)
    return Swallowed(number[0], clear and number[1:] == rest)


def _inline_number(rest: str, left: str, right: str) -> Swallowed:
    """As ``_item_number``, for items that run on in one paragraph: the items before and after it must agree."""
    before = [int(number) for number in _INLINE.findall(left[-INLINE_REACH:])]
    after = _INLINE.search(right[:INLINE_REACH])
    number = str(before[-1] + 1 if before else 1)
    clear = after is not None and int(after[1]) == int(number) + 1
    return Swallowed(number[0], clear and number[1:] == rest)


def _count(rest: str, sign: str, left: str, right: str, page: Page) -> Swallowed:
    """1. 2. … or 1、2、…: one more than the item before it, in this line or at the head of one before; the item after it must agree."""
    inline = re.compile(rf"(?<![\d.])(\d{{1,2}}){re.escape(sign)}(?!\d)")
    before = inline.findall(left[-INLINE_REACH:])
    if not before:
        heads = (_COUNTED.match(line) for line in reversed(page.lines[max(0, page.at - LOOK_BACK) : page.at]))
        before = [head[1] for head in heads if head and head[2] == sign][:1]
    number = str(int(before[-1]) + 1 if before else 1)
    after = inline.search(right[1:INLINE_REACH])
    clear = after is not None and int(after[1]) == int(number) + 1
    return Swallowed(number[0], clear and number[1:] == rest)


def _joint(left: str, right: str, page: Page, lasts: str) -> Swallowed:
    """The sign that joins two words (互联网+政务), if these stand elsewhere with one sign only, or the first never without it."""
    fits = [sign for sign in _SIGNS if sign + right[:2] in page.sound]
    if len(fits) == 1:
        return Swallowed(fits[0], right[:2] not in page.sound.replace(fits[0] + right[:2], ""))
    if left.endswith(("互联", "互聯")) and ("网" in lasts or "網" in lasts):
        return Swallowed("+", bool(_NET_PLUS.search(page.sound)))
    return Swallowed(" ", False)


def _next_line(lines: Iterator[str]) -> str:
    return next((line for line in lines if line.strip()), "")


def _stands(number: str, text: str) -> bool:
    """Whether a number stands in a text, not as the end of a longer one."""
    at = text.find(number)
    while at > 0 and text[at - 1].isdecimal():
        at = text.find(number, at + 1)
    return at >= 0


def _number(right: str, page: Page) -> Swallowed:
    """The digit that makes a year, or the only one that makes a number which stands elsewhere in the document."""
    rest = _NUMBER.match(right)
    assert rest is not None
    after = right[rest.end() :]
    if len(rest[0]) in (3, 4) and _YEAR_REST.match(after):
        fits = [d for d in ("", *"12") if 1900 <= int(d + rest[0]) <= 2100 and len(d + rest[0]) == 4]
        if len(fits) == 1:
            return Swallowed(fits[0] or " ", bool(fits[0]))
    key = right[: rest.end() + 2]
    if _WORD.match(after) and rest[0].strip("0"):
        fits = [d for d in "123456789" if _stands(d + key, page.sound)]
        if len(fits) == 1:
            return Swallowed(fits[0], True)
    if len(rest[0]) >= 2 and rest[0].strip("0") and _WORD.match(after) and not _UNIT.match(after):
        fits = [d for d in "123456789" if d + rest[0] in page.numbers]
        if len(fits) == 1:
            return Swallowed(fits[0], True)
    return Swallowed("1", False)
