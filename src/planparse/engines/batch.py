"""One batch of files → one shard: what a worker does, and what is done in place where a run is small."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from planparse.dataset.manifest import Entry, Piece
from planparse.dataset.shards import SUFFIX, write_shard
from planparse.engines.core import PIECES, Process, convert, raw, unwrap
from planparse.model.findings import Code, DocumentError
from planparse.model.options import Options

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
    """A document is being read from here on; ``file`` is the place of its file in the batch."""

    file: int
    path: str


@dataclass(frozen=True, slots=True)
class Done:
    """The shard of a batch is on the disk."""

    shard: Path
    timing: Timing


@dataclass(frozen=True, slots=True)
class Failed:
    """A batch was not written. Without an error its document is to blame, which took more memory than there is."""

    error: Exception | None


TOO_LARGE = "The file has %.0f MB; the limit is %.0f MB."
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
    at = 0

    def documents() -> Iterator[pa.RecordBatch]:
        nonlocal at
        for at, file in enumerate(batch):
            notify(Started(at, file.path))
            yield _raw(file, work.options)

    def process(data: bytes, path: str, options: Options) -> Stages:
        notify(Started(at, path))
        start = time.perf_counter()
        found = work.process(data, path, options)
        timing.documents.append((time.perf_counter() - start, path))
        notify(None)
        timing.add(found.seconds)
        return found

    shard = _write(batch, convert(documents(), process, work.options), work)
    timing.add({"store": time.perf_counter() - begun - sum(seconds for seconds, _ in timing.documents)})
    return Done(shard, timing)


def give_up(file: File, work: Work, code: Code, message: str) -> Done:
    """The shard of a file that could not be read for a reason that only the engine knows."""
    rows = convert([raw(file.path, None, (code, message))], work.process, work.options)
    return Done(_write([file], rows, work), Timing())


def took_too_long(seconds: float) -> tuple[Code, str]:
    return Code.LIMIT_EXCEEDED, f"Reading it took more than {seconds:g} seconds; allow more with --timeout."


def took_too_much() -> tuple[Code, str]:
    return Code.LIMIT_EXCEEDED, "Reading it took more memory than there is."


def ended_its_process(how: str) -> tuple[Code, str]:
    return Code.WORKER_DIED, f"The process that read it {how}; the file may be damaged."


def _write(batch: Sequence[File], rows: Iterator[pa.RecordBatch], work: Work) -> Path:
    """Write a shard under a name that its files decide, so that doing the same again replaces it."""
    name = hashlib.sha256("\0".join([work.key, *(f"{file.path}\n{file.sha256}" for file in batch)]).encode())
    shard = name.hexdigest()[:16]
    tables: dict[str, list[pa.RecordBatch]] = {}
    for envelope in rows:
        table, part = unwrap(envelope)
        tables.setdefault(table, []).append(part)
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


def _raw(file: File, options: Options) -> pa.RecordBatch:
    try:
        return raw(file.path, read(file.place, options))
    except DocumentError as error:
        return raw(file.path, None, (error.note.code, error.note.message))
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}."
        return raw(file.path, None, (Code.UNREADABLE_FILE, message))


def read(place: str, options: Options) -> bytes:
    """A file's bytes. Raises OSError, and DocumentError for what is too large or no file at all."""
    limit = options.limits.max_bytes
    handle = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise DocumentError(Code.UNREADABLE_FILE, "This is not a regular file.")
        data = b"" if about.st_size > limit else file.read(limit + 1)
    if max(about.st_size, len(data)) > limit:
        raise DocumentError(Code.LIMIT_EXCEEDED, TOO_LARGE % (about.st_size / 1e6, limit / 1e6))
    return data
