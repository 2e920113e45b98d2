"""``planparse audit``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planparse.commands.orderly import orderly


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
    outputs: Annotated[Path, typer.Argument(help="Folder of the dataset.")] = Path("outputs"),
    form: Annotated[Form, typer.Option("--format", help="How to show it.")] = Form.MARKDOWN,
) -> None:
    with orderly():
        import json

        from planparse.dataset.audit import audit as find
        from planparse.dataset.reader import read
        from planparse.terminal import contradictions

        found = find(read(outputs))
        if form is Form.JSON:
            typer.echo(json.dumps(contradictions.as_json(found), ensure_ascii=False, indent=1))
        else:
            typer.echo(contradictions.as_markdown(found))
