"""Which column names a row of a table, and which names a row of another."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.model.records import IDENTIFIERS, Record
from planparse.model.schema import columns


def foreign_keys(model: type[Record]) -> Iterator[tuple[str, str, str]]:
    """Column, table and column there. (``owner_id`` names rows of three tables; no format can say that.)

    Findings may tell of a file that became no document, or of a copy whose document is another's.
    """
    names = {column.name for column in columns(model)}
    if model.table not in ("documents", "findings"):
        yield "doc_id", "documents", "doc_id"
    if "section_id" in names and model.table != "sections":
        yield "section_id", "sections", "section_id"
    if "parent_id" in names:
        yield "parent_id", model.table, IDENTIFIERS[model.table]
    if "duplicate_of" in names:
        yield "duplicate_of", "documents", "doc_id"
