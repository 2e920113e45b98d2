"""Indicator tables drawn again from their rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from planparse.report.grids import Became, drawn_tables

TEXT = "1 森林覆盖率 % 42.5 43 ≥45 约束性\n2 信访满意度 % — 达标 较好 预期性"


def row(start: int, end: int, **values: Any) -> dict[str, Any]:
    none = dict.fromkeys(("category", "baseline_year", "baseline_value", "target_value", "comparator", "basis"))
    return none | {
        "table_id": "b1",
        "caption": "主要指标",
        "source_start": start,
        "source_end": end,
        "unit": "%",
        "target_year": 2025,
        **values,
    }


def test_cells_and_what_they_became() -> None:
    first = row(
        0,
        23,
        number_raw="1",
        name="森林覆盖率",
        baseline_raw="42.5",
        baseline_year=2020,
        baseline_value=Decimal("42.500000"),
        target_raw="≥45",
        target_value=Decimal("45.000000"),
        comparator="ge",
        basis="end_of_period",
        property="binding",
        other_cells=[("2023年", "43")],
    )
    second = row(
        23,
        len(TEXT),
        number_raw="2",
        name="信访满意度",
        baseline_raw=None,
        target_raw="较好",
        property="expected",
        other_cells=[("2023年", "达标")],
    )
    (table,) = drawn_tables(TEXT, [(7, "indicators", first), (9, "indicators", second)])
    assert table.caption == "主要指标"
    assert [key or header for key, header in table.columns] == [
        "number_raw",
        "name",
        "unit",
        "baseline_raw",
        "2023年",
        "target_raw",
        "property",
    ]
    (number, level, cells), (_, _, below) = table.rows
    assert level is None
    assert number == 7
    assert [cell.raw for cell in cells] == ["1", "森林覆盖率", "%", "42.5", "43", "≥45", "约束性"]
    assert cells[3].became == [Became("2020"), Became("42.5")]
    assert cells[5].became == [Became("2025"), Became("ge", True), Became("45"), Became("end_of_period", True)]
    assert not cells[5].unread
    assert below[5].unread
    assert below[3].raw == ""


def test_a_unit_from_the_name_is_no_column() -> None:
    text = "森林覆盖率（%） 45"
    only = row(0, len(text), number_raw=None, name="森林覆盖率（%）", baseline_raw=None, target_raw="45", property=None)
    (table,) = drawn_tables(text, [(0, "indicators", only | {"other_cells": {}})])
    assert [key for key, _ in table.columns] == ["name", "target_raw"]


def test_tables_stay_apart() -> None:
    rows = [
        row(0, 5, number_raw=None, name=name, baseline_raw=None, target_raw="1", property=None, other_cells=[])
        | {"table_id": name, "caption": None}
        for name in ("甲", "乙")
    ]
    drawn = drawn_tables("甲乙", [(number, "indicators", one) for number, one in enumerate(rows)])
    assert [table.rows[0][0] for table in drawn] == [0, 1]


def project(number: str | None, name: str, **values: Any) -> dict[str, Any]:
    none = dict.fromkeys(("category", "content", "start_year", "end_year", "investment_raw", "investment_wan", "section_id"))
    place = {"source_start": 0, "source_end": 9, "level": "project", "source": "table"}
    return none | {"number_raw": number, "name": name, "lead_units": [], "support_units": [], **place, **values}


def test_projects_and_tasks_are_drawn_by_what_their_columns_were_taken_for() -> None:
    """A count that begins anew, another section, and what stands in prose end a table."""
    records = [
        (0, "projects", project("1", "甲园区", investment_raw="1.2", investment_wan=Decimal("12000.000000"), lead_units=["市商务局", "甲镇"])),
        (1, "targets", {}),
        (2, "projects", project("2", "乙水厂", investment_raw="待定")),
        (3, "projects", project("1", "丙学校")),
        (4, "projects", project(None, "丁工程", source="prose")),
        (5, "projects", project("2", "戊公路")),
        (6, "projects", project("3", "己桥", section_id="s2")),
    ]
    first, *others = drawn_tables("", records)
    assert (first.kind, first.caption) == ("projects", None)
    assert [key for key, _ in first.columns] == ["number_raw", "name", "investment_raw", "lead_units"]
    assert [(number, level) for number, level, _ in first.rows] == [(0, "project"), (2, "project")]
    money, lead = first.rows[0][2][2:]
    assert (money.raw, money.became, lead.raw) == ("1.2", [Became("12000 万元")], "市商务局、甲镇")
    assert first.rows[1][2][2].unread
    assert [[number for number, _, _ in table.rows] for table in others] == [[3], [5], [6]]
