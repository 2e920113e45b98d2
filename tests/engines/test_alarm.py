"""The limit on time leaves the process as it was: a host that has a timer of its own keeps it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from types import FrameType

import pytest

from planparse.engines.alarm import TimeUp, within
from planparse.engines.guarded import Guarded
from planparse.model.options import Limits, Options
from planparse.pipeline import Stages

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no interval timers")
OWN_SECONDS = 3600.0


def own(number: int, frame: FrameType | None) -> None:
    """The handler of the host process."""


def read(data: bytes, path: str, options: Options) -> Stages:
    return Stages(records=[])


@pytest.fixture
def host() -> Iterator[object]:
    before = signal.signal(signal.SIGALRM, own)
    yield own
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def test_time_is_up_inside_only(host: object) -> None:
    with pytest.raises(TimeUp), within(0.01):
        signal.pause()
    assert signal.getsignal(signal.SIGALRM) is host
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_guarded_document_leaves_the_handler_of_the_host(host: object) -> None:
    assert Guarded(read)(b"text", "a.txt", Options(limits=Limits(timeout=5))).records == []
    assert signal.getsignal(signal.SIGALRM) is host


def test_no_limit_leaves_the_timer_of_the_host(host: object) -> None:
    signal.setitimer(signal.ITIMER_REAL, OWN_SECONDS)
    assert Guarded(read)(b"text", "a.txt", Options(limits=Limits(timeout=0))).records == []
    assert signal.getsignal(signal.SIGALRM) is host
    assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
