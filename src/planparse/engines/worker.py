"""The process that reads batches for the pool: ``python -m planparse.engines.worker``.

It takes a ``Work`` and then batches, pickled, from its standard input, and says on its standard output what it reads
and which shards it has written. It is a program of its own, rather than a copy of its parent: nothing of the parent's
threads, files and memory comes along, and a script that calls ``planparse.ingest`` is not run again.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Callable
from itertools import count
from typing import Any, BinaryIO

PARENT_DEATH_SIGNAL = 1
"""Of Linux's prctl."""


def main() -> None:
    """Serve until the parent closes the pipe, or is gone."""
    _die_with_the_parent(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints goes to the errors, not between the answers
    _offer_to_the_oom_killer()
    batches: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, batches), daemon=True).start()

    def send(message: object) -> None:
        pickle.dump(message, answers)
        answers.flush()

    with contextlib.suppress(BrokenPipeError):
        _serve(batches, send)
    os._exit(0)


def _serve(batches: queue.SimpleQueue[Any], send: Callable[[object], None]) -> None:
    work = batches.get()
    from planparse.engines.memory import collect_seldom, keep_for_good, limited

    collect_seldom()
    from planparse.engines.batch import READY, Failed, read_batch

    send(READY)
    for number in count():
        batch = batches.get()
        try:
            with limited(work.options.limits.memory):
                done = read_batch(batch, work, send)
            if not number:
                keep_for_good()
            send(done)
        except MemoryError:
            send(Failed(None))
        except BrokenPipeError:
            raise
        except Exception as error:  # whatever it is, the parent is to raise it, not this process to die of it
            send(Failed(error if isinstance(error, OSError) else RuntimeError(repr(error))))


def _listen(source: BinaryIO, batches: queue.SimpleQueue[Any]) -> None:
    """Pass on what the parent sends. When the pipe closes the parent is done or dead: then so is this process."""
    try:
        while True:
            batches.put(pickle.load(source))
    except EOFError:
        os._exit(0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
        os._exit(1)


def _die_with_the_parent(parent: int) -> None:
    """Have the system end this process with its parent: while a pattern holds the interpreter, no thread of its own can."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.name == "posix" and os.getppid() != parent:
        os._exit(0)  # it was gone before that


def _offer_to_the_oom_killer() -> None:
    """Where memory runs out, the system ends this process rather than the parent that can tell why."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("500")


if __name__ == "__main__":
    main()
