"""``planparse export``, ``planparse query`` and ``planparse search``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.commands.orderly import orderly
from planparse.dataset.export import Format

if TYPE_CHECKING:
    import pyarrow as pa

OUTPUTS = typer.Option(help="Folder of the dataset.")


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
CSV = typer.Option("--csv", help="Print CSV.")
JSON = typer.Option("--json", help="Print JSON.")
FULL = typer.Option("--full", help="Show all rows and columns, and cut no cell.")
SHOWN = ["record_id", "region", "name", "value", "unit"]
"""Columns of what a search finds that fit a terminal; CSV and JSON have all."""


def query(
    sql: Annotated[str, typer.Argument(help="The query.", show_default=False)],
    outputs: Annotated[Path, OUTPUTS] = Path("outputs"),
    as_csv: Annotated[bool, CSV] = False,
    as_json: Annotated[bool, JSON] = False,
    full: Annotated[bool, FULL] = False,
) -> None:
    with orderly():
        from planparse.dataset.query import query as ask

        shown(ask(sql, outputs), as_csv, as_json, full)


def search(
    words: Annotated[list[str], typer.Argument(help="Words that are all to be found.", show_default=False)],
    outputs: Annotated[Path, OUTPUTS] = Path("outputs"),
    tables: Annotated[
        list[str] | None, typer.Option("--table", help="Only in this table; may be repeated.", show_default=False)
    ] = None,
    copies: Annotated[bool, typer.Option("--copies", help="Search all copies of each plan.")] = False,
    as_csv: Annotated[bool, CSV] = False,
    as_json: Annotated[bool, JSON] = False,
    full: Annotated[bool, FULL] = False,
) -> None:
    with orderly():
        from planparse.dataset.manifest import is_dataset
        from planparse.dataset.reader import SEARCHED, read
        from planparse.model.findings import UsageError

        if held := next(filter(is_dataset, words), None):
            others = " ".join(word for word in words if word != held)
            raise UsageError(f"{held} is a dataset; planparse search {others} --outputs {held} searches it.")
        try:
            found = read(outputs).search(" ".join(words), tables or SEARCHED, copies=copies)
        except KeyError as error:
            raise UsageError(f"{error.args[0][0].upper()}{error.args[0][1:]}.") from None
        shown(found if as_csv or as_json or full else found.select(SHOWN), as_csv, as_json, full)


def shown(found: pa.Table, as_csv: bool, as_json: bool, full: bool) -> None:
    """Print rows as a box, as CSV or as JSON."""
    from planparse.terminal import answers

    if as_csv or as_json:
        typer.echo(answers.as_csv(found) if as_csv else answers.as_json(found), nl=False)
    else:
        typer.echo(answers.as_table(found, full=full), nl=False)
