"""Which found row answers which gold row: one to one, best first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planparse.evaluation.folding import fold
from planparse.evaluation.tables import Row, TableRule


def match(gold: Sequence[Row], found: Sequence[Row], rule: TableRule, floor: float) -> list[tuple[int, int]]:
    """Pairs of indexes into ``gold`` and ``found`` whose score reaches ``floor``.

    Among equal scores the first row of a name goes with the first of that name, then rows equally far into their lists.
    """
    gold_turn, found_turn = _turns(gold, rule), _turns(found, rule)
    candidates = []
    for i, wanted in enumerate(gold):
        for j, got in enumerate(found):
            score = rule.same(wanted, got)
            if score >= floor:
                distance = abs(i / len(gold) - j / len(found))
                candidates.append((-score, abs(gold_turn[i] - found_turn[j]), distance, i, j))
    return one_to_one(candidates)


def one_to_one(candidates: Iterable[tuple[float, ...]]) -> list[tuple[int, int]]:
    """Pairs of which neither side stands in two: of the candidates, each with its pair at its end, the smallest first."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, one, other in sorted(candidates):
        if one not in pairs and other not in taken:
            pairs[int(one)] = int(other)
            taken.add(int(other))
    return list(pairs.items())


def _turns(rows: Sequence[Row], rule: TableRule) -> list[int]:
    """How many rows of the same name stand before each row."""
    seen: dict[str, int] = {}
    turns = []
    for row in rows:
        name = fold(rule.label(row))
        turns.append(seen.get(name, 0))
        seen[name] = turns[-1] + 1
    return turns
