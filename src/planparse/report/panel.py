"""Pages of the panel: each concept in all places, and each place with all its targets, drawn as dumbbells on the concept's axis."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from planparse.concepts import Concept
from planparse.dataset.dumbbells import Dumbbell, blocks, dumbbells, logarithmic
from planparse.dataset.reader import Dataset
from planparse.plots.concepts import plain

CONCEPTS, PLACES = "concepts", "places"
EDGE = 6.0
"""Percent of the axis that stays free at either end."""


class Axis:
    """Where values of one concept stand, in percent of the width."""

    def __init__(self, shown: Iterable[Dumbbell]) -> None:
        found = list(shown)
        self.scale: Callable[[float], float] = math.log if logarithmic(found) else float
        values = [value for one in found for value in one.values]
        self.ends = sorted({min(values), max(values)})

    def at(self, value: float) -> str:
        """The place of a value."""
        low, high = (self.scale(end) for end in (self.ends[0], self.ends[-1]))
        share = (self.scale(float(value)) - low) / (high - low) if high > low else 0.5
        return f"{EDGE + (100 - 2 * EDGE) * share:.2f}%"

    @property
    def ticks(self) -> list[tuple[str, str]]:
        """The least and the largest value, where they stand."""
        return [(self.at(value), plain(value)) for value in self.ends]


@dataclass(frozen=True)
class Page:
    """The page of one concept or place: ``lines`` in the order that they are shown."""

    file: str
    name: str
    concept: Concept | None
    lines: list[Dumbbell]

    @cached_property
    def width(self) -> int:
        """How many places a concept has, or concepts a place."""
        return len({place_key(one) if self.concept else one.concept.name for one in self.lines})

    @property
    def conflicts(self) -> int:
        """How many of its targets records contradict."""
        return sum(one.conflict for one in self.lines)


class Panel:
    """All pages, and the axis of each concept. ``file_name`` makes a file's name of an identifier."""

    def __init__(self, data: Dataset, file_name: Callable[[str], str]) -> None:
        of_concept: dict[str, list[Dumbbell]] = {}
        of_place: dict[str, list[Dumbbell]] = {}
        for one in dumbbells(data):
            of_concept.setdefault(one.concept.name, []).append(one)
            of_place.setdefault(place_key(one), []).append(one)
        self.axes = {name: Axis(found) for name, found in of_concept.items()}
        self.concepts = {
            name: Page(f"{CONCEPTS}/{file_name(name)}", name, found[0].concept, [one for block in blocks(found) for one in block.dumbbells])
            for name, found in sorted(of_concept.items(), key=lambda item: (item[1][0].concept.category, item[0]))
        }
        self.places = {
            key: Page(f"{PLACES}/{file_name(key)}", found[0].target["region"] or key, None, _by_field(found))
            for key, found in sorted(of_place.items())
        }


def place_key(one: Dumbbell) -> str:
    """What tells a place from others: its code, else its name, else its document."""
    return str(one.target["region_code"] or one.target["region"] or one.target["doc_id"])


def _by_field(found: Iterable[Dumbbell]) -> list[Dumbbell]:
    return sorted(found, key=lambda one: (one.concept.category, one.concept.name, one.target["scope"] or "", one.target["year"]))
