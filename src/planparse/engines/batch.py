"""One batch of files → one shard: what a worker does, and what is done in place where a run is small."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from planparse.dataset.manifest import Entry, Piece
from planparse.dataset.shards import SUFFIX, shared, write_shard
from planparse.engines.core import PIECES, Lost, Process, Raw, Rows, convert, documents_in
from planparse.model.findings import Code, DocumentError, Note
from planparse.model.options import Options
from planparse.model.records import Source

if TYPE_CHECKING:
    from planparse.pipeline import Stages


@dataclass(frozen=True, slots=True)
class File:
    """A file of the corpus: ``path`` as the dataset shows it, ``place`` where it lies; hash, first bytes if known."""

    path: str
    place: str
    size: int
    sha256: str = ""
    head: bytes = b""
    lost: tuple[tuple[int, Lost], ...] = ()
    """Members of an archive that cost the process that read them, by their place in it: not to be read again."""
    end: tuple[int, Lost] | None = None
    """After so many members an archive is not read any further, and why."""


@dataclass(frozen=True, slots=True)
class Work:
    """What every batch of a run has in common. ``key`` goes into the shards: see ``dataset.manifest``."""

    process: Process
    options: Options
    shards: Path
    key: str


@dataclass(slots=True)
class Timing:
    """Where the time of a batch went, in seconds: by stage, and by document."""

    stages: dict[str, float] = field(default_factory=dict)
    documents: list[tuple[float, str]] = field(default_factory=list)

    def add(self, stages: Mapping[str, float]) -> None:
        for stage, seconds in stages.items():
            self.stages[stage] = self.stages.get(stage, 0.0) + seconds


@dataclass(frozen=True, slots=True)
class Started:
    """A document is being read from here on; ``file`` is the place of its file in the batch.

    ``member`` counts the members of an archive that went before; they are being unpacked where ``unpacking`` says so.
    """

    file: int
    path: str
    member: int = 0
    unpacking: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The shard of a batch is on the disk."""

    shard: Path
    timing: Timing


@dataclass(frozen=True, slots=True)
class Failed:
    """A batch was not written. Without an error its document is to blame, which took more memory than there is."""

    error: Exception | None


_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
MOST_LOST = 16
"""Members that may each cost a process: for each the archive is read again."""
READY, ENDED = "ready", "ended"
"""What a process says when it can be given batches, and what stands for the end of its output."""
Notify = Callable[[Started | None], None]
"""Told what is being read, and None when it has been."""
Progress = Callable[[File], None]
"""Told each file that is done."""


class Once:
    """Tells of each file once, also if its batch is read again."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.told: set[str] = set()

    def __call__(self, files: Sequence[File]) -> None:
        for file in files:
            if file.path not in self.told:
                self.told.add(file.path)
                self.progress(file)


def read_batch(batch: Sequence[File], work: Work, notify: Notify) -> Done:
    """Read a batch of files, and write what they give as one shard. Errors of writing are raised."""
    begun = time.perf_counter()
    timing = Timing()
    at = member = 0

    def documents() -> Iterator[Raw]:
        nonlocal at
        for at, file in enumerate(batch):
            notify(Started(at, file.path))
            yield file.path, _content(file, work.options)

    def opened(path: str, data: bytes, options: Options) -> Iterator[tuple[str, bytes | Note]]:
        nonlocal member
        inside = documents_in(path, data, options)
        lost, end = dict(batch[at].lost), batch[at].end
        for member in count():
            if member:
                notify(Started(at, path, member, unpacking=True))
            found = (path, end[1]) if end and member == end[0] else next(inside, None)
            if found is None:
                break
            yield found[0], lost.get(member, found[1])
            if end and member == end[0]:
                break
            if found[0] == path and not isinstance(found[1], Note):
                break  # no archive: the file itself
        notify(None)

    def process(data: bytes, path: str, options: Options) -> Stages:
        notify(Started(at, path, member))
        start = time.perf_counter()
        found = work.process(data, path, options)
        timing.documents.append((time.perf_counter() - start, path))
        notify(None)
        timing.add(found.seconds)
        return found

    shard = _write(batch, convert(documents(), process, work.options, opened), work)
    timing.add({"store": time.perf_counter() - begun - sum(seconds for seconds, _ in timing.documents)})
    return Done(shard, timing)


def without(file: File, reading: Started | None, why: Note) -> File | None:
    """The archive without the member that cost its process, or without all from where unpacking it did; None for what is none."""
    if reading is None or (reading.path == file.path and not reading.member) or file.end:
        return None
    if reading.unpacking:
        return replace(file, end=(reading.member, _lost(why, after=reading.member)))
    if len(file.lost) == MOST_LOST:
        return replace(file, end=(reading.member, _lost(why, lost=MOST_LOST, not_tried=reading.path)))
    return replace(file, lost=(*file.lost, (reading.member, _lost(why))))


def _lost(why: Note, **more: object) -> Lost:
    return Lost(why.code, why.wording, arguments=why.within(**more).arguments)


def give_up(file: File, work: Work, why: Note) -> Done:
    """The shard of a file that could not be read for a reason that only the engine knows."""
    return Done(_write([file], convert([(file.path, why)], work.process, work.options), work), Timing())


def took_too_long(seconds: float) -> Note:
    return Note.of(Code.LIMIT_EXCEEDED, "time", seconds=f"{seconds:g}")


def took_too_much(options: Options) -> Note:
    memory = options.limits.memory
    gigabytes = f"{memory / (1 << 30):.3g}"
    return Note.of(Code.LIMIT_EXCEEDED, "memory", gigabytes=gigabytes) if memory else Note(Code.LIMIT_EXCEEDED, "all_memory")


def ended_its_process(code: int | None) -> Note:
    """Of a process's exit code (negative for a signal), or None for one that runs on without a word."""
    if code is None:
        return Note(Code.WORKER_DIED, "closed")
    if code < 0:
        return Note.of(Code.WORKER_DIED, "signal", signal=signal.Signals(-code).name)
    return Note.of(Code.WORKER_DIED, "exit", exit=code)


def too_large(size: object, limit: int) -> Note:
    """``size`` in bytes."""
    return Note.of(Code.LIMIT_EXCEEDED, "bytes", size=size, limit=limit)


def _write(batch: Sequence[File], rows: Iterator[Rows], work: Work) -> Path:
    """Write a shard under a name that its files decide, so that doing the same again replaces it."""
    name = hashlib.sha256("\0".join([work.key, *(f"{file.path}\n{file.sha256}" for file in batch)]).encode())
    shard = name.hexdigest()[:16]
    tables: dict[str, list[pa.RecordBatch]] = {}
    for table, part in rows:
        tables.setdefault(table, []).append(shared(part) if table == Source.table else part)
    pieces: dict[str, list[Piece]] = {}
    for part in tables.pop(PIECES, []):
        for row in part.to_pylist():
            piece = Piece(row["path"], row["sha256"], row["bytes"], tuple(row["rows"]), retry=row["retry"])
            pieces.setdefault(row["file"], []).append(piece)
    entries = [_entry(file, pieces.get(file.path, []), shard) for file in batch]
    path = work.shards / (shard + SUFFIX)
    write_shard(path, work.key, entries, tables)
    return path


def _entry(file: File, pieces: Sequence[Piece], shard: str) -> Entry:
    """The file as it was read: it may have changed since it was looked at."""
    sole = pieces[0] if len(pieces) == 1 and pieces[0].path == file.path and not pieces[0].retry else None
    return Entry(
        file.path, sole.sha256 if sole else file.sha256, sole.size if sole else file.size, tuple(pieces), shard
    )


def _content(file: File, options: Options) -> bytes | Note:
    try:
        return read(file.place, options)
    except DocumentError as error:
        return error.note
    except OSError as error:
        return Note.of(Code.UNREADABLE_FILE, "reason", reason=error.strerror or error)


def read(place: str, options: Options) -> bytes:
    """A file's bytes. Raises OSError, and DocumentError for what is too large or no file at all."""
    limit = options.limits.max_bytes
    with open_file(place) as file:
        size = os.fstat(file.fileno()).st_size
        data = b"" if size > limit else file.read(limit + 1)
    if max(size, len(data)) > limit:
        raise DocumentError(Code.LIMIT_EXCEEDED, "bytes", size=size, limit=limit)
    return data


def open_file(place: str) -> io.BufferedReader:
    """A regular file to be read; nothing else is even opened, or may make the process wait. Raises OSError and DocumentError."""
    _refuse(os.stat(place).st_mode)
    handle = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    file: io.BufferedReader = open(handle, "rb")  # noqa: SIM115 (handed on)
    try:
        _refuse(os.fstat(file.fileno()).st_mode)  # it may have been replaced meanwhile
    except DocumentError:
        file.close()
        raise
    return file


def _refuse(mode: int) -> None:
    if not stat.S_ISREG(mode):
        kind = next((name for test, name in _KINDS if test(mode)), "no regular file")
        raise DocumentError(Code.UNREADABLE_FILE, "kind", kind=kind)
