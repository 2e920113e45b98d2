"""Counts → figures: precision, recall, F1, shares, and how sure they are."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import mul
from typing import Any

from planparse.evaluation.found import TABLES
from planparse.evaluation.scores import DocumentScore, FieldCount, TableCount, pooled
from planparse.model.options import Scoring

TAILS = (0.025, 0.975)
ORDER = TABLES
_USUAL = Scoring()

Interval = tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """One field over matched rows. ``right`` is the share of rows that state it in which it is right (empty or not);
    precision and recall look only at rows where it has a value."""

    stated: int
    right: float
    right_strict: float
    interval: Interval
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class TableFigures:
    """One table over some documents; ``documents`` has the share of fields right in place of an F1."""

    gold: int
    found: int
    precision: float
    recall: float
    f1: float
    interval: Interval
    mean_f1: float
    strict_precision: float
    strict_recall: float
    strict_f1: float
    record_exact: float
    document_exact: float
    fields: dict[str, FieldFigures] = field(default_factory=dict)


@dataclass(slots=True)
class SetScore:
    """A gold set: its documents' scores, and what was left out for which reason."""

    name: str
    scores: list[DocumentScore] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    scoring: Scoring = _USUAL

    def figures(self) -> dict[str, TableFigures]:
        """Figures by table, in the tables' order."""
        return figures(self.scores, self.scoring)


def figures(scores: Sequence[DocumentScore], scoring: Scoring = _USUAL) -> dict[str, TableFigures]:
    """Figures by table over the given documents; a table with no row in gold and none found is left out."""
    counts = pooled(scores)
    return {
        table: _table(table, counts[table], scores, scoring)
        for table in ORDER
        if table in counts and counts[table].gold + counts[table].found
    }


def headline(scores: Sequence[DocumentScore]) -> dict[str, float]:
    """One figure a table (its F1; of ``documents`` the share of fields right) and a field (share right), by name."""
    counts = pooled(scores)
    reached: dict[str, float] = {}
    for table in ORDER:
        count = counts.get(table)
        if count is None or not count.gold + count.found:
            continue
        reached[table] = _main(table, count)
        reached.update({f"{table}.{name}": share(item.right, item.stated) for name, item in count.fields.items()})
    return reached


def _main(table: str, count: TableCount) -> float:
    return share(*_parts(table, count))


def _parts(table: str, count: TableCount) -> tuple[int, int]:
    """A table's main figure as a fraction: F1, or of ``documents`` the fields that are right."""
    if table == "documents":
        return sum(f.right for f in count.fields.values()), sum(f.stated for f in count.fields.values())
    return 2 * count.matched, count.gold + count.found


def exact_documents(scores: Sequence[DocumentScore]) -> float:
    """Share of the documents in which every table is as in gold."""
    return share(sum(score.exact for score in scores), len(scores))


def share(part: float, whole: float) -> float:
    """``part / whole``; of nothing, 0."""
    return part / whole if whole else 0.0


def f1(matched: int, gold: int, found: int) -> float:
    """The harmonic mean of precision and recall."""
    return share(2 * matched, gold + found)


def _table(table: str, count: TableCount, scores: Sequence[DocumentScore], scoring: Scoring) -> TableFigures:
    each = [score.counts.get(table, TableCount()) for score in scores]
    fields = {name: _field(name, item, count, each, scoring) for name, item in count.fields.items()}
    parts = [part for c in each if (part := _parts(table, c))[1]]
    means = [share(*part) for part in parts]
    return TableFigures(
        gold=count.gold,
        found=count.found,
        precision=share(count.matched, count.found),
        recall=share(count.matched, count.gold),
        f1=_main(table, count),
        interval=interval(parts, scoring),
        mean_f1=share(sum(means), len(means)),
        strict_precision=share(count.strict, count.found),
        strict_recall=share(count.strict, count.gold),
        strict_f1=f1(count.strict, count.gold, count.found),
        record_exact=share(count.exact, count.gold),
        document_exact=share(count.exact_documents, count.documents),
        fields=fields,
    )


def _field(
    name: str, item: FieldCount, count: TableCount, each: Sequence[TableCount], scoring: Scoring
) -> FieldFigures:
    own = [c.fields.get(name, FieldCount()) for c in each]
    return FieldFigures(
        stated=item.stated,
        right=share(item.right, item.stated),
        right_strict=share(count.strict_fields[name].right, item.stated),
        interval=interval([(c.right, c.stated) for c in own], scoring),
        precision=share(item.hit, item.given) if item.given else None,
        recall=share(item.hit, item.wanted) if item.wanted else None,
        f1=f1(item.hit, item.wanted, item.given) if item.wanted + item.given else None,
    )


def interval(parts: Sequence[tuple[int, int]], scoring: Scoring = _USUAL) -> Interval:
    """95% interval of ``sum(first) / sum(second)`` over documents drawn again with replacement; of one, None."""
    parts = [part for part in parts if part[1]]
    if len(parts) < 2:
        return None
    tops, wholes = zip(*parts, strict=True)
    draws = _draws(len(parts), scoring.resamples, scoring.seed)
    drawn = sorted(share(sum(map(mul, w, tops)), sum(map(mul, w, wholes))) for w in draws)
    low, high = (drawn[min(len(drawn) - 1, int(tail * len(drawn)))] for tail in TAILS)
    return low, high


@cache
def _draws(documents: int, resamples: int, seed: int) -> tuple[tuple[int, ...], ...]:
    """How often each document is drawn, for each resample."""
    rng = random.Random(seed)
    draws = []
    for _ in range(resamples):
        drawn = Counter(rng.choices(range(documents), k=documents))
        draws.append(tuple(drawn[i] for i in range(documents)))
    return tuple(draws)


def as_plain(value: Any) -> Any:
    """Figures rounded for output: four places."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: as_plain(item) for key, item in value.items()}
    return [as_plain(item) for item in value] if isinstance(value, list | tuple) else value
