"""The sections and tasks of a document do not depend on how its page shows the headings.

Each damage of layout is done to gold documents, and what is read in the damaged text is scored against gold. Damages
that lose a heading are for fitting alone and are not asked here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fitting.damage import Damage
from fitting.damages import DAMAGES
from fitting.gold_texts import GoldText, as_plain, read_texts
from planparse.evaluation.folding import fold
from planparse.evaluation.matching import match
from planparse.evaluation.tables import RULES, Row
from planparse.model.options import Options
from planparse.pipeline import process

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FLOORS = {"sections": 0.97, "tasks": 0.95}
"""Least mean F1 over the documents, by table."""
OURS, PUBLISHED = 10, 5
"""So many documents at most are damaged in one way: of our corpus, and of the published ones."""
SHOWN = 6
OPEN: dict[str, str] = {}
"""What does not hold yet, and why. Take an entry out when it does."""
RULE = {rule.name: rule for rule in RULES}
ASKED = [name for name, damage in DAMAGES.items() if not damage.drops_gold]
Scores = dict[str, float]


@cache
def our_texts() -> tuple[GoldText, ...]:
    return tuple(read_texts(ROOT / "tests" / "gold", [ROOT / "corpus"]))


@cache
def published_texts() -> tuple[GoldText, ...]:
    folder = SHARED / "gold"
    return tuple(read_texts(folder, [SHARED])) if folder.is_dir() else ()


def read(text: str) -> dict[str, list[Row]]:
    """The rows that are read in a text as a plain text file."""
    records = process(as_plain(text).encode(), "damaged.txt", Options())
    return {table: [row.model_dump() for one in records for row in getattr(one, table)] for table in FLOORS}


def scored(one: GoldText, found: Mapping[str, list[Row]], damage: Damage | None = None) -> Scores:
    """F1 of each table that gold states, as far as the damage leaves it to be told."""
    scores: Scores = {}
    for table in FLOORS:
        if table not in one.gold.tables:
            continue
        rule = RULE[table]
        wanted = [row for row in one.gold.tables[table] if rule.keep(row)]
        given = [row for row in found[table] if rule.keep(row)]
        if damage and damage.loses_paragraphs and table == "tasks":
            wanted, given = _without_leads(wanted), _without_leads(given)
        if damage and damage.loses_title_ends:
            given = [_cut_to(wanted, row) for row in given]
        if wanted or given:
            scores[table] = 2 * len(match(wanted, given, rule, rule.floor)) / (len(wanted) + len(given))
    return scores


def _without_leads(rows: Sequence[Row]) -> list[Row]:
    """Tasks but for those that only a paragraph's beginning tells."""
    return [row for row in rows if row["level"] != "measure"]


def _cut_to(gold: Sequence[Row], row: Row) -> Row:
    """A found row with the gold title that its own begins with, where there is one of its level."""
    title = fold(row["title"])
    begins = [g["title"] for g in gold if g["level"] == row["level"] and title.startswith(fold(g["title"]))]
    return {**row, "title": max(begins, key=len)} if begins else row


def damaged(damage: Damage, texts: Sequence[GoldText], most: int) -> Iterator[tuple[str, Scores]]:
    """Up to ``most`` documents that the damage applies to, others for each damage, and what is read in them."""
    left = most
    for one in sorted(texts, key=lambda one: zlib.crc32(f"{damage.name} {one.gold.name}".encode())):
        changed = damage.damaged(one.text, one.located.headings, f"{damage.name} {one.gold.name}") if left else None
        if changed is not None:
            left -= 1
            yield one.gold.name, scored(one, read(changed.text), damage)


def hold(results: Sequence[tuple[str, Scores]]) -> None:
    """Assert the floors of the means; the worst documents are named."""
    told: list[str] = []
    for table, floor in FLOORS.items():
        values = sorted((scores[table], name) for name, scores in results if table in scores)
        mean = sum(value for value, _ in values) / len(values)
        if mean < floor:
            worst = ", ".join(f"{name} {value:.2f}" for value, name in values[:SHOWN] if value < floor)
            told.append(f"{table}: mean F1 {mean:.3f} of {len(values)} documents, wanted {floor}; worst: {worst}")
    assert not told, "\n".join(told)


def cases() -> list[Any]:
    """The damages, with those that are known to fail marked so."""
    marks = {name: pytest.mark.xfail(strict=True, reason=reason) for name, reason in OPEN.items()}
    return [pytest.param(name, marks=[marks[name]] if name in marks else []) for name in ASKED]


@pytest.mark.parametrize("name", cases())
def test_sections_and_tasks_stay_the_same(name: str) -> None:
    damage: Any = DAMAGES[name]
    results = [*damaged(damage, our_texts(), OURS), *damaged(damage, published_texts(), PUBLISHED)]
    assert results, "the damage applies to no document"
    hold(results)


def test_our_cleaned_texts_are_read_as_gold_says() -> None:
    hold([(one.gold.name, scored(one, read(one.text))) for one in our_texts()])


def test_published_cleaned_texts_are_read_as_gold_says() -> None:
    if not published_texts():
        pytest.skip("the published documents and their gold are not beside this checkout (../shared/gold)")
    hold([(one.gold.name, scored(one, read(one.text))) for one in published_texts()])
