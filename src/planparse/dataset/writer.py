"""Rows from shards → one Parquet file per table, the same bytes however the rows were divided over shards."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from planparse.dataset import files
from planparse.dataset.columns import encode
from planparse.dataset.duplicates import find_duplicates, with_links
from planparse.dataset.manifest import Rows
from planparse.dataset.row_groups import GROUP_BYTES, GROUP_ROWS, row_groups
from planparse.dataset.uniqueness import unique
from planparse.model.options import Options
from planparse.model.records import TABLES, Document, Finding, Record, Source, Trust
from planparse.model.schema import arrow_schema, columns

COMPRESSION = 3
"""Of zstd: a fifth smaller than level 1, at hardly any cost."""
LOADED = 3
"""Sources that keep what they have read last: the old dataset, and shards of the new run between its documents."""


class RowSource(Protocol):
    """Where rows can be taken from, in order: a shard, or a dataset."""

    def take(self, table: str, start: int, stop: int) -> Iterator[pa.RecordBatch]:
        """Rows ``start`` to ``stop`` of a table."""
        ...

    def release(self) -> None:
        """Forget what was kept in memory."""
        ...


@dataclass(frozen=True, slots=True)
class Take:
    """The rows of one document, by table, where they stand in a source."""

    source: RowSource
    start: Rows
    rows: Rows


Part = Take | Finding
"""The next rows of the dataset; a finding is one about the corpus, not from within a document."""


def write_tables(folder: Path, parts: Sequence[Part], about: Mapping[str, str], options: Options = Options()) -> Rows:  # noqa: B008 (frozen)
    """Write all tables into ``folder``; ``about`` goes into each file's metadata. Returns the numbers of rows.

    ``options`` say what near-duplicates must have in common (see ``duplicates.find_duplicates``).
    """
    copies = find_duplicates(_batches(parts, TABLES.index(Document), Document), options)
    return tuple(_write_table(folder, index, model, parts, about, copies) for index, model in enumerate(TABLES))


def _write_table(
    folder: Path,
    index: int,
    model: type[Record],
    parts: Sequence[Part],
    about: Mapping[str, str],
    copies: Mapping[str, str],
) -> int:
    schema = arrow_schema(model)
    schema = schema.with_metadata({**(schema.metadata or {}), **about})
    total = 0
    with files.create(folder / f"{model.table}.parquet") as file:
        with pq.ParquetWriter(
            file,
            schema,
            compression="zstd",
            compression_level=COMPRESSION,
            use_dictionary=_repetitive(model) + (["text"] if model is Source and _is_shared(parts) else []),
            dictionary_pagesize_limit=2 * GROUP_BYTES,
            write_page_index=True,
        ) as writer:
            rows = unique(_batches(parts, index, model), model)
            if model is Document:
                rows = (with_links(batch, copies) for batch in rows)
            for group in row_groups(rows, schema):
                writer.write_table(group, row_group_size=GROUP_ROWS)
                total += group.num_rows
                del group  # or it would be held while the next one is put together
        files.settle(file)
    return total


def _repetitive(model: type[Record]) -> list[str]:
    """Columns worth a dictionary: identifiers of documents and sections, closed lists, units, paths."""
    named = {
        "doc_id", "section_id", "parent_id", "owner_id", "table_id", "unit", "deadline_raw", "source_path", "category", "concept",
        "unit_norm",
    }  # fmt: skip
    named -= {f"{model.table.removesuffix('s')}_id"}  # no two rows have the same of their own
    return [column.name for column in columns(model) if column.values or column.name in named or column.unit == "year"]


def _is_shared(parts: Sequence[Part]) -> bool:
    """Whether several documents have one source text: it is then written once a row group."""
    return any(isinstance(part, Take) and part.rows[0] > 1 for part in parts)


def _batches(parts: Sequence[Part], index: int, model: type[Record]) -> Iterator[pa.RecordBatch]:
    """The table's rows in order; neighbouring stretches of one source are taken as one."""
    loaded: OrderedDict[int, RowSource] = OrderedDict()
    for source, start, stop in _stretches(parts, index, model.table):
        if isinstance(source, Finding):
            yield encode(Finding, [source])
            continue
        loaded[id(source)] = source
        loaded.move_to_end(id(source))
        if len(loaded) > LOADED:
            loaded.popitem(last=False)[1].release()
        yield from source.take(model.table, start, stop)
    for source in loaded.values():
        source.release()


def _stretches(parts: Sequence[Part], index: int, table: str) -> list[tuple[RowSource | Finding, int, int]]:
    found: list[tuple[RowSource | Finding, int, int]] = []
    for part in parts:
        if isinstance(part, Finding):
            found += [(part, 0, 1)] if table == Finding.table else []
            continue
        start, stop = part.start[index], part.start[index] + part.rows[index]
        if found and found[-1][0] is part.source and found[-1][2] == start:
            found[-1] = (part.source, found[-1][1], stop)
        elif start < stop:
            found.append((part.source, start, stop))
    return found


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows a dataset has by table, findings by severity and by code, and documents by trust."""

    rows: dict[str, int]
    severities: dict[str, int]
    codes: dict[str, int]
    trust: dict[str, int]


def count_rows(folder: Path) -> Counts:
    """Count what a dataset holds."""
    rows: dict[str, int] = {}
    found: dict[str, Counter[str]] = {column: Counter() for column in ("severity", "code", "trust")}
    for model in TABLES:
        with pq.ParquetFile(folder / f"{model.table}.parquet") as file:  # pq.read_table would import pandas
            rows[model.table] = file.metadata.num_rows
            for column in {Finding: ("severity", "code"), Document: ("trust",)}.get(model, ()):
                for batch in file.iter_batches(columns=[column], use_threads=False):
                    found[column].update(batch.column(column).to_pylist())
    trust = {word.value: found["trust"][word.value] for word in Trust if found["trust"][word.value]}
    return Counts(rows, dict(sorted(found["severity"].items())), dict(sorted(found["code"].items())), trust)
