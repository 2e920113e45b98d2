"""What words around a number make of it: tests/cases/target_words.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from plans import cases

from planparse.extract.targets import find_targets
from planparse.model.drafts import Clock, FoundTarget

PLAN = Clock(2021, 2025, None, 2022)


def framed() -> Iterator[Any]:
    for case in cases("target_words"):
        for word in case["words"]:
            text = case["frame"].format(word)
            yield pytest.param(text, [row.replace("{}", word) for row in case["rows"]], id=text)


def row_of(target: FoundTarget) -> str:
    """As in tests/cases/targets.yaml."""
    quantity = target.quantity
    value = "-" if quantity.value is None else format(quantity.value.normalize(), "f")
    if quantity.value_max is not None:
        value += ".." + format(quantity.value_max.normalize(), "f")
    cells = (target.subject, quantity.raw, quantity.comparator, value, quantity.unit, target.deadline_year)
    return " | ".join(str(cell or "-") for cell in cells)


@pytest.mark.parametrize(("text", "rows"), list(framed()))
def test_words_around_a_number(text: str, rows: list[str]) -> None:
    assert [row_of(target) for target in find_targets(text, PLAN)] == rows
