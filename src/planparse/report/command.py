"""``planparse report``: arguments in, a site out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


OUTPUTS = typer.Argument(help="Folder of the dataset.")
OUT = typer.Option(help="Folder for the site.")
LANGUAGE = typer.Option("--lang", help="Language that the site opens in; readers can switch.")
PLOTS = typer.Option("--plots/--no-plots", help="Draw plots on the index (needs planparse[plots]).")


def report(
    outputs: Annotated[Path, OUTPUTS] = Path("outputs"),
    out: Annotated[Path, OUT] = Path("report"),
    language: Annotated[Language, LANGUAGE] = Language.ZH,
    plots: Annotated[bool, PLOTS] = True,
) -> None:
    """Write a site to read the dataset by: every record beside its source wording, corrections exported as gold.

    It is self-contained: open index.html in a browser; nothing is fetched from a network.

    planparse report outputs --out report
    """
    from planparse.model.findings import PlanparseError
    from planparse.report.site import write_site

    try:
        written = write_site(outputs, out, language=language.value, plots=plots)
    except PlanparseError as error:
        typer.echo(f"planparse: {error}", err=True)
        raise typer.Exit(2) from None
    for warning in written.warnings:
        typer.echo(f"planparse: {warning}", err=True)
    typer.echo(f"{written.documents:,} documents: open {written.index}")
