"""Rows that say which document they are of, for engines that do not keep the order in which rows come.

To the envelope of ``planparse.engines.core`` come three columns: ``file``, the ``number`` of the document in it, and,
on the rows of ``pieces``, the hash of the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice, repeat

import pyarrow as pa

from planparse.dataset.columns import encode_columns
from planparse.engines.core import PIECES, Process, convert, envelope, unwrap
from planparse.model.options import Options
from planparse.model.records import TABLES

TAGS = pa.schema(
    [pa.field("file", pa.string(), False), pa.field("number", pa.int32(), False), pa.field("file_sha256", pa.string())]
)
NAMES = [model.table for model in TABLES]


@cache
def tagged_envelope() -> pa.Schema:
    """The schema of what ``convert_tagged`` gives."""
    return pa.schema([*envelope(), *TAGS])


def convert_tagged(documents: Iterable[pa.RecordBatch], process: Process, options: Options) -> Iterator[pa.RecordBatch]:
    """As ``convert``, with the tags. The rows of ``pieces`` come before those of the other tables."""
    hashes: dict[str, str] = {}
    pieces: list[tuple[str, int]] = []
    counts: list[list[int]] = []
    waiting: dict[str, Iterator[tuple[str, int]]] = {}
    for batch in convert(_hashed(documents, hashes), process, options):
        table, rows = unwrap(batch)
        if table == PIECES:
            files = rows.column("file").to_pylist()
            pieces = list(_numbered(files))
            counts = rows.column("rows").to_pylist()
            waiting.clear()
            yield _with_tags(batch, pieces, [hashes[file] for file in files])
            for file in set(files):
                del hashes[file]
            continue
        if table not in waiting:
            index = NAMES.index(table)
            waiting[table] = chain.from_iterable(repeat(tag, rows_of[index]) for tag, rows_of in zip(pieces, counts, strict=True))
        tags = list(islice(waiting[table], batch.num_rows))
        yield _with_tags(batch, tags, [None] * len(tags))


def _hashed(documents: Iterable[pa.RecordBatch], hashes: dict[str, str]) -> Iterator[pa.RecordBatch]:
    for batch in documents:
        for path, content in zip(batch.column("path"), batch.column("content"), strict=True):
            data = content.as_buffer()
            hashes[path.as_py()] = "" if data is None else hashlib.sha256(data).hexdigest()
        yield batch


def _numbered(files: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Each file with the number of its document; the documents of one file stand together."""
    last, number = None, 0
    for file in files:
        number = number + 1 if file == last else 0
        last = file
        yield file, number


def _with_tags(batch: pa.RecordBatch, tags: list[tuple[str, int]], hashes: list[str] | list[None]) -> pa.RecordBatch:
    columns = ([file for file, _ in tags], [number for _, number in tags], hashes)
    more = encode_columns(TAGS, columns)
    return pa.RecordBatch.from_arrays([*batch.columns, *more.columns], schema=tagged_envelope())
