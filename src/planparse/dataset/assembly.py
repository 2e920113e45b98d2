"""Which rows make up the dataset, in which order: the files in the order of their paths, equal documents once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from planparse.dataset.manifest import NO_ROWS, Entry, Piece, Rows, add_rows
from planparse.dataset.writer import Part, RowSource, Take
from planparse.model.findings import SEVERITY, Code
from planparse.model.records import TABLES, Finding

FINDINGS = [model.table for model in TABLES].index(Finding.table)
ONE_FINDING: Rows = tuple(int(index == FINDINGS) for index in range(len(TABLES)))


@dataclass(frozen=True, slots=True)
class Located:
    """A file of the corpus, and where its rows stand."""

    entry: Entry
    source: RowSource | None
    """None for a file that was not read, since the file before it of the same bytes was."""
    start: Rows = NO_ROWS


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that gave no records, and why."""

    path: str
    code: str
    message: str


def locate(entries: Iterable[Entry], source: RowSource) -> Iterator[Located]:
    """The files of a shard or dataset, each with its place: the rows follow one another as the files do."""
    start = NO_ROWS
    for entry in entries:
        yield Located(entry, source, start)
        start = add_rows([start, entry.rows])


def assemble(files: Iterable[Located]) -> tuple[list[Part], list[Entry]]:
    """The rows of the dataset in order, and the manifest's entries for them.

    Of documents with equal bytes the first gives its rows; each further one gives a ``duplicate_document`` finding.
    """
    parts: list[Part] = []
    entries: list[Entry] = []
    first: dict[str, Piece] = {}
    for file in files:
        whole = Piece(file.entry.path, file.entry.sha256, file.entry.size)
        pieces: list[Piece] = []
        start = file.start
        for piece in file.entry.pieces if file.source else (whole,):
            original = first.setdefault(piece.sha256, piece) if piece.sha256 and not piece.retry else piece
            if file.source and original is piece:
                parts.append(Take(file.source, start, piece.rows))
                pieces.append(piece)
            else:
                parts.append(duplicate_finding(piece, original))
                pieces.append(Piece(piece.path, piece.sha256, piece.size, ONE_FINDING, original.path))
            start = add_rows([start, piece.rows])
        first.setdefault(whole.sha256, whole)  # of an archive, the bytes are not those of any piece
        entries.append(replace(file.entry, pieces=tuple(pieces)))
    return parts, entries


def unread(files: Iterable[Located]) -> list[Entry]:
    """Files that were not read for the sake of others which, as it turned out, have other bytes by now."""
    seen: set[str] = set()
    missing = []
    for file in files:
        if file.source:
            seen.add(file.entry.sha256)
        elif file.entry.sha256 not in seen:
            missing.append(file.entry)
    return missing


def duplicate_finding(piece: Piece, original: Piece) -> Finding:
    """The finding for a document whose bytes were read at another path."""
    return corpus_finding(
        piece.path,
        Code.DUPLICATE_DOCUMENT,
        f"The same bytes as {original.path}, where they were read.",
        piece.sha256[:16] if original.read else None,
    )


def corpus_finding(path: str, code: Code, message: str, doc_id: str | None = None) -> Finding:
    """A finding about a file rather than about what it says."""
    return Finding(
        doc_id=doc_id,
        source_start=None,
        source_end=None,
        page=None,
        finding_id="f-" + hashlib.sha256(f"{code} {path} {message}".encode()).hexdigest()[:16],
        section_id=None,
        source_path=path,
        severity=SEVERITY[code],
        code=code,
        message=message,
        excerpt_raw=None,
    )


def failures(files: Iterable[Located]) -> Iterator[Failure]:
    """The documents that gave no records, each with its gravest finding."""
    for file in files:
        start = file.start[FINDINGS]
        for piece in file.entry.pieces:
            stop = start + piece.rows[FINDINGS]
            if file.source is not None and not piece.read and not piece.duplicate_of:
                yield gravest(piece.path, findings(file.source, start, stop))
            start = stop


def findings(source: RowSource, start: int, stop: int) -> list[dict[str, object]]:
    """Rows of the findings table."""
    rows = [row for batch in source.take(Finding.table, start, stop) for row in batch.to_pylist()]
    source.release()
    return rows


def gravest(path: str, rows: Sequence[dict[str, object]]) -> Failure:
    """Why a document gave no records: its first error, or the first finding."""
    row = next((row for row in rows if row["severity"] == "error"), rows[0] if rows else {})
    return Failure(path, str(row.get("code", "")), str(row.get("message", "no records were found")))
