"""``planparse doubtful``, ``planparse verify`` and ``planparse audit``: what of a dataset to look at."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planparse.commands.orderly import EXIT_UNREADABLE, orderly
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
        from planparse.terminal import review

        spoken = chosen(language)
        found = find(read(outputs), sound=every, language=spoken)
        shown = found[: limit or None]
        if as_json:
            print_json(review.doubts_as_json(shown))
        else:
            typer.echo(review.doubts_as_lines(shown, len(found) - len(shown), spoken))


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
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", help="The settings that it was made with: their words are read again.", show_default=False
        ),
    ] = None,
) -> None:
    with orderly():
        from planparse.commands.settings import options
        from planparse.data import in_force
        from planparse.dataset.reader import read
        from planparse.dataset.verification import verify as check
        from planparse.terminal import review

        with in_force(options(config).vocabulary):
            found = check(read(outputs))
        if as_json:
            print_json(found)
        else:
            typer.echo(review.faults_as_table(found, limit))
        if found.faults:
            raise typer.Exit(EXIT_UNREADABLE)


class Form(StrEnum):
    MARKDOWN = "markdown"
    JSON = "json"


AUDIT_HELP = """List what the documents get wrong by their own word, with the wording and the span of both places.

Totals that their rows do not add up to, stated changes that do not lead from base to target, a table against prose and
boxes, targets on the wrong side of where they start from, impossible years, stated counts, and a plan against its copy.
What concerns one document is among its findings, too.

\b
Examples:
  planparse audit
  planparse audit data --format json
"""


def audit(
    outputs: Folder = OUTPUTS,
    form: Annotated[Form, typer.Option("--format", help="How to show it.")] = Form.MARKDOWN,
) -> None:
    with orderly():
        from planparse.dataset.audit import audit as find
        from planparse.dataset.reader import read
        from planparse.terminal import review

        found = find(read(outputs))
        if form is Form.JSON:
            print_json(found)
        else:
            typer.echo(review.contradictions_as_markdown(found))
