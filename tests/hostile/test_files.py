"""Files that are made to do harm, through a whole run: one finding each, and nothing outside the output folder."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from planparse.corpus import ingest
from planparse.engines import batch
from planparse.model.options import Limits, Options

PLAN = "行动计划\n一、主要目标\n到2027年，建成3个公园。".encode()


def zipped(**members: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_SLASH_", "/"), data)
    return sink.getvalue()


def tar_of_links() -> bytes:
    """Links out of the archive, a device, a pipe, and one document."""
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w") as archive:
        for name, kind, target in (
            ("up", tarfile.SYMTYPE, "../../../etc/passwd"),
            ("hard", tarfile.LNKTYPE, "/etc/passwd"),
            ("device", tarfile.CHRTYPE, ""),
            ("pipe", tarfile.FIFOTYPE, ""),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
        info = tarfile.TarInfo("../../../plan.txt")
        info.size = len(PLAN)
        archive.addfile(info, io.BytesIO(PLAN))
    return sink.getvalue()


def quine(depth: int) -> bytes:
    """Archives in archives, each of ten."""
    data = b"0" * 1_000_000
    for _ in range(depth):
        data = zipped(**{f"{n}.zip": data for n in range(10)})
    return data


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (c + 1, b"&%c;" % c * 10) for c in range(97, 110))
    + b"]><html><body><p>&n;</p></body></html>"
)
CASES: dict[str, tuple[bytes, set[str]]] = {
    "bomb.zip": (zipped(**{"a.txt": b"0" * 60_000_000}), {"limit_exceeded"}),
    "bomb.gz": (gzip.compress(b"0" * 60_000_000), {"limit_exceeded"}),
    "bomb_of_bombs.zip": (quine(4), {"limit_exceeded"}),
    "laughs.html": (LAUGHS, {"empty_document", "no_headings"}),
    "laughs.xml": (LAUGHS.replace(b"html", b"l"), {"empty_document", "no_headings"}),
    "deep.html": (b"<div>" * 100_000 + PLAN, {"limit_exceeded"}),
    "deep.txt": (("（" * 100_000).encode(), {"no_headings"}),
    "deep_tables.html": (b"<table><tr><td>" * 20_000 + PLAN, {"limit_exceeded"}),
    "deep.pdf": (b"%PDF-1.4\n1 0 obj" + b"<<" * 100_000, {"unreadable_file"}),
    "wide.html": (b"<table><tr><td colspan=1000000000 rowspan=1000000000>" + PLAN, set()),
    "nul.txt": (b"\0" * 1_000_000, {"unreadable_file", "empty_document"}),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_made_to_do_harm_costs_itself(tmp_path: Path, name: str) -> None:
    data, codes = CASES[name]
    root, out = tmp_path / "corpus", tmp_path / "out"
    root.mkdir()
    (root / name).write_bytes(data)
    (root / "plan.txt").write_bytes(PLAN)
    limits = Limits(max_bytes=50_000_000, max_archive_bytes=20_000_000, timeout=30)
    summary = ingest([root], out, jobs=1, options=Options(limits=limits))
    assert summary.documents >= 1
    assert summary.seconds < 60
    assert not codes or codes & set(summary.findings_by_code), summary.findings_by_code
    assert "worker_died" not in summary.findings_by_code


@pytest.mark.parametrize(
    "data",
    [tar_of_links(), zipped(**{"_SLASH_abs.txt": PLAN, ".._SLASH_.._SLASH_.._SLASH_up.txt": PLAN + b"2"})],
    ids=["tar", "zip"],
)
def test_no_name_in_an_archive_leads_out_of_it(tmp_path: Path, data: bytes) -> None:
    root, out = tmp_path / "a" / "b" / "c" / "corpus", tmp_path / "out"
    root.mkdir(parents=True)
    (root / "x.archive").write_bytes(data)
    before = {path for path in tmp_path.rglob("*") if out not in (path, *path.parents)}
    summary = ingest([root], out, jobs=1)
    assert {path for path in tmp_path.rglob("*") if out not in (path, *path.parents)} == before
    paths = pq.ParquetFile(out / "documents.parquet").read().column("source_path").to_pylist()
    assert summary.documents == len(paths) >= 1
    assert all(path.startswith("x.archive!/") and ".." not in path.split("/") for path in paths)
    texts = pq.ParquetFile(out / "sources.parquet").read().column("text").to_pylist()
    assert not [text for text in texts if "root:" in text]


def closed(root: Path) -> None:
    raise PermissionError(13, "Permission denied")


def broken(root: Path) -> None:
    raise OSError(5, "Input/output error")


def grown(root: Path) -> None:
    with open(root / "victim.txt", "ab") as file:
        file.write("\n（二）另建5个公园。".encode())


def cut(root: Path) -> None:
    os.truncate(root / "victim.txt", 20)


def replaced_by_a_folder(root: Path) -> None:
    (root / "victim.txt").unlink()
    (root / "victim.txt").mkdir()


def replaced_by_a_pipe(root: Path) -> None:
    (root / "victim.txt").unlink()
    os.mkfifo(root / "victim.txt")


@pytest.mark.parametrize(
    ("change", "documents"),
    [(closed, 1), (broken, 1), (grown, 2), (cut, 2), (replaced_by_a_folder, 1), (replaced_by_a_pipe, 1)],
)
def test_a_file_that_changes_when_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], documents: int
) -> None:
    root, out = tmp_path / "corpus", tmp_path / "out"
    root.mkdir()
    (root / "plan.txt").write_bytes(PLAN)
    (root / "victim.txt").write_bytes(PLAN + b"\n")
    real = batch.read

    def read(place: str, options: Options) -> bytes:
        if place.endswith("victim.txt"):
            change(root)
        return real(place, options)

    monkeypatch.setattr(batch, "read", read)
    summary = ingest([root], out, jobs=1)
    assert summary.documents == documents
    assert [failure.code for failure in summary.failures] == ["unreadable_file"] * (2 - documents)
    monkeypatch.undo()
    if change in (closed, broken):
        assert ingest([root], out, jobs=1).documents == 2, "it is tried again"
    else:
        hashes = pq.ParquetFile(out / "documents.parquet").read().column("source_sha256").to_pylist()
        assert len(set(hashes)) == documents
