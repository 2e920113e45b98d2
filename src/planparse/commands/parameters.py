"""Parameters that several commands take, and how their answers are printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planparse.model.locale import Language

if TYPE_CHECKING:
    import pyarrow as pa

Folder = Annotated[Path, typer.Argument(help="Folder of the dataset.")]
Outputs = Annotated[Path, typer.Option(help="Folder of the dataset.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Full = Annotated[bool, typer.Option("--full", help="Show all rows and columns, and cut no cell.")]
Lang = Annotated[Language | None, typer.Option("--lang", help="Language of findings; else that of the locale.", show_default=False)]
Config = Annotated[
    Path | None,
    typer.Option(help="Configuration file; else planparse.toml or pyproject.toml, from here upward.", show_default=False),
]
OUTPUTS = Path("outputs")


def print_rows(found: pa.Table, as_csv: bool, as_json: bool, full: bool, columns: Sequence[str] = ()) -> None:
    """Print rows as a box, as CSV or as JSON; of many columns the box shows those that fit a terminal, unless ``full``."""
    from planparse.terminal import answers

    if as_csv or as_json:
        typer.echo(answers.as_csv(found) if as_csv else answers.as_json(found), nl=False)
    else:
        typer.echo(answers.as_table(found if full or not columns else found.select(columns), full=full), nl=False)


def print_json(value: Any) -> None:
    """Print a value; a dataclass is an object of its fields."""
    import json
    from dataclasses import asdict, is_dataclass

    def plain(inner: Any) -> Any:
        return asdict(inner) if is_dataclass(inner) and not isinstance(inner, type) else str(inner)

    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=plain))
