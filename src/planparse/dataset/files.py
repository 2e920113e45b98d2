"""The one place where planparse changes the disk: a file is there whole, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

STATE = ".planparse"
"""Folder in the output folder for what is not the dataset: lock, shards, files on their way."""


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
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name, complete and settled, when the block ends; after an error it does not."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with create(temporary) as file:
            yield file
            settle(file)
        replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def replace(source: Path, target: Path) -> None:
    os.replace(source, target)


def hard_link(existing: Path, new: Path) -> None:
    os.link(existing, new)


def point(link: Path, target: str) -> None:
    """Let a symbolic link point elsewhere (or come to be) in one step."""
    temporary = link.with_name(f".{link.name}.{os.getpid()}.link")
    temporary.unlink(missing_ok=True)
    os.symlink(target, temporary)
    replace(temporary, link)
