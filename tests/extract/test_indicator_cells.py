"""What is read of one row of an indicator table: tests/cases/indicator_cells.yaml, indicator_rows.yaml, indicator_tables.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import tablecases
from plans import cases

from planparse.extract.tables import extract_grid
from planparse.model.findings import Note
from planparse.tables import find_grids

HEADERS = ["指标", "单位", "2020年", "2025年", "属性"]
OTHERS = [["渔船年检率", "%", "81", "96", "预期性"], ["水产品合格率", "%", "82", "97", "预期性"], ["渔民培训率", "%", "83", "98", "预期性"]]


def rows() -> Iterator[Any]:
    for case in cases("indicator_cells"):
        for word in case.get("words", [""]):
            row = [cell.replace("{}", word) for cell in case["row"]]
            yield pytest.param(row, {k: v.replace("{}", word) if isinstance(v, str) else v for k, v in case["is"].items()}, id=" ".join(row))


@pytest.mark.parametrize(("row", "columns"), list(rows()))
def test_cells(row: list[str], columns: dict[str, Any]) -> None:
    (grid,), _ = find_grids(tablecases.document({"text": "渔业发展主要指标\n{table}", "tables": [[HEADERS, row, *OTHERS]]}))
    found = extract_grid(grid, None, tablecases.clock({}), [])[0].values
    assert {k: float(v) if isinstance(v := found[k], Decimal) else v for k in columns} == columns


@pytest.mark.parametrize("case", cases("indicator_rows"), ids=lambda case: f"{case['headers']} {case['row']} {case.get('note', '')}")
def test_headers_and_notes(case: dict[str, Any]) -> None:
    headers = [*HEADERS[:2], *case["headers"], HEADERS[-1]]
    others = [[*row[:2], *row[2 : len(headers) - 1], *["99"] * (len(headers) - len(row)), row[-1]] for row in OTHERS]
    text = f"渔业发展主要指标\n{{table}}\n{case.get('note', '')}"
    (grid,), _ = find_grids(tablecases.document({"text": text, "tables": [[headers, case["row"], *others]]}))
    found = extract_grid(grid, None, tablecases.clock({}), [])[0].values
    names = ("name", "unit", "baseline_value", "target_raw", "target_value", "target_year", "comparator", "basis")
    assert [found[k] if found[k] is None or isinstance(found[k], int) else str(found[k]) for k in names] == case["is"]
    assert found["property"] == case.get("property", found["property"])


@pytest.mark.parametrize("case", cases("indicator_tables"), ids=lambda case: case["name"])
def test_tables(case: dict[str, Any]) -> None:
    unit = f"单位：{case['unit']}\n" if "unit" in case else ""
    (grid,), _ = find_grids(tablecases.document({"text": f"渔业发展主要指标\n{unit}{{table}}", "tables": [case["rows"]]}))
    notes: list[Note] = []
    found = [draft.values for draft in extract_grid(grid, None, tablecases.clock({}), notes)]
    assert len(notes) == case.get("unread", 0)
    names = ("number_raw", "category", "name", "unit", "baseline_value", "target_value", "property")
    assert [[None if row[k] is None else str(row[k]) for k in names] for row in found] == case["is"]
