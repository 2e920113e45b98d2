"""Why the outline is what it is: for every place its readings, what each costs, and what the search took."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from planparse.model.document import CleanDocument
from planparse.model.safe import safe
from planparse.outline import read_places
from planparse.outline.readings import SECTIONS, readings_of
from planparse.outline.search import CLEAR, Choice
from planparse.outline.weights import Prices, weights

if TYPE_CHECKING:
    from rich.text import Text

SHORT = 60


def as_json(clean: CleanDocument) -> list[dict[str, Any]]:
    """Places in order, each as a dictionary: ``line`` from 1, ``start`` in the clean text, ``wording``, ``taken``, ``level``, ``margin``,
    ``costs`` by feature, ``readings`` with their own cost, ``otherwise``: how much dearer the whole document gets with another reading.

    ``margin`` is at most ``CLEAR``; costs have no unit."""
    found = read_places(clean)
    return [_place(choice, found.evidence.text) for choice in found.choices]


def _place(choice: Choice, text: str) -> dict[str, Any]:
    price, place = weights(), choice.place
    return {
        "line": place.line.number + 1,
        "start": place.start,
        "wording": text[place.start : min(place.line.end, place.start + SHORT)],
        "taken": choice.reading.kind,
        "level": choice.level if choice.reading.kind in SECTIONS else None,
        "title": text[place.end : choice.reading.title.end] if choice.reading.title else None,
        "margin": round(choice.margin, 2),
        "costs": _costs(choice.features),
        "readings": {reading.kind: {"cost": round(reading.cost, 2), "costs": _costs(reading.features)} for reading in readings_of(place, Prices(price))},
        "otherwise": {name: round(dearer, 2) for name, dearer in choice.alternatives},
    }


def _costs(features: Iterable[str]) -> dict[str, float]:
    """The costs by feature, those that come more than once added up."""
    price, found = weights(), dict[str, float]()
    for feature in features:
        found[feature] = round(found.get(feature, 0.0) + price[feature], 2)
    return found


def as_text(clean: CleanDocument) -> Text:
    """The same for a reader; what was taken has an asterisk."""
    from rich.text import Text

    lines: list[str] = []
    for place in as_json(clean):
        level = f" of level {place['level']}" if place["level"] else ""
        lines.append(f"line {place['line']}: {place['wording']}")
        lines.append(f"  taken as {place['taken']}{level}, margin {_margin(place['margin'])}: {_sum(place['costs'])}")
        lines += [f"    {kind} by itself: {_sum(reading['costs'])}" for kind, reading in place["readings"].items()]
        if place["otherwise"]:
            lines.append("    the document otherwise: " + ", ".join(f"{name} +{dearer:g}" for name, dearer in place["otherwise"].items()))
    return Text(safe("\n".join(lines) or "No line begins anything."))


def _margin(margin: float) -> str:
    return f"{margin:g}" if margin < CLEAR else f"{CLEAR:g} or more"


def _sum(costs: dict[str, float]) -> str:
    parts = ", ".join(f"{feature} {cost:g}" for feature, cost in costs.items())
    return f"{sum(costs.values()):.2f} = {parts}" if costs else "0"
