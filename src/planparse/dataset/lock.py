"""One writer per output folder."""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from planparse.dataset import files
from planparse.model.findings import UsageError

LOCK = "lock"
PATIENCE = 2.0
"""Seconds in which what a dead writer has started, and what may still hold its lock, will have ended; then it is taken over."""
PAUSE = 0.02
_HOLDER = re.compile(r"process (?P<pid>\d{1,10}) on (?P<host>\S{1,255})")


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Hold the output folder (made if it is not there) for one writer.

    The system gives the lock back when its holder ends, however it ends: the file of a dead process locks nothing. Where
    something outlives the writer that the file names, the lock is taken from it.
    Raises UsageError if another process writes, or if the folder cannot be written.
    """
    try:
        if out.exists() and not out.is_dir():
            raise UsageError(f"{out} is a file; --out takes a folder.")
        files.make_folder(out / files.STATE)
        file = _held(out)
    except OSError as error:
        raise UsageError(f"Cannot write to {out}: {error.strerror}.") from error
    with file:
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()}\n".encode())
        file.flush()
        yield
        file.truncate(0)


def _held(out: Path) -> BinaryIO:
    """The lock's file, locked. Raises UsageError while a living process holds it."""
    place = out / files.STATE / LOCK
    until = time.monotonic() + PATIENCE
    while True:
        file = open(place, "a+b")  # noqa: SIM115 (an error in the block is not one of opening)
        if _take(file) and _is_at(file, place):
            return file
        file.seek(0)
        holder = file.read(200).decode(errors="replace").strip() or "another process"
        file.close()
        if not _is_dead(holder):
            raise UsageError(f"{out} is being written by {holder}; wait for it to end, or choose another --out.")
        if time.monotonic() > until:
            place.unlink(missing_ok=True)  # whoever holds it holds a file that nobody finds any more
        time.sleep(PAUSE)


def _is_at(file: BinaryIO, place: Path) -> bool:
    """Whether the file is the one that others would open: it may have been replaced before it was locked."""
    with suppress(OSError):
        return os.path.samestat(os.fstat(file.fileno()), os.stat(place))
    return False


def _is_dead(holder: str) -> bool:
    """Whether the process that a lock names has ended; no process of another machine is known to have."""
    named = _HOLDER.match(holder)
    if os.name != "posix" or not named or named["host"] != socket.gethostname():
        return False
    try:
        os.kill(int(named["pid"]), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    with suppress(OSError):  # ended, but not yet seen to have by the process that started it
        return Path(f"/proc/{named['pid']}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    return False


def _take(file: BinaryIO) -> bool:
    try:
        if os.name == "nt":  # pragma: no cover
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
