"""One document at a time where the process is not ours to lose: inside a Spark executor.

The process pool of one machine finds a bad document by losing a process and reading its batch again. Spark would answer
the same loss by running the whole task anew, four times, and then give up the job. So here each document is guarded by
itself: an alarm for those that Python reads, a process of its own for formats that C code reads.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import time
from dataclasses import dataclass

from planparse.engines.alarm import TimeUp, within
from planparse.engines.batch import ended_its_process, took_too_long, took_too_much
from planparse.engines.core import NATIVE, Process, failure
from planparse.model.findings import Note
from planparse.model.options import Options
from planparse.pipeline import Stages


@dataclass(frozen=True, slots=True)
class Guarded:
    """``process`` with a time limit; a document that dies, hangs or takes all memory is a finding."""

    process: Process

    def __call__(self, data: bytes, path: str, options: Options) -> Stages:
        if hasattr(os, "fork") and data.startswith(NATIVE):
            return _apart(self.process, data, path, options)
        try:
            with within(options.limits.timeout):
                return self.process(data, path, options)
        except TimeUp:
            return _refused(path, took_too_long(options.limits.timeout))
        except MemoryError:
            return _refused(path, took_too_much(options))


def _refused(path: str, why: Note) -> Stages:
    return Stages(records=[failure(path, why)])


def _apart(process: Process, data: bytes, path: str, options: Options) -> Stages:
    """Read one document in a forked process, which hands back its records or an error."""
    mine, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(mine)
        _answer(theirs, process, data, path, options)
    os.close(theirs)
    try:
        answer = _receive(mine, options.limits.timeout)
    except TimeoutError:
        return _refused(path, took_too_long(options.limits.timeout))
    finally:
        os.close(mine)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
    with contextlib.suppress(EOFError, pickle.UnpicklingError):  # half an answer is that of a process that died
        found = pickle.loads(answer)
        if isinstance(found, MemoryError):
            return _refused(path, took_too_much(options))
        if isinstance(found, Exception):
            raise found
        return Stages(records=found)
    return _refused(path, ended_its_process(os.waitstatus_to_exitcode(status)))


def _answer(pipe: int, process: Process, data: bytes, path: str, options: Options) -> None:
    """What the forked process does; it never returns."""
    try:
        answer = pickle.dumps(process(data, path, options).records)
    except MemoryError:
        answer = pickle.dumps(MemoryError())
    except Exception as error:
        answer = pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    with contextlib.suppress(BaseException), os.fdopen(pipe, "wb") as file:
        file.write(answer)
    os._exit(0)


def _receive(pipe: int, seconds: float) -> bytes:
    """All that is written to a pipe until it closes. Raises TimeoutError."""
    until = time.monotonic() + seconds
    parts: list[bytes] = []
    while True:
        patience = max(0.0, until - time.monotonic()) if seconds else None
        if not select.select([pipe], [], [], patience)[0]:
            raise TimeoutError
        part = os.read(pipe, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
