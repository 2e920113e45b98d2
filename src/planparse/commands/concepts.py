"""``planparse concepts``."""

from __future__ import annotations

from typing import Annotated

import typer

from planparse.commands.orderly import orderly
from planparse.commands.parameters import OUTPUTS, Csv, Folder, Json, print_rows

CONCEPTS_HELP = """List the names of indicators and targets that link to no concept of the catalogue, the most frequent first.

Add words of your own in planparse.toml (vocabulary.concepts) and ingest again; --known lists the catalogue.

\b
Examples:
  planparse concepts outputs
  planparse concepts outputs --table indicators --limit 0 --csv > unlinked.csv
  planparse concepts --known --csv
"""


def concepts(
    outputs: Folder = OUTPUTS,
    tables: Annotated[
        list[str] | None, typer.Option("--table", help="Only of indicators, or of targets.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Names to list; 0 for no limit.")] = 40,
    known: Annotated[bool, typer.Option("--known", help="List the concepts of the catalogue instead.")] = False,
    as_csv: Csv = False,
    as_json: Json = False,
) -> None:
    with orderly():
        from planparse.dataset.reader import read
        from planparse.dataset.unlinked import NAMES, catalogue, unlinked
        from planparse.model.findings import UsageError

        try:
            found = catalogue() if known else unlinked(read(outputs), tables or tuple(NAMES))
        except KeyError as error:
            raise UsageError(f"{error.args[0]}.") from None
        print_rows(found.slice(0, None if known else limit or None), as_csv, as_json, full=True)
