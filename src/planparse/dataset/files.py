"""The one place where planparse changes the disk: a file is there whole, or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from planparse.model.findings import UsageError

STATE = ".planparse"
"""Folder in the output folder for what is not the dataset: lock, shards, files on their way."""
TEMPORARY = ".tmp"
"""Ending of what a stopped run may leave, and the next one clears away."""

JOURNAL = ".wal"
"""Ending of what DuckDB leaves beside a file that it could not complete."""


def refuse_bytes(path: str | os.PathLike[str]) -> None:
    """Raise UsageError for a path that is not UTF-8 (old ones are often GBK): Arrow and DuckDB can open none."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise UsageError(f"The name {path} is not UTF-8, as that of a dataset or an export must be; rename the folder.") from None


def make_folder(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)


def remove_folder(path: Path) -> None:
    """Remove a folder and all in it; it need not be there."""
    shutil.rmtree(path, ignore_errors=True)


def create(path: Path) -> BinaryIO:
    return open(path, "wb")


def settle(file: BinaryIO) -> None:
    """What was written survives a power cut from here on."""
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def whole(path: Path, by_way_of: Path | None = None) -> Iterator[BinaryIO]:
    """A file that appears under its name, complete and settled, when the block ends; after an error it does not.

    Until then it lies in its folder, or in ``by_way_of`` on the same disk, under another name.
    """
    with whole_at(path, by_way_of) as temporary, create(temporary) as file:
        yield file


@contextmanager
def whole_at(path: Path, by_way_of: Path | None = None) -> Iterator[Path]:
    """As ``whole``, for what is written by a library that takes a path."""
    _refuse_devices(path)
    temporary = (by_way_of or path.parent) / (path.name + TEMPORARY)
    temporary.unlink(missing_ok=True)
    try:
        yield temporary
        with open(temporary, "rb+") as file:
            settle(file)
        replace(temporary, path)
    except BaseException:
        for left in (temporary, temporary.with_name(temporary.name + JOURNAL)):
            left.unlink(missing_ok=True)
        raise


def _refuse_devices(path: Path) -> None:
    """Raise OSError where a file would take the place of a device, a pipe or a folder: who may write to /dev could remove them."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return
    if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
        raise OSError(errno.EINVAL, "there is something else than a file", str(path))


def replace(source: Path, target: Path) -> None:
    os.replace(source, target)


def hard_link(existing: Path, new: Path) -> None:
    os.link(existing, new)


def point(link: Path, target: str, by_way_of: Path) -> None:
    """Let a symbolic link point elsewhere (or come to be) in one step."""
    temporary = by_way_of / (link.name + TEMPORARY)
    temporary.unlink(missing_ok=True)
    os.symlink(target, temporary)
    replace(temporary, link)
