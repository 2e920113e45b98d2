"""From a few lines of a plan to its records."""

from __future__ import annotations

from typing import Any

import pytest
from plans import cases, records

TABLES = ("documents", "goals", "tasks", "projects", "targets")


@pytest.mark.parametrize("case", cases("records"), ids=lambda case: case["name"])
def test_records(case: dict[str, Any]) -> None:
    found = records(case["text"])
    for table in TABLES:
        if table in case:
            rows = [row.model_dump() for row in getattr(found, table)]
            assert [{f: row[f] for f in want} for row, want in zip(rows, case[table], strict=True)] == case[table]


def test_every_row_points_at_its_section_and_owner() -> None:
    found = records(cases("records")[0]["text"])
    sections = {s.section_id for s in found.sections}
    owners = {g.goal_id for g in found.goals} | {t.task_id for t in found.tasks}
    assert all(row.section_id in sections for table in (found.goals, found.tasks, found.targets) for row in table)
    assert all(t.owner_id in owners for t in found.targets)


def test_a_row_that_does_not_validate_becomes_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    from planparse import pipeline

    def broken(outline: Any, clock: Any) -> list[Any]:
        drafts = original(outline, clock)
        drafts[0].values["horizon_year"] = 20250
        return drafts

    from planparse import extract

    original = extract.extract_goals
    monkeypatch.setattr(extract, "extract_goals", broken)
    found = pipeline.process(cases("records")[0]["text"].encode(), "plan.txt")[0]
    rejected = [f for f in found.findings if f.code == "rejected_record"]
    assert len(rejected) == 1
    assert len(found.goals) == 3
    assert rejected[0].source_start is not None
    assert "horizon_year" in rejected[0].message
