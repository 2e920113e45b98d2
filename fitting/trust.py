"""Fit the trust of an outline, and hold it against what is right, on gold documents and damaged copies of them.

    python -m fitting.trust            print the curve: each document judged by weights fitted without it and its copies
    python -m fitting.trust --write    fit on all, write them into src/planparse/outline/weights.yaml
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fitting.__main__ import SEED, write
from fitting.damages import DAMAGES
from fitting.examples import gold_texts
from fitting.gold_places import Heading
from fitting.gold_texts import GoldText, as_plain
from planparse.checks.trust import SOUND
from planparse.cleaning import clean
from planparse.evaluation.folding import fold
from planparse.loaders import load
from planparse.model.document import CleanDocument
from planparse.model.options import Options
from planparse.outline import outline, read_places
from planparse.outline.trust import evidence_of_trust
from planparse.outline.weights import weights

RIGHT = 0.9
"""F1 of the sections from which an outline is right."""
COPIES, FOLDS = 24, 10
BEGINS = 6
"""Characters by which titles are compared where a damage loses their ends."""
EDGES = (0.0, 0.2, 0.4, 0.6, SOUND, 0.9, 0.97, 1.001)
RIDGE, STEPS = 0.5, 60


@dataclass(frozen=True, slots=True)
class Sample:
    """One text: what speaks for its outline, and the F1 of its sections."""

    group: str
    evidence: dict[str, float]
    f1: float


def samples(texts: Sequence[GoldText], copies: int) -> Iterator[Sample]:
    """Each text as it is, and damaged in ``copies`` ways, half of them with two damages at once."""
    for one in texts:
        assert one.gold.source is not None
        source = load(one.gold.source.read_bytes(), one.gold.source.name, Options())
        yield from _sample(one.gold.name, clean(source), one.located.headings, BEGINS * 100)
        rng = random.Random(f"{SEED} trust {one.gold.name}")
        for n, name in enumerate(rng.sample(list(DAMAGES), copies)):
            damage = DAMAGES[name]
            changed = damage.damaged(one.text, one.located.headings, f"{SEED} {n}")
            second = DAMAGES[rng.choice(list(DAMAGES))]
            again = second.damaged(changed.text, changed.headings, SEED) if changed and n % 2 else None
            loose = damage.loses_title_ends or (again is not None and second.loses_title_ends)
            if changed := again or changed:
                document = clean(load(as_plain(changed.text).encode(), "damaged.txt", Options()))
                yield from _sample(one.gold.name, document, changed.headings, BEGINS if loose else BEGINS * 100)


def _sample(group: str, document: CleanDocument, headings: Sequence[Heading], most: int) -> Iterator[Sample]:
    found = outline(document)
    if len(found) == 1 and headings:
        rows = {(s.level, fold(s.title)[:most]) for chapter in found[0].chapters for s in chapter.walk()}
        gold = {(h.level, fold(h.title)[:most]) for h in headings}
        f1 = 2 * len(rows & gold) / (len(rows) + len(gold))
        yield Sample(group, evidence_of_trust(read_places(document).choices, found[0].prose, found[0].end - found[0].start), f1)


def fitted(some: Sequence[Sample], names: Sequence[str]) -> np.ndarray:
    """Logistic regression with a slight pull to nought, by Newton's method."""
    x = np.array([[s.evidence[name] for name in names] for s in some])
    y = np.array([s.f1 >= RIGHT for s in some], dtype=float)
    w = np.zeros(len(names))
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-(x @ w)))
        gradient = x.T @ (p - y) + RIDGE * w
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(names)), gradient)
    return w


def judged(found: Sequence[Sample], names: Sequence[str]) -> list[tuple[float, Sample]]:
    """Each sample with its trust by weights that were fitted without its document."""
    groups = sorted({s.group for s in found})
    out: list[tuple[float, Sample]] = []
    for fold_number in range(FOLDS):
        held = set(groups[fold_number::FOLDS])
        w = fitted([s for s in found if s.group not in held], names)
        out += [(_trust(s, w, names), s) for s in found if s.group in held]
    return out


def _trust(sample: Sample, w: np.ndarray, names: Sequence[str]) -> float:
    return float(1 / (1 + np.exp(-sum(w[n] * sample.evidence[name] for n, name in enumerate(names)))))


def curve(told: Sequence[tuple[float, Sample]]) -> str:
    """The table for docs/accuracy.md: how many outlines of each trust there are, and how many of them are right."""
    lines = ["| trust | outlines | mean trust | right | mean F1 |", "| --- | ---: | ---: | ---: | ---: |"]
    for low, high in pairwise(EDGES):
        some = [(t, s) for t, s in told if low <= t < high]
        if some:
            count = len(some)
            mean, right, f1 = (sum(v) / count for v in zip(*((t, s.f1 >= RIGHT, s.f1) for t, s in some), strict=True))
            lines.append(f"| {low:g}–{min(high, 1):g} | {count} | {mean:.3f} | {right:.3f} | {f1:.3f} |")
    return "\n".join(lines)


def main() -> None:
    given = argparse.ArgumentParser(prog="python -m fitting.trust", description=__doc__)
    given.add_argument("--write", action="store_true", help="write the weights")
    asked = given.parse_args()
    found = list(samples(gold_texts(), COPIES))
    names = list(found[0].evidence)
    print(f"{len({s.group for s in found})} documents, {len(found)} outlines, {sum(s.f1 >= RIGHT for s in found)} right\n")
    now = [(_trust(s, np.array([weights()[f"trust.{n}"] for n in names]), names), s) for s in found]
    print("As the weights are:\n\n" + curve(now) + "\n\nFitted without the document judged:\n\n" + curve(judged(found, names)))
    if asked.write:
        write({**weights(), **{f"trust.{n}": round(float(c), 2) for n, c in zip(names, fitted(found, names), strict=True)}})


if __name__ == "__main__":
    main()
