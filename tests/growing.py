"""How the cost of reading grows with the length of a text, in processor time, so that no test counts seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

ROUNDS = 6
FLOOR = 0.004
"""Seconds below which a time says nothing."""
FOURFOLD = 9
"""A text of four times the length may cost so many times as much: 4 is in proportion, 16 the square."""


def grows(work: Callable[[str], object], text: str) -> bool:
    """Whether the whole text costs far more than four times its last quarter; the least growth of several rounds counts."""
    quarter = text[-(len(text) // 4) :]
    return all(_seconds(work, text) > FOURFOLD * max(FLOOR, _seconds(work, quarter)) for _ in range(ROUNDS))


def _seconds(work: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    work(text)
    return time.process_time() - begun
