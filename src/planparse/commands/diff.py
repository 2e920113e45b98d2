"""``planparse diff``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planparse.commands.orderly import EXIT_UNREADABLE, orderly


class Form(StrEnum):
    TABLE = "table"
    JSON = "json"
    HTML = "html"


DIFF_HELP = """Compare two datasets, or two versions of a plan: what came, went or changed.

Goals, tasks, projects, indicators and targets are matched by their wording, so that a shifted number or a changed
value is a change and not a loss. Files are read on the fly; folders are datasets that ingest wrote.

Exit codes: 0 compared; 1 with --exit-code, if anything differs; 2 wrong usage.

\b
Examples:
  planparse diff draft.docx final.pdf
  planparse diff outputs-2021 outputs --format html --out changes.html
"""


def diff(
    old: Annotated[Path, typer.Argument(help="The older dataset or document.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="The newer dataset or document.", show_default=False)],
    form: Annotated[Form, typer.Option("--format", help="How to show it.")] = Form.TABLE,
    out: Annotated[
        Path | None, typer.Option(help="Write to this file, not to the terminal.", show_default=False)
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if anything differs.")] = False,
    config: Annotated[Path | None, typer.Option(help="Configuration file for documents.", show_default=False)] = None,
) -> None:
    with orderly():
        from planparse.commands.settings import options
        from planparse.comparison import compare, rendering, version

        told = options(config)
        found = compare(version(old, told), version(new, told))
        text = {Form.TABLE: rendering.as_table, Form.JSON: rendering.as_json, Form.HTML: rendering.as_html}[form](found)
        if out:
            rendering.write(out, text)
        else:
            typer.echo(text, nl=False)
        if exit_code and found.differs:
            raise typer.Exit(EXIT_UNREADABLE)
