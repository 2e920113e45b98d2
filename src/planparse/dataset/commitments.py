"""What became of a place's commitments from one period to the next, by concept: kept, raised, lowered, dropped, new."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from planparse.concepts import Concept, concept_of
from planparse.dataset.columns import VALUE, schema_of, table_of
from planparse.dataset.panel import TARGET, Cell, groups, is_of, no_place
from planparse.model.findings import UsageError

if TYPE_CHECKING:
    from planparse.dataset.reader import Dataset

KEPT, RAISED, LOWERED, DROPPED, NEW, CHANGED = "kept", "raised", "lowered", "dropped", "new", "changed"
"""``raised`` and ``lowered`` are by the direction that is wanted; ``changed`` where none is."""
COMMITMENTS = schema_of(
    (
        "region", "concept", "scope", "became", "old_year", "old_value", "new_year", "new_value", "unit_norm", "old_record_id",
        "new_record_id",
    ),
    {"old_year": pa.int32(), "old_value": VALUE, "new_year": pa.int32(), "new_value": VALUE},
)  # fmt: skip


def commitments(data: Dataset, place: str, old: int | None = None, new: int | None = None) -> pa.Table:
    """The targets of a place (name or GB/T 2260 code) for the last years of two periods, side by side by concept and scope.

    Without ``old`` and ``new`` the last two periods that its plans set targets for. PM2.5浓度 from 38 to 35 is raised: the place wants more
    of itself. Raises UsageError where there is no such place, or not two periods of it.
    """
    every = [group[0] for group in groups(data) if group[0].measure == TARGET]
    own = [cell for cell in every if is_of(place, cell.region.name, cell.region.code)]
    if not own:
        raise no_place(place, (cell.region.name for cell in every))
    old, new = (None if year is None else int(year) for year in (old, new))  # of a table of strings, too
    ends = sorted({cell.year for cell in own if cell.year == cell.plan["period_end"]})
    new = new if new is not None else max(ends, default=None)
    old = old if old is not None else max((end for end in ends if new is not None and end < new), default=None)
    if old is None or new is None:
        raise UsageError(f"The plans of {place} set targets for {_listed(ends)}; two periods are needed.")
    before, after = _of_year(own, old), _of_year(own, new)
    if not before or not after:
        raise UsageError(f"The plans of {place} set no targets for {new if before else old}; they do for {', '.join(map(str, sorted({c.year for c in own})))}.")
    rows = [_row(before.get(key), after.get(key)) for key in sorted(before.keys() | after.keys())]
    return table_of(COMMITMENTS, rows)


def _listed(ends: Iterable[int]) -> str:
    return f"the period to {', '.join(map(str, ends))} alone" if ends else "no last year of a period"


def _of_year(cells: Iterable[Cell], year: int) -> dict[tuple[str, str], Cell]:
    return {(cell.concept, cell.scope or ""): cell for cell in cells if cell.year == year}


def _row(old: Cell | None, new: Cell | None) -> tuple[Any, ...]:
    one = new or old
    assert one is not None
    concept = concept_of(one.concept, one.unit)
    sides = ((cell.year, cell.value) if cell else (None, None) for cell in (old, new))
    identifiers = (cell.record_id if cell else None for cell in (old, new))
    values = [value for side in sides for value in side]
    return one.region.name or None, concept.name, one.scope, _became(concept, old, new), *values, concept.unit, *identifiers


def _became(concept: Concept, old: Cell | None, new: Cell | None) -> str:
    if old is None or new is None:
        return NEW if old is None else DROPPED
    if old.value == new.value:
        return KEPT
    if concept.direction == "stay":
        return CHANGED
    return RAISED if (new.value > old.value) == (concept.direction == "up") else LOWERED
