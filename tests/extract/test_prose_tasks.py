"""Leads, items and tasks of prose: tests/cases/prose_tasks.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from plans import cases, records

from planparse.extract.leads import item_lead, lead_of, numbered_item

TABLE: dict[str, Any] = cases("prose_tasks")  # type: ignore[assignment]


@pytest.mark.parametrize(("text", "lead"), TABLE["leads"])
def test_leads(text: str, lead: str | None) -> None:
    assert (lead_of(text) or (None,))[0] == lead


@pytest.mark.parametrize(("text", "label"), TABLE["labels"])
def test_labels_of_items(text: str, label: str | None) -> None:
    assert item_lead(text)[0] == label


@pytest.mark.parametrize(("text", "number", "rest"), TABLE["items"])
def test_numbered_items(text: str, number: str | None, rest: str | None) -> None:
    assert (numbered_item(text) or (None, None)) == (number, rest)


@pytest.mark.parametrize("case", TABLE["tasks"], ids=lambda case: case["text"])
def test_tasks(case: dict[str, Any]) -> None:
    found = records(f"禾阳县渔港方案\n一、主要任务\n{case['text']}\n二、保障措施\n加强领导。\n").tasks
    assert [[str(task.level), task.title] for task in found] == case["rows"]


@pytest.mark.parametrize("case", TABLE["named"], ids=lambda case: case["text"])
def test_groups_that_name_their_units(case: dict[str, Any]) -> None:
    found = records(f"禾阳县渔港方案\n一、主要任务\n{case['text']}\n二、保障措施\n加强领导。\n").tasks
    assert [list(task.lead_units) for task in found if task.level == "group"] == case["lead"]
