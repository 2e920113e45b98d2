"""``planparse report``: arguments in, a site out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planparse.model.locale import Language, chosen

OUTPUTS = typer.Argument(help="Folder of the dataset.")
OUT = typer.Option(help="Folder for the site.")
LANGUAGE = typer.Option("--lang", help="Language that the site opens in, else the locale's; readers can switch.", show_default=False)
PLOTS = typer.Option("--plots/--no-plots", help="Draw plots on the index.")


def report(
    outputs: Annotated[Path, OUTPUTS] = Path("outputs"),
    out: Annotated[Path, OUT] = Path("report"),
    language: Annotated[Language | None, LANGUAGE] = None,
    plots: Annotated[bool, PLOTS] = True,
) -> None:
    """Write a site to read the dataset by: every record beside its source wording, corrections exported as gold.

    Open index.html in a browser: it leads to a page per document, to records.html with the records of all, and to a page per
    concept and place. Nothing is fetched from a network.

    planparse report outputs --out report
    """
    from planparse.model.findings import PlanparseError
    from planparse.report.site import write_site

    try:
        written = write_site(outputs, out, language=chosen(language), plots=plots)
    except PlanparseError as error:
        typer.echo(f"planparse: {error}", err=True)
        raise typer.Exit(2) from None
    for warning in written.warnings:
        typer.echo(f"planparse: {warning}", err=True)
    typer.echo(f"{written.documents:,} documents: open {written.index}")
