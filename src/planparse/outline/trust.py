"""How far an outline can be trusted: a probability from the margins of the search, the gaps in its counts and the evidence that nothing took.

Calibrated on gold files and damaged copies of them (``make fit``): the curve stands in docs/accuracy.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from planparse.outline.accounting import is_unread
from planparse.outline.readings import SECTIONS
from planparse.outline.search import CLEAR, Choice
from planparse.outline.weights import Weights

ODD = ("run.gap", "run.jump", "run.same", "run.again", "run.lost_first", "run.begins_late", "run.beside", "nest.changed", "nest.itself", "prefix.wrong")
"""Features of a tree that a sound one seldom has."""
DEEPEST = 3
NARROW = 1.0
"""A margin below this is narrow."""
LONG_TITLE = 40
FEW = 3
LONG_PROSE = 600
"""Characters of prose that want headings; a shorter text around tables needs none."""


def section_trust(choice: Choice | None) -> float:
    """How clearly a section was the best reading of its place, 0 to 1; of an annex that is its table there was no other."""
    return 1.0 if choice is None else min(1.0, choice.margin / CLEAR)


def evidence_of_trust(choices: Sequence[Choice], prose: int, length: int) -> dict[str, float]:
    """What the trust in an outline is made of, by name; ``length``: characters of the text, ``prose``: those outside its tables."""
    taken = [c for c in choices if c.reading.kind in SECTIONS and c.level <= DEEPEST]
    margins = sorted(c.margin for c in taken) or [CLEAR if prose < length and prose <= LONG_PROSE else 0.0]
    lowest = margins[: max(1, len(margins) // 10)]
    features = Counter(f for c in choices for f in c.features)
    titles = [c.reading.title.end - c.place.end for c in taken if c.reading.title]
    return {
        "one": 1.0,
        "least": margins[0] / CLEAR,
        "lowest_tenth": sum(lowest) / len(lowest) / CLEAR,
        "narrow": sum(m < NARROW for m in margins) / len(margins),
        "odd": math.log1p(sum(features[f] for f in ODD)),
        "unread": math.log1p(sum(is_unread(c) for c in choices)),
        "sparse": math.log1p(prose / (len(taken) + 1) / 400),
        "long_titles": sum(t > LONG_TITLE for t in titles) / max(1, len(titles)),
        "few": float(len(taken) < FEW),
    }


def outline_trust(choices: Sequence[Choice], prose: int, length: int, weights: Weights) -> float:
    """Probability that the sections are right (F1 of 0.9 or more)."""
    return 1 / (1 + math.exp(-sum(weights[f"trust.{name}"] * value for name, value in evidence_of_trust(choices, prose, length).items())))
