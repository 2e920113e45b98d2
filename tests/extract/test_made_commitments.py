"""A thousand made commitments, read back: benchmarks/commitments.py makes them, and twenty thousand more."""

from __future__ import annotations

from decimal import Decimal

import pytest

from benchmarks.commitments import chinese, clauses, judge
from planparse.language.numerals import parse_number

MADE = 1_000
RIGHT, SILENT, SUBJECTS = 0.995, 0.99, 0.95
"""Shares of commitments right in value, comparator, unit and year; of negatives without any; and of subjects as made."""


def test_made_commitments_are_read_back() -> None:
    judged = [(clause, *judge(clause)) for clause in clauses(MADE)]
    wrong = [f"{clause.text} → {[t.quantity.raw for t in found]}" for clause, right, _, found in judged if not right]
    commitments = [right for clause, right, _, _ in judged if clause.meaning is not None]
    negatives = [right for clause, right, _, _ in judged if clause.meaning is None]
    subjects = [named for clause, _, named, _ in judged if clause.meaning is not None]
    assert sum(commitments) >= RIGHT * len(commitments), wrong
    assert sum(negatives) >= SILENT * len(negatives), wrong
    assert sum(subjects) >= SUBJECTS * len(subjects)


def test_the_same_seed_makes_the_same_clauses() -> None:
    assert [c.text for c in clauses(60)] == [c.text for c in clauses(60)]
    assert [c.text for c in clauses(60)] != [c.text for c in clauses(60, seed=7)]


@pytest.mark.parametrize(
    ("number", "wording"),
    [(15, "十五"), (110, "一百一十"), (3_071, "三千零七十一"), (476_000, "四十七万六千"), (120_340_500, "一亿二千零三十四万零五百"), (2_000_000_000, "二十亿")],
)
def test_numerals_are_spoken_right(number: int, wording: str) -> None:
    assert chinese(number) == wording
    assert parse_number(wording) == Decimal(number)
