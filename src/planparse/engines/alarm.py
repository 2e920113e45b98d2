"""A limit on the time that reading may take, in the process that reads."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


class TimeUp(BaseException):
    """Not an Exception, so that nothing on the way takes it for a fault of the document."""


def alarm(seconds: float) -> None:
    """Raise TimeUp after so many seconds, 0 for never; where there are no such signals, never."""
    if _rings():
        if seconds:
            signal.signal(signal.SIGALRM, _time_up)
        signal.setitimer(signal.ITIMER_REAL, seconds)


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """The same for what is done inside, 0 for no limit; the process keeps its own handler of the signal."""
    if not seconds or not _rings():
        yield
        return
    before = signal.getsignal(signal.SIGALRM)
    alarm(seconds)
    try:
        yield
    finally:
        alarm(0)
        signal.signal(signal.SIGALRM, before)


def _rings() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _time_up(number: int, frame: FrameType | None) -> None:
    raise TimeUp
