"""By which year a commitment is to be kept, among the years that its paragraph speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from planparse.extract.clauses import Place
from planparse.extract.lexicon import worded
from planparse.language.time import Time

JOINED = re.compile(r"[、和及与/]|以及")
"""What stands between the members of a list that share one verb."""

_SAID_FIRST = r"(?:(?:(?:根据|按照|依据)[^，。；：]{2,30}|《[^》]{2,30}》(?:指出|提出|明确)|[经通]过[^，。；：]{1,10}努力)[，：])?"
"""根据规划要求，《规划》提出，经过三年努力，: what says by whom or how before it says by when"""
# What may stand before the 到2025年 that governs a whole paragraph: its number, a lead sentence, 力争.
_PARAGRAPH_LEAD = worded(
    r"(?:——|[0-9]+[.、]|（[^）]{1,3}）|[一二三四五六七八九十]+[、是])?(?:[^，；：。]{2,30}[。：])?" + _SAID_FIRST + r"(?:<strive>|<must>|计划)?"
)

_SENTENCE_LEAD = worded(r"(?:^|[。\n])(?:其中，|同时，)?" + _SAID_FIRST + r"(?:<strive>|<must>|计划)?$")
_LEAD_WIDTH = 44
_PHASE = re.compile(r"(?:期(?:目标)?|阶段|年内)$")
_PHASES = re.compile("[近中远]期|期（|阶段")
"""近期（2021—2023年）新增泊位5个: the bracket says when"""
_PHASE_HEAD = re.compile(r"[^（）。；，]{0,10}）[。：]")
"""第一阶段：动员部署（2022年3月至6月）。 holds for what stands below."""
_IN_HEAD = 20
_OF_A_THING = worded(r"(?:（[^（）]{1,6}）)?(?:之?前|以[前来后]|之后)?<dated_acts>[^，。；：、]{0,8}的")
"""2018年4月30日前注册登记的: which things are meant"""

_FINISHED = worded(r"年?<manner>?<finishing>[^，。；：、0-9]{0,8}(?=[，。；]|$)")
"""5条专用线2022年建成: the year is that of its own clause"""
_NUMBERED = re.compile(r"[0-9]|全覆盖|翻.?番")


class Deadlines:
    """The times of one paragraph, looked up by position."""

    def __init__(self, text: str, times: list[Time], first: int | None = None) -> None:
        """``first`` is the year that the document begins with: an earlier one is none to keep anything by."""
        self._text = text
        self._times = times
        self._first = first
        self._starts = [t.start for t in times]
        leading = next((t for t in times if not t.base), None)
        leads = leading is not None and leading.until and _PARAGRAPH_LEAD.fullmatch(text, 0, leading.start)
        self._leading = leading if leads else None

    def before(self, place: Place, position: int) -> list[Time]:
        """The times of the sentence that stand before the position, but for those that tell which things are meant."""
        times = self._times[bisect_left(self._starts, place.sentence[0]) : bisect_left(self._starts, position)]
        return [time for time in times if not _OF_A_THING.match(self._text, time.end)]

    def of(self, place: Place, position: int) -> Time | None:
        """The year of the clause, else of the sentence, else of the 到YYYY年 that leads the paragraph; 三年内 if none is named."""
        own = self._own(place, position)
        counted = None
        for time in reversed(self.before(place, position)):
            if time.base and time.start >= place.clause[0] and self._text.startswith("起", time.end):
                return None  # 2024年起每年20个 has no end
            if time.counted:
                counted = counted or time
            elif time.end < place.segment[0] and self._text.endswith("其中", 0, time.start):
                continue  # 到2025年…，其中2023年60%；…
            elif own and time.start < place.clause[0]:
                return own
            elif self._binds(time) and not self._closed(time, position) and not self._past(time, position):
                return time
        following = bisect_right(self._starts, position)
        if following < len(self._times):
            time = self._times[following]
            if self._binds(time) and time.end <= place.clause[1] and self._closes(time, place, position):
                return time
            if self._ends(time, place):
                return time
        opened = self._opened(place)
        return opened if opened and opened.end <= place.sentence[0] else counted

    def _own(self, place: Place, position: int) -> Time | None:
        """The year that the clause itself names behind the position (12座泵站2025年底前投运), which counts before that of a clause ahead."""
        at = bisect_right(self._starts, position)
        time = self._times[at] if at < len(self._times) else None
        if time is None or time.counted or not self._binds(time) or time.end > place.clause[1]:
            return None
        if not (time.until or _FINISHED.match(self._text, time.end)):
            return None
        return time if self._closes(time, place, position) else None

    def _closes(self, time: Time, place: Place, position: int) -> bool:
        """Whether a time behind the position is of what stands before it, not in a bracket, nor of the next of a list (改造5座、2024年建成8座)."""
        between = self._text[position : time.start]
        return "（" not in between and not ("、" in between and _NUMBERED.search(self._text, time.end, place.clause[1]))

    def _opened(self, place: Place) -> Time | None:
        """The 到2025年 that opens the last dated sentence before, and holds until the next year; else the one that leads the paragraph."""
        for time in reversed(self._times[: bisect_left(self._starts, place.sentence[0])]):
            if self._binds(time):
                opens = time.until and _SENTENCE_LEAD.search(self._text, max(0, time.start - _LEAD_WIDTH), time.start)
                part = self._text.startswith("其中", place.sentence[0]) and "。" not in self._text[time.end : place.sentence[0] - 1]
                phase = _PHASE_HEAD.match(self._text, time.end) and "阶段" in self._text[max(0, time.start - _IN_HEAD) : time.start]
                return time if opens or phase or (time.until and part) else self._leading
        return None

    def _binds(self, time: Time) -> bool:
        """Whether something may be kept by the time: no base, no year before the document's own, and none that tells which things are meant."""
        return not time.base and (self._first is None or time.year >= self._first) and not _OF_A_THING.match(self._text, time.end)

    def _ends(self, time: Time, place: Place) -> bool:
        """Whether the time heads the next clause, which only ends what this one begins (…2座，2024年底前通车)."""
        start = place.clause[1]
        if time.base or not time.until or time.end > place.segment[1] or not start <= time.start <= start + 2:
            return False
        rest = self._text[time.end : place.segment[1]]
        return not _NUMBERED.search(rest) and "，" not in rest

    def listed(self, place: Place, position: int, order: int, count: int) -> Time | None:
        """The year of one of ``count`` numbers listed together: 到2025年、2030年，…分别达到30%和50%, each its own."""
        times = [t for t in self.before(place, position) if not t.base]
        run = times[-count:]
        if len(run) == count and all(JOINED.fullmatch(self._text, a.end, b.start) for a, b in pairwise(run)):
            return run[order]
        return self.of(place, position)

    def _past(self, time: Time, position: int) -> bool:
        """Whether the text has turned from the time to what is to come (2022年为50%，今后每年下降1个百分点)."""
        return not time.until and "今后" in self._text[time.end : position]

    def _closed(self, time: Time, position: int) -> bool:
        """Whether the time stands in a bracket that is closed before the position."""
        opening = self._text.rfind("（", max(0, time.start - 160), time.start)
        closing = self._text.find("）", opening, position) if opening >= 0 else -1
        if closing < time.end:
            return False
        phase = _PHASE.search(self._text, max(0, opening - _LEAD_WIDTH), opening)
        return not phase or _PHASES.search(self._text, closing, position) is not None
