"""The work that every engine does: files in, rows of all tables out, in record batches of one table each.

A table may come in several batches. The table ``pieces`` says what was read: the rows of every other table follow one another in the
order of its rows, which tell their numbers.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from planparse.dataset.assembly import corpus_finding
from planparse.dataset.columns import encode, encode_columns, schema_of
from planparse.dataset.manifest import Piece
from planparse.loaders.archives import is_archive, members
from planparse.model.findings import Code, DocumentError, Note
from planparse.model.options import Options
from planparse.model.records import TABLES, Record, Records, Source

if TYPE_CHECKING:
    from planparse.pipeline import Stages

Process = Callable[[bytes, str, Options], "Stages"]
"""A document's bytes and path to its records, and the seconds that it took."""

Open = Callable[[str, bytes, Options], Iterator[tuple[str, "bytes | Note"]]]
"""A file's path and bytes to the documents in it: see ``documents_in``."""

NATIVE = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""Formats read by C code, which a damaged file can bring down, or hold up beyond any alarm: not in a process that must go on."""

FLUSH_ROWS = 4096
FLUSH_BYTES = 8 << 20
"""Rows are encoded together until there are so many, or their documents are so large."""

Raw = tuple[str, "bytes | Note"]
"""A file's path and bytes; a Note in place of what cannot be read."""
Rows = tuple[str, pa.RecordBatch]
"""A table, and rows of it."""
PIECES = "pieces"
PIECES_SCHEMA = schema_of(
    ("file", "path", "sha256", "bytes", "retry", "rows"), {"bytes": pa.int64(), "retry": pa.bool_(), "rows": pa.list_(pa.int64())}
)


class Lost(Note):
    """What is said of a member of an archive that could not be read for a reason that may pass."""


RETRY = {Code.WORKER_DIED, Code.LIMIT_EXCEEDED}
"""Findings of a failure that may pass: the document is read again by the next run."""


def read_document(data: bytes, path: str, options: Options) -> Stages:
    """``planparse.pipeline.stages``, imported by the process that reads, not by the one that divides the work."""
    from planparse.pipeline import stages

    return stages(data, path, options)


def convert(documents: Iterable[Raw], process: Process, options: Options, opened: Open | None = None) -> Iterator[Rows]:
    """Files to the rows of all tables; ``opened`` stands for ``documents_in``."""
    group = _Group()
    for file, content in documents:
        if isinstance(content, Note):
            group.add(file, file, None, [failure(file, content)], retry=True)
            continue
        told: Counter[Note] = Counter()
        for inner, data in (opened or documents_in)(file, content, options):
            if isinstance(data, Note):
                told[data] += 1
                found = [failure(inner, data, told[data])]
                group.add(file, inner, None, found, retry=isinstance(data, Lost))
            else:
                _read(group, file, inner, data, process, options)
        if group.full:
            yield from group.flush()
    yield from group.flush()


def _read(group: _Group, file: str, path: str, data: bytes, process: Process, options: Options) -> None:
    try:
        found = process(data, path, options).records
    except MemoryError:
        raise
    except Exception as error:  # a fault of the parser's own must cost one document, not the run
        note = Note.of(Code.UNREADABLE_FILE, "failed", error=f"{type(error).__name__}: {error}")
        group.add(file, path, None, [failure(path, note)], retry=True)
        return
    codes = {finding.code for records in found for finding in records.findings}
    group.add(file, path, data, found, retry=bool(codes & RETRY))


def documents_in(path: str, data: bytes, options: Options) -> Iterator[tuple[str, bytes | Note]]:
    """The documents that a file holds: itself, or the members of an archive; a Note for what cannot be had."""
    if not is_archive(data):
        yield path, data
        return
    empty = True
    try:
        for member in members(data, path, options.limits):
            empty = False
            yield (path, member) if isinstance(member, Note) else member
    except DocumentError as error:
        empty = False
        yield path, error.note
    except MemoryError:
        raise
    except Exception as error:  # a fault in reading an archive must cost that archive, not the run
        empty = False
        yield path, Note.of(Code.UNREADABLE_FILE, "archive_failed", error=f"{type(error).__name__}: {error}")
    if empty:
        yield path, Note(Code.EMPTY_DOCUMENT, "archive")


def failure(path: str, note: Note, number: int = 1) -> Records:
    """All that there is to say of a file that could not be read: one finding; ``number`` tells apart those that say the same."""
    return Records(findings=[corpus_finding(path, note, number=number)])


class _Group:
    """Records that wait to be encoded together."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self.pieces: list[tuple[str, Piece]] = []
        self.rows: dict[type[Record], list[Record]] = {model: [] for model in TABLES}
        self.count = self.size = 0

    @property
    def full(self) -> bool:
        return self.count >= FLUSH_ROWS or self.size >= FLUSH_BYTES

    def add(self, file: str, path: str, data: bytes | None, found: Sequence[Records], retry: bool) -> None:
        before = [len(rows) for rows in self.rows.values()]
        for records in found:
            for model, rows in self.rows.items():
                rows.extend(getattr(records, model.table))
        counts = tuple(len(rows) - old for rows, old in zip(self.rows.values(), before, strict=True))
        sha256 = "" if data is None else hashlib.sha256(data).hexdigest()
        piece = Piece(path, sha256, len(data or b""), counts, retry=retry)
        self.pieces.append((file, piece))
        self.count += sum(counts)
        self.size += piece.size

    def flush(self) -> Iterator[Rows]:
        if not self.pieces:
            return
        about = [(file, p.path, p.sha256, p.size, p.retry, p.rows) for file, p in self.pieces]
        held = self.rows
        self._clear()
        yield PIECES, encode_columns(PIECES_SCHEMA, zip(*about, strict=True))
        for model, rows in held.items():
            for part in _parts(rows):
                yield model.table, encode(model, part)


def _parts(rows: Sequence[Record]) -> Iterator[Sequence[Record]]:
    """Rows that are encoded together: all, but source texts a few at a time. A hundred documents of a file have its text each."""
    begun = size = 0
    for at, row in enumerate(rows):
        length = len(row.text) if isinstance(row, Source) else 0
        if size and size + length > FLUSH_BYTES // 3:
            yield rows[begun:at]
            begun, size = at, 0
        size += length
    if rows[begun:]:
        yield rows[begun:]
