"""Whole runs: the same bytes however the work is divided, and no work done twice."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import standins

from planparse.corpus import Summary, ingest, looking
from planparse.corpus import batches as batches_module
from planparse.model.findings import UsageError
from planparse.model.options import Limits, Options
from planparse.model.records import SCHEMA_VERSION, TABLES

Make = Callable[..., Path]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """120 documents in folders, some of them alike."""
    rng = random.Random(7)
    root = tmp_path / "corpus"
    for number in range(120):
        folder = root / f"f{number % 7}"
        folder.mkdir(parents=True, exist_ok=True)
        lines = [
            f"第{number % 110}号 {' '.join(str(rng.randrange(10)) for _ in range(4))}"
            for _ in range(rng.randrange(1, 40))
        ]
        if number >= 110:
            lines = ["同样的内容 1"]
        (folder / f"计划{number:03}.txt").write_text("\n".join(lines), encoding="utf-8")
    return root


def run(root: Path, out: Path, **more: Any) -> Summary:
    return ingest([root], out, process=standins.process, **more)


def digests(out: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.glob("*.parquet"))}


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    return pq.ParquetFile(out / f"{table}.parquet").read().to_pylist()


def in_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches_module, "INLINE_FILES", 0)


def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    in_processes(monkeypatch)
    monkeypatch.setattr(batches_module, "BATCH_FILES", 7)


def test_every_division_of_the_work_gives_the_same_bytes(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches_module, "INLINE_FILES", 1000)
    run(corpus, tmp_path / "inline", jobs=1)
    small_batches(monkeypatch)
    for jobs in (1, 2, 4):
        run(corpus, tmp_path / f"jobs{jobs}", jobs=jobs)
    expected = digests(tmp_path / "inline")
    assert len(expected) == len(TABLES)
    assert [digests(tmp_path / f"jobs{jobs}") for jobs in (1, 2, 4)] == [expected] * 3


def test_the_order_of_the_file_system_does_not_matter(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, tmp_path / "a", jobs=1)
    real = os.scandir

    class Reversed:
        def __init__(self, path: str) -> None:
            with real(path) as found:
                self.entries = list(found)[::-1]

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr("planparse.corpus.discovery.os.scandir", Reversed)
    run(corpus, tmp_path / "b", jobs=1)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_a_second_run_does_nothing(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run(corpus, out, jobs=1)
    before = {path.name: path.stat().st_mtime_ns for path in out.glob("*.parquet")}
    second = run(corpus, out, jobs=1)
    assert (first.read, first.reused, first.duplicates, first.changed) == (111, 0, 9, True)
    assert (second.read, second.reused, second.duplicates, second.changed) == (0, 111, 9, False)
    assert {path.name: path.stat().st_mtime_ns for path in out.glob("*.parquet")} == before
    assert second.records == first.records
    assert second.findings_by_code == {"duplicate_document": 9}


def test_full_reads_everything_again(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(corpus, out, jobs=1)
    before = digests(out)
    assert run(corpus, out, jobs=1, full=True).read == 111
    assert digests(out) == before


def change_one(root: Path) -> None:
    (root / "f0" / "计划000.txt").write_text("改了 1 2 3", encoding="utf-8")


def delete_one(root: Path) -> None:
    (root / "f1" / "计划001.txt").unlink()


def add_one(root: Path) -> None:
    (root / "f2" / "新的.txt").write_text("新的 9", encoding="utf-8")


def move_one(root: Path) -> None:
    (root / "f3" / "计划003.txt").rename(root / "f6" / "计划003b.txt")


def delete_the_original_of_doubles(root: Path) -> None:
    next(
        iter(sorted(path for path in root.rglob("*.txt") if path.read_text(encoding="utf-8") == "同样的内容 1"))
    ).unlink()


def add_an_earlier_double(root: Path) -> None:
    shutil.copy(root / "f5" / "计划005.txt", root / "a.txt")


@pytest.mark.parametrize(
    ("change", "read"),
    [
        (change_one, 1),
        (delete_one, 0),
        (add_one, 1),
        (move_one, 1),
        (delete_the_original_of_doubles, 1),
        (add_an_earlier_double, 1),
    ],
)
def test_a_run_after_a_change_gives_what_a_fresh_run_gives(
    corpus: Path, tmp_path: Path, change: Callable[[Path], None], read: int
) -> None:
    out = tmp_path / "out"
    run(corpus, out, jobs=1)
    before = digests(out)
    change(corpus)
    assert run(corpus, out, jobs=1).read == read
    run(corpus, tmp_path / "fresh", jobs=1)
    assert digests(out) == digests(tmp_path / "fresh") != before
    assert run(corpus, out, jobs=1).changed is False


def test_many_changes_one_after_another(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_batches(monkeypatch)
    out = tmp_path / "out"
    for change in (change_one, delete_one, add_one, move_one, delete_the_original_of_doubles, add_an_earlier_double):
        run(corpus, out, jobs=2)
        change(corpus)
    run(corpus, out, jobs=2)
    run(corpus, tmp_path / "fresh", jobs=1)
    assert digests(out) == digests(tmp_path / "fresh")


def test_other_options_or_another_parser_redo_all(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run(corpus, out, jobs=1)
    assert run(corpus, out, jobs=1, options=Options(limits=Limits(max_pages=7))).read == 111
    assert run(corpus, out, jobs=1, options=Options(limits=Limits(max_pages=7, timeout=5))).read == 0
    monkeypatch.setattr("planparse.corpus.looking.program_digest", lambda: "another")
    assert run(corpus, out, jobs=1, options=Options(limits=Limits(max_pages=7))).read == 111


def test_what_python_compiles_makes_no_other_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled files appear while others read, under names of their own until they are whole."""
    package = tmp_path / "package"
    (package / "__pycache__").mkdir(parents=True)
    (package / "api.py").write_text("")
    monkeypatch.setattr(looking, "__file__", str(package / "corpus" / "looking.py"))
    before = looking.program_digest.__wrapped__()
    (package / "__pycache__" / "api.cpython-311.pyc.281474976710656").write_bytes(b"half")
    assert looking.program_digest.__wrapped__() == before
    (package / "words.yaml").write_text("words: []")
    assert looking.program_digest.__wrapped__() != before


def test_equal_bytes_are_one_document(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    for name in ("b.txt", "a.txt", "c.txt"):
        (root / name).write_text("内容 5", encoding="utf-8")
    summary = run(root, tmp_path / "out", jobs=1)
    assert (summary.documents, summary.duplicates, summary.unreadable) == (1, 2, 0)
    assert [row["source_path"] for row in rows(tmp_path / "out", "documents")] == ["a.txt"]
    found = rows(tmp_path / "out", "findings")
    assert [(row["code"], row["source_path"], "a.txt" in row["message"]) for row in found] == [
        ("duplicate_document", "b.txt", True),
        ("duplicate_document", "c.txt", True),
    ]
    assert {row["doc_id"] for row in found} == {rows(tmp_path / "out", "documents")[0]["doc_id"]}


def test_a_failure_is_a_finding_and_is_told_again(tmp_path: Path) -> None:
    root, out = tmp_path / "corpus", tmp_path / "out"
    root.mkdir()
    (root / "empty.txt").write_bytes(b"")
    (root / "fault.txt").write_text("FAULT", encoding="utf-8")
    (root / "good.txt").write_text("好 1", encoding="utf-8")
    first = run(root, out, jobs=1)
    assert (first.documents, first.unreadable) == (1, 2)
    assert [(f.path, f.code) for f in first.failures] == [
        ("empty.txt", "empty_document"),
        ("fault.txt", "unreadable_file"),
    ]
    second = run(root, out, jobs=1)
    assert second.read == 1, "a fault is not a result: it is tried again"
    assert (second.unreadable, second.failures, second.changed) == (2, first.failures, False)


def test_a_link_to_nothing_is_a_finding(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "good.txt").write_text("好 1", encoding="utf-8")
    (root / "gone.txt").symlink_to(root / "nowhere.txt")
    summary = run(root, tmp_path / "out", jobs=1)
    assert [(f.path, f.code) for f in summary.failures] == [("gone.txt", "unreadable_file")]
    assert summary.documents == 1


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "good.txt").write_text("好 1", encoding="utf-8")
    with open(root / "sparse.txt", "wb") as file:
        file.truncate(1 << 30)
    summary = run(root, tmp_path / "out", jobs=1)
    assert [(f.path, f.code) for f in summary.failures] == [("sparse.txt", "limit_exceeded")]
    assert summary.seconds < 10


def test_a_file_that_changes_between_looking_and_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of two equal files changes, so that the second must be read after all."""
    root, out = tmp_path / "corpus", tmp_path / "out"
    root.mkdir()
    for name in ("a.txt", "b.txt"):
        (root / name).write_text("一样 1", encoding="utf-8")
    from planparse.corpus import run as run_module

    real = run_module.look

    def look_and_change(*args: Any) -> Any:
        looked = real(*args)
        (root / "a.txt").write_text("变了 2", encoding="utf-8")
        return looked

    monkeypatch.setattr(run_module, "look", look_and_change)
    assert run(root, out, jobs=1).documents == 2
    monkeypatch.undo()
    assert run(root, out, jobs=1).changed is False
    assert [row["title"] for row in rows(out, "documents")] == ["变了 2", "一样 1"]


def test_a_file_that_vanishes_between_looking_and_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, out = tmp_path / "corpus", tmp_path / "out"
    root.mkdir()
    for name in ("a.txt", "b.txt"):
        (root / name).write_text(f"内容{name} 1", encoding="utf-8")
    from planparse.corpus import run as run_module

    real = run_module.look

    def look_and_remove(*args: Any) -> Any:
        looked = real(*args)
        (root / "a.txt").unlink()
        return looked

    monkeypatch.setattr(run_module, "look", look_and_remove)
    summary = run(root, out, jobs=1)
    assert [(f.path, f.code) for f in summary.failures] == [("a.txt", "unreadable_file")]
    assert summary.documents == 1


def test_an_existing_dataset_is_kept_when_nothing_can_be_read(tmp_path: Path) -> None:
    root, out = tmp_path / "corpus", tmp_path / "out"
    root.mkdir()
    (root / "good.txt").write_text("好 1", encoding="utf-8")
    run(root, out, jobs=1)
    before = digests(out)
    (root / "good.txt").write_bytes(b"")
    summary = run(root, out, jobs=1)
    assert (summary.documents, summary.unreadable, summary.written) == (0, 1, False)
    assert digests(out) == before


def test_without_a_dataset_findings_are_written_even_if_nothing_could_be_read(tmp_path: Path) -> None:
    root, out = tmp_path / "corpus", tmp_path / "out"
    root.mkdir()
    (root / "empty.txt").write_bytes(b"")
    summary = run(root, out, jobs=1)
    assert (summary.documents, summary.unreadable, summary.written) == (0, 1, True)
    assert [row["code"] for row in rows(out, "findings")] == ["empty_document"]


@pytest.mark.parametrize(
    ("paths", "words"),
    [
        (["nowhere"], "no file or folder"),
        ([], "Give the files"),
        (["empty"], "no files to read"),
        (["pipe"], "neither"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(tmp_path: Path, paths: list[str], words: str) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match=words):
        ingest([tmp_path / path for path in paths], tmp_path / "out", process=standins.process)
    assert not (tmp_path / "out").exists()


def test_an_output_that_is_a_file_is_refused(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        run(corpus, tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_run_json_tells_what_was_done(corpus: Path, tmp_path: Path) -> None:
    summary = run(corpus, tmp_path / "out", jobs=1)
    told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert told["records"] == summary.records
    assert told["records"]["documents"] == 111
    assert told["findings_by_code"] == {"duplicate_document": 9}
    assert set(told["timings"]) == {"look", "read", "write"}
    assert told["versions"]["planparse"]
    assert len(told["slowest"]) == 10


def test_nothing_is_left_behind(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out", jobs=1)
    names = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*")}
    tables = {f"{model.table}.parquet" for model in TABLES}
    told = {"manifest.jsonl", "run.json", "README.md", "CITATION.cff", "datapackage.json", "croissant.json"}
    assert names == tables | told | {".planparse", ".planparse/lock", ".planparse/shards"}


def test_the_files_say_what_they_are(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out", jobs=1)
    file = pq.ParquetFile(tmp_path / "out" / "targets.parquet")
    metadata = file.schema_arrow.metadata
    assert metadata[b"planparse_version"]
    assert metadata[b"schema_version"] == SCHEMA_VERSION.encode()
    assert len(metadata[b"corpus_digest"]) == 64
    assert file.schema_arrow.field("subject").metadata[b"description"] == b"What the number measures."
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    assert file.metadata.num_row_groups == 1
