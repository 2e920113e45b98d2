"""The work done by several processes: a process that dies or hangs costs the one document that it was reading."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Generator, Sequence
from typing import IO, Any

from planparse.engines.batch import (
    ENDED,
    READY,
    Done,
    Failed,
    File,
    Once,
    Progress,
    Started,
    Work,
    ended_its_process,
    give_up,
    took_too_long,
    took_too_much,
    without,
)
from planparse.model.findings import Note, PlanparseError

START_ATTEMPTS = 3
"""One that is killed while it comes up, for want of memory say, is no sign of a broken installation; three are."""
START_SECONDS = 120.0
"""A process that has not come up by then will not."""
END_SECONDS = 5.0
Message = tuple["_Worker", Any]


class WorkerError(PlanparseError):
    """The processes do not start: no document is to blame."""


class _Worker:
    """One process, and the batch that it has."""

    def __init__(self, work: Work, inbox: queue.SimpleQueue[Message]) -> None:
        self.errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "planparse.engines.worker", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)},
            start_new_session=True,  # Ctrl-C reaches the parent alone, which then stops the others
        )
        self.batch: Sequence[File] | None = None
        self.reading: Started | None = None
        self.ready = False
        self.deadline = time.monotonic() + START_SECONDS
        self.listener = threading.Thread(target=self._listen, args=(inbox,), daemon=True)
        self.listener.start()
        self.send(work)

    def _listen(self, inbox: queue.SimpleQueue[Message]) -> None:
        assert self.process.stdout
        try:
            while True:
                inbox.put((self, pickle.load(self.process.stdout)))
        except Exception:  # the end of the stream, or half a message of a process that was killed
            inbox.put((self, ENDED))

    def send(self, message: object) -> None:
        assert self.process.stdin
        with contextlib.suppress(OSError):  # it has died: its output ends too, and that is noticed
            pickle.dump(message, self.process.stdin)
            self.process.stdin.flush()

    def give(self, batch: Sequence[File]) -> None:
        self.batch = batch
        self.send(batch)

    def expect(self, started: Started | None, timeout: float) -> None:
        self.reading = started
        self.deadline = time.monotonic() + timeout if started and timeout else float("inf")

    def kill(self) -> None:
        """End the process and what it has started."""
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        self.listener.join()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):  # of what was still to be sent
                assert pipe
                pipe.close()

    def last_words(self) -> str:
        """The end of what it wrote on its standard error."""
        self.errors.seek(0)
        lines = self.errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "no message"

    def exit_code(self) -> int | None:
        try:
            return self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            return None


class _Pool:
    def __init__(self, batches: Sequence[Sequence[File]], work: Work, jobs: int, progress: Progress) -> None:
        self.work = work
        self.waiting: deque[Sequence[File]] = deque(batches)
        self.jobs = min(jobs, len(batches))
        self.inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.workers: set[_Worker] = set()
        self.tell = Once(progress)
        self.failed_starts = 0

    def run(self) -> Generator[Done, None, None]:
        try:
            while self.waiting or any(worker.batch for worker in self.workers):
                self._assign()
                yield from self._step()
        finally:
            for worker in self.workers:
                worker.kill()

    def _assign(self) -> None:
        """Give what is waiting to the processes that are free, and start more where there is work for them."""
        for worker in self.workers:
            if worker.ready and worker.batch is None and self.waiting:
                worker.give(self.waiting.popleft())
        starting = sum(not worker.ready for worker in self.workers)
        for _ in range(min(self.jobs - len(self.workers), len(self.waiting) - starting)):
            self.workers.add(_Worker(self.work, self.inbox))

    def _step(self) -> Generator[Done, None, None]:
        """Wait for the next message or the next deadline, and act on it."""
        patience = min(worker.deadline for worker in self.workers) - time.monotonic()
        try:
            worker, message = self.inbox.get(timeout=min(max(patience, 0), 3600))
        except queue.Empty:
            for late in [worker for worker in self.workers if worker.deadline <= time.monotonic()]:
                yield from self._lost(late, took_too_long(self.work.options.limits.timeout), certain=True)
            return
        if worker not in self.workers:
            return  # said before it was ended
        if message is None or isinstance(message, Started):
            self.tell((worker.batch or ())[: message.file if message else 0])
            worker.expect(message, self.work.options.limits.timeout)
        elif message == READY:
            worker.ready = True
            worker.expect(None, 0)
        elif isinstance(message, Done):
            self.tell(worker.batch or ())
            worker.batch = None
            yield message
        elif message == ENDED:
            yield from self._lost(worker, ended_its_process(worker.exit_code()))
        elif isinstance(message, Failed) and message.error:
            raise message.error
        else:
            yield from self._lost(worker, took_too_much(self.work.options))

    def _lost(self, worker: _Worker, why: Note, certain: bool = False) -> Generator[Done, None, None]:
        """A process is lost. If its document is not known for certain, each of the batch is read again by itself."""
        self.workers.discard(worker)
        worker.kill()
        if not worker.ready:
            self.failed_starts += 1
            if self.failed_starts < START_ATTEMPTS:
                return
            raise WorkerError(f"The worker process does not start: {worker.last_words()}")
        batch = list(worker.batch or ())
        culprit = worker.reading.file if worker.reading and certain else 0
        if batch and (certain or len(batch) == 1):
            file = batch.pop(culprit)
            if rest := without(file, worker.reading, why):
                self.waiting.appendleft([rest])
            else:
                yield give_up(file, self.work, why)
                self.tell([file])
        self.waiting.extendleft([file] for file in reversed(batch))


def run(batches: Sequence[Sequence[File]], work: Work, jobs: int, progress: Progress) -> Generator[Done, None, None]:
    """Read the batches in ``jobs`` processes; shards come in any order. Closing the iterator ends the processes."""
    return _Pool(batches, work, jobs, progress).run()
