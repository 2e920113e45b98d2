"""What planparse found in a document: from a written dataset, or by reading the document afresh."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from planparse.evaluation.folding import alike, fold
from planparse.evaluation.gold import Gold
from planparse.evaluation.tables import RULES, Row
from planparse.language.script import to_simplified
from planparse.model.findings import DocumentError, UsageError
from planparse.model.options import Options

TABLES = ("documents", *(rule.name for rule in RULES))
LOCATE_LENGTH = 12
"""Folded characters of a wording by which its line is looked up."""
Reader = Callable[[Gold], "Found"]


@dataclass
class Found:
    """The rows of one file, by table; a file may hold several documents."""

    tables: dict[str, list[Row]]
    text: str = ""
    """Its source text, for lines."""
    reason: str | None = None
    """Why there is nothing, where the file could not be read."""
    _starts: list[int] = field(default_factory=list)

    def document_like(self, title: Any) -> Row | None:
        """The document's own row; of several, the first whose title is most like ``title``."""
        rows = self.tables["documents"]
        return max(rows, key=lambda row: alike(title, row.get("title")), default=None)

    def line_of(self, row: Row) -> int | None:
        """The line of the source text, from 1, on which a found row begins."""
        start = row.get("source_start")
        return None if start is None or not self.text else self.line_at(start)

    def line_at(self, offset: int) -> int:
        """The line, from 1, of an offset into the source text."""
        if not self._starts:
            self._starts = [0, *(i + 1 for i, c in enumerate(self.text) if c == "\n")]
        return bisect_right(self._starts, offset)

    def locate(self, wording: str | None) -> int | None:
        """The line on which a wording stands, by its folded beginning; None where it is not found.

        Of several places the last: a table of contents stands before the body.
        """
        wanted = fold(wording)[:LOCATE_LENGTH]
        folded, offsets = self._folded
        at = folded.rfind(wanted) if wanted else -1
        return None if at < 0 else self.line_at(offsets[at])

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        pieces: list[str] = []
        offsets: list[int] = []
        for at, character in enumerate(to_simplified(self.text)):
            piece = fold(character)
            pieces.append(piece)
            offsets.extend([at] * len(piece))
        return "".join(pieces), offsets


NOTHING: dict[str, list[Row]] = {table: [] for table in TABLES}


def read_afresh(options: Options | None = None) -> Reader:
    """A reader that parses each gold file's document with the present code."""
    from planparse.pipeline import process

    def read(gold: Gold) -> Found:
        if gold.source is None:
            raise UsageError(f"{gold.source_file} is not there; say where with --sources")
        try:
            records = process(gold.source.read_bytes(), gold.source.name, options or Options())
        except DocumentError as error:
            return Found(dict(NOTHING), reason=str(error))
        tables: dict[str, list[Row]] = {t: [row.model_dump() for r in records for row in getattr(r, t)] for t in TABLES}
        text = next((source.text for r in records for source in r.sources), "")
        return Found(tables, text)

    return read


def read_outputs(folder: Path) -> Reader:
    """A reader that looks documents up in a written dataset: by their bytes, or by name where the file is absent."""
    from planparse.dataset.reader import read as open_dataset

    try:
        dataset = open_dataset(folder)
    except UsageError as error:
        raise UsageError(f"{error} (ingest first, or leave --outputs out to read the documents afresh)") from error
    tables: dict[str, list[Row]] = {table: dataset.table(table).to_pylist() for table in (*TABLES, "sources")}
    texts = {row["doc_id"]: row["text"] for row in tables.pop("sources")}

    def read(gold: Gold) -> Found:
        documents = _of_source(tables["documents"], gold)
        if not documents:
            return Found(dict(NOTHING), reason=f"{gold.source_file} is not in {folder}")
        ids = {row["doc_id"] for row in documents}
        text = next((texts[i] for i in sorted(ids) if i in texts), "")
        return Found({t: [row for row in rows if row["doc_id"] in ids] for t, rows in tables.items()}, text)

    return read


def _of_source(documents: Sequence[Row], gold: Gold) -> list[Row]:
    if gold.source is not None:
        digest = hashlib.sha256(gold.source.read_bytes()).hexdigest()
        return [row for row in documents if row.get("source_sha256") == digest]
    return [row for row in documents if Path(str(row.get("source_path"))).name == Path(gold.source_file).name]
