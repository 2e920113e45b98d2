"""A dataset in a folder, for analysis: its tables, the joins that analysts want, and any record in its own wording."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from planparse.dataset.columns import encode_columns
from planparse.model.findings import UsageError
from planparse.model.records import IDENTIFIERS, TABLES

if TYPE_CHECKING:
    import pandas as pd

NAMES = tuple(model.table for model in TABLES)
OWNERS = (("goals", "goal_id", "label"), ("tasks", "task_id", "title"), ("projects", "project_id", "name"))
"""What a target may stand in: table, identifier, and the column that names it."""
ATTEMPTS = 5
"""A run may put a new dataset in place while the files of the old one are being opened."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A record with the source text that it was read from: ``text[start:end]`` is its own."""

    table: str
    record: dict[str, Any]
    text: str
    start: int
    end: int


class Dataset:
    """The tables of one dataset, each read when it is first asked for.

    All files are opened at once and belong together; a run that replaces them meanwhile changes nothing here.
    """

    def __init__(self, folder: str | os.PathLike[str] = "outputs") -> None:
        self.folder = Path(folder)
        self._files = _open(self.folder)
        self._tables: dict[str, pa.Table] = {}

    def table(self, name: str) -> pa.Table:
        """A table by name, such as ``targets``."""
        if name not in NAMES:
            raise KeyError(f"there is no table {name!r}; there are {', '.join(NAMES)}")
        if name not in self._tables:
            self._tables[name] = self._files[name].read()
        return self._tables[name]

    __getitem__ = table

    def batches(self, name: str, rows: int = 4096) -> Iterator[pa.RecordBatch]:
        """A table's rows in batches, for tables larger than memory."""
        yield from self._files[name].iter_batches(batch_size=rows, use_threads=False)

    @property
    def digest(self) -> str:
        """One SHA-256 for the paths and bytes of the files that the dataset was made from."""
        return self._said("corpus_digest")

    @property
    def version(self) -> str:
        """The version of planparse that wrote it."""
        return self._said("planparse_version")

    def _said(self, key: str) -> str:
        about: dict[bytes, bytes] = self._files["documents"].schema_arrow.metadata or {}
        return about.get(key.encode(), b"").decode()

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {file.metadata.num_rows}" for name, file in self._files.items())
        return f"Dataset({str(self.folder)!r}: {counts})"

    def pandas(self, name: str) -> pd.DataFrame:
        """A table as a data frame. Whole numbers that may be missing stay whole (``Int32``), values are decimals."""
        return to_pandas(self.table(name))

    def joined(self, name: str = "targets") -> pa.Table:
        """A record table with its context beside each row: its owner (targets only), its section, its document.

        The columns that come along are prefixed ``owner_``, ``section_`` and ``document_``; rows keep their order.
        """
        table = self.table(name)
        if "owner_id" in table.column_names:
            table = _beside(table, "owner_id", self._owners(), "owner_id", "owner_")
        if "section_id" in table.column_names and name != "sections":
            table = _beside(table, "section_id", self.table("sections"), "section_id", "section_")
        if name != "documents":
            table = _beside(table, "doc_id", self.table("documents"), "doc_id", "document_")
        return table

    def _owners(self) -> pa.Table:
        """All goals, tasks and projects under one set of columns."""
        kinds = []
        for name, identifier, title in OWNERS:
            columns = self.table(name).select([identifier, title]).columns
            kind = encode_columns(pa.schema([("table", pa.string())]), [[name] * len(columns[0])]).column(0)
            kinds.append(pa.Table.from_arrays([*columns, kind], names=["owner_id", "title", "table"]))
        return pa.concat_tables(kinds)

    def wording(self, identifier: str) -> Wording:
        """A record by its identifier, with its source text. Raises KeyError if there is none."""
        for name, column in IDENTIFIERS.items():
            row = self._row(name, column, identifier)
            if row is not None:
                return self._in_source(name, row)
        raise KeyError(f"there is no record {identifier} in {self.folder}")

    def _in_source(self, table: str, record: dict[str, Any]) -> Wording:
        source = self._row("sources", "doc_id", record["doc_id"]) if record["doc_id"] else None
        text = source["text"] if source else ""
        start, end = record.get("source_start"), record.get("source_end")
        return Wording(table, record, text, start or 0, end if end is not None else 0)

    def _row(self, name: str, column: str, value: str) -> dict[str, Any] | None:
        """The first row with this value; row groups that cannot hold it are not read."""
        file = self._files[name]
        at = file.schema_arrow.get_field_index(column)
        for group in range(file.num_row_groups):
            statistics = file.metadata.row_group(group).column(at).statistics
            if statistics and statistics.has_min_max and not statistics.min <= value <= statistics.max:
                continue
            keys = file.read_row_group(group, columns=[column]).column(0)
            place = pc.index(keys, encode_columns(pa.schema([("v", pa.string())]), [[value]]).column(0)[0]).as_py()
            if place >= 0:
                rows = file.read_row_group(group).slice(place, 1).to_pylist()
                return dict(rows[0])
        return None


def _open(folder: Path) -> dict[str, pq.ParquetFile]:
    for _ in range(ATTEMPTS):
        try:
            files = {name: pq.ParquetFile(folder / f"{name}.parquet") for name in NAMES}
        except FileNotFoundError:
            raise UsageError(f"There is no dataset in {folder}, or not all of it; run planparse ingest.") from None
        except (OSError, pa.ArrowInvalid) as error:
            raise UsageError(f"The dataset in {folder} cannot be read: {error}.") from error
        if len({file.schema_arrow.metadata.get(b"corpus_digest") for file in files.values()}) == 1:
            return files
    raise UsageError(f"The files in {folder} are not of one dataset; run planparse ingest.")


def _beside(table: pa.Table, key: str, other: pa.Table, other_key: str, prefix: str) -> pa.Table:
    """``table`` with the columns of the row of ``other`` that has the same key, or nulls."""
    keys = table.column(key).combine_chunks()
    places = pc.index_in(keys, value_set=other.column(other_key).combine_chunks())
    found = other.take(places)
    for name in other.column_names:
        if name not in (other_key, "doc_id"):
            stem = name.removeprefix(prefix)
            table = table.append_column(prefix + stem, found.column(name))
    return table


@cache
def _pandas_types() -> dict[pa.DataType, Any]:
    import pandas as pd

    return {pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a data frame, keeping whole numbers whole where some are missing."""
    frame: pd.DataFrame = table.to_pandas(types_mapper=_pandas_types().get, maps_as_pydicts="strict")
    return frame


def read(outputs: str | os.PathLike[str] = "outputs") -> Dataset:
    """The dataset in a folder. Raises UsageError if there is none, or not a whole one."""
    return Dataset(outputs)
