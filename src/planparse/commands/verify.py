"""``planparse verify``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planparse.commands.orderly import EXIT_UNREADABLE, orderly
from planparse.commands.parameters import OUTPUTS, Folder, print_json

VERIFY_HELP = """Check every record against the source text that it was read from.

Values, years, comparators and units are read again from their wording, and wordings looked for in their spans of
`sources`; keys must be unique and of their form, references whole, spans inside the source, a table's cells in their row.
Nothing is needed but the dataset. What was altered since it was written is found, to the digit.

Exit codes: 0 all hold; 1 some do not; 2 wrong usage.

\b
Examples:
  planparse verify
  planparse verify data --limit 0 --json
"""


def verify(
    outputs: Folder = OUTPUTS,
    limit: Annotated[int, typer.Option(min=0, help="Lines of the table; 0 for no limit.")] = 40,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with all that does not hold.")] = False,
    config: Annotated[Path | None, typer.Option("--config", help="The settings that it was made with: their words are read again.", show_default=False)] = None,
) -> None:
    with orderly():
        from planparse.commands.settings import options
        from planparse.data import in_force
        from planparse.dataset.reader import read
        from planparse.dataset.verification import verify as check
        from planparse.terminal import faults

        with in_force(options(config).vocabulary):
            found = check(read(outputs))
        if as_json:
            print_json(found)
        else:
            typer.echo(faults.as_table(found, limit))
        if found.faults:
            raise typer.Exit(EXIT_UNREADABLE)
