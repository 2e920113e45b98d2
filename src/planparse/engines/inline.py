"""The work done in place: for a few small documents, where starting a process would take longer than reading them."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator, Sequence
from types import FrameType

from planparse.engines.batch import (
    Done,
    File,
    Once,
    Progress,
    Started,
    Work,
    give_up,
    read_batch,
    took_too_long,
    took_too_much,
)


class _TimeUp(BaseException):
    """Not an Exception, so that nothing on the way takes it for a fault of the document."""


def run(batches: Sequence[Sequence[File]], work: Work, progress: Progress) -> Generator[Done, None, None]:
    """Read each batch; a document that takes too long or too much memory costs itself alone."""
    waiting = [list(batch) for batch in reversed(batches)]
    tell = Once(progress)
    while waiting:
        batch = waiting.pop()
        reading = _Reading(batch, work.options.limits.timeout, tell)
        try:
            yield read_batch(batch, work, reading.notify)
        except _TimeUp:
            yield give_up(batch[reading.file], work, *took_too_long(reading.timeout))
        except MemoryError:
            yield give_up(batch[reading.file], work, *took_too_much())
        else:
            tell(batch)
            continue
        finally:
            reading.notify(None)
        tell([batch.pop(reading.file)])
        if batch:
            waiting.append(batch)


class _Reading:
    """What is being read, and an alarm for when it takes too long."""

    def __init__(self, batch: Sequence[File], timeout: float, tell: Once) -> None:
        self.batch, self.timeout, self.tell = batch, timeout, tell
        self.file = 0

    def notify(self, started: Started | None) -> None:
        if started:
            self.file = started.file
            self.tell(self.batch[: self.file])
        _alarm(self.timeout if started else 0)


def _alarm(seconds: float) -> None:
    """Raise _TimeUp after so many seconds, 0 for never; where there are no such signals, never."""
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        if seconds:
            signal.signal(signal.SIGALRM, _time_up)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _time_up(number: int, frame: FrameType | None) -> None:
    raise _TimeUp
