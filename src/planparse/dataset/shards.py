"""Rows on their way to the dataset, and where rows can be taken from: shards, and the dataset itself.

A shard is what one batch of files gave: a ZIP file (stored) with one Arrow stream per table, and an index of the files
as in the manifest. Source texts stand in it once a file, however many documents the file holds. It appears whole or not at all, so that a run can go on from the shards of one that was stopped.
"""

from __future__ import annotations

import io
import zipfile
from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from planparse.dataset import files
from planparse.dataset.columns import BY_NAME
from planparse.dataset.manifest import Entry
from planparse.model.records import Source
from planparse.model.schema import arrow_schema

SUFFIX = ".shard"
BATCH_ROWS, SOURCE_ROWS = 4096, 8
"""Rows of the old dataset read at a time; a row of ``sources`` is a whole document."""
INDEX = "index.jsonl"
_SHARED = pa.schema([pa.field("doc_id", pa.string(), False), pa.field("text", pa.dictionary(pa.int32(), pa.string()), False)])
"""Of ``sources`` in a shard."""


def write_shard(path: Path, key: str, entries: Sequence[Entry], tables: Mapping[str, Sequence[pa.RecordBatch]]) -> None:
    """Write what one batch of files gave."""
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with files.whole(path) as file, zipfile.ZipFile(file, "w") as archive:
        for table, batches in tables.items():
            sink = io.BytesIO()
            schema = _SHARED if table == Source.table else arrow_schema(BY_NAME[table])
            with pa.ipc.new_stream(sink, schema, options=options) as stream:
                for batch in batches:
                    stream.write_batch(batch)
            archive.writestr(f"{table}.arrow", sink.getbuffer())
        archive.writestr(INDEX, "\n".join([key, *(entry.to_json() for entry in entries)]))


def shared(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Rows of ``sources`` with the texts apart: neighbours whose identifiers differ only in their part (-2, -3 …) share one."""
    places, firsts, last = array("i"), [], None
    for at, identifier in enumerate(batch.column("doc_id").to_pylist()):
        stem = identifier.partition("-")[0]
        if stem != last:
            firsts.append(at)
            last = stem
        places.append(len(firsts) - 1)
    text = batch.column("text")
    texts = pa.concat_arrays([text.slice(at, 1) for at in firsts]) if len(firsts) < len(text) else text
    indices = pa.Array.from_buffers(pa.int32(), len(places), [None, pa.py_buffer(places)])
    return pa.RecordBatch.from_arrays([batch.column("doc_id"), pa.DictionaryArray.from_arrays(indices, texts)], schema=_SHARED)


def _unshared(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The rows as the dataset has them, a few at a time."""
    for batch in batches:
        for start in range(0, batch.num_rows, SOURCE_ROWS):
            part = batch.slice(start, SOURCE_ROWS)
            column = part.column("text")
            texts = [column.dictionary.slice(at, 1) for at in column.indices.to_pylist()]
            yield pa.RecordBatch.from_arrays([part.column("doc_id"), pa.concat_arrays(texts)], schema=arrow_schema(Source))


class _Forward(ABC):
    """A table that is read forward, a batch at a time, and from the start again where a row behind is asked for."""

    def __init__(self) -> None:
        self._table = ""
        self._first = 0
        self._batches: Iterator[pa.RecordBatch] = iter(())
        self._batch: pa.RecordBatch | None = None

    @abstractmethod
    def open_at(self, table: str, row: int) -> tuple[int, Iterator[pa.RecordBatch]]:
        """The table's batches from the one that holds a row, or one before it; and the number of their first row."""

    def take(self, table: str, start: int, stop: int) -> Iterator[pa.RecordBatch]:
        """Rows ``start`` to ``stop`` of a table."""
        while start < stop:
            part = self._at(table, start).slice(0, stop - start)
            start += part.num_rows
            yield part

    def _at(self, table: str, row: int) -> pa.RecordBatch:
        """The batch that holds a row, from that row on."""
        if self._batch is None or self._table != table or row < self._first:
            self.release()
            self._table = table
            self._first, self._batches = self.open_at(table, row)
            self._batch = self._next()
        while self._first + self._batch.num_rows <= row:
            self._first += self._batch.num_rows
            self._batch = self._next()
        return self._batch.slice(row - self._first)

    def _next(self) -> pa.RecordBatch:
        for batch in self._batches:
            return batch
        raise ValueError(f"{self._table} ends too early")

    def release(self) -> None:
        """Forget what was kept in memory."""
        self._batch, self._batches = None, iter(())


class Shard(_Forward):
    """A shard on disk; ``entries`` are its files in order."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.key, *lines = archive.read(INDEX).decode().split("\n")
        self.entries = tuple(map(Entry.from_json, lines))

    @classmethod
    def open(cls, path: Path) -> Shard | None:
        """The shard, or None if it is damaged."""
        try:
            return cls(path)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return None

    def open_at(self, table: str, row: int) -> tuple[int, Iterator[pa.RecordBatch]]:
        with zipfile.ZipFile(self.path) as archive:
            data = archive.read(f"{table}.arrow")
        stream = iter(pa.ipc.open_stream(data))
        return 0, _unshared(stream) if table == Source.table else stream


class OldRows(_Forward):
    """The dataset that is there already.

    The files are opened at once, so that they can be read to the end while the next dataset takes their names.
    """

    def __init__(self, out: Path) -> None:
        super().__init__()
        self._files = {name: pq.ParquetFile(out / f"{name}.parquet") for name in BY_NAME}

    @classmethod
    def open(cls, out: Path) -> OldRows | None:
        """The dataset in a folder, or None if a table is missing or damaged."""
        try:
            return cls(out)
        except (OSError, ValueError):
            return None

    def open_at(self, table: str, row: int) -> tuple[int, Iterator[pa.RecordBatch]]:
        file = self._files[table]
        first = group = 0
        while first + (rows := file.metadata.row_group(group).num_rows) <= row:
            first += rows
            group += 1
        size = SOURCE_ROWS if table == Source.table else BATCH_ROWS
        return first, file.iter_batches(size, row_groups=range(group, file.num_row_groups), use_threads=False)
