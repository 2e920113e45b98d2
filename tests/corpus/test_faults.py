"""Faults: full disks, broken disks, kills. The dataset is the old one or the new one, and the next run completes it."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
import standins

from planparse.corpus import ingest
from planparse.dataset import files
from planparse.dataset.reader import read
from planparse.model.findings import UsageError
from planparse.model.records import TABLES

pytestmark = pytest.mark.waits

SOAK = bool(os.environ.get("PLANPARSE_SOAK"))
"""A long run of this suite: every write fails once, and 50 kills; else every fifth write, and a few kills."""
KILLS, STRIDE = (50, 1) if SOAK else (3, 5)
ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS)


def make(root: Path, count: int, word: str = "原") -> None:
    rng = random.Random(count)
    root.mkdir(exist_ok=True)
    for number in range(count):
        lines = [f"{word}{number} {rng.randrange(100)}" for _ in range(rng.randrange(1, 30))]
        (root / f"{number:03}.txt").write_text("\n".join(lines), encoding="utf-8")


def digests(out: Path) -> dict[str, str]:
    tables = [out / f"{model.table}.parquet" for model in TABLES]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tables if path.is_file()}


class Disk:
    """The disk as planparse sees it, which fails at one step of a run."""

    def __init__(self, patch: pytest.MonkeyPatch, fail_at: int, code: int) -> None:
        self.fail_at, self.code, self.steps = fail_at, code, 0
        for name in ("replace", "hard_link", "point", "make_folder", "settle"):
            patch.setattr(files, name, self.watched(getattr(files, name)))
        real = self.watched(files.create)
        patch.setattr(files, "create", lambda path: Written(real(path), self))

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.fail_at:
            raise OSError(self.code, os.strerror(self.code))

    def watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            self.step()
            return real(*args)

        return call


class Written:
    """A file whose writes can fail, as pyarrow and zipfile use it."""

    def __init__(self, file: BinaryIO, disk: Disk) -> None:
        self.file, self.disk = file, disk

    def write(self, data: Any) -> int:
        self.disk.step()
        return self.file.write(data)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def __enter__(self) -> Written:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


def every_step(tmp_path: Path) -> Iterator[tuple[int, int, Path, Path]]:
    """A dataset, a changed corpus, and a step of the next run at which the disk fails; until no step is left."""
    make(tmp_path / "old", 4)
    make(tmp_path / "new", 5, "新")
    ingest([tmp_path / "old"], tmp_path / "before", process=standins.process)
    ingest([tmp_path / "new"], tmp_path / "after", process=standins.process)
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(patch, 0, 0)
        ingest([tmp_path / "new"], tmp_path / "counted", process=standins.process)
    assert disk.steps > 40
    for number in range(random.randrange(STRIDE) + 1, disk.steps + 12, STRIDE):
        yield number, ERRORS[number % len(ERRORS)], tmp_path / "new", tmp_path / f"out{number}"


def test_an_error_at_every_write_leaves_the_old_dataset_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)  # of no use to this test, and most of its time
    failed = 0
    for number, code, root, out in every_step(tmp_path):
        shutil.copytree(tmp_path / "before", out)
        old, new = digests(tmp_path / "before"), digests(tmp_path / "after")
        with pytest.MonkeyPatch.context() as patch:
            Disk(patch, number, code)
            try:
                ingest([root], out, process=standins.process)
                expected = [new]
            except UsageError as error:
                failed += os.strerror(code) in str(error)  # one sentence that names the cause
                expected = [old, new]
        assert digests(out) in expected, number
        read(out)
        ingest([root], out, process=standins.process)
        assert digests(out) == new, number
        left = {path.name for path in (out / files.STATE).iterdir()}
        assert left == {"lock", "shards"}, number
    assert failed > 100 / STRIDE


RUN = f"""
import sys; sys.path[:0] = {sys.path!r}
import standins
from planparse.corpus import batches, ingest
batches.INLINE_FILES, batches.BATCH_FILES = int(sys.argv[3]), 5
print("begin", flush=True)
ingest([sys.argv[1]], sys.argv[2], jobs=2, process=standins.process)
"""


def start(root: Path, out: Path, inline: bool) -> subprocess.Popen[str]:
    arguments = [str(root), str(out), "1000" if inline else "0"]
    process = subprocess.Popen([sys.executable, "-c", RUN, *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "begin\n"
    return process


@pytest.mark.parametrize("inline", [True, False], ids=["in place", "in processes"])
def test_a_run_killed_at_any_moment_is_completed_by_the_next(tmp_path: Path, inline: bool) -> None:
    make(tmp_path / "old", 40)
    make(tmp_path / "new", 41, "新")
    for name in ("old", "new"):
        ingest([tmp_path / name], tmp_path / f"{name}.out", process=standins.process)
    old, new = digests(tmp_path / "old.out"), digests(tmp_path / "new.out")
    begun = time.monotonic()
    start(tmp_path / "new", tmp_path / "timed", inline).wait()
    whole = time.monotonic() - begun
    rng = random.Random()
    out = tmp_path / "out"
    for _ in range(KILLS):
        ingest([tmp_path / "old"], out, process=standins.process)
        process = start(tmp_path / "new", out, inline)
        moment = rng.uniform(0, whole)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert digests(out) in (old, new), f"killed after {moment:.3f} s"
        read(out)
        ingest([tmp_path / "new"], out, process=standins.process)
        assert digests(out) == new, f"killed after {moment:.3f} s"


def test_a_stopped_run_is_taken_up_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from planparse.corpus import batches

    monkeypatch.setattr(batches, "INLINE_FILES", 0)
    monkeypatch.setattr(batches, "BATCH_FILES", 5)
    make(tmp_path / "new", 40)
    read_files = 0

    def stop(stage: Any) -> None:
        nonlocal read_files
        read_files = stage.files if stage.name == "read" else read_files
        if read_files >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([tmp_path / "new"], tmp_path / "out", jobs=1, process=standins.process, progress=stop)
    summary = ingest([tmp_path / "new"], tmp_path / "out", jobs=1, process=standins.process)
    assert summary.reused >= 15
    assert summary.read == 40 - summary.reused
    ingest([tmp_path / "new"], tmp_path / "fresh", jobs=1, process=standins.process)
    assert digests(tmp_path / "out") == digests(tmp_path / "fresh")


def test_damaged_shards_and_tables_are_made_again(tmp_path: Path) -> None:
    make(tmp_path / "new", 5)
    out = tmp_path / "out"
    ingest([tmp_path / "new"], out, process=standins.process)
    expected = digests(out)
    (out / files.STATE / "shards" / "broken.shard").write_bytes(b"PK\x03\x04 not a shard")
    (out / files.STATE / "shards" / "half.shard.tmp").write_bytes(b"half")
    (out / "tasks.parquet").unlink()
    (out / "goals.parquet").write_bytes(b"PAR1")
    assert ingest([tmp_path / "new"], out, process=standins.process).read == 5
    assert digests(out) == expected
    assert not list((out / files.STATE / "shards").iterdir())
