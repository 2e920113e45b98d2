"""Which files make up the corpus, in which order and under which names."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from planparse.dataset.manifest import is_output
from planparse.engines.batch import File
from planparse.loaders.archives import is_clutter
from planparse.model.findings import UsageError


def discover(
    paths: Sequence[str | os.PathLike[str]], exclude: Path | None = None, ignore: Sequence[str] = ()
) -> list[File]:
    """The files at and below ``paths``, sorted by the names that the dataset shows.

    ``ignore`` holds shell patterns: ``*.eml`` and ``drafts`` leave out files and folders of such a name, wherever they
    stand; ``2019/drafts/*``, with a slash, those at such a place. A path that was itself given is always read.

    Folders are walked recursively; hidden files, those that systems and Word leave beside documents (Thumbs.db, ~$…), the
    folder ``exclude`` (where the dataset is written), folders reached
    a second time through links, datasets and review sites are left out; what is no regular file, or has a name that the system cannot open, is kept to
    be reported. Names are relative to the folder given, or to
    the folder that all the given paths have in common. Raises UsageError for a path that is not there, and for what planparse wrote.
    """
    if not all(map(os.fspath, paths)):
        raise UsageError("The name of a file or folder to read is empty.")
    starts = sorted({os.path.abspath(path) for path in paths})
    for start in starts:
        if not os.path.lexists(start):
            raise UsageError(f"There is no file or folder {shown(start)}.")
        if not os.path.isdir(start) and os.path.exists(start) and not os.path.isfile(start):
            raise UsageError(f"{shown(start)} is neither a file nor a folder.")
    if not starts:
        raise UsageError("Give the files or folders to read.")
    folders = [start if os.path.isdir(start) else os.path.dirname(start) for start in starts]
    root = os.path.commonpath(folders)
    walk = _Walk(os.path.realpath(exclude) if exclude else None, root, ignore)
    places = sorted({place for start in starts for place in walk.files(start)})
    return _named(places, root)


def _named(places: Sequence[str], root: str) -> list[File]:
    """Files under names that can be shown; two that would look the same get numbers."""
    used: set[str] = set()
    files = []
    for place in places:
        base = name = shown(os.path.relpath(place, root)).replace(os.sep, "/")
        number = 1
        while name in used:
            number += 1
            name = f"{base}#{number}"
        used.add(name)
        files.append(File(name, place, _size(place)))
    return sorted(files, key=lambda file: file.path)


def _size(place: str) -> int:
    try:
        return os.stat(place).st_size
    except OSError:
        return 0


def shown(name: str) -> str:
    """A file name as text: names are bytes, and old ones are often in GBK."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


class _Walk:
    """A walk through folders that enters each only once."""

    def __init__(self, exclude: str | None, root: str, ignore: Sequence[str]) -> None:
        self.exclude = exclude
        self.root = root
        self.ignore = [pattern.strip("/") for pattern in ([ignore] if isinstance(ignore, str) else ignore)]
        self.entered: set[tuple[int, int]] = set()

    def files(self, start: str) -> Iterator[str]:
        """The files below a folder, or the file itself; a folder that cannot be read stands for what is in it."""
        if not os.path.isdir(start):
            yield start
            return
        waiting = [start]
        while waiting:
            folder = waiting.pop()
            if os.path.realpath(folder) == self.exclude:
                continue
            try:
                if self._again(folder):
                    continue
                if is_output(folder):  # its pages and descriptions are no plans
                    if folder == start:
                        raise UsageError(f"{shown(start)} is what planparse wrote, not a folder of plans.")
                    continue
                with os.scandir(folder) as found:
                    names = sorted(entry.path for entry in found if self._wanted(entry))
            except OSError:
                yield folder
                continue
            waiting.extend(name for name in reversed(names) if os.path.isdir(name))
            yield from (name for name in names if _to_read(name))

    def _wanted(self, entry: os.DirEntry[str]) -> bool:
        if entry.name.startswith(".") or is_clutter(entry.name):
            return False
        place = shown(os.path.relpath(entry.path, self.root)).replace(os.sep, "/")
        return not any(fnmatchcase(place if "/" in pattern else shown(entry.name), pattern) for pattern in self.ignore)

    def _again(self, folder: str) -> bool:
        about = os.stat(folder)
        again = (about.st_dev, about.st_ino) in self.entered
        self.entered.add((about.st_dev, about.st_ino))
        return again


def _to_read(place: str) -> bool:
    """All but folders, which are walked, and links that lead to themselves: what cannot be read is to be reported."""
    try:
        return not stat.S_ISDIR(os.stat(place).st_mode)
    except OSError as error:
        return error.errno != errno.ELOOP
