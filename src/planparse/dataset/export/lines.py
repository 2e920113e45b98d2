"""JSON Lines, each record with where it stands: W3C Web Annotation selectors into the source text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from planparse.dataset import files
from planparse.dataset.export import Exported
from planparse.dataset.export.cells import json_value, table_columns
from planparse.dataset.reader import Dataset

CONTEXT = 32
"""Characters before and after the quote: enough to find it again in a copy of the document."""


def write_jsonl(dataset: Dataset, tables: Sequence[str], out: Path) -> Exported:
    """One file a table, one object a row. Rows with a span have ``provenance``: a text position and a text quote selector.

    Positions count Unicode code points of the source text, which the table ``sources`` holds.
    """
    done = Exported()
    for table in tables:
        path = out / f"{table}.jsonl"
        with files.whole(path) as file:
            for row in _objects(dataset, table):
                file.write(json.dumps(row, ensure_ascii=False, default=json_value).encode("utf-8", "replace") + b"\n")
        done.files.append(path)
    return done


def _objects(dataset: Dataset, table: str) -> Iterator[dict[str, Any]]:
    maps = [column.name for column in table_columns(table) if column.kind.startswith("map")]
    spans = any(column.name == "source_start" for column in table_columns(table))
    texts = Texts(dataset) if spans else None
    for row in dataset.rows(table):
        row |= {name: dict(row[name]) for name in maps}
        if texts:
            row["provenance"] = texts.provenance(row)
        yield row


class Texts:
    """Source texts and paths by document. All tables are in the order of the documents, so that one text is held at a time."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._reset()
        about = dataset.rows("documents", ["doc_id", "source_path", "source_sha256"])
        self.documents = {row["doc_id"]: (row["source_path"], row["source_sha256"]) for row in about}

    def _reset(self) -> None:
        self.rows = self.dataset.rows("sources", at_once=16)
        self.current: tuple[str | None, str] = (None, "")

    def text(self, doc_id: str) -> str:
        """The source text of a document; blank if there is none."""
        if doc_id != self.current[0] and not self._seek(doc_id):
            self._reset()
            self._seek(doc_id)
        return self.current[1] if self.current[0] == doc_id else ""

    def _seek(self, doc_id: str) -> bool:
        for row in self.rows:
            if row["doc_id"] == doc_id:
                self.current = (doc_id, row["text"])
                return True
        return False

    def provenance(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """A W3C SpecificResource for a row's span; None for a row that has none."""
        doc_id, start, end = row["doc_id"], row["source_start"], row["source_end"]
        if doc_id not in self.documents or start is None or end is None:
            return None
        path, digest = self.documents[doc_id]
        text = self.text(doc_id)
        return {
            "type": "SpecificResource",
            "source": {"id": quote(path), "sha256": digest},
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - CONTEXT) : start],
                    "suffix": text[end : end + CONTEXT],
                },
            ],
        }
