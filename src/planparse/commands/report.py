"""``planparse report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planparse.commands.orderly import orderly
from planparse.commands.parameters import OUTPUTS, Folder
from planparse.model.locale import Language, chosen

REPORT_HELP = """Write a site to read the dataset by: every record beside its source wording, corrections exported as gold.

Open index.html in a browser: it leads to a page per document, to records.html with the records of all, and to a page per
concept and place. Nothing is fetched from a network.

\b
Example:
  planparse report outputs --out report
"""
LANGUAGE = typer.Option("--lang", help="Language that the site opens in, else the locale's; readers can switch.", show_default=False)


def report(
    outputs: Folder = OUTPUTS,
    out: Annotated[Path, typer.Option(help="Folder for the site.")] = Path("report"),
    language: Annotated[Language | None, LANGUAGE] = None,
    plots: Annotated[bool, typer.Option("--plots/--no-plots", help="Draw plots on the index.")] = True,
) -> None:
    with orderly():
        from planparse.report.site import write_site

        written = write_site(outputs, out, language=chosen(language), plots=plots)
        for warning in written.warnings:
            typer.echo(f"planparse: {warning}", err=True)
        typer.echo(f"{written.documents:,} documents: open {written.index}")
