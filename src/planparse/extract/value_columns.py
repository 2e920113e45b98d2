"""Which value column of an indicator table is the base, which is this plan's own target, and which are others' or other years'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planparse.extract.lexicon import worded
from planparse.language.columns import Role, fold_header
from planparse.language.time import YEAR, five_year_period, parse_years
from planparse.model.document import Grid
from planparse.model.drafts import Clock
from planparse.tables.roles import Columns

_ACTUAL = worded(r"<actual>")
_AIM = worded(r"<aimed>|<at_the_end>")
_END_ONLY = re.compile(r"末")
_AIM_WORDS = worded(r"<aimed>")
"""“十三五”末 of a plan for the years after is what was reached; “十三五”规划目标 is not."""
_FUTURE = worded(r"<future>")
_TOTAL = worded(r"<totals>")
_PERIOD = re.compile(r"(?<![一二三四五六七八九])((?:十[一二三四五六七八九]?|[九八七])五)")
_LEVELS = (
    (0, re.compile(r"^(?:本|我|全)?(?:区|县)|^[\u4e00-\u9fff]{1,6}[县区旗](?!间|域)")),
    (1, re.compile(r"^(?:本|我|全)?(?:市|州|盟)(?!场)|^[\u4e00-\u9fff]{1,7}[市州盟](?!场)")),
    (2, re.compile(r"^(?:本|我|全)?省|^[\u4e00-\u9fff]{1,6}(?:省|自治区)|^自治区")),
    (3, worded(r"^(?:<nation>|上级)")),
)
_YEAR_OR_PERIOD = re.compile(rf"{YEAR}|(?:十[一二三四五六七八九]?|[九八七])五")
_REACHED = worded(r"<reached_columns>")
_REVIEW = worded(r"<reviewing>")
_STILL_AIMS = worded(r"<still_aims>")
_AVERAGES = worded(r"<averages>")
_PERIOD_WORDS = worded(r"^(?:十[一二三四五六七八九]?五|(?:19|20)\d\d年?|到|规划|<bases>|<indicators_called>)")


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A value column: its year as far as the header tells, whether it holds actual values or aims, whose aims."""

    index: int
    name: str
    year: int | None
    actual: bool
    aim: bool
    level: int | None
    """0 county … 3 nation, where the header names a region; None where it names none."""
    average: bool
    total: bool
    future: bool


@dataclass(frozen=True, slots=True)
class ValueColumns:
    """The columns that an indicator's base and target come from; ``total`` is the sum of a table of yearly targets."""

    baseline: ValueColumn | None
    target: ValueColumn | None
    total: ValueColumn | None
    growth: int | None


def choose(grid: Grid, columns: Columns, clock: Clock) -> ValueColumns:
    """Tell the value columns of an indicator table apart by the years of the plan."""
    values = [_read(i, columns.texts[i]) for i in columns.of(Role.VALUE)]
    start, end = _plan_years(columns, values, clock)
    actual = [v for v in values if _is_actual(v, start, end)]
    aims = [v for v in values if v not in actual and not v.future and _is_own(v, start, end)]
    if _looks_back(grid, actual, aims, start):
        aims = []
    baseline = max(
        actual,
        key=lambda v: (_figures(grid, v), v.year or (start or 1) - 1, -(v.level if v.level is not None else -1), -v.index),
        default=None,
    )
    total = next((v for v in values if v.total and v not in actual), None)
    yearly = sorted({v.year for v in aims if v.year and not v.total})
    total = total if len(yearly) >= 3 and total else None
    target = min((v for v in aims if v is not total), key=lambda v: _distance(v, end), default=None)
    growth = columns.first(Role.GROWTH)
    if growth is not None and not (target or _of_plan(columns.names[growth], end)):
        growth = None
    return ValueColumns(baseline, target, total, growth)


def _figures(grid: Grid, value: ValueColumn) -> bool:
    """Whether the column holds a figure at all: 完成情况 may say no more than 完成."""
    return any(re.search(r"[0-9]", row[value.index].text) for row in grid.body)


def _looks_back(grid: Grid, actual: list[ValueColumn], aims: list[ValueColumn], start: int | None) -> bool:
    """Whether a table tells what was reached of an earlier plan's aims: its caption says so, or 完成情况 stands behind 规划目标."""
    if not actual or any(v.year for v in aims):
        return False
    caption = re.sub(r"[“”\"\s]", "", grid.caption or "")
    period = _PERIOD.search(caption)
    years = five_year_period(period[1]) if period else None
    if years is not None and start is not None:
        return years[1] < start
    reached = [v for v in actual if _REACHED.search(v.name)]
    return bool(reached and aims) and (_REVIEW.search(caption) is not None or max(v.index for v in aims) < reached[-1].index)


def _read(index: int, texts: tuple[str, ...]) -> ValueColumn:
    """What a header says. Of two rows the lower one tells; the upper one where the lower has neither a year nor such a word."""
    texts = texts or ("",)
    lower, name = _plain(texts[-1]), " ".join(texts)
    plain, folded = _plain(name), fold_header(texts[-1])
    telling = next((t for t in (folded, lower) if _ACTUAL.search(t) or _AIM.search(t)), lower if _YEAR_OR_PERIOD.search(lower) else plain)
    folded = folded if telling is not plain else fold_header(name)
    year = _year(folded) or _year(lower) or _year(plain)
    level = None if _PERIOD_WORDS.match(folded) else next((n for n, pattern in _LEVELS if pattern.match(folded)), None)
    actual = _ACTUAL.search(telling) is not None
    return ValueColumn(
        index=index,
        name=name,
        year=year,
        actual=actual and not _STILL_AIMS.search(telling),
        aim=not actual and _AIM.search(telling) is not None,
        level=level,
        average=_AVERAGES.search(plain) is not None,
        total=_TOTAL.search(folded) is not None,
        future=_FUTURE.search(plain) is not None,
    )


def _plain(header: str) -> str:
    return re.sub(r"[“”\"\s]", "", header)


def _year(plain: str) -> int | None:
    years = [y for y in parse_years(plain) if y]
    if re.search(YEAR, plain) and years:
        return years[-1]
    period = _PERIOD.search(plain)
    return (five_year_period(period[1]) or (None, None))[1] if period else None


def _plan_years(columns: Columns, values: list[ValueColumn], clock: Clock) -> tuple[int | None, int | None]:
    """First and last year of the plan: by the clock, else by what the table itself says of its columns."""
    years = sorted({v.year for v in values if v.year})
    if clock.period_end:
        start = clock.period_start or clock.period_end - 4
        return start, clock.period_end
    if clock.annual_year and (clock.annual_year in years or not any(y > clock.annual_year for y in years)):
        return clock.annual_year, clock.annual_year
    aimed = [v.year for v in values if v.aim and v.year and not v.future]
    if aimed:
        return _after(years, max(aimed)), max(aimed)
    if years and clock.issued_year and max(years) < clock.issued_year and not columns.of(Role.PROPERTY):
        return clock.issued_year, None
    open_aim = any(v.aim and not v.year for v in values)
    if open_aim and years:
        return max(years) + 1, None
    if (
        years
        and (len(years) > 1 or columns.of(Role.PROPERTY))
        and not any(v.actual and v.year == years[-1] for v in values)
    ):
        last = years[-1] if years[-1] - years[-2 if len(years) > 1 else -1] < 10 or len(years) < 3 else years[-2]
        return _after(years, last), last
    return (years[-1] + 1, None) if years else (None, None)


def _after(years: list[int], last: int) -> int:
    """The year behind the latest year before the target, in steps of a plan (2015, 2020 | 2025 → 2021)."""
    before = [y for y in years if y < last]
    return before[-1] + 1 if before and last - before[-1] >= 2 else before[0] + 1 if before else last


def _is_actual(value: ValueColumn, start: int | None, end: int | None) -> bool:
    if value.actual:
        return (
            value.year is None
            or start is None
            or value.year < start
            or (value.year <= (end or value.year) and not value.aim)
        )
    if value.aim and not (_END_ONLY.search(value.name) and _AIM_WORDS.search(value.name) is None):
        return False
    return value.year is not None and start is not None and value.year < start


def _is_own(value: ValueColumn, start: int | None, end: int | None) -> bool:
    """Whether the column can be this plan's own target: not a past plan's, not of a later horizon."""
    if value.year is None:
        return True
    return (start is None or value.year >= start) and (end is None or value.year <= end)


def _distance(value: ValueColumn, end: int | None) -> tuple[int, int, int, int]:
    """How far a column is from being the plan's own target: a region above last, the plan's last year first."""
    level = -1 if value.level is None else value.level
    years = abs((end or 0) - value.year) if value.year and end else -(value.year or 0) if not end else 0
    return (level, years, 0 if value.aim else 1, value.index)


def _of_plan(name: str, end: int | None) -> bool:
    """Whether a growth column that no target column stands beside is this plan's (“十四五”年均增长)."""
    period = _PERIOD.search(re.sub(r"[“”\"\s]", "", name))
    years = five_year_period(period[1]) if period else None
    return years is not None and end is not None and years[1] == end
