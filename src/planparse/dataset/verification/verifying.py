"""A dataset against its own sources, document by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

import pyarrow as pa

from planparse.dataset.reader import Dataset
from planparse.dataset.verification.cells import indicators
from planparse.dataset.verification.context import Checked, Row
from planparse.dataset.verification.faults import Failed, Fault, fault
from planparse.dataset.verification.keys import key_faults
from planparse.dataset.verification.papers import documents, findings
from planparse.dataset.verification.relations import relations
from planparse.dataset.verification.rereading import targets
from planparse.dataset.verification.rows import goals, projects, sections, tasks
from planparse.dataset.verification.wording import SourceWording
from planparse.extract import clock_of
from planparse.model.records import IDENTIFIERS

CHECKS = {
    check.__name__: check for check in (documents, sections, goals, tasks, projects, indicators, targets, findings)
}
"""What does not hold of one row, by table."""
RECORDS = ("sections", "goals", "tasks", "projects", "indicators")
SOURCES_AT_ONCE = 64
"""Source texts that are held in memory at a time."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what does not hold."""

    documents: int
    records: int
    faults: tuple[Fault, ...]


def verify(data: Dataset) -> Verified:
    """All records of a dataset derived again from their spans of ``sources``, and all keys, references and spans."""
    tables = {name: data.table(name) for name in CHECKS}
    faults = list(dict.fromkeys(key_faults(tables | {"sources": data.table("sources")})))
    runs = {name: _runs(table) for name, table in tables.items()}
    for source in data.rows("sources", at_once=SOURCES_AT_ONCE):
        rows = {name: _rows(tables[name], runs[name].get(source["doc_id"], [])) for name in CHECKS}
        if rows["documents"]:
            faults += _of_document(source["text"], rows)
    return Verified(len(tables["documents"]), sum(map(len, tables.values())), tuple(dict.fromkeys(faults)))


def _runs(table: pa.Table) -> dict[str | None, list[tuple[int, int]]]:
    """Where the rows of each document stand: (first, number), mostly once."""
    found: dict[str | None, list[tuple[int, int]]] = {}
    start = 0
    for doc_id, same in groupby(table.column("doc_id").to_pylist()):
        length = sum(1 for _ in same)
        found.setdefault(doc_id, []).append((start, length))
        start += length
    return found


def _rows(table: pa.Table, runs: list[tuple[int, int]]) -> list[Row]:
    return [row for start, length in runs for row in table.slice(start, length).to_pylist()]


def _of_document(text: str, rows: dict[str, list[Row]]) -> Iterator[Fault]:
    document = rows["documents"][0]
    source = SourceWording(text, document["media_type"], document["script"], rows["findings"])
    named = {row[IDENTIFIERS[name]]: (name, row) for name in ("sections", "goals", "tasks", "projects") for row in rows[name] if row[IDENTIFIERS[name]]}
    bounds = Counter(row[column] for name in RECORDS for row in rows[name] for column in ("source_start", "source_end"))
    checked = Checked(document, source, rows, named, clock_of(document), bounds)
    for name, found in rows.items():
        for row, failed in (*_failures(name, found, checked), *relations(name, found, checked)):
            yield fault(name, row[IDENTIFIERS[name]], failed)
    yield from _tables(rows["indicators"])
    yield from _pages(rows)


def _failures(name: str, rows: list[Row], doc: Checked) -> Iterator[tuple[Row, Failed]]:
    for row in rows:
        start, end = row.get("source_start"), row.get("source_end")
        if start is None or end is None or 0 <= start <= end <= doc.source.length:  # else told by its span already
            yield from ((row, failed) for failed in CHECKS[name](row, doc))


def _tables(rows: list[Row]) -> Iterator[Fault]:
    """The rows of one table have one year of base and one of target, but for cells that state their own."""
    for _, same in groupby(rows, itemgetter("table_id")):
        table = list(same)
        for column, raw in (("baseline_year", "baseline_raw"), ("target_year", "target_raw")):
            plain = [row for row in table if row[raw] is not None and "年" not in row[raw]]
            years = [row[column] for row in plain]
            usual = max(years, key=years.count, default=None)
            for row in plain:
                if row[column] != usual and years.count(row[column]) == 1 < years.count(usual):
                    yield fault("indicators", row["indicator_id"], Failed(column, row[column], usual))


def _pages(rows: dict[str, list[Row]]) -> Iterator[Fault]:
    """Pages rise as their spans do: a page between two that agree is theirs, too."""
    placed: list[tuple[int, int, str, Any]] = sorted(
        (row["source_start"], row["page"], name, row[IDENTIFIERS[name]])
        for name, found in rows.items()
        for row in found
        if row.get("page") is not None and row.get("source_start") is not None
    )
    for (before, this), (_, after) in pairwise(pairwise(placed)):
        if before[1] <= after[1] and not before[1] <= this[1] <= after[1]:
            yield fault(this[2], this[3], Failed("page", this[1], f"{before[1]}-{after[1]}"))
