"""One database file with all tables: DuckDB with its comments, SQLite with its keys and indexes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa

from planparse.dataset import files
from planparse.dataset.export import Exported
from planparse.dataset.export.cells import about, description, number, rows, table_columns
from planparse.dataset.reader import Dataset
from planparse.model.records import IDENTIFIERS, TABLES
from planparse.model.schema import Column, arrow_schema

DUCKDB, SQLITE = "planparse.duckdb", "planparse.sqlite"
_SCHEMAS = {model.table: model for model in TABLES}


def write_duckdb(dataset: Dataset, tables: Sequence[str], out: Path) -> Exported:
    """Lists and maps stay lists and maps; tables and columns carry their descriptions as comments."""
    import duckdb

    with files.whole_at(out / DUCKDB, out) as temporary, closing(duckdb.connect(str(temporary))) as database:
        for table in tables:
            reader = pa.RecordBatchReader.from_batches(arrow_schema(_SCHEMAS[table]), dataset.batches(table))
            database.register("incoming", reader)
            database.execute(f'CREATE TABLE "{table}" AS SELECT * FROM incoming')
            database.unregister("incoming")
            database.execute(f'COMMENT ON TABLE "{table}" IS {_quoted(description(table))}')
            for column in table_columns(table):
                database.execute(f'COMMENT ON COLUMN "{table}"."{column.name}" IS {_quoted(about(column))}')
        database.execute("CHECKPOINT")
        database.close()
    return Exported([out / DUCKDB])


def write_sqlite(dataset: Dataset, tables: Sequence[str], out: Path) -> Exported:
    """Lists and maps as JSON text, dates as ISO text, decimals as numbers; keys are indexed."""
    with files.whole_at(out / SQLITE, out) as temporary, closing(sqlite3.connect(temporary)) as database:
        database.execute("PRAGMA journal_mode=OFF")  # the file appears only when it is complete
        for table in tables:
            columns = table_columns(table)
            key = IDENTIFIERS.get(table, "doc_id")
            database.execute(f'CREATE TABLE "{table}" ({", ".join(_definition(c, c.name == key) for c in columns)})')
            marks = ", ".join("?" * len(columns))
            database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', _rows(dataset, table, columns))
            for column in columns:
                if column.name in ("doc_id", "section_id", "owner_id", "parent_id") and column.name != key:
                    database.execute(f'CREATE INDEX "{table}_{column.name}" ON "{table}" ("{column.name}")')
        database.commit()
        database.close()
    return Exported([out / SQLITE])


def _definition(column: Column, key: bool) -> str:
    kinds = {"int32": "INTEGER", "int64": "INTEGER", "bool": "INTEGER", "date32": "TEXT"}
    kind = "NUMERIC" if column.kind.startswith("decimal") else kinds.get(column.kind, "TEXT")
    # without NOT NULL for lists: they are written as [] and are never null either
    return f'"{column.name}" {kind}' + (" PRIMARY KEY" if key else "") + ("" if column.nullable else " NOT NULL")


def _rows(dataset: Dataset, table: str, columns: Sequence[Column]) -> Iterator[list[Any]]:
    makers = [_maker(column.kind) for column in columns]
    for batch in dataset.batches(table):
        for row in rows(batch):
            yield [None if value is None else make(value) for make, value in zip(makers, row, strict=True)]


def _maker(kind: str) -> Callable[[Any], Any]:
    if kind.startswith("list"):
        return lambda value: json.dumps(value, ensure_ascii=False)
    if kind.startswith("map"):
        return lambda value: json.dumps(dict(value), ensure_ascii=False)
    if kind.startswith("decimal"):
        return number
    return str if kind == "date32" else lambda value: value


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
