"""Places side by side: each one's way from its baseline to a target, and what the plan above asks for. Plots and pages draw it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planparse.concepts import Concept, concept_of
from planparse.dataset.cascade import cascades, depth
from planparse.dataset.panel import TARGET, is_of, panel

if TYPE_CHECKING:
    from planparse.dataset.reader import Dataset

Row = Mapping[str, Any]
WIDELY = 50
"""From this ratio of the largest value to the least on, what adds up (亿元 of a province and of a county) needs a logarithmic axis."""


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """One place, concept, scope and year: rows of the panel, and the row of the cascade.

    ``rivals`` are targets that contradict the one to be trusted most. The baseline is that of the same record,
    else the last before the target's year.
    """

    target: Row
    rivals: tuple[Row, ...]
    baseline: Row | None
    above: Row

    @property
    def concept(self) -> Concept:
        """What it is of."""
        return concept_of(self.target["concept"], self.target["unit_norm"])

    @property
    def place(self) -> str:
        """The place, with the part that is meant: 嘉兴市 · 农村."""
        return " · ".join(filter(None, (self.target["region"], self.target["scope"]))) or str(self.target["doc_id"])

    @property
    def years(self) -> str:
        """From when to when: 2020→2025."""
        return "→".join(str(row["year"]) for row in (self.baseline, self.target) if row)

    @property
    def reference(self) -> tuple[str, float] | None:
        """Whose target stands above (a place, or the header of a column of its own table), and that target.

        None where none is known, and of what adds up: a province's 亿元 are no measure for a city's.
        """
        row = self.above
        name, value = (row["above_region"], row["above_value"]) if row["above_value"] is not None else (row["stated_header"], row["stated_value"])
        return None if value is None or self.concept.adds_up else (str(name), float(value))

    @property
    def short(self) -> bool:
        """Whether it does not reach the target above."""
        return self.reference is not None and self.above["meets"] is False

    @property
    def conflict(self) -> bool:
        """Whether records contradict each other in its target or its baseline."""
        return bool(self.target["conflict"] or (self.baseline and self.baseline["conflict"]))

    @property
    def values(self) -> list[float]:
        """All that stands on the axis."""
        rows = (self.target, *self.rivals, *([self.baseline] if self.baseline else []))
        return [float(row["value_norm"]) for row in rows] + ([self.reference[1]] if self.reference else [])


@dataclass(frozen=True, slots=True)
class Block:
    """Dumbbells of one year, part and level that the same plan above is set over; ``reference`` is None where there is none."""

    reference: tuple[str, float] | None
    dumbbells: list[Dumbbell]


def dumbbells(data: Dataset, wanted: Collection[str] | None = None) -> list[Dumbbell]:
    """Those of some concepts, or of all, in the order of the panel. Raises UsageError for a concept that the catalogue does not have."""
    above = {row["record_id"]: row for row in cascades(data, wanted).to_pylist()}
    places: dict[tuple[Any, ...], dict[tuple[str, int], list[Row]]] = {}
    for row in panel(data, wanted).to_pylist():
        # Places without a code or a name are told apart by their documents, as in the panel.
        key = row["concept"], row["region_code"] or row["region"] or row["doc_id"], row["scope"]
        places.setdefault(key, {}).setdefault((row["measure"], row["year"]), []).append(row)
    return [
        Dumbbell(rows[0], tuple(rows[1:]) if rows[0]["conflict"] else (), _baseline(found, rows[0]), above[rows[0]["record_id"]])
        for found in places.values()
        for (measure, _), rows in found.items()
        if measure == TARGET
    ]


def _baseline(found: Mapping[tuple[str, int], list[Row]], target: Row) -> Row | None:
    """That of the target's own record, else the last before its year, of the record to be trusted most."""
    before = sorted((key for key in found if key[0] != TARGET and key[1] < target["year"]), key=lambda key: -key[1])
    rows = [row for key in before for row in found[key]]
    return next((row for row in rows if row["record_id"] == target["record_id"]), rows[0] if rows else None)


def blocks(found: Iterable[Dumbbell]) -> list[Block]:
    """Those of one concept by year, part, level and plan above, the highest level first; within, the largest target first."""
    made: dict[tuple[Any, ...], list[Dumbbell]] = {}
    for one in found:
        key = one.target["year"], one.target["scope"] or "", depth(one.target["region_level"]), one.reference is None, one.reference or ()
        made.setdefault(key, []).append(one)
    return [
        Block(key[-1] or None, sorted(made[key], key=lambda one: (-float(one.target["value_norm"]), one.place)))
        for key in sorted(made)
    ]


def logarithmic(found: Iterable[Dumbbell]) -> bool:
    """Whether the values of one concept need a logarithmic axis."""
    values = [value for one in found if one.concept.adds_up for value in one.values]
    return bool(values) and min(values) > 0 and max(values) >= WIDELY * min(values)


def of_place(found: Iterable[Dumbbell], place: str) -> list[Dumbbell]:
    """Those of one place, by its name or its code of GB/T 2260."""
    return [one for one in found if is_of(place, one.target["region"], one.target["region_code"])]
