"""``planparse export`` and ``planparse query``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planparse.commands.orderly import orderly
from planparse.dataset.export import Format

OUTPUTS = typer.Option(help="Folder of the dataset.")


class Form(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


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
    outputs: Annotated[Path, OUTPUTS] = Path("outputs"),
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

\b
Examples:
  planparse query "SELECT region, count(*) FROM documents GROUP BY region"
  planparse query "SELECT name, target_value FROM indicators WHERE unit = '%'" --format csv > percent.csv
"""


def query(
    sql: Annotated[str, typer.Argument(help="The query.", show_default=False)],
    outputs: Annotated[Path, OUTPUTS] = Path("outputs"),
    form: Annotated[Form, typer.Option("--format", help="How to print.")] = Form.TABLE,
) -> None:
    with orderly():
        from planparse.dataset.query import query as ask
        from planparse.terminal import answers

        found = ask(sql, outputs)
        typer.echo(
            {Form.CSV: answers.as_csv, Form.JSON: answers.as_json, Form.TABLE: answers.as_table}[form](found), nl=False
        )
