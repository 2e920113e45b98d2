"""Which documents are copies of which: mirrors and reposts, found from the sketches that the document rows carry.

Nothing is read again for it: a sketch is made when a document is read, and stays with its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from planparse.dataset.columns import encode_columns
from planparse.language.likeness import BINS, ROWS, Sketch

LEAST_LIKENESS = 0.4
"""Below it the longer text is another document that the shorter one stands in; sketches tell such pairs badly, too."""
MOST_COMPARED = 64
"""Documents compared with one at most for one shared key: a key that so many share is an office's formula, not a copy."""
COLUMNS = ("doc_id", "body_sketch", "region", "region_code", "period_start", "period_end")
LINK = "duplicate_of"


@dataclass(frozen=True, slots=True)
class _Body:
    """A document as far as copies are told by it."""

    doc_id: str
    place: int
    sketch: Sketch
    region: str | None
    period: tuple[int | None, int | None]

    @property
    def fullness(self) -> tuple[int, int]:
        """Sorts the fullest first; of equally full ones the first in the corpus. (Characters may be a page's furniture.)"""
        return (-self.sketch.count, self.place)


def find_duplicates(batches: Iterable[pa.RecordBatch], containment: float) -> dict[str, str]:
    """Each copy's ``doc_id`` with that of the fullest document it is a copy of, from rows of ``documents``.

    A document is a copy if at least ``containment`` of the clauses of the shorter stand in the longer one, they are not
    too different in length, and they do not name different regions or periods: counties adopt each other's plans word for word.
    """
    bodies = sorted(_bodies(batches), key=lambda body: body.fullness)
    candidates = _candidates(bodies)
    copies: dict[str, str] = {}
    for at, body in enumerate(bodies):
        originals = [bodies[other] for other in sorted(candidates.get(at, ())) if bodies[other].doc_id not in copies]
        alike = [other for other in originals if _is_copy(body, other, containment)]
        if alike:
            copies[body.doc_id] = max(alike, key=lambda other: body.sketch.likeness(other.sketch)).doc_id
    return copies


def _bodies(batches: Iterable[pa.RecordBatch]) -> Iterable[_Body]:
    place = 0
    for batch in batches:
        for row in batch.select(COLUMNS).to_pylist():
            sketch = Sketch.decode(row["body_sketch"] or "")
            if sketch:
                region = row["region_code"] or row["region"]
                period = (row["period_start"], row["period_end"])
                yield _Body(row["doc_id"], place, sketch, region, period)
            place += 1


def _candidates(bodies: Sequence[_Body]) -> dict[int, set[int]]:
    """For each document the fuller ones that share a key with it. One key at a time, so that memory stays small."""
    found: dict[int, set[int]] = {}
    for band in range(BINS // ROWS):
        sharing: dict[bytes, list[int]] = {}
        for at, body in enumerate(bodies):
            before = sharing.setdefault(body.sketch.band(band), [])
            if before:
                found.setdefault(at, set()).update(before)
            if len(before) < MOST_COMPARED:
                before.append(at)
    return found


def _is_copy(body: _Body, fuller: _Body, containment: float) -> bool:
    if _differ(body.region, fuller.region) or any(map(_differ, body.period, fuller.period)):
        return False
    likeness = body.sketch.likeness(fuller.sketch)
    return likeness >= LEAST_LIKENESS and body.sketch.containment(fuller.sketch) >= containment


def _differ(one: str | int | None, other: str | int | None) -> bool:
    return one is not None and other is not None and one != other


def with_links(batch: pa.RecordBatch, copies: Mapping[str, str]) -> pa.RecordBatch:
    """Rows of ``documents`` with what they are copies of."""
    at = batch.schema.get_field_index(LINK)
    links = [copies.get(doc_id) for doc_id in batch.column("doc_id").to_pylist()]
    column = encode_columns(pa.schema([batch.schema.field(at)]), [links]).column(0)
    arrays = [column if index == at else array for index, array in enumerate(batch.columns)]
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)
