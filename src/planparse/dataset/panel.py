"""The panel: region × concept × year × {baseline, target}, from the indicators and targets that link to a concept.

Copies of a plan count once. Records that say the same of a region, concept, scope, year and measure are one row, whose record is the
one to be trusted most; where they say different things, each value is a row of its own, flagged as in conflict.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from planparse.concepts import concept_of, concepts, meanings
from planparse.concepts.catalogue import CHANGE
from planparse.concepts.folding import fold
from planparse.dataset.columns import VALUE, schema_of, strings, table_of
from planparse.language.regions import NATIONAL, Region, above, leading_region, level_of_code, lookup, official_name
from planparse.model.findings import UsageError
from planparse.model.records import IDENTIFIERS, Basis, PlanKind, RegionLevel, Trust

if TYPE_CHECKING:
    from planparse.dataset.reader import Dataset

BASELINE, TARGET = "baseline", "target"
TRUSTS = (Trust.SOUND, Trust.DOUBTFUL, Trust.POOR, Trust.NOT_A_PLAN)
"""The best first."""
PANEL = schema_of(
    (
        "region", "region_code", "region_level", "parent_code", "concept", "scope", "year", "measure", "value_norm", "unit_norm",
        "comparator", "conflict", "records", "name", "table", "record_id", "doc_id", "plan_kind", "period_start", "period_end",
        "domain", "trust",
    ),
    {"value_norm": VALUE, "conflict": pa.bool_()} | dict.fromkeys(("year", "records", "period_start", "period_end"), pa.int32()),
)  # fmt: skip
"""The columns. ``scope`` is the part that the name is about (农村); ``records`` is how many records say the same."""
WIDE = ("region", "region_code", "region_level", "concept", "scope", "unit_norm", "measure")
"""What names a row of the wide panel; a column for each year stands behind."""
PLANS = (
    "doc_id", "title", "region", "region_code", "region_level", "plan_kind", "period_start", "period_end", "domain", "trust", "duplicate_of",
)  # fmt: skip


INDUSTRY = "行业"
"""In the title of a plan, its figures are of that industry, not of all that its region has."""
YEARLY = "年均"
"""A growth of 6% a year over five is not to be held against the 5% of the last one."""
# A clause that a local plan says of the country. Example: 到2030年，我国非化石能源消费比重将达到25%左右
_OF_THE_COUNTRY = re.compile(r"(?:^|[，。；：“、])我国")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one record says of a region, concept and year. ``place`` tells regions apart, those without a code by name."""

    place: str
    region: Region
    concept: str
    unit: str
    scope: str | None
    year: int
    measure: str
    value: Decimal
    comparator: str | None
    name: str
    table: str
    record_id: str
    plan: dict[str, Any]

    @property
    def key(self) -> tuple[str, str, str, int, str]:
        """What a panel has one value for."""
        return self.place, self.concept, self.scope or "", self.year, self.measure

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Sorts the record to be trusted most first: of a sound document, of a table, of a five-year plan."""
        kind = self.plan["plan_kind"]
        return TRUSTS.index(self.plan["trust"]), self.table != "indicators", kind != PlanKind.FIVE_YEAR_PLAN, self.record_id


def panel(data: Dataset, wanted: Collection[str] | None = None) -> pa.Table:
    """All rows of the panel, or those of some concepts, in the order of concepts, regions and years.

    Raises UsageError for a concept that neither the catalogue nor the dataset has.
    """
    rows = []
    for cells in groups(data, wanted):
        values = dict.fromkeys(cell.value for cell in cells)
        conflict = any(not _agree(*pair) for pair in combinations(cells, 2))
        for value in values:
            same = [cell for cell in cells if cell.value == value]
            rows.append(_row(same[0], len(same), conflict))
    return table_of(PANEL, rows)


def _agree(one: Cell, other: Cell) -> bool:
    """Whether two records say the same, or one document names a bound (1500万千瓦以上) and a value that keeps it (1526)."""
    if one.value == other.value:
        return True
    bound, value = (one, other) if other.comparator in (None, "eq") else (other, one)
    if one.plan is not other.plan or value.comparator not in (None, "eq"):
        return False
    return bound.comparator in (("ge", "gt") if value.value > bound.value else ("le", "lt"))


def wide(data: Dataset, wanted: Collection[str] | None = None) -> pa.Table:
    """The panel with a column for each year; of values in conflict, the one of the record to be trusted most."""
    lines: dict[tuple[Any, ...], dict[int, Decimal]] = {}
    for cells in groups(data, wanted):
        one = cells[0]
        head = (*_named(one), one.concept, one.scope, one.unit, one.measure)
        lines.setdefault(head, {})[one.year] = one.value
    years = sorted({year for values in lines.values() for year in values})
    schema = schema_of((*WIDE, *map(str, years)), {str(year): VALUE for year in years})
    return table_of(schema, [(*head, *(values.get(year) for year in years)) for head, values in lines.items()])


def groups(data: Dataset, wanted: Collection[str] | None = None) -> Iterator[list[Cell]]:
    """The cells that have one key, the one to be trusted most first; keys in the order of concepts, regions and years."""
    wanted = (wanted,) if isinstance(wanted, str) else wanted
    found: dict[tuple[str, str, str, int, str], list[Cell]] = {}
    for cell in _cells(data, wanted):
        found.setdefault(cell.key, []).append(cell)
    known = concepts().keys() | {key[1] for key in found}
    if unknown := [name for name in wanted or () if name not in known]:
        meant = ", ".join(meanings(unknown[0]).concepts)
        hint = f"it is called {meant}" if meant else "planparse concepts --known lists them"
        raise UsageError(f"The catalogue has no concept {unknown[0]}; {hint}.")
    for key in sorted(found, key=lambda key: (key[1], key[0], *key[2:])):
        yield sorted(found[key], key=lambda cell: cell.rank)


def _cells(data: Dataset, wanted: Collection[str] | None) -> Iterator[Cell]:
    documents = {row["doc_id"]: row for row in data.table("documents").select(PLANS).to_pylist() if row["duplicate_of"] is None}
    for table, name in (("indicators", "name"), ("targets", "subject")):
        for row in _linked(data, table, wanted):
            plan = documents.get(row["doc_id"])
            if plan is None:
                continue
            place, region = _region(plan, row[name], row.get("sentence") or "")
            scope = _scope(row, plan, name)
            for measure, value, year in MEASURES[table]:
                if row[value] is not None and row[year] is not None:
                    binds = None if measure == BASELINE else row["comparator"]
                    yield Cell(
                        place, region, row["concept"], row["unit_norm"], scope, row[year], measure, row[value], binds, row[name], table,
                        row[IDENTIFIERS[table]], plan,
                    )  # fmt: skip


MEASURES = {
    "indicators": ((BASELINE, "baseline_norm", "baseline_year"), (TARGET, "target_norm", "target_year")),
    "targets": ((TARGET, "value_norm", "deadline_year"),),
}
"""Of each table, the values that a row gives: measure, value, year."""


def _linked(data: Dataset, table: str, wanted: Collection[str] | None) -> Iterator[dict[str, Any]]:
    for batch in data.batches(table):
        linked = batch.column("concept")
        yield from batch.filter(pc.is_valid(linked) if wanted is None else pc.is_in(linked, value_set=strings(wanted))).to_pylist()


def _region(plan: dict[str, Any], name: str, sentence: str) -> tuple[str, Region]:
    """The region that a record is of: the one that its name begins with, the country that its sentence speaks of, else the document's."""
    code = plan["region_code"]
    named = leading_region(fold(name).text, code)
    if named:
        code = named[0].code
    elif plan["region_level"] == RegionLevel.NATIONAL or _OF_THE_COUNTRY.search(sentence.partition(name)[0]):
        code = NATIONAL
    if code is None:
        return plan["region"] or plan["doc_id"], Region(plan["region"] or "", plan["region_level"], None)
    level = RegionLevel.NATIONAL if code == NATIONAL else level_of_code(code)
    return code, Region(official_name(code) or plan["region"] or "", level, code)


def _scope(row: dict[str, Any], plan: dict[str, Any], name: str) -> str | None:
    """The part that a record is about: that of its name, else the plan's industry; and whether a change is the average of several years."""
    part = row.get("scope") or (INDUSTRY if INDUSTRY in (plan["title"] or "") else None)
    averaged = row.get("per_year") or row.get("basis") == Basis.PERIOD_AVERAGE or YEARLY in row[name]
    averaged = averaged and concept_of(row["concept"], row["unit_norm"]).kind == CHANGE
    return " · ".join(filter(None, (part, YEARLY if averaged else None))) or None


def _named(cell: Cell) -> Sequence[str | None]:
    return cell.region.name or None, cell.region.code, cell.region.level


def is_of(place: str, name: str | None, code: str | None) -> bool:
    """Whether a region, by its name and code, is the place asked for: by name (a short or a former one, too) or by code."""
    found = lookup(place)
    return place in (name, code) or bool(found and code and found.code == code)


def no_place(place: str, names: Iterable[str | None]) -> UsageError:
    """That no plan is of a place, with the regions whose names hold what was given: 平湖 → 平湖市."""
    meant = sorted({name for name in names if name and place and place in name})[:5]
    hint = f"; there is {', '.join(meant)}" if meant else ""
    return UsageError(f"No plan in the dataset sets a target of the catalogue for {place}{hint}.")


def _row(cell: Cell, records: int, conflict: bool) -> tuple[Any, ...]:
    higher = above(cell.region)
    plan = cell.plan
    return (
        *_named(cell), higher[0] if higher else None, cell.concept, cell.scope, cell.year, cell.measure, cell.value,
        cell.unit, cell.comparator, conflict, records, cell.name, cell.table, cell.record_id, plan["doc_id"],
        plan["plan_kind"], plan["period_start"], plan["period_end"], plan["domain"], plan["trust"],
    )  # fmt: skip
