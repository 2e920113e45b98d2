"""The patterns of quantities, built from the vocabularies: what may begin one, the number with its units, and the words before it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from planparse.data import alternation, vocabulary
from planparse.language.numerals import ARABIC, CHINESE, MAGNITUDE, RANGE_SIGN

CHANGES = ("increase", "decrease")
_PARTIAL = ("增", "达", "保持", "提升")
"""Comparator words that are also parts of other words (雷达) or acts (改造提升)."""
_RAISED = "升提(?!造改|治整|理治|级升|合整|设建|护维|新更)"
"""提升 read backwards, where it is no part of an act."""
# 百分之八十, 千分之三, 三分之二, 2/3
_FRACTION = (
    r"(?:[百千]分之(?:[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?|[0-9.]+)"
    r"|一半|[一二三四五六七八九]成(?=以上|左右|[，。；、]|$)|[二三四五六七八九十]分之[一二三四五六七八九]|(?<![0-9/.])[1-9]/(?:[2-9]|10)(?![0-9/百千万亿]))"
)
_BLANK_THOUSANDS = r"[1-9][0-9]{0,2}(?:\x20[0-9]{3}){1,4}(?![0-9])(?=\s?[\u4e00-\u9fff])"
"""30 000个, as Hong Kong and most of the world part thousands"""
_MORE_THAN = "[超近逾破约]"
"""Before 万 and 亿 that stand for one of them: 超万人, 突破万亿元."""
_RATED = ("mass", "length", "volume", "energy")
"""What is measured by the unit of something else: 微克每立方米, 公里每小时."""
COVER = r"全(?:面)?覆盖"


_UPPER = re.compile("[^/每]*")


def kind_of(unit: str, kinds: dict[str, str]) -> str:
    """What a unit measures by its part above the slash: 元/亩 money, 微克每立方米 mass."""
    upper = _UPPER.match(unit)
    return kinds.get(upper[0] if upper else unit, "none")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns and look-ups that are generated from the vocabularies."""

    head: re.Pattern[str]
    """What may begin a quantity."""
    core: re.Pattern[str]
    before: re.Pattern[str]
    """Of the text before a number, read backwards."""
    distant: re.Pattern[str]
    kinds: dict[str, str]
    small: frozenset[str]
    ends: frozenset[str]
    """The last characters of all that may stand right before a number."""
    comparators: dict[str, str]
    afters: dict[str, str]


@cache
def grammar() -> Grammar:
    """The quantity grammar, built once from the vocabularies."""
    kinds: dict[str, str] = {}
    small: set[str] = set()
    per: list[str] = []
    each: list[str] = []
    no_units: list[str] = []
    for group in vocabulary("units"):
        per += group.get("per", ())
        each += group.get("each", ())
        kinds |= dict.fromkeys(group["units"], group["kind"])
        small |= set(group["small"])
        no_units += group.get("unless", ())
    before, after, distant = _comparators()
    ascii_unit = rf"(?:{alternation(u for u in kinds if u.isascii() and u != '%')})(?![A-Za-z0-9])"
    chinese_unit = alternation(u for u in kinds if not u.isascii())
    heads = re.escape("".join(sorted({unit[0] for unit in kinds} | {"/"})))  # most of what stands behind a number begins no unit
    unit = rf"(?=[{heads}])(?!{alternation(no_units)})(?:%(?![0-9A-Za-z])|/(?:10|[十百])?[万千]人?|{chinese_unit}|{ascii_unit})"
    denominator = rf"(?:{unit}|{alternation(u for u in per if not u.isascii())}|{alternation(u for u in per if u.isascii())}(?![A-Za-z0-9]))"
    rate = rf"{alternation(u for u, kind in kinds.items() if kind in _RATED)}每{alternation(each)}(?![0-9一二两三四五六七八九十])"
    # 120 | 175.5万 | 2-3 | 5%-10% | 1:5, then unit with slashes (元/平方米, 吨标准煤/万元), then 左右, 以上
    core = rf"""
        (?P<fraction>{_FRACTION})(?P<near0>左右|上下)?(?P<fraction_after>以上|以下|以内)?
      | (?P<first>{_BLANK_THOUSANDS}|{ARABIC}|{CHINESE}|(?<={_MORE_THAN})(?:万亿|万|亿))(?P<much1>[多余])?(?P<mag1>{MAGNITUDE})?(?P<rest>(?<=亿)[0-9]+万)?
        (?:\s?[:：](?P<ratio>{ARABIC})(?![0-9:：])
          |(?P<unit1>{unit})?{RANGE_SIGN}(?P<second>{ARABIC}|{CHINESE})(?P<mag2>{MAGNITUDE})?)?
        (?P<much2>[多余])?\s?(?P<half>个半(?=小时|月)|半(?=小时))?
        (?P<unit>(?=[{heads}]){rate}|{unit}(?:/[每百千万亿]{{0,2}}(?:10+)?{denominator}(?:·{unit})?){{0,2}})?
        (?P<near1>左右|上下)?(?:(?:\s(?=[及或以]))?(?P<after>{alternation(w for w in after if w not in "多余")}))?(?P<near2>左右)?
        """
    return Grammar(
        _head(kinds),
        re.compile(core, re.VERBOSE),
        re.compile(_backwards(before), re.VERBOSE),
        re.compile(_far_before(before, distant)),
        kinds,
        frozenset(small),
        frozenset({word[-1] for word in before} | set("约近大将接升提了年月人生户亩均天周 \t\u3000\n\r\x0b\x0c\xa0")),
        before,
        after,
    )


def _backwards(before: dict[str, str]) -> str:
    """A pattern for what stands right before a number, read backwards from it."""
    changes = alternation(w[::-1] for w, c in before.items() if c in CHANGES and len(w) > 1 and w not in _PARTIAL) + f"|{_RAISED}"
    # Read backwards from the number: 约, 每人每年 or 人均, 了, then 达到 | 增长 | 超过, then 下降幅度 before 超过; 新增 is no 增, 雷达 no 达, 水土保持 no 保持.
    words = alternation(w[::-1] for w in before if w not in _PARTIAL)
    words += rf"|增(?![新净激])|达(?![雷发传通直马])|持保(?!土水)|{_RAISED}"
    return rf"""
        \s?(?P<about>约(?![节集制])大?|近接?|近将)?
        (?:(?:均[人户亩]|(?:[年月人生户亩天周][百千万]?每){{0,2}})了?(?P<word>{words})(?:(?:度幅)?(?P<change>{changes}))?)?
        """


def _far_before(before: dict[str, str], distant: list[str]) -> str:
    """A pattern for words that bound a number from a few words away."""
    # 至少 + 布局建设 | 不少于 + 骨干教师总数的, right before the number
    verb = r"[^，。；：、（）()“”\s0-9]"
    # 不应大于 + 现状总面积的: a part of something is bounded
    bounding = alternation(w for w, c in before.items() if c in ("ge", "le", "gt", "lt") and len(w) > 2)
    return rf"(?P<word>{alternation(distant)})(?:{verb}{{1,10}}|{verb}{{2,18}}的)$|(?P<bound>{bounding}){verb}{{2,18}}的$"


def _comparators() -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Words before a number and behind it with the comparator of each, negated modals among them; and words that stand far before."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    distant: list[str] = []
    for entry in vocabulary("comparators"):
        before |= dict.fromkeys(entry["before"], entry["comparator"])
        after |= dict.fromkeys(entry["after"], entry["comparator"])
        distant += entry["distant"]
        if negated := entry.get("negated"):
            modals = ("", *negated["modals"])
            before |= dict.fromkeys((f"不{modal}{word}" for modal in modals for word in negated["words"]), negated["comparator"])
    return before, after, distant


def _head(units: Iterable[str]) -> re.Pattern[str]:
    """What may begin a quantity. Every alternative begins with a character of its own, so that the search runs over other text at full
    speed; a Chinese numeral is only looked at before what a number may go on with (进一步 is passed over)."""
    follow = {unit[0] for unit in units} | set("一二两三四五六七八九十百千零〇点万亿半成多余分个%/-—－–~～至到:：")
    goes_on = rf"(?=[\s{re.escape(''.join(sorted(follow)))}])"
    numerals = (char + goes_on for char in "一二两三四五六七八九十百千")
    rounds = (f"{char}(?<={_MORE_THAN}{char}){goes_on}" for char in "万亿")
    return re.compile("|".join(("0|1|2|3|4|5|6|7|8|9", *numerals, *rounds, COVER, "翻[一两二三]?番", "过半", "超半数", "半数")))
