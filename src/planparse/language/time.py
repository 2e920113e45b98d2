"""Dates, plan periods, and time as plans tell it: 到2025年, 2022年底前, “十四五”期末, 三年内, 年底前.

``parse_…`` read one wording; ``find_times`` gives every year that a text speaks of, with what it is there for: a
deadline, or a base that something is compared with (较2020年). Relative wordings are told by a ``Clock``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from planparse.data.words import worded
from planparse.language.numerals import RANGE_SIGN, half_width, parse_int
from planparse.model.drafts import Clock

_DIGIT = "[〇零○一二三四五六七八九]"
YEAR = rf"(?:(?:19|20)[0-9]{{2}}(?![0-9])|(?:二[〇零○]|一九){_DIGIT}{{2}})"
"""2025, 二〇二五"""
PERIOD = r"(?<![一二三四五六七八九])(?:十[一二三四五六七八九]?|[六七八九])五"
"""十四五, 十五, 九五: the number of a five-year period, without its quotes."""

MID_CENTURY = 2050
"""本世纪中叶"""
MONTH = (
    r"(?<![0-9年度月.-])(?:(?:1[0-2]|[1-9])月(?:[0-9]{1,2}日|[底末中份]|[上中下]旬)?(?:以前|之前|前)|[一二三四]季度[末底]?前?|[上下]半年)"
)
"""A part of the year, which is the document's own: 6月底前, 三季度末, 上半年."""

_DATE = re.compile(
    rf"(?<![0-9])(?P<year>{YEAR})\s*(?:年|[-./])\s*(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
    r"\s*(?:月|[-./])\s*(?P<day>0?3[01]|0?[12][0-9]|0?[1-9]|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])(?![0-9])\s*日?"
)
_YEAR = re.compile(rf"(?<![0-9.])(?P<year>{YEAR})(?!\.[0-9]{{3}})")
_BY_YEAR = worded(rf"{YEAR}年?(?:年?[底末]|[0-9]{{1,2}}月(?:[0-9]{{1,2}}日|[底末])?)?(?:前|以前|之前)|<until>{YEAR}")
_YEAR_RANGE = re.compile(
    rf"(?<![0-9])(?P<first>{YEAR})\s*年?度?(?:[0-9]{{1,2}}月)?[、,，]?\s*{RANGE_SIGN}\s*(?P<last>{YEAR})(?![0-9])"
)
_PERIOD = worded(rf"[“「『\"](?P<quoted>{PERIOD})[”」』\"]|(?P<bare>{PERIOD})(?=<of_period>|规划|计划|以来|和|及)")
_PERIOD_BARE = re.compile(r"(?<![一二三四五六七八九])十[一二三四六七八九]五(?!年|[个名])")


def parse_year(text: str) -> int | None:
    """The first year in the text (2025, 二〇二五)."""
    match = _YEAR.search(half_width(text))
    return parse_int(match["year"].replace("○", "〇")) if match else None


def parse_date(text: str) -> date | None:
    """The first full date in the text (2022年1月12日, 2022-01-12, 二〇二二年一月十二日, 2021年12月014日 with a digit too many); None if none or
    impossible."""
    match = _DATE.search(half_width(text))
    if not match:
        return None
    year, month, day = (parse_int(match[name].replace("○", "〇")) for name in ("year", "month", "day"))
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def parse_years(text: str) -> tuple[int | None, int | None]:
    """(start year, end year) of a years cell or wording.

    2021-2025年, 2021年1月至2025年12月 → (2021, 2025); 2023 → (2023, None); 2022年底前, 到2022年 → (None, 2022);
    “十四五”期间 → (2021, 2025); nothing readable → (None, None).
    """
    text = half_width(text)
    years = [parse_int(m["year"].replace("○", "〇")) for m in _YEAR.finditer(text)]
    if not years:
        return period_of(text) or (None, None)
    if len(years) > 1:
        return years[0], years[-1]
    return (None, years[0]) if _BY_YEAR.search(text) else (years[0], None)


def five_year_period(name: str) -> tuple[int, int] | None:
    """First and last year of a five-year period by its number: 十四五 → (2021, 2025), 九五 → (1996, 2000)."""
    number = parse_int(name[:-1]) if len(name) > 1 and name.endswith("五") else None
    if number is None or number < 6:
        return None
    start = 1981 + 5 * (number - 6)
    return start, start + 4


def period_of(text: str) -> tuple[int, int] | None:
    """The period that a wording names: 2021-2025年 or “十四五” → (2021, 2025); explicit years come first."""
    text = half_width(text)
    years = _YEAR_RANGE.search(text)
    if years:
        first, last = (parse_int(years[name].replace("○", "〇")) for name in ("first", "last"))
        if first is not None and last is not None and first <= last:
            return first, last
    match = _PERIOD.search(text)
    if match:
        return five_year_period(match["quoted"] or match["bare"])
    bare = _PERIOD_BARE.search(text)
    return five_year_period(bare[0]) if bare else None


@dataclass(frozen=True, slots=True)
class Time:
    """A year that a text speaks of. ``base``: it is what something is compared with or dated from, not a deadline."""

    start: int
    end: int
    raw: str
    year: int
    base: bool = False
    until: bool = False
    """The wording itself says that it is a deadline (到2025年, 2022年底前), not just a year or a period."""
    counted: bool = False
    """The year is counted from a day that the wording does not name (三年内): at best what was meant."""


# One year, range of years, period or relative wording. 力争到2025年底前 → lead 到, first 2025, tail 底前;
# “十四五”期末 → period 十四五; 三年内 → span 三; 规划期末 → plan; 年底前 → annual; 明年 → next.
_TIME = re.compile(
    rf"""
    (?P<lead>截至到?|截止到?|[到至于在])?
    (?:
      (?<![0-9.])(?P<first>{YEAR})\s*(?:年?(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?\s*{RANGE_SIGN}\s*(?P<last>{YEAR}))?
        (?:年度?(?P<month>[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?(?P<tail>(?:年?[底末]|上半年|下半年|中)?(?:以前|之前|前|止)?))
    | [“"「]?(?P<period>{PERIOD})[”"」]?(?:规划)?
        (?:期间?[末内]?|时期|末期?|中期|中后期|后[一二三四两]年|(?=新增|累计|计划|拟))(?P<before>前)?
    | [“"「]?(?P<since>{PERIOD})[”"」]?(?:规划)?(?:以来)
    | (?P<plan>规划期[末内]?|(?:本|计划|方案)期[末内]|期末)(?!间)
    | (?<![0-9第每近])(?P<span>[0-9]|[一二两三四五十])年(?:左右)?(?:之内|以内|内|(?:左右)?的?时间)
    | (?P<century>本世纪中叶)
    | (?<![每去])(?P<within>{MONTH})
    | (?P<next>明年|下年度)
    | (?P<annual>今年|本年度?(?:[底末内]前?)?|(?<![每当一两二三四五0-9十])年内|全年|(?<![每0-9])年[底末]前?
        |(?<!每)年终前?|当年(?:底前?)?)
    )
    """,
    re.VERBOSE,
)
# What may begin a time, with the character behind it: every alternative begins with one character, so that the search runs over other
# text at full speed. What _TIME can begin with must stand here.
_TIME_HEAD = re.compile(
    "|".join(
        (
            "1(?=9[0-9]|[0-2]?月|年)",
            "2(?=0[0-9]|[月年])",
            *(char + "(?=[月年])" for char in "03456789"),
            *(char + "(?=[〇零○一二三四五六七八九十年季])" for char in "一二两三四五六七八九十"),
            *(char + "(?=[0-9一二两三四五六七八九十“\"「规本计方期今全年当明上下])" for char in "到至于在"),
            *(char + "(?=[十六七八九])" for char in "“\"「"),
            *("截(?=[至止])", "规(?=划期)", "本(?=[期世年])", "计(?=划期)", "方(?=案期)", "期(?=末)", "今(?=年)", "全(?=年)"),
            *("年(?=[内底末终])", "当(?=年)", "明(?=年)", "上(?=半年)", "下(?=年度|半年)"),
        )
    )
)
_BASE_BEFORE = re.compile(r"(?:较|(?<!占)比|与|同|相较于?|相比于?|相对于?|以|自|从|由|超过|高于|低于|翻番于)$")
_BASE_AFTER = worded(
    r"年?(?:相比|水平|[^，。；]{0,40}基础上|的?基础上?|为基[数准期]|以来|基[数期准]|的?[数指]值|的?(?:[0-9.]+|[一二两三四五])倍|起|[）)](?!，|：|建|完成|新[建增]|累计)|"
    r"(?:以?前|之前)?[^，。；：]{0,6}(?:<dated_acts>|<finishing>)的)"
)

_PHASE_BEFORE = re.compile(r"(?:阶段|期|期目标|年内)（$")
_MADE_AFTER = re.compile("印发|发布|修订")
"""2021年修订: what was made in the year, unless it is to be made by then (2024年底前修订)."""


def find_times(text: str, clock: Clock) -> list[Time]:
    """All years that a text speaks of, in order, but for relative wordings that the clock cannot tell."""
    found: list[Time] = []
    head = _TIME_HEAD.search(text)
    while head:
        match = _TIME.match(text, head.start())
        head = _TIME_HEAD.search(text, match.end() if match else head.end())
        last_of = _last_of(text, match, found) if match and found else None
        year = last_of or (_year_of(match, clock) if match else None)
        if match is None or year is None:
            continue
        before = text[max(0, match.start() - 4) : match.start()]
        compared = f"{before}{match['lead']}" if match["lead"] == "于" else before  # 高于2024年
        spans = match["last"] and before.endswith(("从", "自"))  # 从2022年到2025年
        dates = _PHASE_BEFORE.search(before)  # 第二阶段（2024—2025年）全面推广
        base = bool(match["since"] or (_BASE_BEFORE.search(compared) and not spans) or (_BASE_AFTER.match(text, match.end()) and not dates))
        until = bool(match["first"] and not match["last"] and (match["lead"] in ("到", "至") or match["tail"]))
        base = base or bool(match["first"] and not until and _MADE_AFTER.match(text, match.end()))
        found.append(Time(match.start(), match.end(), match[0], year, base, until, bool(match["span"]) and not last_of))
    return found


def _last_of(text: str, match: re.Match[str], found: list[Time]) -> int | None:
    """The year in which a span ends whose first year is named right before: 2022年起5年内 → 2026."""
    counted = match["span"] and text[found[-1].end : match.start()] == "起"
    return found[-1].year + (parse_int(match["span"]) or 1) - 1 if counted else None


def _year_of(match: re.Match[str], clock: Clock) -> int | None:
    if match["first"]:
        return parse_int((match["last"] or match["first"]).replace("○", "〇"))
    if match["period"] or match["since"]:
        period = five_year_period(match["period"] or match["since"])
        return period[1] - 2 * match[0].endswith("中期") if period else None
    if match["plan"]:
        return clock.period_end
    if match["span"]:
        return _year_after(parse_int(match["span"]) or 0, clock)
    if match["century"]:
        return MID_CENTURY
    if match["next"]:
        return clock.annual_year + 1 if clock.annual_year else None
    return clock.annual_year


def _year_after(years: int, clock: Clock) -> int | None:
    """The year in which 三年内 ends: the plan's own period counts its first year, the day of issue does not."""
    if clock.period_start:
        return clock.period_start + years - 1
    return clock.issued_year + years if clock.issued_year else None
