"""Quantities: a number with its unit and the words beside it that say how it binds.

``find_quantities`` gives those of a text with their spans; single table cells are read by ``language.cells``. Units and
comparator words are data (``data/units.yaml``, ``data/comparators.yaml``); the grammar that joins them is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from planparse.language.numerals import parse_number
from planparse.language.quantity_grammar import CHANGES, COVER, Grammar, grammar, kind_of
from planparse.model.drafts import Quantity

_FAR = re.compile("[少多低超大高]")
"""Characters of which every word holds one that may stand far before its number."""
_BEFORE_WIDTH = 24
"""How far before a number its comparator word may begin (至少布局建设3个)."""

_NUMBER_GROUPS = ("first", "mag1", "rest", "unit1", "second", "mag2")

_NO_COUNTS = ("二", "一一")
"""Before a measure word these make a word: 二次供水, 一一列出."""
BELOW_ZERO = "零下"
"""零下30摄氏度 is -30."""
_MINUS = ("-", "－", "−")
"""Behind a word that reaches a number (保持在-1‰); elsewhere they part numbers."""
_ACTS = ("增加", "提升", "提高", "扩大")
_SOLVED = ("项", "种", "个", "道")
_OBJECT = re.compile(r"[\u4e00-\u9fff](?<![和及与或且并的])")


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A quantity of a text, with what the reading of commitments needs to know of its wording."""

    quantity: Quantity
    number_start: int
    """Where the number itself begins."""
    number_end: int
    """Where its unit ends (comparator words behind it not included)."""
    kind: str
    """What the unit measures (percent, count, time, …); "none" without a unit, "ratio" for 1:5, "cover" for 全覆盖."""
    before: str
    """The comparator or reaching word before the number, "" where there is none."""
    after: str
    """The comparator word behind the unit, "" where there is none."""
    chinese: bool = False
    """The number is written in Chinese numerals."""


@dataclass(frozen=True, slots=True)
class Lead:
    """The words right before a number."""

    word: str
    """The comparator or reaching word, "" where there is none."""
    change: str
    """A word of change before it (下降 of 下降超过)."""
    about: bool
    length: int


_NO_LEAD = Lead("", "", False, 0)

_DOUBLE = r"翻(?P<times>[一两二三]?)番"
_HALF = r"(?:过半数?|超半数|半数(?P<half_more>以上)?)"
_HEAD_WORDS = {"全": re.compile(COVER), "翻": re.compile(_DOUBLE)} | dict.fromkeys("过超半", re.compile(_HALF))
UNKNOWN = "\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff"
"""Signs that no font table explains: beside a number they may be its point or a figure of it, so that it has no value."""
_ADDRESS_WIDTH = 120
_LATIN_RUN = re.compile(r"(?<![!-~])[!-~]+$")
_ADDRESS = re.compile(r"://|www\.|[?&][A-Za-z_]+=$")
_DIALLED = re.compile(r"[0-9][)>＞﹥]$")
_ON_FROM_YEAR = ("一", "/", "-", "—", "－", "–", "~", "～", "至", "到", " ")
"""Behind a year, what may go on with it."""
_YEAR = re.compile(r"(?:19|2[01])[0-9]{2}|(?:一九|二[〇零一])[〇零一二三四五六七八九]{2}")
_POWER_BEFORE = re.compile("(?:瓦|[kMG]W)/$")
_UNKNOWN_SIGN = re.compile(f"[{UNKNOWN}]")
# Letters, 第 and signs before a number make it a name or an ordinal: PM2.5, 第3个, 1+3, “123”.
_NAME_BEFORE = re.compile(rf"(?:[{UNKNOWN}A-Za-z第.+＋#№“‘《〔/0-9]|[A-Za-z]-|[A-Za-z第] |[0-9]:|附[件表图]|专栏)$")


def may_hold_quantities(text: str) -> bool:
    """Whether the text holds anything that may begin a quantity."""
    return grammar().head.search(text) is not None


def _lead(text: str, start: int) -> Lead:
    """What stands right before the number at ``start`` and says how it binds."""
    rules = grammar()
    ahead = text[max(0, start - _BEFORE_WIDTH) : start]
    match = rules.before.match(ahead[::-1]) if ahead[-1:] in rules.ends else None
    word, change = "", ""
    if match and match["word"]:
        word, change = match["word"][::-1], (match["change"] or "")[::-1]
        if change.endswith("幅") and rules.comparators[word] in ("le", "lt"):
            return Lead(word, "", bool(match["about"]), match.end("word"))  # 增幅控制在5%以内 bounds the growth
    about = bool(match and match["about"])
    if (rules.comparators.get(change or word) not in CHANGES) and _FAR.search(ahead):
        distant = rules.distant.search(ahead)
        if distant:
            return Lead(distant["word"] or distant["bound"], "", about, len(ahead) - distant.start())
    return Lead(word, change, about, match.end()) if match and (word or about) else _NO_LEAD


def find_quantities(text: str) -> Iterator[FoundQuantity]:
    """All quantities of a text, in order; a number without a unit only where a comparator word is with it."""
    rules = grammar()
    search = rules.head.search
    head = search(text)
    while head:
        position = head.start()
        if _is_year(text, position):
            head = search(text, position + 5)  # most numbers of a plan are years
            continue
        special = _HEAD_WORDS.get(text[position])
        if special:
            match = special.match(text, position)
            found = _special(match) if match else None
        else:
            match = rules.core.match(text, position)
            found = _number(text, match) if match else None
        if found:
            yield found
        head = search(text, match.end() if match else position + 1)


def _is_year(text: str, at: int) -> bool:
    """Whether a plain year begins here: 2025年, but not 2000年一遇 nor 2021年-2025年."""
    return text[at + 4 : at + 5] == "年" and text[at : at + 2] in ("19", "20") and text[at : at + 4].isascii() and text[at + 5 : at + 6] not in _ON_FROM_YEAR


def _special(match: re.Match[str]) -> FoundQuantity:
    """全覆盖, 翻一番, 过半."""
    start, end = match.span()
    if match[0].startswith("翻"):
        times = {"": 1, "一": 1, "两": 2, "二": 2, "三": 3}[match["times"]]
        quantity = Quantity(start, end, match[0], "increase", Decimal(100 * (2**times - 1)), None, "%")
        return FoundQuantity(quantity, start, end, "multiple", "", "")
    if "覆盖" in match[0]:
        return FoundQuantity(Quantity(start, end, match[0], "eq", Decimal(100), None, "%"), start, end, "cover", "", "")
    comparator = "ge" if match["half_more"] else "eq" if match[0] == "半数" else "gt"
    quantity = Quantity(start, end, match[0], comparator, Decimal(50), None, "%")
    return FoundQuantity(quantity, start, end, "percent", "", "", True)


def _number(text: str, match: re.Match[str]) -> FoundQuantity | None:
    start = match.start()
    if _NAME_BEFORE.search(text, max(0, start - 2), start) and not _is_apart(text, match):
        return None
    if _UNKNOWN_SIGN.match(text, match.end()):
        return None
    if match["fraction"]:
        return _fraction(text, match)
    rules = grammar()
    chinese = match["first"][0] not in "0123456789"
    unit = match["unit"] or match["unit1"]
    if not _may_count(text, match, unit, chinese):
        return None
    lead = _binding(text, match, unit, rules)
    word = lead.word
    if unit is not None and chinese and not _counts(match, unit, lead, rules):
        return None
    if unit is None and not (_binds(match, word, chinese, rules) and not _is_address(text, start)):
        return None
    if match["first"] == "一" and not match["mag1"] and not _single(match, word, rules):
        return None
    value, value_max = _values(match)
    if unit == "倍" and value == 1 and value_max is None and rules.comparators.get(lead.change or word) == "increase":
        value, unit = Decimal(100), "%"  # 增加一倍, as 翻一番
    if match["second"] and value_max is None:
        return None
    if value is not None and text.startswith(BELOW_ZERO, max(0, start - 2)):
        value, lead = -value, Lead(lead.word, lead.change, lead.about, lead.length or len(BELOW_ZERO))
    elif value is not None and text[start - 1 : start] in _MINUS and (reached := _lead(text, start - 1)).word:
        value, word, lead = -value, reached.word, replace(reached, length=reached.length + 1)
    comparator = _comparator(lead, match, rules)
    about = bool(lead.about or match["near1"] or match["near2"] or match["much1"] or match["much2"])
    first = start - lead.length
    kind = "ratio" if match["ratio"] else kind_of(unit, rules.kinds) if unit else "none"
    quantity = Quantity(first, match.end(), text[first : match.end()], comparator, value, value_max, unit, about)
    number_end = match.end("unit") if match["unit"] else max(match.end(group) for group in _NUMBER_GROUPS)
    return FoundQuantity(quantity, start, number_end, kind, word, match["after"] or "", chinese)


def _may_count(text: str, match: re.Match[str], unit: str | None, chinese: bool) -> bool:
    """Whether a number is no date, and without a unit no part of a word (十四届) or a name (5G): told before the words beside it are read."""
    if unit is not None:
        return not _is_date(text, match, unit)
    return (not chinese or match["mag1"] is not None) and _ends_there(text, match)


def _is_apart(text: str, match: re.Match[str]) -> bool:
    """Whether a blank parts letters from a number that measures a substance: NOx 5200吨, but not Type 3, GB 50015; or a slash power from
    energy: 20万千瓦/40万千瓦时."""
    unit = match["unit"]
    if unit and _POWER_BEFORE.search(text, max(0, match.start() - len("万千瓦/")), match.start()):
        return grammar().kinds.get(unit) == "energy"
    return text[match.start() - 1 : match.start()] == " " and unit is not None and kind_of(unit, grammar().kinds) in ("mass", "percent")


def _binding(text: str, match: re.Match[str], unit: str | None, rules: Grammar) -> Lead:
    """The words before the number, without one of change that makes the things counted (提升30个驿站) and does not compare (床位增加50张)."""
    lead = _lead(text, match.start())
    made = lead.word in _ACTS and rules.kinds.get(unit or "") in ("count", "people", "time", "length", "area")
    if (made or (lead.word == "突破" and unit in _SOLVED)) and not lead.change and _OBJECT.match(text, match.end()):
        return Lead("", "", lead.about, 0) if lead.about else _NO_LEAD
    return lead


def _binds(match: re.Match[str], word: str, chinese: bool, rules: Grammar) -> bool:
    """Whether a number without unit is one that the text tells: 达到0.85, 1:5, 超千万, 3万."""
    if chinese:
        return bool(match["mag1"] and match["mag1"] in "万亿" and (match["after"] or rules.comparators.get(word) == "gt"))
    return bool(match["ratio"] or word or match["after"] or match["mag1"] or match["mag2"])


def _ends_there(text: str, match: re.Match[str]) -> bool:
    """Whether no letter goes on with the number (5G)."""
    following = text[match.end() : match.end() + 1]
    return not (following.isascii() and following.isalpha())


def _counts(match: re.Match[str], unit: str, lead: Lead, rules: Grammar) -> bool:
    """Whether a Chinese numeral is a number here, not part of a word: 三个, 二十亩 and 超百家 are, 三方, 百家 and 二次 are not."""
    first = match["first"]
    if first in ("百", "千", "万", "亿", "万亿"):
        lasting = kind_of(unit, rules.kinds) == "time"  # 近百年来, 超千年古树
        return bool(match["mag1"] or match["after"]) or (bool(lead.about or rules.comparators.get(lead.word) == "gt") and not lasting)
    if first in _NO_COUNTS:
        return bool(match["mag1"])
    return len(first) > 1 or bool(match["mag1"]) or unit.split("/")[0] in rules.small


def _is_address(text: str, start: int) -> bool:
    """Whether a number without unit belongs to an address of the web or a telephone number (?id=4403…, 0951>5160…)."""
    ahead = text[max(0, start - _ADDRESS_WIDTH) : start]
    run = _LATIN_RUN.search(ahead)
    return bool(run and _ADDRESS.search(run[0])) or bool(_DIALLED.search(ahead))


def _is_date(text: str, match: re.Match[str], unit: str | None) -> bool:
    """2025年, and the day of 1月12日."""
    if unit == "日":
        return text[match.start() - 1 : match.start()] == "月"
    return unit == "年" and _YEAR.fullmatch(match["first"]) is not None and not match["mag1"]


def _single(match: re.Match[str], word: str, rules: Grammar) -> bool:
    """一 with a measure word is an article (一支队伍) unless something binds it (至少一所, 一小时以内)."""
    return bool(match["after"] or match["second"] or match["half"] or rules.comparators.get(word) in ("ge", "le") or (match["unit"] == "倍" and word))


def _values(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """The value, and the upper end of a range (None where the second number is not above the first)."""
    if match["ratio"]:
        return None, None
    first = parse_number("".join(match["first"].split()) + (match["mag1"] or "") + (match["rest"] or ""))
    if first is not None and match["half"]:
        first += Decimal("0.5")
    if not match["second"] or first is None:
        return first, None
    second = parse_number(match["second"] + (match["mag2"] or ""))
    if match["mag2"] and not match["mag1"] and not match["unit1"]:
        first = parse_number(match["first"] + match["mag2"])
    return (first, second) if first is not None and second is not None and second > first else (first, None)


def _comparator(lead: Lead, match: re.Match[str], rules: Grammar) -> str:
    if match["second"]:
        return "range"
    if lead.change:
        return rules.comparators[lead.change]
    before = rules.comparators.get(lead.word, "eq")
    after = rules.afters.get(match["after"] or "") or ("gt" if match["much1"] or match["much2"] else None)
    if before in CHANGES or after is None:
        return before
    return after


def _fraction(text: str, match: re.Match[str]) -> FoundQuantity | None:
    """百分之八十 is 80 %, 千分之三 is 3 ‰, 三分之二 is 66.666667 %, 一半 is 50 %."""
    wording = match["fraction"]
    start = match.start()
    rules = grammar()
    lead = _lead(text, start)
    unit = {"百": "%", "千": "‰"}.get(wording[0]) if "分之" in wording else "%" if wording == "一半" else None
    if unit:
        value = Decimal(50) if wording == "一半" else parse_number(wording[3:])
    elif wording.endswith("成"):
        value, unit = 10 * (parse_number(wording[0]) or Decimal(0)), "%"
    else:
        low, high = reversed(wording.split("分之")) if "分之" in wording else wording.split("/")
        numerator, denominator = parse_number(low), parse_number(high)
        value = round(100 * numerator / denominator, 6) if numerator and denominator else None
        unit = "%"
    after = match["fraction_after"] or ""
    if value is None or not ("百" in wording or "千" in wording or after or lead.word):
        return None  # 占三分之二 only describes
    comparator = rules.comparators.get(lead.change or lead.word, "eq")
    if after and comparator not in CHANGES:
        comparator = rules.afters[after]
    first = start - lead.length
    quantity = Quantity(first, match.end(), text[first : match.end()], comparator, value, None, unit, lead.about or bool(match["near0"]))
    return FoundQuantity(quantity, start, match.end("fraction"), "percent", lead.word, after, True)
