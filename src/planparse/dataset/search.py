"""Words in the records of all documents: ``Dataset.search`` and ``planparse search``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from planparse.dataset.columns import schema_of, table_of
from planparse.language.script import to_simplified
from planparse.model.findings import UsageError
from planparse.model.records import IDENTIFIERS

if TYPE_CHECKING:
    from planparse.dataset.reader import Dataset


class Place(NamedTuple):
    """Where a table says what. ``text`` is the column that holds the name in its sentence."""

    name: str
    text: str
    searched: tuple[str, ...]
    value: str | None = None
    unit: str | None = None
    year: str | None = None


PLACES = {
    "sections": Place("title", "text", ("title", "text")),
    "goals": Place("label", "text", ("label", "text"), year="horizon_year"),
    "tasks": Place("title", "text", ("title", "text"), year="end_year"),
    "projects": Place("name", "content", ("name", "content", "category"), "investment_wan", None, "end_year"),
    "indicators": Place("name", "caption", ("name", "category", "caption"), "target_value", "unit", "target_year"),
    "targets": Place("subject", "sentence", ("subject", "sentence"), "value", "unit", "deadline_year"),
}
HEAD = 30
"""Characters of the text by which a record without a name is called."""
WAN = "万元"
"""The unit of investments."""
_QUOTES = dict.fromkeys(map(ord, "\"'“”‘’「」『』"), " ")
"""Quotation marks part words: texts have them within names (“专精特新”企业), and who searches puts them around."""
FOUND = schema_of(
    ("table", "record_id", "name", "value", "unit", "year", "region", "document", "text", "trust", "duplicate_of", "doc_id"),
    {"value": pa.float64(), "year": pa.int32()},
)


def search(
    data: Dataset, words: str, tables: Sequence[str], most: int | None = None, copies: bool = False
) -> pa.Table:
    """The records that hold all words; see ``Dataset.search``."""
    wanted = to_simplified(words).translate(_QUOTES).split()
    if not wanted:
        raise UsageError("Give the words to search for, such as 森林覆盖率.")
    tables = (tables,) if isinstance(tables, str) else tables
    if unknown := [name for name in tables if name not in PLACES]:
        raise KeyError(f"records of {unknown[0]!r} cannot be searched; there are {', '.join(PLACES)}")
    kept = ("doc_id", "title", "source_path", "region", "trust", "duplicate_of")
    documents = {row["doc_id"]: row for row in data.table("documents").select(kept).to_pylist()}
    rows: list[tuple[Any, ...]] = []
    for name in tables:
        for row in _matching(data, name, wanted):
            if len(rows) == most:
                break
            document = documents[row["doc_id"]]
            if copies or document["duplicate_of"] is None:
                rows.append(_found(name, row, document))
    return table_of(FOUND, rows)


def _matching(data: Dataset, name: str, wanted: Sequence[str]) -> Iterator[dict[str, Any]]:
    for batch in data.batches(name):
        for word in wanted:
            texts = [batch.column(column) for column in PLACES[name].searched]
            joined = pc.binary_join_element_wise(*texts, "\n", null_handling="skip")
            batch = batch.filter(pc.match_substring(joined, word, ignore_case=True))
            if not batch.num_rows:
                break
        yield from batch.to_pylist()


def _found(table: str, row: dict[str, Any], document: dict[str, Any]) -> tuple[Any, ...]:
    place = PLACES[table]
    value: Decimal | None = row[place.value] if place.value else None
    unit = row[place.unit] if place.unit else WAN if value is not None else None
    return (
        table,
        row[IDENTIFIERS[table]],
        row[place.name] or (row[place.text] or "")[:HEAD],
        None if value is None else float(value),
        unit,
        row[place.year] if place.year else None,
        document["region"],
        document["title"] or document["source_path"],
        row[place.text],
        document["trust"],
        document["duplicate_of"],
        row["doc_id"],
    )
