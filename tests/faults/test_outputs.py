"""What a run, and every other command, says where it cannot write, or must not: one sentence, and nobody's file is touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import standins

from planparse.corpus import batches, ingest
from planparse.dataset import files
from planparse.model.findings import UsageError
from planparse.model.records import TABLES

PLAN = "某乡发展规划\n一、目标\n到2027年，建成2座桥。\n二、任务\n（一）修路。新建道路5公里。\n"
PLANPARSE = "from planparse.cli import main; main()"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a.txt").write_text(PLAN, encoding="utf-8")
    return tmp_path / "c"


@pytest.mark.parametrize("name", [*(f"{model.table}.parquet" for model in TABLES), "manifest.jsonl", "run.json"])
def test_no_file_of_somebody_else_is_replaced(tmp_path: Path, root: Path, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_bytes(b"mine")
    with pytest.raises(UsageError, match=f"holds {name}, which planparse did not write.*--force"):
        ingest([root], out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {name: b"mine"}
    assert ingest([root], out, force=True).documents == 1
    assert ingest([root], out).documents == 1, "now it is a dataset"


def test_a_folder_with_other_files_is_written_to(tmp_path: Path, root: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    (out / "tasks.csv").write_text("mine")
    assert ingest([root], out).documents == 1
    assert (out / "notes.txt").read_text() == "mine"


def test_tables_of_ours_without_a_manifest_are_replaced(tmp_path: Path, root: Path) -> None:
    ingest([root], tmp_path / "out")
    (tmp_path / "out" / "manifest.jsonl").unlink()
    (tmp_path / "out" / "run.json").unlink()
    assert ingest([root], tmp_path / "out").documents == 1


@pytest.mark.parametrize("way", ["c", "c/../c", "link"])
def test_what_is_read_is_not_written_to(tmp_path: Path, root: Path, way: str) -> None:
    (tmp_path / "link").symlink_to(root)
    with pytest.raises(UsageError, match="is both read and written; choose another --out"):
        ingest([root], tmp_path / way)
    assert [path.name for path in root.iterdir()] == ["a.txt"]
    assert ingest([root], root / "outputs").documents == 1, "a folder in it is left out"


@pytest.mark.parametrize("inline", [True, False], ids=["in place", "in processes"])
@pytest.mark.parametrize("stage", ["look", "read", "write"])
def test_an_output_folder_that_is_removed_is_said_to_be_gone(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, stage: str, inline: bool
) -> None:
    monkeypatch.setattr(batches, "INLINE_FILES", 1000 if inline else 0)
    out = tmp_path / "out"

    def progress(at: Any) -> None:
        if at.name == stage:
            shutil.rmtree(out, ignore_errors=True)

    with pytest.raises(UsageError, match=r"out is gone: it was removed or renamed while the run wrote to it"):
        ingest([root], out, process=standins.process, progress=progress)
    assert not list(out.rglob("*.parquet"))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("made")
    for number in range(12):
        text = PLAN + "".join(f"{number}{line}建设。" for line in range(3000))
        (base / f"{number}.txt").write_text(text, encoding="utf-8")
    ingest([base], base / "out")
    return base / "out"


def run(*arguments: str, blocks: int | None = None, stdout: str | None = None) -> subprocess.CompletedProcess[str]:
    """A command on a disk with room for so many kilobytes in a file."""

    def limit() -> None:
        import resource

        if blocks is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (blocks * 1024, blocks * 1024))

    with open(stdout or os.devnull, "w") as target:
        return subprocess.run(
            [sys.executable, "-c", PLANPARSE, *arguments],
            preexec_fn=limit, stdout=target, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip


def one_sentence(done: subprocess.CompletedProcess[str]) -> None:
    told = [line for line in done.stderr.splitlines() if not line.startswith(("Looking", "Reading", "Writing"))]
    assert done.returncode == 2, done.stderr
    assert len(told) == 1, done.stderr
    assert told[0].startswith("planparse: "), done.stderr
    assert told[0].endswith("."), done.stderr


WRITING: dict[str, Callable[[Path, Path], list[str]]] = {
    **{
        form: lambda data, out, form=form: ["export", "--format", form, "--outputs", str(data), "--out", str(out)]  # type: ignore[misc]
        for form in ("csv", "jsonl", "xlsx", "dta", "duckdb", "sqlite")
    },
    "report": lambda data, out: ["report", str(data), "--out", str(out)],
    "diff": lambda data, out: ["diff", str(data), str(data), "--format", "html", "--out", str(out)],
    "ingest": lambda data, out: ["ingest", str(data.parent), "--out", str(out), "--jobs", "1"],
}


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on files that fails as a full disk does")
@pytest.mark.parametrize("command", WRITING)
def test_a_full_disk_is_one_sentence(tmp_path: Path, dataset: Path, command: str) -> None:
    for library in {"xlsx": ["xlsxwriter"], "duckdb": ["duckdb"], "report": ["jinja2"]}.get(command, []):
        pytest.importorskip(library)
    one_sentence(run(*WRITING[command](dataset, tmp_path / "out"), blocks=1 if command == "diff" else 8))
    left = [path.name for path in tmp_path.rglob("*") if path.name.endswith((files.TEMPORARY, files.JOURNAL))]
    assert not left


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that nobody can write to")
@pytest.mark.parametrize("command", WRITING)
def test_a_forbidden_folder_is_one_sentence(dataset: Path, command: str) -> None:
    one_sentence(run(*WRITING[command](dataset, Path("/proc/self/nowhere"))))


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs /dev/full")
@pytest.mark.parametrize("command", [["show", "--json"], ["doubtful", "--all"], ["query", "SELECT * FROM documents"]])
def test_a_full_disk_behind_standard_output_is_one_sentence(dataset: Path, command: list[str]) -> None:
    where = [str(dataset)] if command[0] == "doubtful" else ["--outputs", str(dataset)]
    if command[0] == "query":
        pytest.importorskip("duckdb")
    if command[0] == "show":
        import pyarrow.parquet as pq

        where = [pq.ParquetFile(dataset / "sections.parquet").read().column("section_id")[0].as_py(), *where]
    one_sentence(run(*command[:1], *where, *command[1:], stdout="/dev/full"))


def test_no_file_takes_the_place_of_a_device_or_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(OSError, match="something else than a file"), files.whole(tmp_path / name) as file:
            file.write(b"x")
    assert (tmp_path / "pipe").is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "pipe"]
