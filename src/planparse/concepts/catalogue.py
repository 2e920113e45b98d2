"""The catalogue of concepts: what plans' indicators are called, and the unit that each is compared in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from planparse.concepts.folding import fold
from planparse.data import vocabulary
from planparse.language.conversion import Unit, unit_of

CHANGE, CUMULATED = "change", "cumulated"
GROWS, FALLS, ADDED = "增速", "下降", "新增"
COUNTED = "数"
"""What ends the name of a number of things (规模以上工业企业数), and is left out beside that number: 新增规模以上工业企业75家."""
UNKNOWN = {"category": "own", "direction": "stay", "kind": "level"}
OF_ONE = ("ratio", "number", "years", "time")
"""What units measure that do not add up."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words of which a name may hold one; ``needed`` ones must stand in it."""

    words: tuple[str, ...]
    needed: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """One indicator. ``direction`` is what is wanted of it: up, down or stay; ``change`` what its change in percent is called.

    ``unlike`` are near names of other things, folded; ``scopes`` parts (城市) that it is about whether a name says so or not;
    ``equivalents`` units that stand for another here (克/千瓦时 of coal is 克标准煤/千瓦时).
    """

    name: str
    category: str
    unit: str
    direction: str
    kind: str
    names: tuple[str, ...]
    unlike: frozenset[str]
    scopes: tuple[str, ...]
    equivalents: Mapping[str, str]
    change: str | None
    parts: tuple[Part, ...]

    @property
    def measure(self) -> Unit:
        """Its unit, as it is converted to."""
        return unit_of(self.unit) or Unit("", None, Fraction(1))

    @property
    def adds_up(self) -> bool:
        """Whether the values of parts add up to that of the whole (亿元, 公里), so that those of levels cannot be held against each other."""
        unit = self.measure
        per_head = unit.above == "money" and unit.size == 1
        return self.kind in ("level", CUMULATED) and unit.below is None and not per_head and unit.above not in OF_ONE

    @property
    def falls(self) -> bool:
        """Whether it is a fall, whose value grows as what it is about gets less."""
        return self.kind == CHANGE and any(FALLS in fold(name).text for name in self.names)


@cache
def _entries() -> dict[str, list[dict[str, Any]]]:
    """The entries of each concept: a user's own, that of the vocabulary, and what follows from another's ``change`` and ``added``."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in vocabulary("concepts"):
        found.setdefault(entry["concept"], []).append(entry)
    for several in list(found.values()):
        told = _told(several)
        for entry in several:
            for made in _following(told, entry):
                found.setdefault(made["concept"], []).append(made)
    return found


def _told(entries: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What several entries of a concept say of it; the first decides."""
    return {key: value for entry in reversed(list(entries)) for key, value in entry.items() if value is not None}


def _following(told: dict[str, Any], entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Of 技术合同成交额 its growth in percent (技术合同成交额增速), of 风电装机 what is added to it (新增风电装机)."""
    direction = "stay" if told.get("direction") == "stay" else "up"
    shared = {key: told.get(key) for key in ("category", "scopes")} | {"own": entry.get("own"), "direction": direction}
    if name := told.get("change"):
        word = FALLS if told["direction"] == "down" else GROWS
        yield {"concept": name, "unit": "%", "kind": CHANGE, "names": [f"{one}{word}" for one in entry["names"]], **shared}
    if name := told.get("added"):
        every = [f"{ADDED}{one}" for one in _with_bare(entry["names"])]
        yield {"concept": name, "unit": told["unit"], "kind": CUMULATED, "names": every, **shared}


def _with_bare(names: Iterable[str]) -> Iterator[str]:
    """The names, and those of numbers of things without the word for the number."""
    for name in names:
        yield name
        if (text := fold(name).text).endswith(COUNTED):
            yield text.removesuffix(COUNTED)


@cache
def concepts() -> dict[str, Concept]:
    """All concepts by identifier; a user's own entries add names to one, or make a new one."""
    return {name: _concept(name, several) for name, several in _entries().items()}


def concept_of(name: str, unit: str | None) -> Concept:
    """A concept by its identifier; of one that is unknown here (a user's own, of their configuration) no more than the unit."""
    return concepts().get(name) or _concept(name, [{**UNKNOWN, "unit": unit or "1", "names": [name]}])


def _concept(name: str, entries: list[dict[str, Any]]) -> Concept:
    told = _told(entries)
    names = tuple(one for entry in entries for one in entry["names"])
    owned = {fold(one).text for entry in entries if entry.get("own") for one in entry["names"]}
    unlike = frozenset(fold(one).text for entry in entries for one in entry.get("not", ())) - owned
    parts = [Part(tuple(str(one).removeprefix("?").split("|")), not one.startswith("?")) for one in told.get("parts", ())]
    return Concept(
        name, told["category"], told["unit"], told["direction"], told["kind"], names, unlike, tuple(told.get("scopes", ())),
        told.get("equivalents", {}), told.get("change"), tuple(parts),
    )  # fmt: skip


@cache
def names(cells: bool, counts: bool) -> dict[str, tuple[str, ...]]:
    """The concepts that each folded name may mean: of ``cells`` with those that it means in a table alone, of ``counts`` without 数.

    A name that the user gives means theirs alone.
    """
    found: dict[str, dict[str, bool]] = {}
    for entry in (entry for several in _entries().values() for entry in several):
        for name in [*(_with_bare(entry["names"]) if counts else entry["names"]), *(entry.get("cells", ()) if cells else ())]:
            found.setdefault(fold(name).text, {}).setdefault(entry["concept"], bool(entry.get("own")))
    return {
        name: tuple(one for one, is_own in meant.items() if is_own or not any(meant.values()))
        for name, meant in found.items()
    }
