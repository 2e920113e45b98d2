"""The pool: a process that dies, hangs or fails costs the one document that it was reading."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import standins

from planparse.dataset.shards import Shard
from planparse.engines import inline, pool
from planparse.engines.batch import File, Work
from planparse.model.options import Limits, Options

pytestmark = pytest.mark.waits

TIMEOUT = 1.5


@pytest.fixture
def work(tmp_path: Path) -> Work:
    (tmp_path / "shards").mkdir()
    return Work(standins.process, Options(limits=Limits(timeout=TIMEOUT)), tmp_path / "shards", "key")


def files(tmp_path: Path, contents: Sequence[str]) -> list[File]:
    made = []
    for number, content in enumerate(contents):
        path = tmp_path / f"{number}.txt"
        path.write_text(content, encoding="utf-8")
        made.append(File(path.name, str(path), path.stat().st_size))
    return made


def outcome(shards: Sequence[Any]) -> dict[str, bool]:
    """Each file's path, and whether it gave records."""
    entries = [entry for done in shards for entry in Shard(done.shard).entries]
    assert len({entry.path for entry in entries}) == len(entries), "each file once"
    return {entry.path: entry.pieces[0].read for entry in entries}


def codes(shards: Sequence[Any]) -> set[str]:
    found = set()
    for done in shards:
        shard = Shard(done.shard)
        count = sum(entry.rows[7] for entry in shard.entries)
        if count:
            found |= {row["code"] for batch in shard.take("findings", 0, count) for row in batch.to_pylist()}
    return found


@pytest.mark.parametrize(
    ("command", "code"),
    [("DIE", "worker_died"), ("EXIT", "worker_died"), ("HANG", "limit_exceeded"), ("MEMORY", "limit_exceeded")],
)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_one_bad_document_costs_itself(tmp_path: Path, work: Work, command: str, code: str, place: int) -> None:
    made = files(tmp_path, [command if number == place else f"好{number} 1" for number in range(5)])
    told: list[str] = []
    shards = list(pool.run([made[:3], made[3:]], work, 2, lambda file: told.append(file.path)))
    assert outcome(shards) == {file.path: number != place for number, file in enumerate(made)}
    assert codes(shards) == {code}
    assert sorted(told) == [file.path for file in made], "progress is told once a file"


def test_several_bad_documents_in_one_batch(tmp_path: Path, work: Work) -> None:
    made = files(tmp_path, ["好 1", "DIE", "HANG", "好 2", "MEMORY", "好 3", "DIE 2"])
    shards = list(pool.run([made], work, 2, lambda file: None))
    assert {path for path, good in outcome(shards).items() if good} == {"0.txt", "3.txt", "5.txt"}
    assert codes(shards) == {"worker_died", "limit_exceeded"}


def test_a_process_that_died_by_accident_costs_nothing(tmp_path: Path, work: Work) -> None:
    made = files(tmp_path, ["好 1", f"DIE_ONCE {tmp_path / 'died'}", "好 2"])
    assert all(outcome(list(pool.run([made], work, 1, lambda file: None))).values())
    assert (tmp_path / "died").exists()


def test_the_message_tells_how_the_process_ended(tmp_path: Path, work: Work) -> None:
    for command, words in (("DIE", "SIGKILL"), ("EXIT", "exit code 3")):
        (done,) = pool.run([files(tmp_path, [command])], work, 1, lambda file: None)
        (batch,) = Shard(done.shard).take("findings", 0, 1)
        assert words in batch.to_pylist()[0]["message"]


@pytest.mark.parametrize(("command", "code"), [("HANG", "limit_exceeded"), ("MEMORY", "limit_exceeded")])
def test_in_place_too_one_bad_document_costs_itself(tmp_path: Path, work: Work, command: str, code: str) -> None:
    made = files(tmp_path, ["好 1", command, "好 2", command + " 60", "好 3"])
    told: list[str] = []
    shards = list(inline.run([made], work, lambda file: told.append(file.path)))
    assert list(outcome(shards).values()).count(True) == 3
    assert codes(shards) == {code}
    assert sorted(told) == [file.path for file in made]
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0), "no alarm is left"


def test_without_a_limit_nothing_is_late(tmp_path: Path, work: Work) -> None:
    patient = Work(work.process, Options(limits=Limits(timeout=0)), work.shards, work.key)
    made = files(tmp_path, ["HANG 0.3\n好", "好 2"])
    assert all(outcome(list(pool.run([made], patient, 1, lambda file: None))).values())
    assert all(outcome(list(inline.run([made], patient, lambda file: None))).values())


def test_an_error_of_writing_ends_the_run(tmp_path: Path, work: Work) -> None:
    made = files(tmp_path, ["好 1"])
    blocked = Work(work.process, work.options, tmp_path / "nowhere", work.key)
    with pytest.raises(OSError, match="No such file") as caught:
        list(pool.run([made], blocked, 1, lambda file: None))
    assert caught.value.errno == errno.ENOENT


def test_processes_that_do_not_start_are_told(tmp_path: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(pool.WorkerError, match="does not start"):
        list(pool.run([files(tmp_path, ["好 1"])], work, 1, lambda file: None))


def children() -> set[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )
    return {int(line) for line in listed.stdout.split() if Path(f"/proc/{line}/cmdline").exists()}


def test_closing_the_iterator_ends_the_processes_at_once(tmp_path: Path, work: Work) -> None:
    patient = Work(work.process, Options(limits=Limits(timeout=0)), work.shards, work.key)
    made = files(tmp_path, ["好 1", "HANG 600", "HANG 601"])
    before = children()
    shards = pool.run([[file] for file in made], patient, 3, lambda file: None)
    next(shards)
    started = children() - before
    begun = time.monotonic()
    shards.close()
    assert time.monotonic() - begun < 2
    assert started
    assert not children() & started


def test_a_process_whose_parent_is_gone_ends(tmp_path: Path) -> None:
    program = f"""
import sys; sys.path[:0] = {sys.path!r}
from pathlib import Path
import standins
from planparse.engines import pool
from planparse.engines.batch import File, Work
from planparse.model.options import Limits, Options
work = Work(standins.process, Options(limits=Limits(timeout=0)), Path({str(tmp_path)!r}), "key")
list(pool.run([[File("a", {str(tmp_path / "a")!r}, 8)]], work, 1, lambda file: None))
"""
    (tmp_path / "a").write_text("HANG 600")
    parent = subprocess.Popen([sys.executable, "-c", program])
    worker = ""
    for _ in range(300):
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(parent.pid)], capture_output=True, text=True, check=False
        )
        worker = listed.stdout.strip()
        if worker:
            break
        time.sleep(0.02)
    time.sleep(1.0)
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not Path(f"/proc/{worker}").exists() or "Z" in Path(f"/proc/{worker}/stat").read_text().split()[2]:
            return
        time.sleep(0.05)
    pytest.fail("the process went on without its parent")
