"""Which documents are copies of which: mirrors and reposts, found from the sketches that the document rows carry.

Nothing is read again for it: a sketch is made when a document is read, and stays with its row.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import pyarrow as pa

from planparse.dataset.columns import strings
from planparse.language.likeness import BINS, ROWS, Sketch
from planparse.model.options import Options

MOST_COMPARED = 64
"""Documents compared with one at most for one shared key: a key that so many share is an office's formula, not a copy."""
COLUMNS = ("doc_id", "body_sketch", "region", "region_code", "period_start", "period_end")
LINK = "duplicate_of"


@dataclass(frozen=True, slots=True)
class Body:
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

    def likeness(self, fuller: Body, options: Options) -> float | None:
        """How alike it is to a fuller document that it is a copy of; None where it is no copy of it."""
        if _differ(self.region, fuller.region) or any(map(_differ, self.period, fuller.period)):
            return None
        likeness = self.sketch.likeness(fuller.sketch)
        if likeness < options.thresholds.copy_likeness or self.sketch.containment(fuller.sketch) < options.copy_share:
            return None
        return likeness


def find_duplicates(batches: Iterable[pa.RecordBatch], options: Options) -> dict[str, str]:
    """Each copy's ``doc_id`` with that of the fullest document it is a copy of, from rows of ``documents``.

    A document is a copy if at least ``copy_share`` of the clauses of the shorter stand in the longer one, they are not
    too different in length (``copy_likeness``), and they do not name different regions or periods: counties adopt each other's plans word for word.
    """
    ordered = sorted(bodies(batches), key=lambda body: body.fullness)
    sharing = _Sharing(ordered)
    copies: dict[str, str] = {}

    def alike() -> Iterator[tuple[str, str, float]]:
        for at, body in enumerate(ordered):
            for fuller in map(ordered.__getitem__, sharing.fuller(at)):
                likeness = body.likeness(fuller, options) if fuller.doc_id not in copies else None
                if likeness is not None:
                    yield body.doc_id, fuller.doc_id, likeness

    settle(alike(), copies)
    return copies


def settle(alike: Iterable[tuple[str, str, float]], copies: dict[str, str]) -> None:
    """Put into ``copies`` each copy with the most alike document that is no copy itself; of equally alike ones the fullest.

    ``alike`` tells of each document which fuller ones it is a copy of, and how alike: the fullest first in both places.
    It may look into ``copies`` to save itself comparisons.
    """
    for copy, several in groupby(alike, itemgetter(0)):
        most = 0.0
        for _, fuller, likeness in several:
            if fuller not in copies and likeness > most:
                most, copies[copy] = likeness, fuller


def bodies(batches: Iterable[pa.RecordBatch]) -> Iterator[Body]:
    """The documents that have a sketch, in the order of the rows."""
    place = 0
    for batch in batches:
        for row in batch.select(COLUMNS).to_pylist():
            sketch = Sketch.decode(row["body_sketch"] or "")
            if sketch:
                region = row["region_code"] or row["region"]
                period = (row["period_start"], row["period_end"])
                yield Body(row["doc_id"], place, sketch, region, period)
            place += 1


class _Sharing:
    """Who shares a key with whom. Groups that share several keys are kept once, since mirrors share nearly all of theirs."""

    def __init__(self, bodies: Sequence[Body]) -> None:
        numbers: dict[tuple[int, ...], int] = {}
        self._groups_of: dict[int, array[int]] = {}
        for band in range(BINS // ROWS):  # one key at a time, so that memory stays small
            sharing: dict[bytes, list[int]] = {}
            for at, body in enumerate(bodies):
                sharing.setdefault(body.sketch.band(band), []).append(at)
            for members in sharing.values():
                if len(members) > 1:
                    number = numbers.setdefault(tuple(members[:MOST_COMPARED]), len(numbers))
                    for at in members[1:]:
                        groups = self._groups_of.setdefault(at, array("I"))
                        if number not in groups:
                            groups.append(number)
        self._groups = tuple(numbers)

    def fuller(self, at: int) -> list[int]:
        """The places of the fuller documents that share a key with this one, the fullest first."""
        groups = self._groups_of.get(at, ())
        return sorted({other for number in groups for other in self._groups[number] if other < at})


def _differ(one: str | int | None, other: str | int | None) -> bool:
    return one is not None and other is not None and one != other


def with_links(batch: pa.RecordBatch, copies: Mapping[str, str]) -> pa.RecordBatch:
    """Rows of ``documents`` with what they are copies of."""
    at = batch.schema.get_field_index(LINK)
    links = [copies.get(doc_id) for doc_id in batch.column("doc_id").to_pylist()]
    column = strings(links)
    arrays = [column if index == at else array for index, array in enumerate(batch.columns)]
    return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)
