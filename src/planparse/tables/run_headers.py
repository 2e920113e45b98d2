"""Headers of which nothing parts the words, nor the last one from the table's body: where the words end."""

from __future__ import annotations

import re
from functools import lru_cache

from planparse.data.words import worded
from planparse.language.columns import NAMING, Role, role_of, strict_role
from planparse.language.time import PERIOD, YEAR, parse_years

LONGEST_RUN = 160
LONGEST_WORD = 18
RUN_ENDS, WAYS = 4, 4
"""Ends of a run-on header that are tried, the likeliest and the last ones; ways to cut it up to each."""
LIKELY = 1.5
"""A way to cut it that costs so much more than the best one is not tried."""
KEPT = 5
"""Ways to read the words before a place that are followed up."""
FOOTNOTED = re.compile(r"[〔\[（(](?P<name>(?:五年)?累计|年均)[〕\]）)][0-9]?")
"""A bracketed name of a column, with the number of a footnote or without."""
NONE = 4.0
"""What it costs that a piece is no name of a column."""
TWO = 1.6
"""What it costs to read two words as one (指标单位)."""
WORTH = 1.5
"""What a word of a header is worth, when headers of different lengths are compared."""
SHORT = 1.5
"""What it costs that a header ends within a word."""
DATED_LEFT = 4.0
"""What it costs that a body begins with the name of a column of values by its year."""
AGAIN = 2.0
"""What it costs that a further word names what a table has one column of."""
_ONCE = (Role.NUMBER, Role.UNIT, Role.PROPERTY, *NAMING)
_Cutting = tuple[float, tuple[int, ...], tuple[Role | None, ...]]
"""What the words before a place cost; where they end; their roles."""
Cut = tuple[float, tuple[int, ...]]
"""What a way to cut a header costs, and where its words begin and end, as offsets from its start."""
_GLUED = re.compile(r"[^\s|│┃¦]*")
_YEAR = re.compile(YEAR)
_DATE = re.compile(rf"[“\"]?{PERIOD}|{YEAR}")
DATED = worded("<actual>")
AIM = worded("<aimed>|期末")


def run_cuts(text: str, start: int, stop: int) -> list[Cut]:
    """The ways to cut the run-on header at ``start`` into words, those of the most words first; none where what stands there is no
    such header."""
    glued = _GLUED.match(text, start, min(stop, start + LONGEST_RUN))
    return list(_all_cuts(glued[0], text[glued.end() : glued.end() + 1])) if glued else []


@lru_cache(maxsize=256)
def _all_cuts(whole: str, following: str) -> tuple[Cut, ...]:
    size = len(whole)
    if size < 10 or (size < LONGEST_RUN and not re.search(r"[0-9]", whole)) or role_of(whole) is not None:
        return ()
    text, found = whole + following, []
    best = _cheapest(text, size)
    ends = [end for end in sorted(best) if _may_end(text, end, size, best[end][0])]
    likeliest = sorted(ends, key=lambda end: best[end][0][0] - WORTH * len(best[end][0][1]))[:RUN_ENDS]
    for end in sorted({*likeliest, *ends[-RUN_ENDS:]}):
        least = best[end][0][0]
        for price, cuts, _ in best[end][:WAYS]:
            if price < least + LIKELY:
                left = SHORT * _goes_on(text, cuts[-2], end) + DATED_LEFT * (_dated_value(text, end) is not None)
                found.append((price + left - WORTH * (len(cuts) - 1), cuts))
    return tuple(sorted(found, key=lambda cut: (-len(cut[1]), cut)))


def _dated_value(text: str, start: int) -> str | None:
    """The name of a column of values by its year that stands at a place: 2025年规划值."""
    if not _DATE.match(text, start):
        return None
    return next((text[start:end] for end in range(start + 4, min(len(text), start + LONGEST_WORD)) if strict_role(text[start:end]) is Role.VALUE), None)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a header's last word is the beginning of a longer one: “十四五” of “十四五”目标."""
    return any(_word_price(text[start:longer], text[longer : longer + 1]) < 2 for longer in range(end + 1, min(len(text), start + LONGEST_WORD) + 1))


def _cheapest(text: str, size: int) -> dict[int, list[_Cutting]]:
    """The cheapest ways to read what stands before each place as words of a header, whose roles go together."""
    best: dict[int, list[_Cutting]] = {0: [(0.0, (0,), ())]}
    for at in range(size):
        for end in range(at + 1, min(size, at + LONGEST_WORD) + 1) if at in best else ():
            price = _word_price(text[at:end], text[end : end + 1])
            if price < NONE:
                role = strict_role(text[at:end])
                longer = [(t + price + AGAIN * (role in _ONCE and role in roles), (*cuts, end), (*roles, role)) for t, cuts, roles in best[at]]
                best[end] = sorted(best.get(end, []) + longer, key=lambda one: one[:2])[:KEPT]
    return best


def _may_end(text: str, end: int, size: int, cutting: _Cutting) -> bool:
    """Whether a header may end there: behind three words or more, the last of them known."""
    price, cuts, _ = cutting
    return len(cuts) > 3 and end < size and text[end] not in "（(" and price < 1.5 * len(cuts) and _word_price(text[cuts[-2] : end], text[end]) < 2.7


@lru_cache(maxsize=16_384)
def _word_price(word: str, following: str) -> float:
    """What it costs to read a piece of a run-on header as the name of one column."""
    if len(word) < 2:
        return 1.0 if word == "序" and following != "号" else NONE
    if _is_broken(word, following):
        return NONE
    if strict_role(word) is not None or FOOTNOTED.fullmatch(word):
        if (DATED.search(word) and AIM.search(word)) or len(_years_in(word)) > 1:
            return 2.5  # 2020年基数目标值: two columns
        region = word[-1] in "省市州县区盟"  # of which it is the value, or where the first row is
        return 1.0 + region + TWO * any(_are_two(word[:i], word[i:]) for i in range(2, len(word) - 1))
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,5}", word):
        return NONE
    return 3.0 if _holds_name(word) else 2.7


def _years_in(word: str) -> set[int | None]:
    """The last years that a word speaks of, of a period or by itself: two in “十三五”末规划目标（2025年）, one in “十四五”目标（2025年）."""
    return {parse_years(match[0])[1] or parse_years(match[0])[0] for match in _DATE.finditer(word)}


def _holds_name(word: str) -> bool:
    """Whether a word of the document's own begins or ends with the whole name of another column: 单位发, 展水平属性."""
    pieces = (*(word[:i] for i in range(2, len(word))), *(word[i:] for i in range(1, len(word) - 1)))
    return any(strict_role(piece) not in (None, Role.VALUE) for piece in pieces)


def _is_broken(word: str, following: str) -> bool:
    """Whether a piece begins or ends inside a bracket or a figure."""
    if word[-1] in "（(〔“" or word[0] in "）)〕”末值" or word.count("（") != word.count("）") or re.search(r"[。，；]", word):
        return True
    figure = word[-1].isdecimal() and (following.isdecimal() or following == "年")
    return figure or (word[0].isdecimal() and not _YEAR.match(word))


def _are_two(first: str, second: str) -> bool:
    role, other = strict_role(first), strict_role(second)
    return role is not None and other is not None and role is not other
