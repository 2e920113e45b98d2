"""Whatever goes wrong while a run writes: the dataset is the old or the new one, and the next run completes it."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pytest
import standins

from planparse.corpus import batches, ingest
from planparse.dataset import files
from planparse.dataset.reader import read
from planparse.model.findings import PlanparseError
from planparse.model.records import TABLES

STEPS = ("make_folder", "remove_folder", "create", "settle", "replace", "hard_link", "point")
NAMES = [model.table for model in TABLES]
KILLS_IN_PLACE, KILLS_OF_POOLS, KILLED_WORKERS = 20, 6, 4

pytestmark = [pytest.mark.waits, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")]


def put(root: Path, count: int, word: str) -> None:
    root.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = "\n".join(f"{word}{number} {line}" for line in range(1 + number % 5))
        (root / f"计划{number:02}.txt").write_text(text, encoding="utf-8")


def digests(out: Path) -> dict[str, str]:
    """What the dataset holds, after having been read as a user reads it."""
    if not (out / "documents.parquet").exists():
        return {}
    dataset = read(out)
    assert all(dataset[name].num_rows >= 0 for name in NAMES)
    return {name: hashlib.sha256((out / f"{name}.parquet").read_bytes()).hexdigest() for name in NAMES}


class Corpus:
    """A corpus that has changed since its dataset was written, and both datasets."""

    def __init__(self, base: Path, count: int) -> None:
        self.root, self.base = base / "corpus", base
        put(self.root, count, "旧")
        self.old = self.written(base / "old")
        put(self.root, count // 2, "新")
        self.new = self.written(base / "new")
        assert self.old != self.new

    def run(self, out: Path, jobs: int = 1) -> None:
        ingest([self.root], out, jobs=jobs, process=standins.process)

    def written(self, out: Path) -> dict[str, str]:
        self.run(out)
        return digests(out)

    def fresh(self, name: str) -> Path:
        """A folder with the old dataset, which the next run is to replace."""
        out = self.base / name
        out.mkdir()
        for path in (self.base / "old").glob("[!.]*"):
            shutil.copy(path, out / path.name)
        return out

    def check(self, out: Path, expected: tuple[dict[str, str], ...] = ()) -> None:
        """The dataset is whole, and the next run makes it the new one and leaves nothing lying about."""
        assert digests(out) in (expected or (self.old, self.new))
        self.run(out)
        assert digests(out) == self.new
        assert not [path for path in (out / files.STATE).rglob("*") if path.name not in ("lock", "shards")]
        assert not [path for path in out.iterdir() if path.is_symlink()]


@pytest.fixture
def in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "INLINE_FILES", 1000)


@pytest.fixture
def in_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "INLINE_FILES", 0)
    monkeypatch.setattr(batches, "BATCH_FILES", 5)


class _Faulty:
    """A file whose writes may fail."""

    def __init__(self, file: BinaryIO, act: Callable[[], None]) -> None:
        self.file, self.act = file, act

    def write(self, data: Any) -> int:
        self.act()
        return self.file.write(data)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def __enter__(self) -> _Faulty:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


@contextmanager
def failing(act: Callable[[int], None]) -> Iterator[list[int]]:
    """Have ``act`` called with the number of each change of the disk, each write of bytes too, before it is made."""
    made = [0]

    def step() -> None:
        made[0] += 1
        act(made[0])

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any) -> Any:
            step()
            found = real(*args)
            return _Faulty(found, step) if real.__name__ == "create" else found

        return counted

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(files, name, wrap(getattr(files, name)))
        yield made


@pytest.mark.parametrize(
    ("code", "lasting", "every"),
    [(errno.ENOSPC, True, 3), (errno.EIO, False, 1), (errno.EROFS, True, 3)],
    ids=["a disk that stays full", "one write that fails", "a disk that can only be read from then on"],
)
@pytest.mark.usefixtures("in_place")
def test_an_error_at_every_write(tmp_path: Path, code: int, lasting: bool, every: int) -> None:
    """Of errors that last, at every third: what follows them fails as well, so that neighbours hardly differ."""
    corpus = Corpus(tmp_path, 4)
    with failing(lambda at: None) as made:
        corpus.run(corpus.fresh("count"))
    assert made[0] > 60
    numbers = range(1, made[0] + 1, every)
    failed = 0
    for number in numbers:
        out = corpus.fresh(str(number))

        def fail(at: int, last: int = number) -> None:
            if at == last or (lasting and at > last):
                raise OSError(code, os.strerror(code))

        try:
            with failing(fail):
                corpus.run(out)
        except PlanparseError as error:
            failed += os.strerror(code) in str(error)  # one sentence that names the cause
        corpus.check(out)
        shutil.rmtree(out)
    assert failed > len(numbers) // 2


def test_a_stopped_run_is_taken_up_where_it_was(tmp_path: Path, in_processes: None) -> None:
    put(tmp_path / "new", 40, "新")
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
    put(tmp_path / "new", 5, "新")
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


def killed(work: Callable[[], None], seconds: float) -> None:
    """Do the work in a process of its own, and kill it after so many seconds."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def duration(work: Callable[[], None]) -> float:
    begun = time.monotonic()
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    return time.monotonic() - begun


def kill_at_random(corpus: Corpus, times: int, jobs: int) -> None:
    rng = random.Random(50)
    whole = duration(lambda: corpus.run(corpus.fresh("whole"), jobs))
    for number in range(times):
        out = corpus.fresh(f"kill{number}")
        killed(lambda out=out: corpus.run(out, jobs), rng.random() * whole)
        corpus.check(out)


@pytest.mark.usefixtures("in_place")
def test_killed_at_random_moments(tmp_path: Path) -> None:
    kill_at_random(Corpus(tmp_path, 12), KILLS_IN_PLACE, 1)


def test_killed_at_random_moments_with_processes(tmp_path: Path, in_processes: None) -> None:
    kill_at_random(Corpus(tmp_path, 20), KILLS_OF_POOLS, 2)


def workers() -> list[int]:
    """The processes that this one has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().rpartition(")")
        except OSError:
            continue
        state, parent = rest.split()[:2]
        if int(parent) == os.getpid() and state != "Z":
            found.append(int(name.split()[0]))
    return found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
def test_a_worker_killed_at_random(tmp_path: Path, in_processes: None) -> None:
    """It costs nothing: its batch is read again."""
    corpus = Corpus(tmp_path, 20)
    rng = random.Random(6)
    before = set(workers())
    kills = 0
    for number in range(KILLED_WORKERS):
        out = corpus.fresh(str(number))
        done = threading.Event()

        def kill(done: threading.Event = done) -> None:
            nonlocal kills
            while not done.is_set():
                time.sleep(0.2 + rng.random() * 0.3)
                mine = [pid for pid in workers() if pid not in before]
                if mine and ready(mine[0]):
                    os.kill(mine[0], signal.SIGKILL)
                    kills += 1
                    return

        killer = threading.Thread(target=kill)
        killer.start()
        corpus.run(out, jobs=2)
        done.set()
        killer.join()
        assert digests(out) == corpus.new
    assert kills


def ready(pid: int) -> bool:
    """Whether a worker has come up; one that is killed before is an installation that does not work."""
    try:
        return "libarrow" in Path(f"/proc/{pid}/maps").read_text()
    except OSError:
        return False
