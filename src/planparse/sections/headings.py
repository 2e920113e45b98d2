"""Which lines are headings: a marker, and a title that is one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planparse.language.markers import Marker, Rank, find_marker
from planparse.language.offices import find_offices
from planparse.model.document import Paragraph
from planparse.model.source import TABLE_START

MAX_TITLE = {
    Rank.PART: 50, Rank.CHAPTER: 50, Rank.DIVISION: 50, Rank.CHINESE: 70, Rank.NAMED: 60, Rank.CHINESE_PAREN: 60, Rank.NAMED_INNER: 60,
    Rank.DECIMAL: 50, Rank.DECIMAL_2: 50, Rank.DECIMAL_3: 40, Rank.DECIMAL_PAREN: 40, Rank.HALF_PAREN: 40, Rank.CIRCLED: 40,
}
"""Longer \"titles\" are numbered sentences (of 900 gold headings none is longer, the longest having 42 characters)."""

MAX_TASK = 120
"""The first sentence of a task that closes with who is responsible for it is its title, even if it is long."""
MAX_BARE = 30
"""A number without a point marks a heading only before a short title."""
_QUANTITY = re.compile(r"[^\u4e00-\u9fff]|[个万亿千百年月日号项条座所米级类次处台套批名户倍家人亩吨辆艘张件米]|公里|公顷|小时|分钟|兆瓦|千伏|千瓦|平方|立方|.*[，：]")
_FRONT = re.compile(r"^(?:前\s*言|序\s*言|引\s*言|导\s*言|序|绪\s*论|结\s*语|结\s?束\s?语|后\s*记|导\s*语)$")
# 附件1：重点工程 / 附：… / 附表2 … on a line of its own
_ANNEX = re.compile(r"^附(?:件|表|录|图)?\s?(?P<no>[\d一二三四五六七八九十]{0,3})\s?(?:[:：.、]\s?|\s+|$)(?P<title>.{0,60})$")
_BOX = re.compile(r"^专\s?栏\s?(?P<no>[\d一二三四五六七八九十]{0,3})\s?[-—:：.、]?\s?(?P<title>.{0,60})$")
_END = re.compile(r"[。！？!?]")
# （一）指导思想：以…为指导，… runs on from its colon
_LABEL = re.compile(r"[^，。；：:、“”《》（）()\d]{2,16}(?P<colon>[：:])(?=.{8})")
_CLOSERS = "。；：:;，,、！？| \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000"
_BRACKETS = ("）", ")", "]", "】", "〕", "）。", ")。", "]。", "】。")
_RESPONSIBLE = ("牵头", "责任", "负责", "配合", "单位")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line. ``rest`` is where the text that it runs on into begins (the line's end where it does not)."""

    rank: Rank
    number_raw: str | None
    ordinal: int | None
    title: str
    start: int
    title_end: int
    rest: int
    end: int
    closed: bool = False
    """Its title ends in 。"""
    sentence: bool = False
    """It reads as a sentence of its own: closed, and long, or with a comma in it and nothing after it on its line."""


class Headings:
    """``find_heading`` for the lines of one text, which are asked about several times and read once."""

    def __init__(self, stretch: float = 1.0) -> None:
        self._stretch = stretch
        self._known: dict[tuple[int, int], Heading | None] = {}

    def __call__(self, line: Paragraph) -> Heading | None:
        place = (line.start, len(line.text))
        if place not in self._known:
            self._known[place] = find_heading(line, self._stretch)
        return self._known[place]

    def forget(self, lines: list[Paragraph]) -> None:
        """These lines are no headings, whatever they look like."""
        self._known.update(((line.start, len(line.text)), None) for line in lines)


def find_heading(line: Paragraph, stretch: float = 1.0) -> Heading | None:
    """The heading that a line is or begins with, or None. The greatest lengths of titles are multiplied by ``stretch``."""
    text = line.text
    if not text or text[0] == TABLE_START:
        return None
    marker = find_marker(text)
    if marker is None:
        return _unnumbered(line)
    if marker.end >= len(text):
        return None
    return _numbered(line, marker, stretch)


def find_task(line: Paragraph) -> Heading | None:
    """As ``find_heading``, for a line that is known to be a task: its first sentence is the title, even if it is long."""
    marker = find_marker(line.text)
    if marker is None or marker.rank < Rank.CHINESE_PAREN or marker.end >= len(line.text):
        return None
    return _numbered(line, marker, MAX_TASK / MAX_TITLE[marker.rank], task=True)


def _numbered(line: Paragraph, marker: Marker, stretch: float, *, task: bool = False) -> Heading | None:
    text = line.text
    stop = _END.search(text, marker.end)
    title_end = stop.start() if stop else len(text)
    label = _LABEL.match(text, marker.end, title_end)
    if label and (stop or "；" in text[label.end() : title_end]):
        stop, title_end = label, label.start("colon")
    units = _units_at(text, marker)
    if units is not None and units <= title_end:
        stop, title_end = None, units
    longest = stretch * (MAX_TASK if units is not None else MAX_TITLE[marker.rank])
    if title_end - marker.end > longest or title_end == marker.end:
        return None
    title = text[marker.end : title_end].rstrip(_CLOSERS)
    if not title or not _reads_as_title(title, text, stop is not None):
        return None
    if marker.raw.isdecimal() and (stop is not None or len(title) > MAX_BARE or _QUANTITY.match(title)):
        return None  # 10 千伏配电网：到…
    rest = stop.end() if stop else units if units is not None else len(text)
    sentence = stop is not None and units is None and not task and (len(title) > MAX_BARE or ("，" in title and rest == len(text)))
    return Heading(
        marker.rank,
        marker.raw,
        marker.ordinal,
        title,
        line.start,
        line.start + marker.end + len(title),
        line.start + rest,
        line.end,
        stop is not None,
        sentence,
    )


def _units_at(text: str, marker: Marker) -> int | None:
    """Where the bracket begins that says at the line's end who is responsible: a line with one is a task, not an item of a list."""
    if marker.rank < Rank.CHINESE or not text.endswith(_BRACKETS) or not any(word in text for word in _RESPONSIBLE):
        return None
    found = find_offices(text)
    return found.start if found and found.lead and found.start > marker.end + 2 and text[found.start] in "（([【〔" else None


def _reads_as_title(title: str, text: str, closed: bool) -> bool:
    """Items of an enumeration (（1）甲；) and numbered sentences that end in ； or are lists are no headings."""
    if text.endswith(("；", ";")) and not closed:
        return False
    return "；" not in title and _WORD.search(title) is not None


def _unnumbered(line: Paragraph) -> Heading | None:
    text = line.text
    if len(text) > 80:
        return None
    if _FRONT.match(text):
        return Heading(Rank.FRONT, None, None, text.replace(" ", ""), line.start, line.end, line.end, line.end)
    return None


def annex_title(text: str) -> tuple[str, str] | None:
    """(marker, title) of an annex line: 附件2：甲 → (附件2, 甲); None where the line is none."""
    match = _ANNEX.match(text.strip(" |"))
    if not match or _END.search(match["title"]) or match["title"].endswith(("；", "，")):
        return None
    title = match["title"].strip(" |")
    return text.strip(" |")[: match.start("title")].strip(" :：.、") or "附件", title


def box_caption(text: str) -> tuple[str, str] | None:
    """(marker, caption) of a box line: 专栏3 甲工程 → (专栏3, 甲工程); None where the line is none."""
    if not text.startswith("专"):
        return None
    match = _BOX.match(text.strip(" |"))
    if not match or _END.search(match["title"][:-1]) or match["title"].startswith(("，", "的", "、")):
        return None
    if not match["no"] and match["title"] and ":" not in text and "：" not in text and " " not in text:
        return None
    return f"专栏{match['no']}", match["title"].strip(" |：:。")
