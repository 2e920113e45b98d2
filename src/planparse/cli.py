"""The command line: arguments in, exit code out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planparse.evaluation.command import evaluate

app = typer.Typer(
    name="planparse",
    help="Chinese government plans, read into a dataset.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def planparse() -> None:
    """Chinese government plans, read into a dataset."""


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders to read.")],
    out: Annotated[Path, typer.Option(help="Folder for the dataset.")] = Path("outputs"),
    jobs: Annotated[int, typer.Option(help="Processes; 0 for as many as there are processors.")] = 0,
    full: Annotated[bool, typer.Option("--full", help="Read unchanged files again, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> None:
    """Read documents and write the dataset."""
    import json

    from planparse.corpus import ingest as run
    from planparse.model.findings import PlanparseError

    try:
        summary = run(paths, out, jobs=jobs or None, full=full)
    except PlanparseError as error:
        typer.echo(f"planparse: {error}", err=True)
        raise typer.Exit(2) from None
    typer.echo(json.dumps(summary.to_json(), ensure_ascii=False, indent=None if as_json else 1))
    raise typer.Exit(1 if summary.unreadable else 0)


app.command()(evaluate)


def main() -> None:
    """Entry point of the command ``planparse``."""
    app()
