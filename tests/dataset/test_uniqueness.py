"""Every key once in every table: checked when rows are written."""

from __future__ import annotations

from pathlib import Path

import pytest
from datasets import document, source, task, write

from planparse.dataset.assembly import Located, assemble, corpus_finding
from planparse.dataset.columns import encode
from planparse.dataset.manifest import NO_ROWS, Entry, Piece
from planparse.dataset.uniqueness import unique
from planparse.model.findings import Code, Note, PlanparseError
from planparse.model.records import Document, Finding, Records, Task


@pytest.mark.parametrize(
    ("names", "fails"),
    [
        ([["a1", "b2"], ["c3"]], False),
        ([["a1"], ["a1-2", "a1-3"]], False),
        ([["a1", "a1"]], True),
        ([["a1", "b2"], ["a1"]], True),
    ],
)
def test_documents(names: list[list[str]], fails: bool) -> None:
    batches = [encode(Document, [document(name) for name in some]) for some in names]
    if fails:
        with pytest.raises(PlanparseError, match="Two rows of documents have the identifier a1"):
            list(unique(batches, Document))
    else:
        assert list(unique(batches, Document)) == batches


@pytest.mark.parametrize(
    ("rows", "fails"),
    [
        ([("a1", 1), ("a1", 2), ("b2", 1)], False),
        ([("a1", 1), ("a1-2", 1), ("a1-2", 2)], False),
        ([("a1", 1), ("a1", 1)], True),
        ([("a1", 1), ("b2", 1), ("a1", 1)], True),
        ([("a1", 1), ("b2", 1), ("a1", 2)], True),
    ],
)
def test_rows_of_documents(rows: list[tuple[str, int]], fails: bool) -> None:
    batches = [encode(Task, [task(name, number, "修路")]) for name, number in rows]
    if fails:
        with pytest.raises(PlanparseError, match="Two rows of tasks"):
            list(unique(batches, Task))
    else:
        assert list(unique(batches, Task)) == batches


def test_findings_about_files() -> None:
    rows = [corpus_finding("a.zip", Note(Code.UNREADABLE_FILE, "x"), number=number) for number in (1, 2)]
    assert list(unique([encode(Finding, rows)], Finding))
    with pytest.raises(PlanparseError, match="Two rows of findings"):
        list(unique([encode(Finding, rows), encode(Finding, rows[:1])], Finding))


def test_a_dataset_with_a_key_twice_is_not_written(tmp_path: Path) -> None:
    twice = Records(documents=[document("a1"), document("a1")], sources=[source("a1")])
    with pytest.raises(PlanparseError, match="Two rows of documents"):
        write(tmp_path / "out", twice)


class Rows:
    """A source of rows that is only asked where they stand."""


READ, UNREAD = (1, *NO_ROWS[1:]), (*NO_ROWS[:7], 1, *NO_ROWS[8:])
ONE, OTHER = "1" * 64, "1" * 16 + "2" * 48
"""Hashes that begin alike, as identifiers do."""


@pytest.mark.parametrize(
    ("pieces", "originals"),
    [
        ([(ONE, READ, False), (ONE, READ, False)], [None, "0"]),
        ([(ONE, READ, True), (ONE, READ, True), (ONE, READ, True)], [None, "0", "0"]),
        ([(ONE, UNREAD, True), (ONE, READ, False)], ["1", None]),
        ([(ONE, UNREAD, False), (ONE, UNREAD, False)], [None, "0"]),
        ([(ONE, READ, False), (OTHER, READ, False)], [None, "0"]),
        ([("", UNREAD, True), ("", UNREAD, True)], [None, None]),
        ([(ONE, READ, False), (ONE[::-1].replace("1", "3"), READ, False)], [None, None]),
    ],
)
def test_of_equal_documents_one_gives_its_rows(
    pieces: list[tuple[str, tuple[int, ...], bool]], originals: list[str | None]
) -> None:
    found = [
        Located(Entry(f"{n}.zip", "", 1, (Piece(str(n), sha256, 1, rows, retry=retry),)), Rows())  # type: ignore[arg-type]
        for n, (sha256, rows, retry) in enumerate(pieces)
    ]
    entries = assemble(found)[1]
    assert [piece.duplicate_of for entry in entries for piece in entry.pieces] == originals
