"""SQL over the dataset, by DuckDB: the tables under their names, and nothing else within reach."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa

from planparse.dataset.export import need
from planparse.dataset.reader import NAMES, read
from planparse.model.findings import UsageError


def query(sql: str, outputs: str | os.PathLike[str] = "outputs") -> pa.Table:
    """The rows that a query gives. The dataset is only read; files, extensions and the network are out of its reach.

    Raises UsageError for SQL that does not run, and where the dataset was replaced meanwhile.
    """
    need("duckdb")
    import duckdb
    import pyarrow.dataset as scanning

    before = read(outputs).digest
    database = duckdb.connect(":memory:", config={"python_enable_replacements": "false"})
    try:
        for name in NAMES:
            database.register(name, scanning.dataset(str(Path(outputs) / f"{name}.parquet"), format="parquet"))
        database.execute("SET enable_external_access = false")
        database.execute("SET lock_configuration = true")
        relation = database.sql(sql)
        found = relation.to_arrow_table() if relation is not None else pa.table({})
    except duckdb.Error as error:
        raise UsageError(f"The query cannot be run. {_sentence(error)}") from error
    finally:
        database.close()
    if read(outputs).digest != before:
        raise UsageError("The dataset was replaced while it was read; run the query again.")
    return found


def _sentence(error: Exception) -> str:
    """What DuckDB says, without the stretch of SQL that it draws under it."""
    return " ".join(str(error).split("\n\n")[0].split())
