"""Rows on their way to the dataset, and where rows can be taken from: shards, and the dataset itself.

A shard is what one batch of files gave: a ZIP file (stored) with one Arrow stream per table, and an index of the files
as in the manifest. It appears whole or not at all, so that a run can go on from the shards of one that was stopped.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from planparse.dataset import files
from planparse.dataset.manifest import Entry
from planparse.model.records import TABLES, Source
from planparse.model.schema import arrow_schema

SUFFIX = ".shard"
BATCH_ROWS, SOURCE_ROWS = 4096, 8
"""Rows of the old dataset read at a time; a row of ``sources`` is a whole document."""
INDEX = "index.jsonl"
SCHEMAS = {model.table: model for model in TABLES}


def write_shard(path: Path, key: str, entries: Sequence[Entry], tables: Mapping[str, Sequence[pa.RecordBatch]]) -> None:
    """Write what one batch of files gave."""
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with files.whole(path, path.parent) as file, zipfile.ZipFile(file, "w") as archive:
        for table, batches in tables.items():
            sink = io.BytesIO()
            with pa.ipc.new_stream(sink, arrow_schema(SCHEMAS[table]), options=options) as stream:
                for batch in batches:
                    stream.write_batch(batch)
            archive.writestr(f"{table}.arrow", sink.getbuffer())
        archive.writestr(INDEX, "\n".join([key, *(entry.to_json() for entry in entries)]))


class Shard:
    """A shard on disk; ``entries`` are its files in order. Keeps the table that was last asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.key, *lines = archive.read(INDEX).decode().split("\n")
        self.entries = tuple(map(Entry.from_json, lines))
        self._loaded: tuple[str, pa.Table] | None = None

    @classmethod
    def open(cls, path: Path) -> Shard | None:
        """The shard, or None if it is damaged."""
        try:
            return cls(path)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return None

    def take(self, table: str, start: int, stop: int) -> Iterator[pa.RecordBatch]:
        if self._loaded is None or self._loaded[0] != table:
            with zipfile.ZipFile(self.path) as archive:
                data = archive.read(f"{table}.arrow")
            self._loaded = (table, pa.ipc.open_stream(data).read_all())
        rows = self._loaded[1]
        yield from rows.slice(start, stop - start).to_batches()

    def release(self) -> None:
        self._loaded = None


class OldRows:
    """The dataset that is there already, read forward a batch at a time: a row group may be large.

    The files are opened at once, so that they can be read to the end while the next dataset takes their names.
    """

    def __init__(self, out: Path) -> None:
        self._files = {name: pq.ParquetFile(out / f"{name}.parquet") for name in SCHEMAS}
        self._stream: _Stream | None = None

    @classmethod
    def open(cls, out: Path) -> OldRows | None:
        """The dataset in a folder, or None if a table is missing or damaged."""
        try:
            return cls(out)
        except (OSError, ValueError):
            return None

    def take(self, table: str, start: int, stop: int) -> Iterator[pa.RecordBatch]:
        while start < stop:
            if self._stream is None or self._stream.table != table or start < self._stream.first:
                self._stream = _Stream(table, self._files[table], start)
            part = self._stream.at(start).slice(0, stop - start)
            start += part.num_rows
            yield part

    def release(self) -> None:
        self._stream = None


class _Stream:
    """A table read forward from the row group that holds row ``start``."""

    def __init__(self, table: str, file: pq.ParquetFile, start: int) -> None:
        self.table = table
        self.first = group = 0
        while self.first + (rows := file.metadata.row_group(group).num_rows) <= start:
            self.first += rows
            group += 1
        groups = range(group, file.num_row_groups)
        size = SOURCE_ROWS if table == Source.table else BATCH_ROWS
        self._batches = file.iter_batches(size, row_groups=groups, use_threads=False)
        self._batch = next(self._batches)

    def at(self, row: int) -> pa.RecordBatch:
        """The batch that holds a row, from that row on."""
        while self.first + self._batch.num_rows <= row:
            self.first += self._batch.num_rows
            self._batch = next(self._batches)
        return self._batch.slice(row - self.first)
