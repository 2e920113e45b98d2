"""Where the header of a flattened table may begin: two names of columns side by side."""

from __future__ import annotations

import re
from functools import cache

from planparse.language.columns import NAMING, Role, header_words, opening_words, own_words
from planparse.language.time import PERIOD, YEAR

_GAP = r"[\s|│┃¦]*"


@cache
def _anchors() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Two header words side by side, the first at the beginning of a line or behind a blank: with what stands before, and without.
    序号⏎指标名称 …   指标 单位 2020年 …   |项目名称|建设内容|…   序号指标2020年…   改革举措 责任单位 …"""
    spaced = "|".join(rf"{w[0]}[ \u3000\n]{{1,6}}{w[1]}" for w in ("序号", "指标", "项目", "类别", "任务"))
    year = rf"[“\"]?(?:{YEAR}|{PERIOD}[”\"])"
    units = r"(?:[ \u3000]?[（(][^（()）\n]{1,12}[）)])?"
    own = rf"(?<=\n){own_words(*NAMING)}(?={_GAP}(?:{header_words()}|{own_words(Role.LEAD)}))"
    words = rf"(?P<first>{opening_words()}|{spaced}|{own}){units}{_GAP}(?:{header_words()}|{spaced}|{year}|{own_words(*NAMING, Role.LEAD)})"
    return re.compile(rf"[\s|│┃。：:；”）>指表](?:(?<![指表])|(?<=指)标(?=指标)|(?<=表)(?=序号|指标|项目|类别)){words}"), re.compile(words)


def find_anchors(text: str) -> list[int]:
    """Where headers of flattened tables may begin: at the beginning of the text, behind a blank or a mark, or with 序号."""
    behind, bare = _anchors()
    starts: list[int] = []
    match = bare.match(text)
    position = match.end() if match else 0
    if match:
        starts.append(0)
    after = behind.search(text, max(0, position - 1))
    serial = _serial(text, position)
    while found := [match for match in (after, serial) if match]:
        nearest = min(found, key=lambda match: match.start("first"))
        starts.append(nearest.start("first"))
        position = nearest.end("first") if _ends_line(text, nearest) else nearest.end()
        if after and after.start("first") < position:
            after = behind.search(text, position - 1)
        if serial and serial.start("first") < position:
            serial = _serial(text, position)
    return starts


def _ends_line(text: str, match: re.Match[str]) -> bool:
    """Whether the first word ends a line that it does not begin: it may be a caption's end, before the header (…主要指标⏎指标 单位 …)."""
    return text[match.end("first")] == "\n" and text[match.start("first") - 1 : match.start("first")] not in ("", "\n")


def _serial(text: str, start: int) -> re.Match[str] | None:
    bare = _anchors()[1]
    at = text.find("序号", start)
    while at >= 0:
        if match := bare.match(text, at):
            return match
        at = text.find("序号", at + 1)
    return None
