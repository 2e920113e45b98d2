"""What holds of whole columns: keys, references, closed lists, spans. Nothing is read again for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from planparse.dataset.columns import strings
from planparse.dataset.describing.keys import foreign_keys
from planparse.dataset.verification.faults import Failed, Fault, fault
from planparse.model.records import IDENTIFIERS, TABLES, Record
from planparse.model.schema import columns
from planparse.pipeline import MODELS

OWNERS = ("goals", "tasks", "projects")
"""What a target may stand in."""
_DOC_ID = r"^[0-9a-f]{16}(-[0-9]+)?$"
_FINDING = r"^(f-[0-9a-f]{16}|[0-9a-f]{16}(-[0-9]+)?-f[0-9]{4,})$"
_DIGITS = 16


def key_faults(tables: Mapping[str, pa.Table]) -> Iterator[Fault]:
    """Keys that are double or not of their form, references to no row or to another document's, words of no closed list,
    spans that do not stand in their source."""
    for model in TABLES:
        for column, at, said, source in _of_table(model, tables):
            table = tables[model.table]
            wrong = pc.indices_nonzero(pc.fill_null(at, False)).to_pylist()
            for row in wrong:
                key = table.column(IDENTIFIERS[model.table])[row].as_py()
                yield fault(model.table, key, Failed(column, said[row].as_py(), source))


Check = tuple[str, Any, Any, str]
"""A column, where it is wrong, what it says, what it should be."""


def _of_table(model: type[Record], tables: Mapping[str, pa.Table]) -> Iterator[Check]:
    table = tables[model.table]
    key = table.column(IDENTIFIERS[model.table])
    double = pc.value_counts(key)
    often = double.field("values").filter(pc.greater(double.field("counts"), 1))
    yield IDENTIFIERS[model.table], pc.is_in(key, value_set=often), key, "a key that no other row has"
    yield from _forms(model.table, table, key)
    for column, other, there in foreign_keys(model):
        yield column, _missing(table.column(column), [tables[other].column(there)]), table.column(column), f"a row of {other}"
        if other not in ("documents", model.table) or column == "parent_id":
            yield column, _foreign(table.column(column), table.column("doc_id")), table.column(column), "a row of the same document"
    if model.table == "documents":
        yield "doc_id", _missing(key, [tables["sources"].column("doc_id")]), key, "a row of sources"
    if model.table == "targets":
        owner = table.column("owner_id")
        yield "owner_id", _missing(owner, [tables[name].column(IDENTIFIERS[name]) for name in OWNERS]), owner, "a goal, task or project"
        yield "owner_id", _foreign(owner, table.column("doc_id")), owner, "a row of the same document"
    for listed in columns(model):
        if listed.values:
            cells = table.column(listed.name)
            yield listed.name, pc.and_(pc.is_valid(cells), pc.invert(pc.is_in(cells, value_set=strings(listed.values)))), cells, "a word of its list"
    if "source_start" in table.column_names:
        yield from _spans(table, tables["sources"])


def _forms(name: str, table: pa.Table, key: Any) -> Iterator[Check]:
    """Keys are made of the document's, a letter and the row's number; documents' of their bytes' digest."""
    if name == "documents":
        sha = table.column("source_sha256")
        begins = pc.equal(pc.utf8_slice_codeunits(key, 0, _DIGITS), pc.utf8_slice_codeunits(sha, 0, _DIGITS))
        yield "doc_id", pc.invert(pc.and_(begins, pc.match_substring_regex(key, _DOC_ID))), key, "the digest's first digits"
        yield "source_sha256", pc.invert(pc.match_substring_regex(sha, "^[0-9a-f]{64}$")), sha, "64 digits"
    elif name == "findings":
        yield "finding_id", pc.invert(pc.match_substring_regex(key, _FINDING)), key, "a finding's key"
    elif "seq" in table.column_names:
        number = pc.utf8_lpad(table.column("seq").cast(pa.string()), 4, "0")
        made = pc.binary_join_element_wise(table.column("doc_id"), "-", MODELS[name][-1], number, "")
        yield IDENTIFIERS[name], pc.not_equal(key, made), key, "the document's key, a letter and seq"


def _missing(column: Any, others: list[Any]) -> Any:
    known = reduce(pc.or_, [pc.is_in(column, value_set=other.combine_chunks()) for other in others])
    return pc.and_(pc.is_valid(column), pc.invert(known))


def _foreign(column: Any, doc_id: Any) -> Any:
    """Whether a key is another document's than the row's own."""
    return pc.not_equal(pc.replace_substring_regex(column, r"-[a-z][0-9]+$", ""), doc_id)


def _spans(table: pa.Table, sources: pa.Table) -> Iterator[Check]:
    start, end = table.column("source_start"), table.column("source_end")
    at = pc.index_in(table.column("doc_id"), value_set=sources.column("doc_id").combine_chunks())
    length = pc.utf8_length(sources.column("text")).combine_chunks().take(at.combine_chunks())
    yield "source_start", pc.less(start, 0), start, "0 or more"
    yield "source_end", pc.or_(pc.less(end, start), pc.greater(end, pc.fill_null(length, 0))), end, "within the source"
