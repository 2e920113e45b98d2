"""The names that no concept of the catalogue fits, the most frequent first: what a user may want to add words for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from planparse.concepts import concepts
from planparse.concepts.folding import fold
from planparse.dataset.columns import schema_of, table_of
from planparse.model.records import IDENTIFIERS

if TYPE_CHECKING:
    from planparse.dataset.reader import Dataset

NAMES = {"indicators": "name", "targets": "subject"}
"""The tables that link to concepts, and the column that names what is measured."""
FOUND = schema_of(("name", "unit", "documents", "rows", "record_id"), {"documents": pa.int32(), "rows": pa.int32()})
_KNOWN = schema_of(("concept", "category", "unit", "direction", "kind", "name"), {})


def catalogue() -> pa.Table:
    """The concepts that names are linked to, each with the first of its names."""
    rows = [(one.name, one.category, one.unit, one.direction, one.kind, one.names[0]) for one in concepts().values()]
    return table_of(_KNOWN, rows)


def unlinked(data: Dataset, tables: Sequence[str] = tuple(NAMES)) -> pa.Table:
    """Names without a concept: in how many documents and rows each stands, its first wording, unit and record.

    Wordings that fold into one are one (森林覆盖率（%） and 全市森林覆盖率 are not: 全市 is taken away when it is linked).
    Copies of a plan are left out. Raises KeyError for a table that does not link.
    """
    copies = {row["doc_id"] for row in data.rows("documents", ["doc_id", "duplicate_of"]) if row["duplicate_of"]}
    first: dict[tuple[str, str | None], tuple[str, str]] = {}
    seen: dict[tuple[str, str | None], list[str]] = {}
    for table in tables:
        if table not in NAMES:
            raise KeyError(f"{table!r} has no concepts; there are {', '.join(NAMES)}")
        for row in data.rows(table, ["doc_id", NAMES[table], "unit", IDENTIFIERS[table], "concept"]):
            if row["concept"] is None and row["doc_id"] not in copies:
                name = row[NAMES[table]]
                key = (fold(name).text, row["unit"])
                first.setdefault(key, (name, row[IDENTIFIERS[table]]))
                seen.setdefault(key, []).append(row["doc_id"])
    rows = [(first[key][0], key[1], len(set(ids)), len(ids), first[key][1]) for key, ids in seen.items()]
    rows.sort(key=lambda row: (-row[2], -row[3], row[0], row[1] or ""))
    return table_of(FOUND, rows)
