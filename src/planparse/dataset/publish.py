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
        try:
            _link_through(out, names)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            recover(out)  # a file system without links: one file after the other is the best there is
        else:
            files.point(state / CURRENT, NEW)
        for name in names:
            files.replace(state / NEW / name, out / name)
    except BaseException:
        if (state / NEW).is_dir():
            recover(out)
        raise
    _tidy(out)


def _link_through(out: Path, names: list[str]) -> None:
    state = out / files.STATE
    files.remove_folder(state / OLD)
    files.make_folder(state / OLD)
    for name in names:
        if (out / name).is_file():
            files.hard_link(out / name, state / OLD / name)
    files.point(state / CURRENT, OLD)
    for name in names:
        files.point(out / name, f"{files.STATE}/{CURRENT}/{name}")


def recover(out: Path) -> None:
    """Bring a publication that was stopped to its end, or back to its beginning where it had not yet become visible."""
    state = out / files.STATE
    current = state / CURRENT
    if current.is_symlink():
        side = state / os.readlink(current)
        for link in (path for path in out.iterdir() if _goes_through(path)):
            if (side / link.name).is_file():
                files.replace(side / link.name, link)
            else:
                link.unlink()
    _tidy(out)


def _goes_through(path: Path) -> bool:
    return path.is_symlink() and os.readlink(path) == f"{files.STATE}/{CURRENT}/{path.name}"


def _tidy(out: Path) -> None:
    state = out / files.STATE
    (state / CURRENT).unlink(missing_ok=True)
    files.remove_folder(state / OLD)
    files.remove_folder(state / NEW)
