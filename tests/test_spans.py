"""Every record can be shown in its source wording: the source text at its span, cleaned alone, holds its key wording."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from plans import SHARED, cleaned

from planparse.pipeline import process

CORPUS = Path(__file__).parents[1] / "corpus"
KEYS = {"sections": "title", "goals": "text", "tasks": "title", "projects": "name", "indicators": "name", "targets": "sentence"}
START = 8
"""So many characters of the wording must stand together at the span: a cell of a drawn table goes on lines below, between others."""


def documents() -> list[Path]:
    texts = [p for p in sorted(CORPUS.iterdir()) if p.suffix in (".txt", ".md")]
    shared = [*sorted((SHARED / "seeds").glob("*.txt")), *(p for p in sorted((SHARED / "documents").glob("*")) if p.suffix in (".txt", ".md"))]
    return texts + (shared if SHARED.is_dir() else [])


READING = re.compile(r"[(（][a-zāáǎàōóǒòēéěèīíǐìūúǔùüǖǘǚǜ]{1,6}[)）]")
"""发(fā)展: alone, one reading in brackets is left, since one may be meant."""


def fold(text: str) -> str:
    text = READING.sub("", text)
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_spans_hold_the_key_wording(path: Path) -> None:
    for records in process(path.read_bytes(), path.name):
        (source,) = records.sources
        repaired = [(f.source_start, f.source_end) for f in records.findings if f.code == "repaired_text"]
        missing, seen = [], 0
        for table, key in KEYS.items():
            for row in getattr(records, table):
                assert 0 <= row.source_start < row.source_end <= len(source.text)
                if any(a < row.source_end and row.source_start < b for a, b in repaired):
                    continue  # its wording was undone with the whole document as witness
                seen += 1
                raw = source.text[row.source_start : row.source_end]
                if fold(getattr(row, key))[:START] not in fold(cleaned(raw).text.text):
                    missing.append((table, getattr(row, key)[:30], raw[:60]))
        assert not missing, missing[:5]
        assert seen


def test_the_shared_documents_are_there_or_named() -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared documents are not here: only our own corpus is checked")
    assert any(p.parent.name == "seeds" for p in documents())
