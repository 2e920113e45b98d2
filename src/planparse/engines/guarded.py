"""One document at a time where the process is not ours to lose: inside a Spark executor.

The process pool of one machine finds a bad document by losing a process and reading its batch again. Spark would answer
the same loss by running the whole task anew, four times, and then give up the job. So here each document is guarded by
itself: an alarm for those that Python reads, a process of its own for formats that C code reads.
"""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import dataclass
from multiprocessing.connection import Connection

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
    fork = multiprocessing.get_context("fork")
    mine, theirs = fork.Pipe(duplex=False)
    child = fork.Process(target=_answer, args=(theirs, process, data, path, options))
    child.start()
    theirs.close()
    try:
        if not mine.poll(options.limits.timeout or None):
            return _refused(path, took_too_long(options.limits.timeout))
        found = mine.recv()
    except EOFError:  # nothing, or half an answer: it died
        found = None
    finally:
        mine.close()
        child.kill()
        child.join()
    if found is None:
        return _refused(path, ended_its_process(child.exitcode))
    if isinstance(found, MemoryError):
        return _refused(path, took_too_much(options))
    if isinstance(found, Exception):
        raise found
    return Stages(records=found)


def _answer(pipe: Connection, process: Process, data: bytes, path: str, options: Options) -> None:
    """What the forked process does; it never returns."""
    try:
        pipe.send(process(data, path, options).records)
    except MemoryError:
        pipe.send(MemoryError())
    except Exception as error:
        pipe.send(RuntimeError(f"{type(error).__name__}: {error}"))
    finally:
        os._exit(0)
