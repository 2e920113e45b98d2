"""How a command ends: exit codes, and known errors as one sentence."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

import typer

EXIT_UNREADABLE, EXIT_USAGE, EXIT_STOPPED = 1, 2, 130


@contextmanager
def whole_program() -> Iterator[None]:
    """What no command foresaw of the system (a full disk, a folder that may not be written) is one sentence, too."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:
        if error.errno != errno.EPIPE:  # a reader that has seen enough, such as head
            where = f"{os.fsdecode(error.filename).removesuffix('.tmp')}: " if isinstance(error.filename, (str, bytes)) else ""
            typer.echo(f"planparse: {where}{error.strerror or error}.", err=True)
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what Python writes at its end
        sys.exit(EXIT_UNREADABLE if error.errno == errno.EPIPE else EXIT_USAGE)


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
