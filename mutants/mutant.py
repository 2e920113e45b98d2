"""One change to one file, and the areas that changes are drawn from."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

AREAS = ("weights", "features", "words", "outline", "language", "extract")


@dataclass(frozen=True, slots=True)
class Mutant:
    """The text between ``start`` and ``end`` (code points) of ``path`` (from ``src/planparse``) becomes ``new``."""

    area: str
    path: str
    line: int
    start: int
    end: int
    new: str
    what: str

    def applied(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.end :]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def line_of(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def shown(text: str, most: int = 60) -> str:
    """Code on one line, cut in the middle if it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[: most // 2]} … {flat[-most // 2 :]}"


def draw(mutants: Iterable[Mutant], size: int, seed: int) -> list[Mutant]:
    """A sample in which every area has the same share as long as it lasts; all of them for a ``size`` of 0."""
    chosen = random.Random(seed)
    by_area: dict[str, list[Mutant]] = {area: [] for area in AREAS}
    for mutant in mutants:
        by_area[mutant.area].append(mutant)
    for group in by_area.values():
        chosen.shuffle(group)
    turns: Sequence[Mutant] = [m for row in zip_longest(*by_area.values()) for m in row if m is not None]
    return list(turns[:size] if size else turns)
