"""One database file with all tables, with keys: DuckDB with comments, SQLite with indexes, also of the wording."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from planparse.dataset import files
from planparse.dataset.columns import BY_NAME
from planparse.dataset.export import Exported
from planparse.dataset.export.cells import about, maker, number, rows, table_columns
from planparse.dataset.reader import DESCRIPTIONS, Dataset
from planparse.dataset.search import PLACES
from planparse.model.records import IDENTIFIERS
from planparse.model.schema import Column, arrow_schema

DUCKDB, SQLITE = "planparse.duckdb", "planparse.sqlite"
LINKS = ("doc_id", "section_id", "owner_id", "parent_id")
"""Columns that lead to other rows."""
FOREIGN = {"doc_id": "documents", "section_id": "sections"}
"""Columns that always lead to one table. (That of ``findings`` may lead to a file from which no document was read.)"""
FINDINGS = "findings"
SEARCHED = {"documents": ("title", "issuer", "doc_number")} | {name: place.searched for name, place in PLACES.items()}
"""The columns of names and wording."""


def write_duckdb(dataset: Dataset, tables: Sequence[str], out: Path) -> Exported:
    """Lists and maps stay lists and maps; keys are keys; tables and columns carry their descriptions as comments."""
    import duckdb

    with (
        files.whole_at(out / DUCKDB) as temporary,
        _told(duckdb.Error),
        closing(duckdb.connect(str(temporary))) as database,
    ):
        for table in tables:
            reader = pa.RecordBatchReader.from_batches(arrow_schema(BY_NAME[table]), dataset.batches(table))
            database.execute(_table(table, tables, _duckdb_type))
            database.register("incoming", reader)
            database.execute(f'INSERT INTO "{table}" SELECT * FROM incoming')
            database.unregister("incoming")
            database.execute(f'COMMENT ON TABLE "{table}" IS {_quoted(DESCRIPTIONS[table])}')
            for column in table_columns(table):
                database.execute(f'COMMENT ON COLUMN "{table}"."{column.name}" IS {_quoted(about(column))}')
        database.execute("CHECKPOINT")
        database.close()
    return Exported([out / DUCKDB])


def write_sqlite(dataset: Dataset, tables: Sequence[str], out: Path) -> Exported:
    """Lists and maps as JSON text, dates as ISO text, decimals as numbers; keys are indexed, and wording can be searched.

    ``targets_fts`` and its like are full-text indexes of three characters each, since Chinese has no blanks between words:
    ``SELECT * FROM targets WHERE rowid IN (SELECT rowid FROM targets_fts WHERE targets_fts MATCH '覆盖率')``.
    """
    done = Exported([out / SQLITE])
    with (
        files.whole_at(out / SQLITE) as temporary,
        _told(sqlite3.Error),
        closing(sqlite3.connect(temporary)) as database,
    ):
        database.execute("PRAGMA journal_mode=OFF")  # the file appears only when it is complete
        for table in tables:
            columns = table_columns(table)
            database.execute(_table(table, tables, _sqlite_type))
            marks = ", ".join("?" * len(columns))
            database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', _rows(dataset, table, columns))
            for column in columns:
                if column.name in LINKS and column.name != IDENTIFIERS[table]:
                    database.execute(f'CREATE INDEX "{table}_{column.name}" ON "{table}" ("{column.name}")')
            try:
                _add_search(database, table)
            except sqlite3.OperationalError as error:
                done.notes.append(f"{table} has no full-text index: this SQLite cannot make one ({error}).")
        database.commit()
        database.close()
    return done


@contextmanager
def _told(kind: type[Exception]) -> Iterator[None]:
    """A database that cannot be written is an OSError, which the command makes a sentence of."""
    try:
        yield
    except kind as error:
        raise OSError(f"the database cannot be written ({str(error).splitlines()[0]})") from error


def _add_search(database: sqlite3.Connection, table: str) -> None:
    """A full-text index that Datasette finds by its name and by the table that it is about."""
    if columns := SEARCHED.get(table):
        database.execute(
            f'CREATE VIRTUAL TABLE "{table}_fts" USING fts5({", ".join(columns)}, content="{table}", tokenize="trigram")'
        )
        database.execute(f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'rebuild\')')


def _table(table: str, tables: Sequence[str], kind: Callable[[Column], str]) -> str:
    """The statement that makes a table, with its keys, those into ``tables`` that are not there left out."""
    parts = []
    for column in table_columns(table):
        # without NOT NULL for lists: they are written as [] and are never null either
        part = f'"{column.name}" {kind(column)}' + ("" if column.nullable else " NOT NULL")
        parts.append(part + (" PRIMARY KEY" if column.name == IDENTIFIERS[table] else ""))
    for name, other in FOREIGN.items():
        if other in tables and other != table and table != FINDINGS and name in (c.name for c in table_columns(table)):
            parts.append(f'FOREIGN KEY ("{name}") REFERENCES "{other}" ("{name}")')
    return f'CREATE TABLE "{table}" ({", ".join(parts)})'


def _sqlite_type(column: Column) -> str:
    kinds = {"int32": "INTEGER", "int64": "INTEGER", "bool": "INTEGER", "double": "REAL", "date32": "TEXT"}
    return "NUMERIC" if column.kind.startswith("decimal") else kinds.get(column.kind, "TEXT")


def _duckdb_type(column: Column) -> str:
    kinds = {"int32": "INTEGER", "int64": "BIGINT", "bool": "BOOLEAN", "double": "DOUBLE", "date32": "DATE"}
    kinds |= {"string": "VARCHAR", "list<string>": "VARCHAR[]", "map<string, string>": "MAP(VARCHAR, VARCHAR)"}
    return kinds.get(column.kind) or column.kind.replace("decimal128", "DECIMAL")


def _rows(dataset: Dataset, table: str, columns: Sequence[Column]) -> Iterator[list[Any]]:
    made: dict[str, Callable[[Any], Any]] = {"list": _json, "map": lambda pairs: _json(dict(pairs)), "decimal": number, "date": str}
    makers = [maker(column.kind, made) for column in columns]
    for batch in dataset.batches(table):
        for row in rows(batch):
            yield [None if value is None else make(value) for make, value in zip(makers, row, strict=True)]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
