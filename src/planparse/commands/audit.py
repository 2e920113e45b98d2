"""``planparse audit``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from planparse.commands.orderly import orderly
from planparse.commands.parameters import OUTPUTS, Folder, print_json


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
        from planparse.terminal import contradictions

        found = find(read(outputs))
        if form is Form.JSON:
            print_json(found)
        else:
            typer.echo(contradictions.as_markdown(found))
