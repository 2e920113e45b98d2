"""What a plan says twice and differently: a table against prose and boxes, a target against its starting point, ends before beginnings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from planparse.checks.changes import folded_name, indicator_name
from planparse.data import alternation, vocabulary
from planparse.extract import Extraction
from planparse.language.numerals import parse_number
from planparse.language.quantities import FoundQuantity, find_quantities
from planparse.language.tidy import closed_up
from planparse.model.document import Outline, Paragraph
from planparse.model.drafts import Draft
from planparse.model.findings import Code, Note
from planparse.model.records import SectionKind

LEAST_NAME = 4
"""A shorter name may be said of several things."""
ABOUT = Decimal("0.05")
"""约 and 左右 leave so much open."""
_ADDED = re.compile(r"新增|增加|累计|每年|年均|净增|增长")
_FLOORS = ("eq", "ge", "gt", "le", "lt")
_FROM = re.compile(r"(?:由|从)[^，。；、]{0,12}$")
LAST_BEGUN, LAST_YEAR = 10, 2060
"""Years before the plan's first that a project may begin in; the last year that China's plans look forward to."""


def table_against_prose(outline: Outline, found: Extraction) -> Iterator[Note]:
    """One indicator, one year, one unit, two values: 森林覆盖率 24.5 in the table and 达到25.4% in a goal."""
    listed: dict[Any, list[Draft]] = defaultdict(list)
    for row in found.drafts["indicators"]:
        name = indicator_name(row)
        if row.values["target_value"] is not None and row.values["comparator"] in _FLOORS:
            for key in ([name] if len(name) >= LEAST_NAME else []) + _concept(row):
                listed[key].append(row)
    for target in found.drafts["targets"]:
        named = listed.get(folded_name(target.values["subject"]))
        rows = named or [row for key in _concept(target) for row in listed.get(key, ())]
        if len(rows) != 1 or not _same_measure(rows[0], target) or _agree(rows[0], target, named=bool(named)):
            continue
        row = rows[0]
        start, end = outline.clean.text.span(*(target.number or (target.start, target.end)))
        stated = {"name": row.values["name"], "prose": target.values["quantity_raw"], "table": row.values["target_raw"]}
        yield Note.of(Code.PROSE_TABLE_MISMATCH, "target", start, end, **stated).beside(*outline.clean.text.span(row.start, row.end))


def _concept(draft: Draft) -> list[Any]:
    """What names a row beside its name: the concept that it links to, and of what part."""
    return [(draft.values["concept"], draft.values.get("scope"))] if draft.values.get("concept") else []


def _same_measure(row: Draft, target: Draft) -> bool:
    """Whether both speak of one year, one unit, and a value that is reached rather than added."""
    said = target.values
    if said["value"] is None or said["comparator"] not in _FLOORS or said["per_year"] or said["value_max"] is not None:
        return False
    if said["deadline_year"] is None or said["deadline_year"] != row.values["target_year"] or row.values["basis"] != "end_of_period":
        return False
    if _ADDED.search(said["sentence"]) and not _ADDED.search(row.values["name"]):
        return False
    return _scale(row.values["unit"], said["unit"]) is not None


def _scale(of_row: str | None, of_target: str | None) -> Decimal | None:
    """What the row's value is multiplied by to be in the target's unit: 万人 to 人 10000; None for other units."""
    if of_row == of_target:
        return Decimal(1)
    match = re.fullmatch(r"(?P<scale>[百千十]?[万亿])(?P<unit>.+)", of_row or "")
    return parse_number(f"1{match['scale']}") if match and match["unit"] == of_target else None


def _agree(row: Draft, target: Draft, *, named: bool) -> bool:
    """Whether both can be meant: one value, or, under another name, a floor of the prose that the table's value keeps to."""
    value = row.values["target_value"] * (_scale(row.values["unit"], target.values["unit"]) or 1)
    said, how = target.values["value"], target.values["comparator"]
    about = target.values["approximate"] or re.search("[右约]", row.values["target_raw"] or "")
    kept = not named and row.values["comparator"] == "eq" and ((how in ("ge", "gt") and value >= said) or (how in ("le", "lt") and value <= said))
    return bool(kept or abs(value - said) <= (ABOUT * abs(value) if about else 0))


# ---- a target and where it starts from -------------------------------------------------------------------------------


@cache
def _directions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """提高到, 增加至 and 降至, 压减到: words that reach upward and downward."""
    words = {entry["comparator"]: entry["before"] for entry in vocabulary("comparators") if entry["comparator"] in ("increase", "decrease")}
    up, down = (re.compile(rf"(?:{alternation(words[name])})[到至]") for name in ("increase", "decrease"))
    return up, down


def against_start(outline: Outline, found: Extraction) -> Iterator[Note]:
    """由50%提高到45%, in prose; and in a table 提高到45% where the base is 50%."""
    for section in outline.sections():
        for item in section.items if section.kind != SectionKind.BACKGROUND else ():
            if isinstance(item, Paragraph) and ("由" in item.text or "从" in item.text):
                yield from _turned(outline, item)
    for row in found.drafts["indicators"]:
        base, target, raw = row.values["baseline_value"], row.values["target_value"], row.values["target_raw"]
        if base is not None and target is not None and row.values["comparator"] in _FLOORS and _wrong(raw, base, target):
            place = outline.clean.text.span(row.start, row.end)
            yield Note.of(Code.TARGET_CONTRADICTED, "row", *place, name=row.values["name"], target=raw, base=row.values["baseline_raw"])


def _turned(outline: Outline, item: Paragraph) -> Iterator[Note]:
    read = closed_up(item.text, item.start)
    if not any(way.search(read.text) for way in _directions()):
        return
    for one, other in pairwise(find_quantities(read.text)):
        if _is_change(read.text, one, other) and one.quantity.value is not None and other.quantity.value is not None:
            wording = read.text[one.quantity.end : other.quantity.end]
            if _wrong(wording, one.quantity.value, other.quantity.value):
                first = outline.clean.text.span(*read.span(one.quantity.start, one.quantity.end))
                second = outline.clean.text.span(*read.span(other.quantity.start, other.quantity.end))
                yield Note.of(Code.TARGET_CONTRADICTED, "change", *second, base=one.quantity.raw, target=other.quantity.raw).beside(*first)


def _is_change(text: str, one: FoundQuantity, other: FoundQuantity) -> bool:
    """Whether two quantities are the ends of one change: 由50%提高到60%."""
    between = text[one.quantity.end : other.number_start]
    ahead = text[max(0, one.number_start - 16) : one.number_start]
    return one.quantity.unit == other.quantity.unit and len(between) <= 12 and not re.search("[，。；、]", between) and _FROM.search(ahead) is not None


def _wrong(wording: str, base: Decimal, target: Decimal) -> bool:
    up, down = _directions()
    return (up.search(wording) is not None and target < base) or (down.search(wording) is not None and target > base)


# ---- dates -----------------------------------------------------------------------------------------------------------


def impossible_dates(outline: Outline, found: Extraction) -> Iterator[Note]:
    """Projects and tasks that end before they begin or lie far from the plan's period."""
    period = (found.document["period_start"], found.document["period_end"])
    for row in (*found.drafts["projects"], *found.drafts["tasks"]):
        start, end = row.values.get("start_year"), row.values.get("end_year")
        stated: dict[str, Any] = {"name": row.values.get("name") or row.values.get("title"), "first": start or "", "last": end or ""}
        if start and end and start > end:
            wording = "order"
        elif period[0] and ((end and end < period[0] - 1) or (start and not period[0] - LAST_BEGUN <= start <= LAST_YEAR) or (end and end > LAST_YEAR)):
            wording = "far"
            stated["period"] = f"{period[0]}-{period[1]}"
        else:
            continue
        yield Note.of(Code.IMPOSSIBLE_DATE, wording, *outline.clean.text.span(row.start, row.end), **stated)
