"""Who is responsible, in paragraphs and in cells: tests/cases/units.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from growing import grows
from plans import cases, records

from planparse.language.offices import find_all_offices, parse_offices


@pytest.mark.parametrize("case", cases("units"), ids=lambda case: case["text"])
def test_units(case: dict[str, Any]) -> None:
    found = find_all_offices(case["text"])
    assert (found is None) == ("lead" not in case)
    if found is not None:
        assert list(found.lead) == case["lead"]
        assert list(found.support) == case.get("support", [])
        assert list(found.unknown) == case.get("unknown", [])
        assert found.end_year == case.get("end_year")
        assert not any(sign in unit for unit in found.lead + found.support for sign in "：:")


@pytest.mark.parametrize("case", [c for c in cases("units") if c.get("lead") and c["text"].endswith("）")], ids=lambda case: case["text"])
def test_a_cell_is_read_as_a_bracket_is(case: dict[str, Any]) -> None:
    inner = case["text"].partition("。（")[2].removesuffix("）")
    assert parse_offices(inner) == (case["lead"], case.get("support", []))


def test_an_unknown_role_word_is_noted_at_its_place() -> None:
    text = "禾阳县数字化实施方案\n一、主要任务\n（一）完善标准。\n制定标准。（归口单位：县市场监管局）\n（二）建设中心。\n建成中心。（责任单位：县大数据局）\n"
    found = [f for f in records(text).findings if f.code == "unknown_role_word"]
    assert [(f.severity, f.excerpt_raw) for f in found] == [("info", "归口单位")]


@pytest.mark.waits
@pytest.mark.parametrize("text", ["（责任单位：", "甲局和", "县水利局等", "甲：", "县局\v", "县水利局负责）各（", "责任单位：县水利局；"])
def test_cost_is_bounded(text: str) -> None:
    """Lists without end cost no more than their length asks for."""
    assert not grows(lambda part: (find_all_offices(part), parse_offices(part)), text * 20_000)
