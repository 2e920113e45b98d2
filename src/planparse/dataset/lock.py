"""One writer per output folder."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from planparse.dataset import files
from planparse.model.findings import UsageError

LOCK = "lock"


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Hold the output folder (made if it is not there) for one writer.

    The system gives the lock back when its holder ends, however it ends: the file of a dead process locks nothing.
    Raises UsageError if another process writes, or if the folder cannot be written.
    """
    try:
        if out.exists() and not out.is_dir():
            raise UsageError(f"{out} is a file; --out takes a folder.")
        files.make_folder(out / files.STATE)
        file = open(out / files.STATE / LOCK, "a+b")  # noqa: SIM115 (an error in the block is not one of opening)
    except OSError as error:
        raise UsageError(f"Cannot write to {out}: {error.strerror}.") from error
    with file:
        if not _take(file):
            file.seek(0)
            holder = file.read(200).decode(errors="replace").strip() or "another process"
            raise UsageError(f"{out} is being written by {holder}; wait for it to end, or choose another --out.")
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()}\n".encode())
        file.flush()
        yield
        file.truncate(0)


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
