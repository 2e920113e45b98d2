"""A limit on the time that reading may take, in the process that reads."""

from __future__ import annotations

import signal
import threading
from types import FrameType


class TimeUp(BaseException):
    """Not an Exception, so that nothing on the way takes it for a fault of the document."""


def alarm(seconds: float) -> None:
    """Raise TimeUp after so many seconds, 0 for never; where there are no such signals, never."""
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        if seconds:
            signal.signal(signal.SIGALRM, _time_up)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _time_up(number: int, frame: FrameType | None) -> None:
    raise TimeUp
