"""Processor time, told as ratios: the machine that measures is shared, so only ratios within one run mean anything."""

from __future__ import annotations

import resource
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ROUNDS = 5


def cpu_seconds() -> float:
    """Processor time of this process and of those that it has waited for."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def cost(work: Callable[[], object]) -> float:
    """Processor time of one call."""
    begun = cpu_seconds()
    work()
    return cpu_seconds() - begun


def best(works: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> list[float]:
    """The least processor time of each piece of work, taken by turns."""
    least = [float("inf")] * len(works)
    for _ in range(rounds):
        least = [min(known, cost(work)) for known, work in zip(least, works, strict=True)]
    return least


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result; ``ratio`` is missing where something could not be measured, and ``detail`` says why."""

    what: str
    ratio: float | None
    detail: str

    def __str__(self) -> str:
        ratio = "     -" if self.ratio is None else f"{self.ratio:6.2f}"
        return f"{ratio}  {self.what}  ({self.detail})"
