"""One writer per output folder; a dead one locks nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from planparse.dataset import files
from planparse.dataset.lock import LOCK, writing
from planparse.model.findings import UsageError

pytestmark = pytest.mark.waits

HOLD = """
import sys, time
from pathlib import Path
from planparse.dataset.lock import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(out: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(out)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    process = holder(tmp_path)
    try:
        with pytest.raises(UsageError, match=f"being written by process {process.pid}"), writing(tmp_path):
            pass
    finally:
        process.kill()
        process.wait()


def test_the_lock_of_a_killed_process_is_void(tmp_path: Path) -> None:
    process = holder(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert str(process.pid) in (tmp_path / files.STATE / LOCK).read_text(), "it had no time to clean up"
    with writing(tmp_path):
        pass


def test_the_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(tmp_path):
        raise ZeroDivisionError
    with writing(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"^Cannot write to .*\.$"), writing(tmp_path / "file" / "out"):
        pass
