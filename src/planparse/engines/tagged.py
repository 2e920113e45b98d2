"""Rows of all tables in one schema that say which document they are of, for engines that do not keep the order in which rows come.

``table`` says whose row it is, and the struct column of that name holds it; the others are null. ``file`` and ``number`` tell the
document, and on the rows of ``pieces`` there is the hash of the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice, repeat

import pyarrow as pa

from planparse.dataset.columns import encode_columns, strings
from planparse.engines.core import FLUSH_ROWS, PIECES, PIECES_SCHEMA, Process, Raw, convert
from planparse.model.findings import Note
from planparse.model.options import Options
from planparse.model.records import TABLES
from planparse.model.schema import arrow_schema

TAGS = pa.schema(
    [pa.field("file", pa.string(), False), pa.field("number", pa.int32(), False), pa.field("file_sha256", pa.string())]
)
NAMES = [model.table for model in TABLES]


@cache
def envelope() -> pa.Schema:
    """The schema of what ``convert_tagged`` gives."""
    tables = [pa.field(model.table, pa.struct(list(arrow_schema(model)))) for model in TABLES]
    return pa.schema([pa.field("table", pa.string(), False), *tables, pa.field(PIECES, pa.struct(list(PIECES_SCHEMA))), *TAGS])


def convert_tagged(documents: Iterable[pa.RecordBatch], process: Process, options: Options) -> Iterator[pa.RecordBatch]:
    """As ``convert``, of rows of ``path``, ``content`` and ``error`` (a packed ``Note``, in place of content that cannot be had). The
    rows of ``pieces`` come before those of the other tables."""
    hashes: dict[str, str] = {}
    pieces: list[tuple[str, int]] = []
    counts: list[list[int]] = []
    waiting: dict[str, Iterator[tuple[str, int]]] = {}
    for table, rows in convert(_hashed(documents, hashes), process, options):
        if table == PIECES:
            files = rows.column("file").to_pylist()
            pieces = list(_numbered(files))
            counts = rows.column("rows").to_pylist()
            waiting.clear()
            yield _with_tags(table, rows, pieces, [hashes[file] for file in files])
            for file in set(files):
                del hashes[file]
            continue
        if table not in waiting:
            index = NAMES.index(table)
            waiting[table] = chain.from_iterable(repeat(tag, rows_of[index]) for tag, rows_of in zip(pieces, counts, strict=True))
        tags = list(islice(waiting[table], rows.num_rows))
        yield _with_tags(table, rows, tags, [None] * len(tags))


def _hashed(documents: Iterable[pa.RecordBatch], hashes: dict[str, str]) -> Iterator[Raw]:
    for batch in documents:
        for path, content, error in zip(*(batch.column(name) for name in ("path", "content", "error")), strict=True):
            data = None if error.is_valid else content.as_py()
            hashes[path.as_py()] = "" if data is None else hashlib.sha256(data).hexdigest()
            yield path.as_py(), Note.unpacked(error.as_py()) if data is None else data


def _numbered(files: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Each file with the number of its document; the documents of one file stand together."""
    last, number = None, 0
    for file in files:
        number = number + 1 if file == last else 0
        last = file
        yield file, number


def _with_tags(table: str, rows: pa.RecordBatch, tags: list[tuple[str, int]], hashes: list[str] | list[None]) -> pa.RecordBatch:
    count = rows.num_rows
    tables = [rows.to_struct_array() if name == table else _nulls(name, count) for name in (*NAMES, PIECES)]
    more = encode_columns(TAGS, ([file for file, _ in tags], [number for _, number in tags], hashes))
    return pa.RecordBatch.from_arrays([strings([table] * count), *tables, *more.columns], schema=envelope())


_empty: dict[str, pa.Array] = {}


def _nulls(name: str, count: int) -> pa.Array:
    """Nulls to fill a column with: slices of what was made once."""
    if name not in _empty or len(_empty[name]) < count:
        _empty[name] = pa.nulls(max(count, FLUSH_ROWS), envelope().field(name).type)
    return _empty[name].slice(0, count)
