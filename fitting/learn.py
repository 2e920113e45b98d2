"""Fit the weights of the outline's search: a structured perceptron with a margin, averaged, held near the weights that it began with.

For each example the gold reading is forced through the search (the oracle), then the cheapest reading is asked for with wrong readings made
cheaper by the margin. Features of the cheapest become dearer, those of the oracle cheaper. So candidates that cannot give the gold reading show,
too: their oracle is not free of the force.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from fitting.examples import Example
from planparse.evaluation.folding import fold
from planparse.outline.evidence import Place
from planparse.outline.readings import SECTIONS, title_features
from planparse.outline.search import Choice, Search
from planparse.outline.titles import Title

DEEPEST = 3
FORCE = 60.0
MARGIN = 1.0
RATE = 0.02
PULL = 0.004
"""Share of the way back to the weights at the beginning that each step goes: few examples do not move a weight far."""
FIXED = ("contents.", "kind.", "trust.", "heading.article", "heading.of_article")
"""Set by hand."""


@dataclass
class Fit:
    """Weights while they are fitted, and their sum for the average."""

    weights: dict[str, float]
    begun: dict[str, float]
    total: dict[str, float]
    steps: int = 0

    @classmethod
    def of(cls, weights: dict[str, float]) -> Fit:
        return cls(dict(weights), dict(weights), dict.fromkeys(weights, 0.0))

    def step(self, wrong: Counter[str], right: Counter[str]) -> None:
        for name in {*wrong, *right}:
            if not name.startswith(FIXED):
                self.weights[name] += RATE * (wrong[name] - right[name])
        for name, old in self.begun.items():
            self.weights[name] += PULL * (old - self.weights[name])

    def count(self) -> None:
        self.steps += 1
        for name, value in self.weights.items():
            self.total[name] += value

    def averaged(self) -> dict[str, float]:
        return {name: round(value / max(1, self.steps), 3) for name, value in self.total.items()}


def fit(examples: Sequence[Example], weights: dict[str, float], epochs: int, say: Callable[[str], None]) -> dict[str, float]:
    """Averaged weights after ``epochs`` passes over the examples in order."""
    state = Fit.of(weights)
    for epoch in range(epochs):
        wrong = unreachable = 0
        for example in examples:
            oracle = Search(state.weights, bias=_force(example)).run(example.evidence.places)
            unreachable += not matches(oracle, example)
            found = Search(state.weights, bias=_margin(example)).run(example.evidence.places)
            if not matches(found, example) and matches(oracle, example):
                wrong += 1
                state.step(_features(found), _features(oracle))
            _fit_titles(state, example, oracle)
            state.count()
        say(f"epoch {epoch + 1}: {wrong} of {len(examples)} examples wrong within the margin, {unreachable} out of reach")
    return state.averaged()


def matches(choices: Iterable[Choice], example: Example) -> bool:
    """Whether the choices give gold's sections and no others; gold says nothing of levels below ``DEEPEST``."""
    return all(_agrees(c.level, level) for c, level in zip(choices, example.levels, strict=True))


def _agrees(level: int, gold: int) -> bool:
    return level == gold or (gold == 0 and level > DEEPEST)


def _force(example: Example) -> Callable[[int, str, int], float]:
    def bias(k: int, kind: str, level: int) -> float:
        return 0.0 if _agrees(level if kind in SECTIONS else 0, example.levels[k]) else FORCE

    return bias


def _margin(example: Example) -> Callable[[int, str, int], float]:
    def bias(k: int, kind: str, level: int) -> float:
        return 0.0 if _agrees(level if kind in SECTIONS else 0, example.levels[k]) else -MARGIN

    return bias


def _features(choices: Iterable[Choice]) -> Counter[str]:
    return Counter(name for choice in choices for name in choice.features)


def _fit_titles(state: Fit, example: Example, oracle: Sequence[Choice]) -> None:
    """Where gold's title ends at another candidate than the cheapest, that one is made cheaper."""
    for choice, gold in zip(oracle, example.titles, strict=True):
        if not gold or choice.reading.title is None or len(choice.place.titles) < 2:
            continue
        right = next((t for t in choice.place.titles if fold(_wording(example, choice.place, t)) == gold), None)
        if right is not None and right.end != choice.reading.title.end:
            state.step(Counter(title_features(choice.place, choice.reading.title)), Counter(title_features(choice.place, right)))


def _wording(example: Example, place: Place, title: Title) -> str:
    return example.evidence.text[place.end : title.end]
