"""What was reached before the plan, or so far: figures that a clause, a sentence, a paragraph or a period tells of as past."""

from __future__ import annotations

import re
from functools import lru_cache

from planparse.extract.clauses import Place
from planparse.extract.lexicon import MUST, PAST, PAST_PARAGRAPH, PAST_SENTENCE, REBUILDS, STRIVES, worded
from planparse.language.quantities import FoundQuantity
from planparse.language.time import PERIOD, YEAR, Time, parse_year, period_of
from planparse.model.drafts import Clock

_WIDTH = 24
"""How far before a quantity it is told that the things exist."""
_EXISTING = worded(r"(?<![由从自])<existing>(?:的)?[^，。；、）]{0,12}$")
_NO_LESS = "高达"
"""覆盖率高达60% tells what is, 到2025年，满意度高达96% what is to be."""
_LAST_YEAR = ("去年", "上年度")
_FROM_WORDS = tuple("由从较比与")
_FROM_NOW_ON = worded(r"<from_now_on>")
_TURNS = worded(rf"<to_come>|[到至]{YEAR}年")
"""What a paragraph that looks back turns by to what is to come."""
_OPENS_WITH = re.compile(rf"(?P<year>{YEAR})年(?:度|来)?，")
_OPENS_WITH_PERIOD = re.compile(rf"(?<![^。])[“]?(?P<period>{PERIOD})[”]?(?:时期|期间)，?是[^。]{{2,40}}。")
_ANY_TIME = re.compile(rf"{YEAR}|{PERIOD}")
_SO_FAR = worded(r"(?<![^，。；：年])(?<!每年)(?:(?P<done>前[一二三]季度|1[-—－–~～至到]1?[0-9]月份?)|上半年)(?:，|累计|共|[^，。；：]{0,14}?(?:<making>|达))")
"""1-9月完成投资3亿元; 上半年 looks back only where figures are set beside those of the year before."""
_LATER = worded(rf"年底|年末|全年|下半年|四季度|1[0-2]月|[2-9][-—－–~～至到]1?[0-9]月|<to_come>|{YEAR}|{PERIOD}")
"""What a sentence goes on to when it has told how far work has come, or which part of a schedule is next."""
_SURPASSED = worded(
    r"[0-9][^，。；：]{0,6}，(?:占[^，。；：]{0,14}任务[^，。；：]{0,12}的?|为(?:年度|全年)?(?:计划|目标|任务)的?)[0-9.]{2,6}%(?!以上|左右)"
    r"|(?:完成率(?:达到?|为)?|完成[^，。；：]{0,6}(?:任务|计划|目标)的)(?!100%)(?:1[0-9]{2}|[2-9][0-9]{2})(?:[.][0-9]{1,2})?%(?!的)"
)
"""造林12万亩，占年度任务的103%; 完成率达110%: how much of an aim was done"""
_REPORTING = re.compile("同比|增长|正在|截至|占|排名|居全")
"""What is told beside what was done by a quarter; without it that is the first part of a schedule."""
_EXPECTED = worded(r"预计[^，。；]{0,6}(?:<making>|达)[^。]{0,30}同比")
"""收入预计实现8亿元，同比增长7%"""
_AIMING = worded(r"<strive>|<must>|计划|继续|规划期|将")


def is_history(text: str, found: FoundQuantity, place: Place, times: list[Time], clock: Clock) -> bool:
    """What was reached: 已建成, 截至2020年底, 近年来, or a year before the plan."""
    start = found.quantity.start
    first = clock.annual_year or clock.period_start or clock.issued_year
    told = PAST.search(text, place.clause[0], found.number_start)
    if told and not (told[0] == _NO_LESS and (found.after or any(t.until and t.year >= (first or t.year) for t in times))):
        return True
    if (looks_back := PAST_PARAGRAPH.match(text)) and not _TURNS.search(text, looks_back.end(), start):
        return True
    if _opens_with_past(text, start, clock) or _is_progress(text, start, place):
        return True
    if _FROM_NOW_ON.search(text, place.segment[0], start):
        return False
    told = _told_past(text, place.sentence[0], start)
    if told and not any(t.until and t.start > told.start() and t.year >= (first or t.year) for t in times):
        return not STRIVES.search(text, told.end(), start)
    if _EXISTING.search(text, max(place.clause[0], start - _WIDTH), found.number_start):
        return not REBUILDS.search(text, place.clause[0], place.clause[1])
    if first is None:
        return False
    past = [t for t in times if t.start < start and not t.base]
    return bool(past) and past[-1].year < first and not any(t.year >= first for t in past)


def _opens_with_past(text: str, start: int, clock: Clock) -> bool:
    """Whether the paragraph opens with a period that is over, or that of an annual plan with a year, and has not turned to another time:
    2023年，县里…。修复泵站12座; “十三五”时期，是…的五年。修复泵站12座."""
    first = clock.annual_year or clock.period_start or clock.issued_year
    opening = _OPENS_WITH.match(text) if clock.annual_year else None
    last = parse_year(opening["year"]) if opening else None
    if opening is None and (opening := _signs(text)[1]) and opening.end() <= start:
        years = period_of(opening["period"])
        last = years[1] if years else None
    if opening is None or last is None or first is None or last >= first:
        return False
    return not any(turn.search(text, opening.end(), start) for turn in (_TURNS, _ANY_TIME, _AIMING))


def _is_progress(text: str, start: int, place: Place) -> bool:
    """Whether the sentence reports how far work has come: 1-9月完成投资3亿元, 上半年收入8亿元，同比增长7%, 造林12万亩，占年度任务的103%."""
    if not _signs(text)[0]:
        return False
    begin, end = place.sentence
    if STRIVES.search(text, begin, start) or MUST.search(text, begin, start):
        return False
    if _SURPASSED.search(text, begin, end) or _EXPECTED.search(text, begin, end):
        return True
    so_far = _SO_FAR.search(text, begin, start)
    if so_far is None:
        return False
    later = _LATER.search(text, so_far.end(), end)
    if so_far["done"]:
        return later is None and (_REPORTING.search(text, so_far.end(), end) is not None or "计划" in text[begin : so_far.start()])
    return (later is None or start < later.start()) and "同比" in text[so_far.end() : later.start() if later else end]


@lru_cache(maxsize=4)  # each quantity of a paragraph asks
def _signs(text: str) -> tuple[bool, re.Match[str] | None]:
    """Whether a paragraph may report how far work has come, and the period that opens a sentence of it."""
    reports = ("任务" in text or "计划" in text or "完成率" in text) and "%" in text
    reports = reports or "预计" in text or "季度" in text or "半年" in text or "月" in text
    return reports, _OPENS_WITH_PERIOD.search(text) if "五" in text else None


def _told_past(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first word that tells of the past, but for one that a change comes from (由目前的65%提高到75%), and one of a year that the
    sentence turns away from (去年建成2座，今年再建3座)."""
    search = PAST_SENTENCE.search
    match = search(text, start, end)
    while match:
        turn = _TURNS.search(text, match.end(), end) if match[0].endswith(_LAST_YEAR) else None
        if not turn and text[match.start() - 1 : match.start()] not in _FROM_WORDS:
            return match
        match = search(text, (turn or match).end(), end)
    return None
