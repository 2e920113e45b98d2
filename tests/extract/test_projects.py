"""Projects of boxes and chapters, and what their texts say of cost and years: tests/cases/projects.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from plans import cases, records

from planparse.extract.terms import terms_of
from planparse.pipeline import process

TABLE: dict[str, Any] = cases("projects")  # type: ignore[assignment]
TERMS = [pytest.param(case["text"].replace("{}", word), case["is"], id=case["text"].replace("{}", word)) for case in TABLE["terms"] for word in case["words"]]


@pytest.mark.parametrize("case", TABLE["boxes"], ids=lambda case: case["box"])
def test_boxes(case: dict[str, Any]) -> None:
    found = records(f"禾阳县渔港方案\n一、主要任务\n（一）疏浚航道\n清理淤泥，疏浚近岸航道。\n{case['box']}\n（二）修好码头\n更换缆桩，修好远海码头。\n二、保障措施\n加强领导。\n").projects
    assert [[str(p.level), p.number_raw, p.name] for p in found] == case["rows"]
    assert all(str(p.source) == "box" for p in found)
    for column, key in (("investment_wan", "costs"), ("start_year", "years"), ("lead_units", "leads")):
        if key in case:
            assert [getattr(p, column) for p in found] == case[key]


@pytest.mark.parametrize("case", TABLE["chapters"], ids=lambda case: case["text"])
def test_chapters(case: dict[str, Any]) -> None:
    found = records(f"禾阳县渔港规划\n一、主要任务\n疏浚航道。\n二、重点工程\n{case['text']}\n三、保障措施\n加强领导。\n").projects
    assert [[str(p.level), p.number_raw, p.name] for p in found] == case["rows"]
    assert all(str(p.source) == "prose" for p in found)


@pytest.mark.parametrize(("text", "columns"), TERMS)
def test_terms(text: str, columns: dict[str, Any]) -> None:
    found = terms_of(text)
    assert {column: found.get(column) for column in columns} == columns


@pytest.mark.parametrize(("text", "rows"), [pytest.param(case["text"].replace("{}", word), case["rows"], id=word) for case in TABLE["plans"] for word in case["words"]])
def test_plans_that_list_projects(text: str, rows: list[list[Any]]) -> None:
    assert [[str(p.level), p.number_raw, p.name] for p in records(text).projects] == rows


def test_a_box_in_markdown_has_no_header() -> None:
    text = "# 禾阳县渔港规划\n## 一、主要任务\n专栏1 渔港建设工程\n\n| 空港渔市 | 建设码头5处，更换缆桩。 |\n|---|---|\n| 海上渔市 | 建设栈桥4处，修好码头。 |\n\n## 二、保障措施\n加强领导。\n"
    (found,) = process(text.encode(), "plan.md")
    assert [(p.name, p.content) for p in found.projects] == [("渔港建设工程", None), ("空港渔市", "建设码头5处，更换缆桩。"), ("海上渔市", "建设栈桥4处，修好码头。")]
