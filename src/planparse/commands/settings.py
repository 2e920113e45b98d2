"""``planparse config`` and ``planparse doctor``, and the options that commands take from the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.commands.orderly import EXIT_UNREADABLE, orderly
from planparse.commands.parameters import OUTPUTS, Json, print_json

if TYPE_CHECKING:
    from planparse.model.options import Limits, Options


def options(
    config: Path | None, timeout: float | None = None, convert: bool = False, memory: float | None = None
) -> Options:
    """The options that the configuration states, with those of the command line over them; ``memory`` in GB."""
    from planparse.configuration import configured, find
    from planparse.model.options import Options

    file = config or find(Path.cwd())
    told = configured(file).options if file else Options()
    memory = memory if memory is None else memory * (1 << 30)
    given = {name: value for name, value in (("timeout", timeout), ("memory", memory)) if value is not None}
    if given:
        told = replace(told, limits=_limits(told.limits, given))
    return replace(told, convert=told.convert or convert)


def _limits(told: Limits, given: Mapping[str, float]) -> Limits:
    """Limits with ``timeout`` and ``memory`` over them. Raises UsageError out of bounds."""
    from planparse.model.findings import UsageError
    from planparse.model.options import MOST_BYTES, MOST_SECONDS

    for name, value in given.items():
        if not 0 <= value <= (MOST_SECONDS if name == "timeout" else MOST_BYTES):
            raise UsageError(f"--{name} is out of bounds; give a number from 0, for no limit, on.")
    return replace(told, **{name: type(getattr(told, name))(value) for name, value in given.items()})


CONFIG_HELP = """Show the settings in force, and where each was set.

Settings are read from planparse.toml, or from [tool.planparse] in pyproject.toml, in this folder or the nearest above.

\b
Examples:
  planparse config
  planparse config --config corpus/planparse.toml --json
"""


def config(
    file: Annotated[Path | None, typer.Option("--config", help="The file to read.", show_default=False)] = None,
    as_json: Json = False,
) -> None:
    with orderly():
        from planparse.configuration import configured

        told = configured(file)
        rows = [(name, value, told.origin(name)) for name, value in told.settings.in_force()]
        if as_json:
            settings = {name: {"value": value, "origin": origin or None} for name, value, origin in rows}
            about = {"file": str(told.file) if told.file else None, "settings": settings}
            print_json(about)
            return
        typer.echo(f"file: {told.file}" if told.file else "file: none; all settings are planparse's own")
        for name, value, origin in rows:
            shown = f"{value['planparse']:,} + {value['own']:,} own" if isinstance(value, dict) else str(value)
            typer.echo(f"{name:<36} {shown:<22} {origin}".rstrip())


DOCTOR_HELP = """Check what the surroundings offer: Python, libraries and extras, fonts, encoding, disk.

Exit codes: 0 all that is needed is there; 1 something is missing that planparse cannot do without.

\b
Example:
  planparse doctor --outputs data
"""


def doctor(
    outputs: Annotated[Path, typer.Option(help="Folder for the dataset, to be checked for room.")] = OUTPUTS,
    as_json: Json = False,
) -> None:
    with orderly():
        from planparse.configuration.surroundings import check

        found = check(outputs)
        if as_json:
            print_json(found)
        else:
            for one in found:
                typer.echo(f"{one.state:<8} {one.name:<20} {one.told}" + (f" → {one.advice}" if one.advice else ""))
        if any(one.state == "missing" for one in found):
            raise typer.Exit(EXIT_UNREADABLE)
