"""The manifest: written and read back, and never trusted when damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from planparse.dataset.manifest import MANIFEST, NO_ROWS, Entry, Manifest, Piece, corpus_digest

ROWS = (1, 2, 3, 4, 5, 6, 7, 8, 1)
READ = Piece("包.zip!/甲.txt", "aa", 10, ROWS)
DOUBLE = Piece("乙.txt", "aa", 10, NO_ROWS, duplicate_of="甲.txt")
FAILED = Piece("丙.pdf", "bb", 3, NO_ROWS, retry=True)
EMPTY = Piece("丁.txt", "cc", 0, NO_ROWS)


@pytest.mark.parametrize(
    ("pieces", "reusable"),
    [((READ,), True), ((EMPTY,), True), ((READ, DOUBLE), False), ((FAILED,), False), ((), False)],
)
def test_what_may_be_taken_over(pieces: tuple[Piece, ...], reusable: bool) -> None:
    assert Entry("x", "s", 1, pieces).reusable is reusable


def test_lines_are_read_back(tmp_path: Path) -> None:
    entries = (
        Entry("包.zip", "dd", 99, (READ, EMPTY), "shard1"),
        Entry("乙.txt", "aa", 10, (DOUBLE,)),
        Entry("丙.pdf", "bb", 3, (FAILED,)),
    )
    manifest = Manifest("key", {"planparse_version": "0"}, entries)
    (tmp_path / MANIFEST).write_bytes(b"".join(manifest.lines()))
    assert Manifest.load(tmp_path) == manifest
    assert entries[0].rows == ROWS


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b'{"key": "k"}\n{"path": 1}\n', b'{"key": "k"}\nnonsense\n', b"\xff\xfe", b"[]\n", b'{"key":"k"}\n{'],
)
def test_a_damaged_manifest_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(content)
    assert Manifest.load(tmp_path) is None


def test_no_manifest(tmp_path: Path) -> None:
    assert Manifest.load(tmp_path) is None


def test_the_digest_tells_corpora_apart() -> None:
    one, two = Entry("a", "1", 1), Entry("b", "2", 1)
    digests = {corpus_digest(entries) for entries in ([], [one], [two], [one, two], [two, one], [Entry("a", "2", 1)])}
    assert len(digests) == 6
