"""What is told of a run while it goes on."""

from __future__ import annotations

import pytest

from planparse.corpus import Stage
from planparse.terminal.progress import pace, speed


@pytest.mark.parametrize(
    ("size", "rate", "left"),
    [(0, 0, 0), (1_000_000, 0.1, 0), (50_000_000, 5, 10), (100_000_000, 10, 0)],
)
def test_time_left_is_told_when_there_is_something_to_go_by(size: int, rate: float, left: float) -> None:
    assert speed(Stage("read", 1, 2, size, 100_000_000), 10) == pytest.approx((rate, left))


def test_slow_rates_are_no_zero() -> None:
    assert [pace(rate) for rate in (0.0213, 0.5, 12)] == ["21 kB/s", "500 kB/s", "12.0 MB/s"]
