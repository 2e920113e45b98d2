"""Rows of indicators whose stated change does not lead from the base to the target, and yearly targets that miss their total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from planparse.extract import Extraction
from planparse.extract.lexicon import worded
from planparse.language.cells import parse_cell
from planparse.language.time import parse_year
from planparse.model.document import Outline
from planparse.model.drafts import Draft
from planparse.model.findings import Code, Note

# “十四五”年均增速, 年均增长（%）
_YEARLY = re.compile(r"年均|年平均|年增")
_CHANGE = worded(r"增减|增量|新增|累计|<grown>")
_PLAIN = re.compile(r"[\[〔（(]?\s?(?P<sign>[-−+]?)\s?(?P<number>[0-9]+(?:\.[0-9]+)?)\s?(?P<unit>%|个百分点)?\s?[\]〕）)]?")
LEAST_YEARS = 3
LONGEST_PERIOD = 15
MOST_TIMES = 1000
"""A target so many times its base is in another unit."""


_Stated = tuple[str, dict[str, Any]]
"""A wording of the finding, and what completes it."""


def changes(outline: Outline, found: Extraction) -> Iterator[Note]:
    """Notes on rows of indicator tables, each quoting both wordings."""
    for draft in found.drafts["indicators"]:
        for wording, stated in (*_stated_changes(draft.values), *_years(draft.values)):
            yield Note.of(Code.ARITHMETIC_MISMATCH, wording, *outline.clean.text.span(draft.start, draft.end), name=draft.values["name"], **stated)


def _stated_changes(row: dict[str, Any]) -> Iterator[_Stated]:
    """Cells of growth and of increase against base and target."""
    ends = _ends(row)
    if ends is None:
        return
    for header, cell in row["other_cells"].items():
        match = _PLAIN.fullmatch(cell)
        if match is None or not _CHANGE.search(header) or parse_year(header):
            continue
        stated = Decimal(match["number"]) * (-1 if match["sign"] in ("-", "−") else 1)
        marked = cell.strip()[0] in "[〔（("
        wanted = _misfit(ends, stated, match["unit"] or "", header, marked=marked)
        if wanted is not None:
            yield "change", {"header": header, "cell": cell, "base": ends[0].raw, "target": ends[1].raw, "wanted": wanted}


@dataclass(frozen=True, slots=True)
class _End:
    """Where a change begins or ends: the value, its wording, its year."""

    value: Decimal
    raw: str
    year: int


def _ends(row: dict[str, Any]) -> tuple[_End, _End] | None:
    """Base and target; of a row that has no target, the year before the base and the base (2015年, 2020年, 年均增速)."""
    base, target = row["baseline_value"], row["target_value"]
    if base is None or row["basis"] != "end_of_period" or not row["baseline_year"]:
        return None
    now = _End(base, row["baseline_raw"], row["baseline_year"])
    if target is not None:
        known = row["comparator"] == "eq" and row["target_year"]
        return (now, _End(target, row["target_raw"], row["target_year"])) if known else None
    before = [(year, cell) for header, cell in row["other_cells"].items() if (year := parse_year(header)) and _PLAIN.fullmatch(cell)]
    value = parse_cell(before[0][1]).value if len(before) == 1 and not row["target_raw"] else None
    return (_End(value, before[0][1], before[0][0]), now) if value is not None else None


def _misfit(ends: tuple[_End, _End], stated: Decimal, unit: str, header: str, *, marked: bool) -> str | None:
    """None where a stated change can be meant of both ends, else what it would be."""
    base, target = ends[0].value, ends[1].value
    half = Decimal(1).scaleb(int(stated.as_tuple().exponent)) / 2
    loose = rounding(ends[0].raw) + rounding(ends[1].raw)
    ways = {"": target - base}
    if base > 0 and target > 0 and target / base < MOST_TIMES:
        ways["%"] = (target / base - 1) * 100
        years = ends[1].year - ends[0].year
        if 0 < years <= LONGEST_PERIOD:
            ways["% a year"] = Decimal((float(target / base) ** (1 / years) - 1) * 100)
    if not _YEARLY.search(header) and not marked and not unit and not re.search("[%％]", header):
        ways = {"": ways[""]}
    slack = {"": half + loose, "%": half + _relative(loose, base), "% a year": half + _relative(loose, base) / 4}
    if any(abs(abs(stated) - abs(way)) <= slack[kind] for kind, way in ways.items()):
        return None
    kind = "% a year" if _YEARLY.search(header) and not marked and "% a year" in ways else ""
    return f"{round(ways[kind], 2)}{kind}"


def rounding(raw: str | None) -> Decimal:
    """Half of the last place of the number that a cell states: how far it may be rounded."""
    number = re.search(r"[0-9]+(?:\.([0-9]+))?", raw or "")
    return Decimal(1).scaleb(-len(number[1] or "")) / 2 if number else Decimal(0)


def _relative(loose: Decimal, base: Decimal) -> Decimal:
    return loose / base * 200 if base > 0 else Decimal(0)


def _years(row: dict[str, Any]) -> Iterator[_Stated]:
    """The targets of all years against the sum that the row states."""
    total = row["target_value"]
    if row["basis"] != "period_total" or total is None or row["comparator"] != "eq":
        return
    cells = [(header, cell) for header, cell in row["other_cells"].items() if parse_year(header) and not _CHANGE.search(header)]
    values = [parse_cell(cell).value for _, cell in cells if _PLAIN.fullmatch(cell)]
    known = [value for value in values if value is not None]
    if len(known) < max(LEAST_YEARS, len(cells)):
        return
    slack = sum((rounding(cell) for _, cell in cells), rounding(row["target_raw"]))
    if abs(sum(known) - total) > slack:
        yield "years", {"total": row["target_raw"], "years": len(known), "summed": sum(known)}


def indicator_name(draft: Draft) -> str:
    """The name of an indicator without its unit, blanks and quotation marks, for comparison."""
    return folded_name(draft.values["name"])


def folded_name(name: str) -> str:
    """（%）-less, without 全市 and quotation marks: 全市“森林覆盖率”（%） is 森林覆盖率."""
    return re.sub(r"[（(][^（）()]*[)）]|[“”\"\s]|^(?:全|我|本)(?:国|省|市|县|区|州)", "", name)
