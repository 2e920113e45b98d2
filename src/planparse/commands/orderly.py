"""How a command ends: exit codes, and known errors as one sentence."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

EXIT_UNREADABLE, EXIT_USAGE, EXIT_STOPPED = 1, 2, 130


@contextmanager
def orderly() -> Iterator[None]:
    """Errors that planparse knows become one sentence and an exit code; so does being stopped."""
    from planparse.model.findings import PlanparseError

    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    except PlanparseError as error:
        typer.echo(f"planparse: {error}", err=True)
        raise typer.Exit(EXIT_USAGE) from None
    except KeyboardInterrupt:
        typer.echo("planparse: stopped. What was finished is kept; the next run goes on from there.", err=True)
        raise typer.Exit(EXIT_STOPPED) from None


def _stop(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt
