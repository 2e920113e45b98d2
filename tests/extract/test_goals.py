"""Goals of a chapter: tests/cases/goals.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from plans import cases, records


def rows() -> Iterator[Any]:
    for case in cases("goals"):
        for word in case["words"]:
            chapter = case["chapter"].replace("{}", word)
            yield pytest.param(chapter, case["goals"], id=chapter)


@pytest.mark.parametrize(("chapter", "goals"), list(rows()))
def test_goals(chapter: str, goals: list[list[Any]]) -> None:
    found = records(f"禾阳县“十四五”渔港发展规划\n一、{chapter}\n二、主要任务\n疏浚航道。\n三、保障措施\n加强领导。\n")
    assert [[str(goal.kind), goal.label, goal.horizon_year] for goal in found.goals] == goals
