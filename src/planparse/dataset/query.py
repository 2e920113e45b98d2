"""SQL over the dataset, by DuckDB: the tables under their names, and nothing else within reach."""

from __future__ import annotations

import os
import re

import pyarrow as pa

from planparse.dataset.reader import read
from planparse.dataset.stored import NAMES
from planparse.model.findings import UsageError
from planparse.model.libraries import need

LONGEST = 400
"""Characters of what DuckDB says, which repeats words of the query."""
_INNER = re.compile(r' Did you mean "(?:\w+\.)*(?:pg|duckdb|sqlite|pragma)_\w+"\?')


def query(sql: str, outputs: str | os.PathLike[str] = "outputs") -> pa.Table:
    """The rows that a query gives. The dataset is only read; files, extensions and the network are out of its reach.

    Raises UsageError for SQL that does not run, and where the dataset was replaced meanwhile.
    """
    if not sql.strip(" ;\n\t"):
        raise UsageError(
            'The query is empty; try: planparse query "SELECT region, count(*) FROM documents GROUP BY region".'
        )
    need("duckdb")
    import duckdb

    data = read(outputs)
    database = duckdb.connect(":memory:", config={"python_enable_replacements": "false"})
    try:
        for name in NAMES:
            database.register(name, data.scan(name))
        database.execute("SET enable_external_access = false")
        database.execute("SET lock_configuration = true")
        relation = database.sql(sql)
        found = relation.to_arrow_table() if relation is not None else pa.table({})
    except duckdb.Error as error:
        raise UsageError(f"The query cannot be run. {_sentence(error)}{_hint(str(error), sql)}") from error
    finally:
        database.close()
    if read(outputs).corpus_digest != data.corpus_digest:
        raise UsageError("The dataset was replaced while it was read; run the query again.")
    return found


def _sentence(error: Exception) -> str:
    """What DuckDB says, without the stretch of SQL that it draws under it, and without a guess at tables of its own."""
    told = _INNER.sub("", " ".join(str(error).split("\n\n")[0].split()))
    return told if len(told) <= LONGEST else f"{told[:LONGEST]}…"


def _hint(told: str, sql: str) -> str:
    """What to do about the two mistakes that are made most: double quotes around text, and names that are not there."""
    column = re.search(r'Referenced column "([^"]+)" (?:was )?not found', told)
    if column and f'"{column[1]}"' in sql:
        return f" Text stands in single quotes: '{column[1]}'; double quotes name a column."
    if re.search(r"Table with name \S+ does not exist", told):
        return f" There are {', '.join(NAMES)}."
    return ""
