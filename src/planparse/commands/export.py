"""``planparse export``, ``planparse query`` and ``planparse search``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planparse.commands.orderly import orderly
from planparse.commands.parameters import OUTPUTS, Csv, Full, Json, Outputs, print_rows
from planparse.dataset.export import Format

EXPORT_HELP = """Write the dataset in the format of another program.

csv, jsonl and dta give one file a table; xlsx, duckdb and sqlite one file with all tables.
JSON Lines carry the source wording of each record; Stata files and workbooks carry the meaning of each column.

\b
Examples:
  planparse export --format xlsx
  planparse export --format dta --table indicators --table documents --out stata
"""


def export(
    form: Annotated[Format, typer.Option("--format", help="The format to write.", show_default=False)],
    outputs: Outputs = OUTPUTS,
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("exports"),
    tables: Annotated[
        list[str] | None, typer.Option("--table", help="Only this table; may be repeated.", show_default=False)
    ] = None,
) -> None:
    with orderly():
        from planparse.dataset.export import export as write

        done = write(outputs, form, out, tables or ())
        for note in done.notes:
            typer.echo(note, err=True)
        for path in done.files:
            typer.echo(path)


QUERY_HELP = """Ask the dataset in SQL (DuckDB). The tables stand under their names; nothing can be written.

A table is cut to the width of the terminal; --full shows all rows, columns and cells. Text stands in single quotes.

\b
Examples:
  planparse query "SHOW TABLES"
  planparse query "SELECT region, count(*) FROM documents GROUP BY region"
  planparse query "SELECT name, target_value FROM indicators WHERE unit = '%'" --csv > percent.csv
"""
SEARCH_HELP = """Find the goals, tasks, projects, indicators and targets of all documents that hold these words.

Of several copies of a plan the fullest is searched, with --copies all. Give a record's identifier to planparse show to see it in its place.

\b
Examples:
  planparse search 森林覆盖率
  planparse search 养老 床位 --table targets --csv > beds.csv
"""
SHOWN = ["record_id", "region", "name", "value", "unit"]
"""Columns of what a search finds that fit a terminal; CSV and JSON have all."""


def query(
    sql: Annotated[str, typer.Argument(help="The query.", show_default=False)],
    outputs: Outputs = OUTPUTS,
    as_csv: Csv = False,
    as_json: Json = False,
    full: Full = False,
) -> None:
    with orderly():
        from planparse.dataset.query import query as ask

        print_rows(ask(sql, outputs), as_csv, as_json, full)


def search(
    words: Annotated[list[str], typer.Argument(help="Words that are all to be found.", show_default=False)],
    outputs: Outputs = OUTPUTS,
    tables: Annotated[
        list[str] | None, typer.Option("--table", help="Only in this table; may be repeated.", show_default=False)
    ] = None,
    copies: Annotated[bool, typer.Option("--copies", help="Search all copies of each plan.")] = False,
    as_csv: Csv = False,
    as_json: Json = False,
    full: Full = False,
) -> None:
    with orderly():
        from planparse.dataset.manifest import is_dataset
        from planparse.dataset.reader import read
        from planparse.model.findings import UsageError
        from planparse.model.records import OF_PLANS

        if held := next(filter(is_dataset, words), None):
            others = " ".join(word for word in words if word != held)
            raise UsageError(f"{held} is a dataset; planparse search {others} --outputs {held} searches it.")
        try:
            found = read(outputs).search(" ".join(words), tables or OF_PLANS, copies=copies)
        except KeyError as error:
            raise UsageError(f"{error.args[0][0].upper()}{error.args[0][1:]}.") from None
        print_rows(found, as_csv, as_json, full, SHOWN)
