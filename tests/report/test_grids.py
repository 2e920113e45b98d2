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
    (table,) = drawn_tables(TEXT, [(7, first), (9, second)])
    assert table.caption == "主要指标"
    assert [key or header for key, header in table.columns] == [
        "cell_number",
        "cell_name",
        "cell_unit",
        "cell_baseline",
        "2023年",
        "cell_target",
        "cell_property",
    ]
    (number, cells), (_, below) = table.rows
    assert number == 7
    assert [cell.raw for cell in cells] == ["1", "森林覆盖率", "%", "42.5", "43", "≥45", "约束性"]
    assert cells[3].became == [Became("2020"), Became("42.5")]
    assert cells[5].became == [Became("2025"), Became("ge", True), Became("45"), Became("end_of_period", True)]
    assert cells[4].kept
    assert not cells[5].unread
    assert below[5].unread
    assert below[3].raw == ""


def test_a_unit_from_the_name_is_no_column() -> None:
    text = "森林覆盖率（%） 45"
    only = row(0, len(text), number_raw=None, name="森林覆盖率（%）", baseline_raw=None, target_raw="45", property=None)
    (table,) = drawn_tables(text, [(0, only | {"other_cells": {}})])
    assert [key for key, _ in table.columns] == ["cell_name", "cell_target"]


def test_tables_stay_apart() -> None:
    rows = [
        row(0, 5, number_raw=None, name=name, baseline_raw=None, target_raw="1", property=None, other_cells=[])
        | {"table_id": name, "caption": None}
        for name in ("甲", "乙")
    ]
    assert [table.rows[0][0] for table in drawn_tables("甲乙", list(enumerate(rows)))] == [0, 1]
