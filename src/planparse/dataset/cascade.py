"""One concept down the levels: each place's target beside that of the plan above it (国 → 省 → 市 → 县), with the gap."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from planparse.concepts import concept_of, link
from planparse.data.words import worded
from planparse.dataset.columns import VALUE, schema_of, table_of
from planparse.dataset.panel import TARGET, Cell, groups
from planparse.extract.indicators import unit_in
from planparse.language.cells import in_unit, parse_cell
from planparse.language.conversion import convert, unit_of
from planparse.language.quantity_grammar import CHANGES
from planparse.language.regions import above
from planparse.language.time import parse_years
from planparse.model.records import RegionLevel
from planparse.model.schema import DECIMAL_SCALE

if TYPE_CHECKING:
    from planparse.dataset.reader import Dataset

LEVELS = tuple(level.value for level in RegionLevel)
COLUMNS = (
    "concept", "year", "scope", "region", "region_code", "region_level", "value_norm", "unit_norm", "comparator", "above_region",
    "above_value", "gap", "meets", "share", "stated_header", "stated_value", "stated_agrees", "above_code", "above_comparator", "record_id",
    "above_record_id", "doc_id", "above_doc_id",
)  # fmt: skip
CASCADE = schema_of(
    COLUMNS,
    {"year": pa.int32(), "meets": pa.bool_(), "stated_agrees": pa.bool_()}
    | dict.fromkeys(("value_norm", "above_value", "gap", "share", "stated_value"), VALUE),
)
"""The columns. ``gap`` is the value less that of the plan above (or less what the own table states of it), ``meets`` whether it is at
least as far in the direction that is wanted; of what adds up over places (亿元, 公里) they are null, and ``share`` is the part of the
whole, in percent. ``stated_agrees`` is whether the table states what the plan above does."""
# A column with the target of the plan above. Examples: 全国2025年目标 · 云南省“十四五”规划目标 · 上级目标
_ABOVE = worded(r"(?:上级|<nation>|全[省市]|省级?|自治区|市级|[国省市]定|[\u4e00-\u9fff]{1,6}[省市州盟])")
_TARGET = worded(r"<aimed>|要求|十[三四五]五|20[23]\d")


def cascade(data: Dataset, concept: str) -> pa.Table:
    """Each place's target of a concept beside that of the nearest plan above for the same year and scope, the highest level first.

    Of several plans above, one of the same period and field comes first. A target that a table states of the level above stands
    beside it. Places without a plan above have nulls. Raises UsageError for a concept that the catalogue does not have.
    """
    return cascades(data, (concept,))


def cascades(data: Dataset, wanted: Collection[str] | None = None) -> pa.Table:
    """The same of some concepts, or of all, one after the other."""
    found = [group for group in groups(data, wanted) if group[0].measure == TARGET]
    every: dict[tuple[Any, ...], list[Cell]] = {}
    for cell in (cell for group in found for cell in group if cell.region.code):
        every.setdefault((cell.concept, cell.region.code, cell.year, cell.scope), []).append(cell)
    cells = [group[0] for group in found]
    wanted_rows = {cell.record_id for cell in cells if cell.table == "indicators"}
    of_tables = {row["indicator_id"]: row for row in data.rows("indicators") if row["indicator_id"] in wanted_rows}
    ordered = sorted(cells, key=lambda cell: (cell.concept, cell.year, cell.scope or "", depth(cell.region.level), cell.place))
    rows = [_row(cell, _target_above(cell, every), of_tables.get(cell.record_id)) for cell in ordered]
    return table_of(CASCADE, rows)


def depth(level: str | None) -> int:
    """How far down a level stands; what is of none stands last."""
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def _target_above(cell: Cell, every: Mapping[tuple[Any, ...], Sequence[Cell]]) -> Cell | None:
    """The target above it: of the nearest region, then of the same period and field, then of the best record."""

    def distance(one: Cell) -> tuple[Any, ...]:
        return *(one.plan[name] != cell.plan[name] for name in ("period_end", "period_start", "domain")), one.rank

    for code in above(cell.region):
        if found := every.get((cell.concept, code, cell.year, cell.scope)):
            return min(found, key=distance)
    return None


def _row(cell: Cell, over: Cell | None, row: Mapping[str, Any] | None) -> tuple[Any, ...]:
    concept = concept_of(cell.concept, cell.unit)
    header, stated = _stated(cell, row) if row else (None, None)
    reference = over.value if over else stated
    gap = None if reference is None or concept.adds_up else cell.value - reference
    share = round(cell.value / reference * 100, DECIMAL_SCALE) if reference and concept.adds_up else None
    meets = None if gap is None or concept.direction == "stay" else gap >= 0 if concept.direction == "up" else gap <= 0
    told: dict[str, Any] = {
        "concept": cell.concept, "year": cell.year, "scope": cell.scope, "region": cell.region.name or None,
        "region_code": cell.region.code, "region_level": cell.region.level, "value_norm": cell.value, "unit_norm": concept.unit,
        "comparator": cell.comparator, "gap": gap, "meets": meets, "share": share, "stated_header": header, "stated_value": stated,
        "record_id": cell.record_id, "doc_id": cell.plan["doc_id"],
        "stated_agrees": stated == over.value if over and stated is not None else None,
    }  # fmt: skip
    if over:
        told |= {
            "above_region": over.region.name, "above_code": over.region.code, "above_value": over.value,
            "above_comparator": over.comparator, "above_record_id": over.record_id, "above_doc_id": over.plan["doc_id"],
        }  # fmt: skip
    return tuple(told.get(name) for name in COLUMNS)


def _stated(cell: Cell, row: Mapping[str, Any]) -> tuple[str | None, Decimal | None]:
    """The header and value of the column in which the own table states the target above, for the same year."""
    found = stated_above(row, cell.plan["region"])
    if found is None or parse_years(found.header)[1] not in (None, cell.year):
        return None, None
    linked = link(row["name"], found.unit)
    norm = linked.norm(found.value, found.comparator) if linked and linked.concept.name == cell.concept else None
    return (found.header, norm) if norm is not None else (None, None)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a table states of the plan above: the header of the column, and the value in the unit of its cell, else its header, else its row."""

    header: str
    value: Decimal
    unit: str | None
    comparator: str | None

    def beside(self, row: Mapping[str, Any]) -> Decimal | None:
        """The value in the row's own unit; None where the two measure different things, or one is a change and the other none."""
        if (self.comparator in CHANGES) != (row["comparator"] in CHANGES):
            return None
        own, to = unit_of(self.unit or ""), unit_of(row["unit"] or "")
        return self.value if self.unit == row["unit"] else convert(self.value, own, to) if own and to else None


def stated_above(row: Mapping[str, Any], own: str | None) -> Stated | None:
    """What a row of indicators has in a further column with the target of the level above the region ``own``."""
    cells = row["other_cells"]
    for header, cell in cells.items() if isinstance(cells, Mapping) else cells:
        if _ABOVE.search(header) and _TARGET.search(header) and (own or "\0") not in header:
            held = parse_cell(cell)
            unit = held.unit or unit_in(header) or row["unit"]
            value = in_unit(held, unit)
            if value is not None:
                return Stated(header, value, unit, held.comparator)
    return None
