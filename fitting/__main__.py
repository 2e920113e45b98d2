"""Fit the weights of the outline on gold and damaged copies of it, and say how good they are on documents that they were not fitted on.

    python -m fitting            fit on all, write src/planparse/outline/weights.yaml
    python -m fitting --folds 5  scores of each document with weights fitted without it and its copies
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from fitting.examples import Example, case_examples, examples, gold_texts
from fitting.learn import fit, matches
from planparse.outline.search import Search
from planparse.outline.weights import weights

FILE = Path(__file__).resolve().parents[1] / "src" / "planparse" / "outline" / "weights.yaml"
SEED = 20_211_231


def main() -> None:
    given = argparse.ArgumentParser(prog="python -m fitting", description=__doc__)
    given.add_argument("--epochs", type=int, default=4)
    given.add_argument("--copies", type=int, default=8, help="damaged copies of each document")
    given.add_argument("--folds", type=int, default=0, help="score on documents left out, and write nothing")
    asked = given.parse_args()
    texts = gold_texts()
    found = [*examples(texts, asked.copies, SEED), *case_examples()]
    print(f"{len(texts)} documents, {len(found)} examples", file=sys.stderr)
    if asked.folds:
        _folds(found, asked.folds, asked.epochs)
        return
    begun = dict(weights())
    fitted = fit(found, begun, asked.epochs, lambda line: print(line, file=sys.stderr))
    print(f"right before {right(found, begun):.3f}, after {right(found, fitted):.3f} of the examples it was fitted on")
    write(fitted)


def right(found: Sequence[Example], with_weights: Mapping[str, float]) -> float:
    """Share of examples of which every section is found, and no other."""
    search = Search(with_weights)
    return sum(matches(search.run(e.evidence.places), e) for e in found) / max(1, len(found))


def _folds(found: Sequence[Example], count: int, epochs: int) -> None:
    groups = sorted({e.group for e in found})
    total: list[float] = []
    for fold in range(count):
        out = set(groups[fold::count])
        held, kept = [e for e in found if e.group in out], [e for e in found if e.group not in out]
        fitted = fit(kept, dict(weights()), epochs, lambda line: None)
        total.append(right(held, fitted))
        kinds = [("documents", [e for e in held if "+" not in e.name and not e.group.startswith("case ")]), ("copies", [e for e in held if "+" in e.name]), ("cases", [e for e in held if e.group.startswith("case ")])]
        print(f"fold {fold + 1}:", *(f"{len(some)} {name} {right(some, weights()):.3f} -> {right(some, fitted):.3f}" for name, some in kinds), flush=True)
    print(f"mean {sum(total) / count:.3f}")


def write(fitted: Mapping[str, float]) -> None:
    """Put the costs into the file, each where it stands."""
    group, lines = "", []
    for line in FILE.read_text(encoding="utf-8").split("\n"):
        if head := re.fullmatch(r"(\w+):.*", line):
            group = head[1]
        if row := re.fullmatch(r"(    (\w+): \{cost: )-?[\d.]+(,.*)", line):
            line = f"{row[1]}{fitted[f'{group}.{row[2]}']}{row[3]}"
        lines.append(line)
    FILE.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
