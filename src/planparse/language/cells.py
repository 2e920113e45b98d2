"""Values of table cells: ≥90%, [3500], 下降15%, 10小时以内, ≤（1%）, 76。7, 不发生, —."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from planparse.data.words import worded
from planparse.language.conversion import alike, convert, scale_number, unit_of
from planparse.language.numerals import ARABIC, MAGNITUDE, RANGE_SIGN, close_thousands, half_width, parse_number
from planparse.language.quantities import FoundQuantity, find_quantities
from planparse.language.quantity_grammar import CHANGES
from planparse.language.time import YEAR


@dataclass(frozen=True, slots=True)
class CellValue:
    """What one table cell says. ``absent``: it is empty or a dash; ``value`` is None also where wording has no number."""

    raw: str
    value: Decimal | None = None
    value_max: Decimal | None = None
    comparator: str | None = None
    unit: str | None = None
    mark: str | None = None
    """The brackets around the number, "()" or "〔〕"; what they mean is said under the table."""
    absent: bool = False


_ABSENT = re.compile(r"[\s—_\-－–―/／\\*.·]*")
_POINT = re.compile(r"(?<=[0-9])[。．](?=[0-9])")
_INNER = r"[^()（）\[\]［］〔〕【】]{0,80}?"
_MARK = re.compile(rf"(?P<open>[(（\[［〔【{{])\s*(?P<inner>{_INNER}[0-9]{_INNER})\s*[)）\]］〕】}}]")
_SIGNS = re.compile(r"[≥≤≧≦⩾⩽<>=≯≮＜＞﹤﹥\s约-]*|[^0-9]{0,6}")
_YEAR_LEAD = worded(rf"<until>?{YEAR}(?:年(?:年?[底末])?[:：,，为]?|[:：])")
_YEAR_BEHIND = re.compile(rf"(?<=[0-9%‰])[^，,、；;。（(0-9]{{0,6}}[（(]\s?(?:到|至)?{YEAR}年?[底末]?\s?[)）]")
"""95（2023年）、98（2025年）: the year behind its value"""
_BARE = re.compile(rf"(?P<sign>[-−+]?)(?P<number>{ARABIC})(?:\s?{RANGE_SIGN}\s?(?P<second>{ARABIC}))?")
_NONE = re.compile(r"(?:不|未|无|杜绝|零|避免)(?:再)?(?:发生|出现|事故)|为零$|零发生|零事故|零死亡")
_SCALE = re.compile(MAGNITUDE)
_SCALE_IN_CELL = re.compile(rf"[0-9]\s?({MAGNITUDE})")
_RATIO = re.compile(r"[0-9.]\s*[:：]\s*[0-9.]")
_PERCENT = re.compile(r"[0-9]\s?([%‰])")
_BROKEN_POINT = re.compile(r"(?<=[0-9])(?: \. ?|\. )(?=[0-9])")
_SPAN = re.compile(r"^[0-9]年(?=累计|[共合总])")
"""5年累计12"""
# Behind a value: what brackets say of it, what it holds, a year, a sign with a number in it (CO2).
_ASIDE = re.compile(rf"[（(〔\[【][^（()）〔〕\[\]【】]*[)）〕\]】]|其中.*|{YEAR}年|[A-Za-z][0-9]+")
_RANK = re.compile(r"[第前]\s?[0-9]")
_OR_SO = re.compile(r"(?<=.)[（(][^（()）]{1,6}[)）]$")
"""台（套）"""
_RANKED = ("位", "名", "位次", "名次", "")
"""What ranks are counted in."""


def parse_cell(text: str) -> CellValue:
    """Read one table cell.

    ≥90% → 90 ge %; ≤3万 → 30000 le; 下降15% → 15 decrease %; 10小时以内 → 10 le 小时; 〔3500〕 → 3500 with mark;
    ≤（1） → 1 le with mark; 76。7 → 76.7; 不发生 → 0 eq; 2-3 → range; 1：5, 0.5+0.3, 保持稳定 → no value; —, _, blank → absent.
    Where the cell states several years, the last one's value counts. ``unit`` is what stands behind the number.
    """
    raw = text.strip().replace("\n", " ")
    if _ABSENT.fullmatch(raw):
        return CellValue(raw, absent=True)
    clean = close_thousands(_BROKEN_POINT.sub(".", _POINT.sub(".", half_width(text)).replace("−", "-")))
    clean = _last_year(re.sub(r"(?<=[0-9])[，,](?=[0-9]{3}(?![0-9]))", ",", clean))
    clean, mark = _unmark(_SPAN.sub("", clean).replace("↑", "增长").replace("↓", "下降"))
    if _RATIO.search(clean):
        return CellValue(raw, mark=mark)
    found = _first(clean)
    if found:
        quantity = found.quantity
        if _holds_more(clean[quantity.end :]):
            return CellValue(raw, mark=mark)
        return CellValue(raw, quantity.value, quantity.value_max, quantity.comparator, quantity.unit, mark)
    bare = _BARE.search(clean)
    if bare:
        return CellValue(raw, mark=mark) if _holds_more(clean[bare.end() :]) else _bare(raw, bare, mark)
    return CellValue(raw, Decimal(0), None, "eq", None, mark) if _NONE.search(clean) else CellValue(raw, mark=mark)


def _bare(raw: str, match: re.Match[str], mark: str | None) -> CellValue:
    """A number, or a range of numbers, without unit and comparator words."""
    value = parse_number(match["number"])
    second = parse_number(match["second"]) if match["second"] else None
    if value is not None and match["sign"] == "-":
        value = -value
    if value is not None and second is not None and second > value:
        return CellValue(raw, value, second, "range", None, mark)
    return CellValue(raw, value, None, "eq", None, mark)


def _first(clean: str) -> FoundQuantity | None:
    """The first quantity of the cell, unless a bare number or a minus stands before it."""
    for found in find_quantities(clean):
        ahead = clean[: found.quantity.start]
        if ahead.endswith("-") or re.search(r"[0-9]", ahead):
            return None
        return found
    return None


def _holds_more(rest: str) -> bool:
    """Whether figures stand behind the value that it does not account for (城镇90，农村80), a change aside (95%，提高5个百分点)."""
    rest = _ASIDE.sub("", rest)
    for found in reversed(list(find_quantities(rest))):
        if found.quantity.comparator in CHANGES:
            rest = rest[: found.quantity.start] + rest[found.quantity.end :]
    return re.search(r"[0-9]", rest) is not None


def _last_year(text: str) -> str:
    """What the cell says of the last year that it names; the year itself left out."""
    behind = list(_YEAR_BEHIND.finditer(text))
    if len(behind) > 1:
        return text[behind[-2].end() : behind[-1].end()].lstrip("，,、；; ")
    years = list(_YEAR_LEAD.finditer(text))
    if not years:
        return text
    last = years[-1]
    rest = text[last.end() :]
    if len(years) == 1 or not re.search(r"[0-9]", rest):
        return text[: years[0].start()] + text[years[0].end() :] if len(years) == 1 else text
    return rest


def _unmark(text: str) -> tuple[str, str | None]:
    """Take the brackets off a number that stands in them; a remark in brackets behind a number is left."""
    match = _MARK.search(text)
    if not match or not _SIGNS.fullmatch(text[: match.start()]) or re.search(r"[0-9]", text[: match.start()]):
        return text, None
    mark = "()" if match["open"] in "(（" else "〔〕"
    return text[: match.start()] + match["inner"] + text[match.end() :], mark


def _per_word(value: Decimal, own: str, unit: str) -> Decimal | None:
    """A number of a unit whose size is not listed, in that unit with a number before it: 300株 under 万株 is 0.03. None for another unit."""
    counts = _SCALE.match(unit)
    size = parse_number(scale_number(counts[0])) if counts and unit != own else Decimal(1)
    return value / size if size and unit in (own, f"{counts[0] if counts else ''}{own}") else None


_POINTS = {"ratio", "points"}
"""5个百分点 and 5% are one number."""


def in_unit(cell: CellValue, unit: str | None) -> Decimal | None:
    """The cell's number in the indicator's unit: 350万 under 万人 is 350, 3千万 under 万元 3000, 1亿吨 under 万吨 10000.

    None where the cell counts otherwise than the unit, and does not say of what (0.5亿 under 万吨), or measures another thing
    (5000美元 under 万元, -3% under 万人, 前10 under %).
    """
    if cell.value is None or unit is None:
        return cell.value
    if _RANK.search(cell.raw) and unit not in _RANKED:
        return None
    unit = _OR_SO.sub("", unit)
    percent = _PERCENT.search(cell.raw) if cell.unit is None else None
    stated = percent[1] if percent else cell.unit or ""
    if "/" not in (stated or "/"):
        unit = unit.partition("/")[0] or unit  # 150元 under 元/亩
    own, to = unit_of(stated), unit_of(unit)
    changes = cell.comparator in CHANGES
    persons = {(cell.unit or "")[-1:], unit[-1:]} == {"户", "人"}  # 3万户 are more than 3 under 万人
    if own and to and alike(own, to) and not persons and not (changes and own.above in _POINTS):
        return convert(cell.value, own, to)
    if stated and not changes and {one.above for one in (own, to) if one} != _POINTS:
        return _per_word(cell.value, stated, unit)
    scale, counts = _SCALE_IN_CELL.search(cell.raw), _SCALE.match(unit)
    if scale is None or counts is None:
        return cell.value
    size = parse_number(scale_number(counts[0])) if scale[1].endswith(counts[0]) else None
    return cell.value / size if size else None
