"""Archives in which one member is slow, deadly or badly made: it costs itself, and the others are read."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import standins

from planparse.corpus import batches, ingest
from planparse.engines import batch, core
from planparse.loaders.archives import members
from planparse.model.findings import Note
from planparse.model.options import Limits, Options
from planparse.model.records import IDENTIFIERS, TABLES

pytestmark = pytest.mark.waits

CASES = Path(__file__).parents[2].parent / "shared" / "cases" / "hostile"
TIMEOUT = 2.0


def zipped(*contents: str) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for number, text in enumerate(contents):
            archive.writestr(f"{number}.txt", text)
    return sink.getvalue()


def keys_are_unique(out: Path) -> None:
    for model in TABLES:
        column = IDENTIFIERS.get(model.table, "doc_id")
        keys = pq.ParquetFile(out / f"{model.table}.parquet").read().column(column).to_pylist()
        assert len(keys) == len(set(keys)), model.table


@pytest.fixture(params=["in place", "in processes"])
def limits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Options:
    monkeypatch.setattr(batches, "NATIVE", ())
    monkeypatch.setattr(batches, "INLINE_FILES", 1000 if request.param == "in place" else 0)
    return Options(limits=Limits(timeout=TIMEOUT, memory=300 << 20))


@pytest.mark.parametrize(
    ("command", "code"),
    [("HANG", "limit_exceeded"), ("MEMORY", "limit_exceeded"), ("TAKE 900", "limit_exceeded"), ("FAULT", "unreadable_file")],
)
def test_a_bad_member_costs_itself(tmp_path: Path, limits: Options, command: str, code: str) -> None:
    root = tmp_path / "c"
    root.mkdir()
    (root / "a.zip").write_bytes(zipped("好1", command, "好2", command + "\n2", "好3"))
    (root / "b.txt").write_text("好4")
    summary = ingest([root], tmp_path / "out", jobs=2, options=limits, process=standins.process_anything)
    assert summary.documents == 4
    assert [(one.path, one.code) for one in summary.failures] == [("a.zip!/1.txt", code), ("a.zip!/3.txt", code)]
    keys_are_unique(tmp_path / "out")


def test_a_deadly_member_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "INLINE_FILES", 0)
    (tmp_path / "a.zip").write_bytes(zipped("好1", "DIE", "好2", "EXIT", "好3"))
    summary = ingest([tmp_path / "a.zip"], tmp_path / "out", jobs=2, process=standins.process)
    assert summary.documents == 3
    assert [(one.path, one.code) for one in summary.failures] == [("a.zip!/1.txt", "worker_died"), ("a.zip!/3.txt", "worker_died")]
    assert ingest([tmp_path / "a.zip"], tmp_path / "out", process=standins.process).read == 1, "it is tried again"


def test_after_many_bad_members_the_rest_is_named_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "INLINE_FILES", 0)
    monkeypatch.setattr(batch, "MOST_LOST", 2)
    (tmp_path / "a.zip").write_bytes(zipped("好1", "DIE", "DIE 2", "好2", "DIE 3", "好3", "DIE 4"))
    summary = ingest([tmp_path / "a.zip"], tmp_path / "out", jobs=1, process=standins.process)
    assert summary.documents == 2
    assert [one.path for one in summary.failures] == ["a.zip!/1.txt", "a.zip!/2.txt", "a.zip"]
    assert "2 files in it could not be read; those after a.zip!/4.txt" in summary.failures[-1].message


def test_unpacking_that_hangs_costs_the_rest_of_the_archive(
    tmp_path: Path, limits: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    if batches.INLINE_FILES == 0:
        pytest.skip("what a process of its own does cannot be replaced from here; tested with real files below")
    real = core.members

    def hanging(data: bytes, path: str, limits: Limits) -> Iterator[tuple[str, bytes] | Note]:
        for number, member in enumerate(real(data, path, limits)):
            if path == "a.zip" and number == 2:
                standins.process(b"HANG", "", Options())
            yield member

    monkeypatch.setattr(core, "members", hanging)
    for name in ("a.zip", "b.zip"):
        (tmp_path / name).write_bytes(zipped(*(f"好{name}{n}" for n in range(4))))
    summary = ingest([tmp_path / "a.zip", tmp_path / "b.zip"], tmp_path / "out", options=limits, process=standins.process)
    assert summary.documents == 2 + 4
    (failure,) = summary.failures
    assert (failure.path, failure.code) == ("a.zip", "limit_exceeded")
    assert failure.message.startswith("After 2 files in it: Reading it took more than")


def tar(*contents: tuple[str, bytes, bytes]) -> bytes:
    """Members by name, type and content, as they are and without more."""
    sink = io.BytesIO()
    for name, kind, data in contents:
        info = tarfile.TarInfo(name)
        info.type, info.size = kind, len(data)
        sink.write(info.tobuf(tarfile.USTAR_FORMAT))
        sink.write(data + bytes(-len(data) % tarfile.BLOCKSIZE))
    return sink.getvalue() + bytes(2 * tarfile.BLOCKSIZE)


GOOD, PAX = ("a.txt", tarfile.REGTYPE, b"1"), tarfile.XHDTYPE


@pytest.mark.parametrize(
    ("second", "names"),
    [
        (("x", PAX, b"1" * 400_000), ["a.txt", None]),
        (("x", PAX, b"9" * 250 + b" a=b\n"), ["a.txt", None]),
        (("x", PAX, b"19 comment=" + b"7" * 7 + b"\n"), ["a.txt", "b.txt"]),
        (("x", PAX, b"16 path=" + "规.txt".encode() + b"\n"), ["a.txt", "规.txt"]),
        (("x", tarfile.GNUTYPE_LONGNAME, b"n" * 300 + b".txt\0"), ["a.txt", "n" * 300 + ".txt"]),
        (("x", tarfile.GNUTYPE_LONGNAME, b"n" * (2 << 20)), ["a.txt", None]),
    ],
)
def test_the_header_of_a_member_is_looked_at_first(second: tuple[str, bytes, bytes], names: list[str | None]) -> None:
    data = tar(GOOD, second, ("b.txt", tarfile.REGTYPE, b"2"))
    for whole in (data, gzip.compress(data)):
        found = [None if isinstance(one, Note) else one[0].rpartition("!/")[2] for one in members(whole, "t", Limits())]
        assert found == names


def test_an_archive_that_ends_in_rubbish_says_so() -> None:
    data = tar(GOOD)[: 2 * tarfile.BLOCKSIZE] + b"rubbish" * 200
    assert [isinstance(one, Note) for one in members(data, "t", Limits())] == [False, True]


def test_equal_members_of_several_archives_are_one_document(tmp_path: Path) -> None:
    """Also where they carry a finding for whose sake they would be read again."""
    deep = b"<html><body>" + b"<div>" * 400 + "某乡发展规划\n一、目标\n建成2座桥。".encode()
    for name, count in (("a.zip", 1), ("b.zip", 2)):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for number in range(count):
                archive.writestr(f"{number}.html", deep)
    summary = ingest([tmp_path / "a.zip", tmp_path / "b.zip"], tmp_path / "out")
    assert (summary.documents, summary.duplicates) == (1, 2)
    assert "limit_exceeded" in summary.findings_by_code
    keys_are_unique(tmp_path / "out")


def test_findings_that_say_the_same_are_told_apart(tmp_path: Path) -> None:
    data = bytearray(zipped("一", "二"))
    for at in range(len(data)):  # a password, and one name for both
        if data[at : at + 4] in (b"PK\x01\x02", b"PK\x03\x04"):
            data[at + (8 if data[at + 2] == 1 else 6)] |= 1
    (tmp_path / "a.zip").write_bytes(data.replace(b"1.txt", b"0.txt"))
    summary = ingest([tmp_path / "a.zip"], tmp_path / "out")
    assert summary.findings_by_code == {"unreadable_file": 2}
    keys_are_unique(tmp_path / "out")


@pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared/cases/hostile")
def test_the_hostile_archives_together(tmp_path: Path) -> None:
    root = tmp_path / "c"
    root.mkdir()
    for path in CASES.iterdir():
        if path.suffix in (".zip", ".tar", ".tgz"):
            (root / path.name).write_bytes(path.read_bytes())
    (root / "good.txt").write_text("某乡发展规划\n一、目标\n到2027年，建成2座桥。", encoding="utf-8")
    summary = ingest([root], tmp_path / "out", jobs=2)
    keys_are_unique(tmp_path / "out")
    findings = pq.ParquetFile(tmp_path / "out" / "findings.parquet").read().to_pylist()
    told = {(row["source_path"], row["code"]) for row in findings}
    assert ("pax_second_member_hangs.tar", "unreadable_file") in told
    assert ("pax_second_member_hangs_4KB.tgz", "unreadable_file") in told
    paths = pq.ParquetFile(tmp_path / "out" / "documents.parquet").read().column("source_path").to_pylist()
    assert sum(path.startswith("archive_one_slow_member.zip!/") and "slow" not in path.rpartition("/")[2] for path in paths) == 200
    assert "good.txt" in paths
    assert summary.findings_by_code["duplicate_document"] >= 3
