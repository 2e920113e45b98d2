"""A run of figures cut into the cells of neighbouring columns: 14141270-10% → 1414 | 1270 | -10%."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from planparse.data.words import members, worded
from planparse.language.columns import Role
from planparse.tables.align import Column
from planparse.tables.fit import missing

FIGURES = (Role.VALUE, Role.GROWTH, Role.PROPERTY, Role.INVESTMENT, Role.SCORE)
"""Columns whose cells are figures, or stand among them."""
MAX_CUTS = 4_000
USUAL = 15.0
"""Changes up to this many per cent are nothing odd."""
YEARS = 5
"""Of a plan, by which what grows yearly grows."""
AIMED = 2.0
"""What it costs that a value that was reached has a sign of those that are aimed at."""
_SIGNS = "≥≤＞＜><"
LIKELY = 7.0
"""A cutting at this cost or more is not read."""

PROPERTY = r"<properties>性(?:指标)?"
_PROPERTY = worded(PROPERTY)
_STATE = rf"(?:零发生|<states>[\u4e00-\u9fff]{{1,10}}?(?={PROPERTY}|$))"
_UNITS = r"(?:[%％‰]|个?百分点|[个名家项处座件次人起天]|小时|公里|万[人吨元亩]|亿元)"
_CELL = worded(
    rf"(?P<lead><changing>|<limiting>|控制在)?(?P<open>[≥≤＞＜><〔\[［]?)(?P<sign>-?)"
    rf"(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)(?P<unit>{_UNITS}?[〕\]］]?(?:<bounds>)?)"
)
_RANGE = re.compile(rf"[-～~](?P<last>[0-9]+(?:\.[0-9]+)?){_UNITS}?")
_WORDS = worded(rf"[—_－–]+|[/／](?![^0-9]*$)|-(?![0-9])|-(?=[0-9])|{_STATE}")

Span = tuple[int, int]
_Figure = tuple[float, int, bool]
"""The number of a cell, how many decimals it has, and whether it is a value and no change (下降5%)."""
Pieces = dict[tuple[int, Role | None], list[tuple[int, float, _Figure | None]]]
"""By the place where it begins and its column's role: where a cell may end, what it costs by itself, its figure."""
_Row = tuple[_Figure | None, _Figure | None, _Figure | None]
"""Of the cells of a row so far: the last value but one, the last value, the last change."""


def cut_figures(text: str, start: int, stop: int, columns: Sequence[Column], known: Pieces) -> list[tuple[tuple[Span, ...], float]]:
    """The likely ways to cut what begins at ``start`` into cells of the columns; of those that end at one place, the cheapest.
    Cells are worked out once for all that ``known`` is handed to."""
    best: dict[int, tuple[tuple[Span, ...], float]] = {}
    stack: list[tuple[int, tuple[Span, ...], float, float, _Row]] = [(start, (), 0.0, 0.0, (None, None, None))]
    blanks = [_blank(column) for column in columns]
    width, seen = len(columns), 0
    while stack and seen < MAX_CUTS:
        at, cells, price, beside, row = stack.pop()
        seen += 1
        if len(cells) == width:
            total = price + (beside + _adds_up(*row))
            if total < LIKELY and (at not in best or total < best[at][1]):
                best[at] = (cells, total)
            continue
        column = columns[len(cells)]
        while at < stop and text[at] in " \t":
            at += 1
        if price + blanks[len(cells)] + beside < LIKELY:
            stack.append((at, (*cells, (at, at)), price + blanks[len(cells)], beside, row))
        key = (at, column.role)
        if key not in known:
            known[key] = [(end, *_alone(text, at, end, column.role is Role.GROWTH)) for end in _ends(text, at, stop, column)]
        for end, alone, figure in known[key]:
            compared = AIMED * (column.dated and text[at] in _SIGNS)
            if price + alone + compared + beside < LIKELY:
                apart, longer = _put(row, figure, column.role)
                stack.append((end, (*cells, (at, end)), price + alone + compared, beside + apart, longer))
    return list(best.values())


def _put(row: _Row, figure: _Figure | None, role: Role | None) -> tuple[float, _Row]:
    """The row with one more figure, and what that costs beside the last one: values that differ widely, or have other decimals."""
    base, last, change = row
    if role is Role.GROWTH:
        return 0.0, (base, last, figure or change)
    if role is not Role.VALUE or figure is None or not figure[2]:
        return 0.0, row
    return 0.0 if last is None else _apart(last[0], figure[0]) + 0.3 * abs(last[1] - figure[1]), (last, figure, change)


def _ends(text: str, at: int, stop: int, column: Column) -> Iterator[int]:
    """Where a cell of the column that begins here may end."""
    if column.role is Role.PROPERTY:
        word = _PROPERTY.match(text, at, stop)
        if word:
            yield word.end()
        return
    words = _WORDS.match(text, at, stop)
    if words:
        yield words.end()
        if words[0] in ("——", "--"):
            yield words.end() - 1  # two blank cells
    match = _CELL.match(text, at, stop)
    if match is None:
        return
    range_ = _RANGE.match(text, match.end("digits"), stop)
    if range_ and float(range_["last"]) > float(match["digits"].replace(",", "")):
        yield range_.end()
    yield match.end()
    if match["unit"] and not match["unit"].endswith("百分点"):
        yield match.end("digits")
    first, last = match.start("digits"), match.end("digits")
    for cut in range(first + 1, last):
        whole = text[first:cut]
        if whole[-1] not in ".," and (text[cut] != "." or "." not in whole) and text[cut] not in ".," and "," not in whole[-3:]:
            yield cut


def _blank(column: Column) -> float:
    """What an empty cell costs."""
    more = 0.0 if column.role is Role.PROPERTY else 0.3 if column.role is Role.GROWTH else 1.0
    return missing(column.role, dated=column.dated, goal=column.goal) + more


def _alone(text: str, start: int, end: int, grown: bool) -> tuple[float, _Figure | None]:
    """What a cell costs by itself, and its figure: numbers that no one writes (007, 69.4755), changes that are very large, a figure that
    is cut in two."""
    match = _CELL.fullmatch(text, start, end)
    following = text[end : end + 2]
    if match is None:
        return 0.3 * (end - start == 1 and text[start] == "-" and following[:1].isdecimal()), None
    digits = match["digits"]
    value = float(match["sign"] + digits.replace(",", ""))
    beside = digits == "0" and (text[start - 1].isdecimal() or following[:1].isdecimal())
    price = _oddity(match, following) + 1.5 * beside + (0.5 * max(0.0, math.log(max(1.0, abs(value)) / USUAL)) if grown else 0.0)
    return price, (value, len(digits.partition(".")[2]), not match["lead"])


def _adds_up(base: _Figure | None, aim: _Figure | None, change: _Figure | None) -> float:
    """What a change costs that is not the one between the last two values, in all or yearly."""
    if base is None or aim is None or change is None or not base[0]:
        return 0.0
    grown = aim[0] / base[0]
    yearly = math.pow(grown, 1 / YEARS) if grown > 0 else 0.0
    gap = min(abs(100 * (grown - 1) - change[0]), abs(100 * (yearly - 1) - change[0]), abs(aim[0] - base[0] - change[0]))
    return min(1.0, gap / max(1.0, abs(change[0])))


def _oddity(match: re.Match[str], following: str) -> float:
    digits = match["digits"]
    price = 4.0 if re.match(r"0[0-9]", digits) else 0.0
    price += 0.6 * max(0, len(digits.partition(".")[2]) - 2)
    price += 1.2 * (following[:1] in tuple("%％‰〕.") or following in members("bounds"))
    return price + 0.15 * (len(digits) == 1)


def _apart(first: float, second: float) -> float:
    """What two values of one row cost that differ widely."""
    return 0.6 * abs(math.log(second / first)) if first > 0 and second > 0 else 2.0 * (first != second)
