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


@pytest.mark.parametrize(
    ("title", "year"),
    [("主要目标和重点任务", [2027]), ("重点任务和主要目标", [2027]), ("工作目标与主要措施", [2027]), ("重点任务", []), ("加快渔港建设", [])],
)
@pytest.mark.parametrize("label", ["", "主要目标："])
def test_a_chapter_of_goals_and_tasks_carries_both(title: str, year: list[int], label: str) -> None:
    found = records(f"禾阳县渔港行动方案\n一、总体要求\n生态优先。\n二、{title}\n{label}到2027年，渔港完好率达到95%。\n扩建码头。建设泊位3个。\n三、保障措施\n加强领导。\n")
    assert [goal.horizon_year for goal in found.goals] == year
    assert [task.title for task in found.tasks] == [title, "扩建码头"]
