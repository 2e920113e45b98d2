"""``planparse doubtful``."""

from __future__ import annotations

from typing import Annotated

import typer

from planparse.commands.orderly import orderly
from planparse.commands.parameters import OUTPUTS, Folder, Json, Lang, print_json
from planparse.model.locale import chosen

DOUBTFUL_HELP = """List the documents to look at first: those that are not sound, the worst first, each with the reasons.

A line shows the document's trust, the trust of its outline (0 to 1), its path, and what speaks against it: findings with
their numbers, and the headings that are least certain.

\b
Examples:
  planparse doubtful
  planparse doubtful data --limit 0 --json
"""


def doubtful(
    outputs: Folder = OUTPUTS,
    every: Annotated[bool, typer.Option("--all", help="List the sound documents, too.")] = False,
    limit: Annotated[int, typer.Option(min=0, help="Documents to list; 0 for no limit.")] = 20,
    as_json: Json = False,
    language: Lang = None,
) -> None:
    with orderly():
        from planparse.dataset.doubtful import doubtful as find
        from planparse.dataset.reader import read
        from planparse.terminal import doubts

        spoken = chosen(language)
        found = find(read(outputs), sound=every, language=spoken)
        shown = found[: limit or None]
        if as_json:
            print_json(doubts.as_json(shown))
        else:
            typer.echo(doubts.as_lines(shown, len(found) - len(shown), spoken))
