"""Which rows make up the dataset, in which order: the files in the order of their paths, equal documents once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from planparse.dataset.manifest import NO_ROWS, Entry, Piece, Rows, add_rows
from planparse.dataset.writer import Part, RowSource, Take
from planparse.model.findings import Code, Note
from planparse.model.records import TABLES, Finding

FINDINGS = [model.table for model in TABLES].index(Finding.table)
DOC_ID = 16
"""Hexadecimal digits of an identifier."""
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
    message_zh: str = ""

    def said(self, language: str) -> str:
        return self.message_zh if language == "zh" and self.message_zh else self.message


def locate(entries: Iterable[Entry], source: RowSource) -> Iterator[Located]:
    """The files of a shard or dataset, each with its place: the rows follow one another as the files do."""
    start = NO_ROWS
    for entry in entries:
        yield Located(entry, source, start)
        start = add_rows([start, entry.rows])


def assemble(files: Sequence[Located]) -> tuple[list[Part], list[Entry]]:
    """The rows of the dataset in order, and the manifest's entries for them.

    Of documents with equal bytes one gives its rows, the first that could be read; each other one gives a
    ``duplicate_document`` finding. So does a document that has an identifier in common with another, and says so.
    """
    parts: list[Part] = []
    entries: list[Entry] = []
    originals = _originals(files)
    for file in files:
        pieces: list[Piece] = []
        start = file.start
        for piece in _pieces_of(file):
            original = originals.get(piece.sha256[:DOC_ID], piece)
            if file.source and original is piece:
                parts.append(Take(file.source, start, piece.rows))
                pieces.append(piece)
            else:
                parts.append(duplicate_finding(piece, original))
                pieces.append(Piece(piece.path, piece.sha256, piece.size, ONE_FINDING, original.path))
            start = add_rows([start, piece.rows])
        entries.append(replace(file.entry, pieces=tuple(pieces)))
    return parts, entries


def _pieces_of(file: Located) -> Sequence[Piece]:
    """What a file gave; of one that was not read, since one before it has the same bytes, the whole of it."""
    return file.entry.pieces if file.source else (Piece(file.entry.path, file.entry.sha256, file.entry.size),)


def _originals(files: Iterable[Located]) -> dict[str, Piece]:
    """By identifier, the piece that gives its rows: the first that was read, or else the first. It may be a whole archive."""
    found: dict[str, Piece] = {}
    for file in files:
        for piece in _pieces_of(file):
            if not piece.sha256:
                continue
            known = found.setdefault(piece.sha256[:DOC_ID], piece)
            if file.source and piece.read and not known.read:
                found[piece.sha256[:DOC_ID]] = piece
        # of an archive, the bytes are not those of any piece
        if file.source and file.entry.sha256:
            found.setdefault(file.entry.sha256[:DOC_ID], Piece(file.entry.path, file.entry.sha256, file.entry.size))
    return found


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
    """The finding for a document whose bytes, or whose identifier, were read at another path."""
    same = "bytes" if piece.sha256 == original.sha256 else "identifier"
    note = Note.of(Code.DUPLICATE_DOCUMENT, same, path=original.path)
    return corpus_finding(piece.path, note, piece.sha256[:DOC_ID] if original.read else None)


def corpus_finding(path: str, note: Note, doc_id: str | None = None, number: int = 1) -> Finding:
    """A finding about a file rather than about what it says; ``number`` tells apart those that say the same of one path."""
    key = f"{note.code} {path} {note.message}" + (f" {number}" if number > 1 else "")
    return Finding(
        doc_id=doc_id,
        source_start=None,
        source_end=None,
        page=None,
        finding_id="f-" + hashlib.sha256(key.encode()).hexdigest()[:16],
        section_id=None,
        source_path=path,
        **note.columns(),
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
    said = str(row.get("message", "no records were found"))
    return Failure(path, str(row.get("code", "")), said, str(row.get("message_zh") or said))
