"""The work done in place: for a few small documents, where starting a process would take longer than reading them."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from planparse.engines.alarm import TimeUp, alarm
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
    without,
)
from planparse.engines.memory import limited
from planparse.model.findings import Note


def run(batches: Sequence[Sequence[File]], work: Work, progress: Progress) -> Generator[Done, None, None]:
    """Read each batch; a document that takes too long or too much memory costs itself alone."""
    waiting = [list(batch) for batch in reversed(batches)]
    tell = Once(progress)
    while waiting:
        batch = waiting.pop()
        reading = _Reading(batch, work.options.limits.timeout, tell)
        why: Note | None
        try:
            with limited(work.options.limits.memory):
                done = read_batch(batch, work, reading.notify)
        except TimeUp:
            why = took_too_long(reading.timeout)
        except MemoryError:
            why = took_too_much(work.options)
        else:
            why = None
        finally:
            reading.notify(None)
        if why is None:
            tell(batch)
            yield done
            continue
        file = batch.pop(reading.started.file)
        if batch:
            waiting.append(batch)
        if rest := without(file, reading.started, why):
            waiting.append([rest])
        else:
            yield give_up(file, work, why)
            tell([file])


class _Reading:
    """What is being read, and an alarm for when it takes too long."""

    def __init__(self, batch: Sequence[File], timeout: float, tell: Once) -> None:
        self.batch, self.timeout, self.tell = batch, timeout, tell
        self.started = Started(0, batch[0].path)

    def notify(self, started: Started | None) -> None:
        if started:
            self.started = started
            self.tell(self.batch[: started.file])
        alarm(self.timeout if started else 0)
