"""What the dataset was made from: one line per file of the corpus, with what each gave and where its rows stand.

The rows of all tables stand in the order of the manifest's lines, so that a line's row counts are also its place.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import add
from pathlib import Path
from sys import intern
from typing import Any

from planparse.model.records import TABLES

MANIFEST = "manifest.jsonl"
_DATASETS = ((MANIFEST, "documents.parquet"), ("manifest", "documents", "sources"))
"""What stands in the folder of a dataset, and in one of table folders that Spark wrote."""
_SITE = ("index.html", "records.html", "assets/wording.js")
"""What stands in the folder of a review site."""
NO_ROWS = (0,) * len(TABLES)
Rows = tuple[int, ...]
"""Numbers of rows, by table in the order of ``TABLES``."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One document as it lies in the corpus: a file, or a member of an archive (it may hold several plans)."""

    path: str
    sha256: str
    size: int
    rows: Rows = NO_ROWS
    duplicate_of: str | None = None
    """The path at which the same bytes were read; it then has no rows of its own, and one finding."""
    retry: bool = False
    """It failed for a reason that may pass (time, memory, a file that could not be opened)."""

    @property
    def read(self) -> bool:
        """Whether it gave at least one plan."""
        return self.rows[0] > 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the corpus."""

    path: str
    sha256: str
    size: int
    pieces: tuple[Piece, ...] = ()
    shard: str = ""
    """The shard by which its records came."""

    @property
    def reusable(self) -> bool:
        """What failed for a reason that may pass is read again, and so is what gave its rows to an equal file."""
        return bool(self.pieces) and not any(piece.retry or piece.duplicate_of for piece in self.pieces)

    @property
    def content(self) -> Entry:
        """The entry without what depends on how the work was divided."""
        return replace(self, shard="")

    @property
    def rows(self) -> Rows:
        return add_rows(piece.rows for piece in self.pieces)

    def to_json(self) -> str:
        pieces = [
            {"path": p.path, "sha256": p.sha256, "bytes": p.size, "rows": p.rows}
            | ({"duplicate_of": p.duplicate_of} if p.duplicate_of else {})
            | ({"retry": True} if p.retry else {})
            for p in self.pieces
        ]
        line = {"path": self.path, "sha256": self.sha256, "bytes": self.size, "shard": self.shard, "pieces": pieces}
        return json.dumps(line, ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str | bytes) -> Entry:
        raw = json.loads(line)
        own = {text: text for text in (raw["path"], raw["sha256"])}  # held once: a run knows every file of its corpus
        pieces = tuple(
            Piece(
                own.get(p["path"], p["path"]),
                own.get(p["sha256"], p["sha256"]),
                p["bytes"],
                tuple(p["rows"]),
                p.get("duplicate_of"),
                p.get("retry", False),
            )
            for p in raw["pieces"]
        )
        return cls(raw["path"], raw["sha256"], raw["bytes"], pieces, intern(raw["shard"]))


def add_rows(counts: Iterable[Rows]) -> Rows:
    total = NO_ROWS
    for rows in counts:
        total = tuple(map(add, total, rows))
    return total


@dataclass(frozen=True, slots=True)
class Manifest:
    """``key`` stands for all that the records depend on besides the bytes: parser version and options."""

    key: str
    about: dict[str, Any]
    entries: tuple[Entry, ...]

    def lines(self) -> Iterator[bytes]:
        yield json.dumps({"key": self.key} | self.about, ensure_ascii=False, sort_keys=True).encode() + b"\n"
        for entry in self.entries:
            yield entry.to_json().encode() + b"\n"

    @classmethod
    def load(cls, out: Path) -> Manifest | None:
        """The manifest of the dataset in a folder; None where there is none, or none that can be read."""
        try:
            with open(out / MANIFEST, "rb") as file:
                about = json.loads(file.readline())
                return cls(about.pop("key"), about, tuple(map(Entry.from_json, file)))
        except (OSError, ValueError, KeyError, TypeError):
            return None


def is_dataset(folder: str) -> bool:
    """Whether a dataset lies in a folder; any text may be asked about."""
    return any(_holds(folder, names) for names in _DATASETS)


def is_output(folder: str) -> bool:
    """Whether a folder is what planparse wrote: a dataset, or a review site."""
    return is_dataset(folder) or _holds(folder, _SITE)


def _holds(folder: str, names: Iterable[str]) -> bool:
    return all(os.path.exists(os.path.join(folder, name)) for name in names)


def corpus_digest(entries: Iterable[Entry]) -> str:
    """One SHA-256 for the paths and bytes of all files."""
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(f"{entry.path}\0{entry.sha256}\n".encode())
    return digest.hexdigest()
