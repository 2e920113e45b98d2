"""Staged files become the dataset: whoever looks sees all the old files or all the new ones, at every moment.

One file can be replaced in one step, nine cannot. So the visible names are first made links through one more link::

    outputs/tasks.parquet ──► .planparse/current/tasks.parquet         .planparse/current ──► old | new

which changes nothing that can be seen: ``old`` holds the old files. Then ``current`` is turned from ``old`` to ``new``
in one step, and the links are replaced by the files themselves, which again changes nothing that can be seen. What was
stopped in between is finished, or undone, by ``recover``.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from planparse.dataset import files

NEW, OLD, CURRENT = "new", "old", "current"
NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def staging(out: Path) -> Path:
    """An empty folder for the files of the next dataset."""
    folder = out / files.STATE / NEW
    files.remove_folder(folder)
    files.make_folder(folder)
    return folder


def publish(out: Path) -> None:
    """Make the staged files the dataset. After an error the old dataset is in place."""
    state = out / files.STATE
    names = sorted(path.name for path in (state / NEW).iterdir())
    try:
        _link_through(out, names)
        files.point(state / CURRENT, NEW, state)
    except OSError as error:
        _untie(out)
        if error.errno not in NO_LINKS:
            raise
        for name in names:  # a file system without links: one file after the other is the best there is
            files.replace(state / NEW / name, out / name)
    with suppress(OSError):  # the new dataset is there, if only through links: the next run tries again
        recover(out)


def _link_through(out: Path, names: list[str]) -> None:
    state = out / files.STATE
    files.remove_folder(state / OLD)
    files.make_folder(state / OLD)
    for name in names:
        if (out / name).is_file():
            files.hard_link(out / name, state / OLD / name)
    files.point(state / CURRENT, OLD, state)
    for name in names:
        files.point(out / name, f"{files.STATE}/{CURRENT}/{name}", state)


def recover(out: Path) -> None:
    """Bring a publication that was stopped to its end, or back to its beginning where it had not yet become visible."""
    _untie(out)
    state = out / files.STATE
    for left in state.glob(f"*{files.TEMPORARY}"):
        left.unlink()
    for name in (OLD, NEW):
        files.remove_folder(state / name)


def _untie(out: Path) -> None:
    """Put the files that are seen through links in the place of the links."""
    current = out / files.STATE / CURRENT
    if current.is_symlink():
        side = current.parent / os.readlink(current)
        for link in [path for path in out.iterdir() if _goes_through(path)]:
            if (side / link.name).is_file():
                files.replace(side / link.name, link)
            else:
                link.unlink()
        current.unlink()


def _goes_through(path: Path) -> bool:
    return path.is_symlink() and os.readlink(path) == f"{files.STATE}/{CURRENT}/{path.name}"
