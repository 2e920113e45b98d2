"""A process that outlives its parent, and the lock that it might keep; and the memory that a process may take."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import standins

from planparse.corpus import batches, ingest
from planparse.dataset import files
from planparse.dataset.lock import LOCK, writing
from planparse.engines import memory
from planparse.model.findings import UsageError
from planparse.model.options import Limits, Options

HANGS = 60.0
"""Seconds after which something has not come that comes at once."""
RUN = f"""
import sys; sys.path[:0] = {sys.path!r}
import standins
from planparse.corpus import batches, ingest
from planparse.model.options import Limits, Options
batches.INLINE_FILES = 0
ingest([sys.argv[1]], sys.argv[2], jobs=1, options=Options(limits=Limits(timeout=0)), process=standins.process)
"""
pytestmark = [pytest.mark.waits, pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")]


def waited(ready: Callable[[], bool]) -> bool:
    until = time.monotonic() + HANGS
    while time.monotonic() < until:
        if ready():
            return True
        time.sleep(0.02)
    return False


def children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().rpartition(")")
        except OSError:
            continue
        if int(rest.split()[1]) == parent:
            found.append(int(name.split()[0]))
    return found


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.parametrize("command", ["HANG", "SPIN"])
def test_a_worker_ends_with_its_parent_and_leaves_no_lock(tmp_path: Path, command: str) -> None:
    """Also while a pattern holds the interpreter, so that no thread of the worker's own could end it."""
    root, out, begun = tmp_path / "c", tmp_path / "out", tmp_path / "begun"
    root.mkdir()
    (root / "a.txt").write_text(f"{command} 600 {begun}", encoding="utf-8")
    parent = subprocess.Popen([sys.executable, "-c", RUN, str(root), str(out)])
    try:
        assert waited(begun.exists)
        (worker,) = children(parent.pid)
        assert runs(worker)
    finally:
        parent.kill()
        parent.wait()
    assert waited(lambda: not runs(worker)), "the worker went on without its parent"
    with writing(out):
        pass


HOLD = """
import fcntl, os, sys, time
file = open(sys.argv[1], "a+b")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize(("holder", "taken"), [("dead", True), ("elsewhere", False), ("alive", False), ("", False)])
def test_a_lock_is_taken_from_what_its_dead_writer_left(tmp_path: Path, holder: str, taken: bool) -> None:
    """A process that holds the lock of another that has ended keeps nobody out; one that is named does."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    host = os.uname().nodename
    names = {
        "dead": f"process {ended.pid} on {host}",
        "elsewhere": f"process {ended.pid} on another-{host}",
        "alive": f"process {os.getpid()} on {host}",
        "": "",
    }
    place = tmp_path / files.STATE / LOCK
    place.parent.mkdir()
    place.write_text(names[holder])
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(place)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        if taken:
            with writing(tmp_path), pytest.raises(UsageError, match=f"process {os.getpid()}"), writing(tmp_path):
                pass
        else:
            with pytest.raises(UsageError, match="is being written by"), writing(tmp_path):
                pass
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
@pytest.mark.parametrize("inline", [True, False], ids=["in place", "in processes"])
def test_what_takes_too_much_memory_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inline: bool) -> None:
    monkeypatch.setattr(batches, "INLINE_FILES", 1000 if inline else 0)
    root = tmp_path / "c"
    root.mkdir()
    for number in range(6):
        (root / f"{number}.txt").write_text("TAKE 700" if number == 3 else f"好{number} 1", encoding="utf-8")
    options = Options(limits=Limits(memory=300 << 20))
    summary = ingest([root], tmp_path / "out", jobs=2, options=options, process=standins.process)
    assert summary.documents == 5
    (failure,) = summary.failures
    assert (failure.path, failure.code) == ("3.txt", "limit_exceeded")
    assert "--memory" in failure.message
    larger = Options(limits=Limits(memory=2 << 30))
    assert ingest([root], tmp_path / "out", jobs=2, options=larger, process=standins.process).documents == 6, "tried again"


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_a_limit_ends_with_its_block() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    with memory.limited(1 << 30):
        within = resource.getrlimit(resource.RLIMIT_DATA)
        with memory.limited(4 << 30):
            assert resource.getrlimit(resource.RLIMIT_DATA) == within, "a lower one stays"
    with memory.limited(0):
        assert resource.getrlimit(resource.RLIMIT_DATA) == before
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
    assert within[0] != before[0]


def test_a_signal_that_ends_the_worker_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "INLINE_FILES", 0)
    (tmp_path / "a.txt").write_text("DIE", encoding="utf-8")
    summary = ingest([tmp_path / "a.txt"], tmp_path / "out", process=standins.process)
    assert signal.SIGKILL.name in summary.failures[0].message
