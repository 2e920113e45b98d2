"""The sample documents are read as their gold says, but for what tests/cases/samples.yaml names. Gold of the test split is left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from plans import cases

from planparse.evaluation.found import read_afresh
from planparse.evaluation.gold import Gold, read_folder
from planparse.evaluation.scores import score_document

ROOT = Path(__file__).parents[2]
KNOWN: dict[str, Any] = cases("samples")  # type: ignore[assignment]
GOLD = list(read_folder(ROOT / "tests" / "gold", [ROOT / "corpus"], "dev"))


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.name)
def test_samples_are_read_as_their_gold(gold: Gold) -> None:
    score = score_document(gold, read_afresh()(gold))
    assert sorted(" | ".join((m.table, m.field or m.side, m.wording)) for m in score.misses) == sorted(KNOWN.get(gold.name, []))


def test_there_are_samples() -> None:
    assert {gold.name for gold in GOLD} >= set(KNOWN)
