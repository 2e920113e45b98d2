"""The cheapest consistent reading of all places together: a beam search over the stack of open runs and containers.

A run is a count in one style below one heading. What a reading costs depends on the stack: ordinals that go on by one are cheap, a run that
begins at three or a style that stands below another one than before is dear. A container (box, note) has counts of its own; an annex, too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from planparse.outline.places import Place
from planparse.outline.readings import (
    ANNEX,
    BOX,
    DOCUMENT,
    FRONT,
    HEADING,
    ITEM,
    NOTE,
    PLAIN,
    SECTIONS,
    Reading,
    readings_of,
)
from planparse.outline.stacks import State, States, closed
from planparse.outline.steps import gone_on, out_of_frames, run_of, steps
from planparse.outline.weights import Prices, Weights

BEAM = 5
"""States that are kept: with 24, of 721 texts one more is read right."""
PRUNE = 5.0
"""States that are dearer than the cheapest by more are dropped."""
CLEAR = 4.0
"""A margin of so much is clear; greater ones are given as this."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the search took at a place: the reading, its level in the tree (of headings), how much dearer it is to do without, and why."""

    place: Place
    reading: Reading
    level: int
    margin: float
    features: tuple[str, ...]
    alternatives: tuple[tuple[str, float], ...] = ()


HARMLESS = frozenset(("chained", "title_above", "styled", "known"))
"""Features that speak against no reading as a heading."""


class Search:
    """One search with one set of weights. ``bias`` adds to the cost of a reading at a place and level (fitting asks so for the gold's)."""

    def __init__(self, weights: Weights, beam: int = BEAM, prune: float = PRUNE, bias: Callable[[int, str, int], float] | None = None) -> None:
        self.prices, self.beam, self.prune, self.bias = Prices(weights), beam, prune, bias
        # No step can be cheaper than these: they spare those that lead nowhere.
        slack = -math.inf if bias is not None else 0.0
        best_nest = min(0.0, weights["prefix.right"])
        goes_on = min(weights["run.next"], weights["run.next_prefix"], weights["item.next"]) + best_nest
        self._begins = slack or min(weights["run.first"], weights["run.goes_on_below"], weights["item.first_inside"]) + best_nest
        self._beside = slack or self._begins + min(0.0, weights["run.rises"])
        other = min(weights["item.first"] + weights["item.each"], weights["run.beside"], weights["nest.itself"])
        self._other, self._quick = other, bias is None
        self._least = dict.fromkeys((HEADING, ITEM), slack or min(goes_on, self._begins)) | dict.fromkeys((PLAIN, BOX, NOTE, ANNEX, FRONT), slack or -1.0) | {DOCUMENT: -math.inf}

    def run(self, places: Sequence[Place]) -> list[Choice]:
        """The choice at each place, in order."""
        states = States()
        beam: dict[State, float] = {states.start: 0.0}
        layers: list[dict[State, list[_Arc]]] = []
        for k, place in enumerate(places):
            found = self._advance(k, place, beam, states)
            beam = self._cheapest(found)
            layers.append({state: found.arcs[state] for state in beam} if len(found.arcs) > 1 else found.arcs)
        return _read_back(places, layers, {s: c + self.prices[closed(s.stack)] for s, c in beam.items()}, min(CLEAR, self.prune))

    def _advance(self, k: int, place: Place, beam: dict[State, float], states: States) -> _Layer:
        """One place further. Steps that cannot come within ``prune`` of the cheapest so far are not taken."""
        layer = _Layer()
        options = sorted(readings_of(place, self.prices), key=lambda reading: reading.cost)
        quick = self._quick and place.before == "start" and "chained" in place.features and place.features <= HARMLESS and bool(place.titles)
        for state, cost in beam.items():
            if quick and self._sure(layer, place, state, cost, options, states):
                continue
            here = out_of_frames(state, place)
            for reading in options:
                room = layer.least + self.prune - cost - reading.cost
                if room < self._least[reading.kind]:
                    continue
                for outer, run, features in steps(here, place, reading, self._begins <= room, self._beside <= room):
                    price = reading.cost + self.prices[features]
                    if self.bias is not None:
                        price += self.bias(k, reading.kind, outer.depth + (reading.kind in SECTIONS))
                    if cost + price <= layer.least + self.prune:
                        layer.add(states.after(here, place, reading.kind, outer, run), _Arc(cost + price, price, state, reading, features))
        return layer

    def _cheapest(self, layer: _Layer) -> dict[State, float]:
        """The states that are kept, the cheapest first."""
        if len(layer.arcs) == 1:
            return dict.fromkeys(layer.arcs, layer.least)
        best = {state: min([arc.total for arc in arcs]) for state, arcs in layer.arcs.items()}
        near = sorted([(cost, n, state) for n, (state, cost) in enumerate(best.items()) if cost <= layer.least + self.prune])
        return {state: cost for cost, _, state in near[: self.beam]}

    def _sure(self, layer: _Layer, place: Place, state: State, cost: float, options: Sequence[Reading], states: States) -> bool:
        """Take the step at a place that goes on by one in a run of headings, where no other from this state comes within ``prune`` of it."""
        found = state.stack
        while found.run.kind == HEADING and found.run.style != place.style and found.outer is not None:
            found = found.outer
        run, above = found.run, found.outer
        if above is None or run.kind != HEADING or place.ordinals != (*run.ordinals[:-1], run.ordinals[-1] + 1):
            return False
        reading = next(option for option in options if option.kind == HEADING)
        plain = next(option for option in options if option.kind == PLAIN)
        here = run_of(place, reading)
        features = gone_on(state.stack, found, here, place)
        price = self.prices[features]
        if price + self.prune >= min(self._other, plain.cost - reading.cost):
            return False
        total = cost + reading.cost + price
        if total <= layer.least + self.prune:
            layer.add(states.after(state, place, HEADING, above, here), _Arc(total, reading.cost + price, state, reading, features))
        return True


class _Arc(NamedTuple):
    total: float
    cost: float
    before: State
    reading: Reading
    features: tuple[str, ...]


class _Layer:
    """The steps to each state behind a place, and the cost of the cheapest."""

    def __init__(self) -> None:
        self.least = math.inf
        self.arcs: dict[State, list[_Arc]] = {}

    def add(self, state: State, arc: _Arc) -> None:
        self.least = min(self.least, arc.total)
        self.arcs.setdefault(state, []).append(arc)


def _read_back(places: Sequence[Place], layers: list[dict[State, list[_Arc]]], ends: dict[State, float], cap: float) -> list[Choice]:
    """Back from the cheapest end; at each place also how much dearer the cheapest way is that reads it otherwise."""
    if not places:
        return []
    totals = {s: min(a.total for a in layers[-1][s]) for s in ends}
    back = {s: ends[s] - totals[s] for s in ends}
    state = min(ends, key=lambda s: ends[s])
    total = ends[state]
    choices: list[Choice] = []
    for k in range(len(places) - 1, -1, -1):
        arcs = layers[k]
        taken = min(arcs[state], key=lambda a: a.total)
        level = state.stack.depth if taken.reading.kind in SECTIONS else 0
        others: dict[str, float] = {}
        before: dict[State, float] = {}
        for s, incoming in arcs.items():
            if s not in back:
                continue
            here = back[s]
            for arc in incoming:
                dearer = arc.total + here - total
                found = s.stack.depth if arc.reading.kind in SECTIONS else 0
                if found != level:
                    name = f"{arc.reading.kind} {found}" if found else arc.reading.kind
                    others[name] = min(dearer, others.get(name, cap))
                if arc.cost + here < before.get(arc.before, math.inf):
                    before[arc.before] = arc.cost + here
        margin = min(others.values(), default=cap)
        choices.append(Choice(places[k], taken.reading, level, min(margin, cap), (*taken.reading.features, *taken.features), tuple(sorted(others.items(), key=lambda o: o[1]))))
        back, state = before, taken.before
    return choices[::-1]
