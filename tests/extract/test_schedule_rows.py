"""Rows of task and project tables, and what they join: tests/cases/schedule_rows.yaml."""

from __future__ import annotations

from typing import Any

import pytest
import tablecases
from plans import cases

from planparse.extract.tables import extract_grid
from planparse.extract.target_rows import texts_of_row
from planparse.model.drafts import Clock
from planparse.tables import find_grids

NOT_STATED = ("caption", "source", "level")


@pytest.mark.parametrize("case", cases("schedule_rows"), ids=lambda case: str(case["rows"][1:3]))
def test_rows(case: dict[str, Any]) -> None:
    clock = Clock(None, None, case["year"], case["year"]) if "year" in case else tablecases.clock({})
    (grid,), _ = find_grids(tablecases.document({"text": case["caption"] + "\n{table}", "tables": [case["rows"]]}))
    found = [draft.values for draft in extract_grid(grid, None, clock, [])]
    stated = [{k: v for k, v in row.items() if v not in (None, [], {}) and k not in NOT_STATED} for row in found]
    assert [{k: v if isinstance(v, list | int) else str(v) for k, v in row.items()} for row in stated] == case["records"]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("2022年目标：建成3座", ("建成3座", 2022, "修好码头")),
        ("2022年：3公里", ("3公里", 2022, "修好码头")),
        ("年度目标：8个", ("8个", None, "修好码头")),
        ("二季度：完成60%", ("完成60%", None, "修好码头")),
        ("支持方向：补助3座", ("支持方向：补助3座", None, None)),
        ("更换缆桩20根", ("更换缆桩20根", None, None)),
    ],
)
def test_a_cell_of_a_period_is_of_what_its_row_names(line: str, read: tuple[str, int | None, str | None]) -> None:
    assert list(texts_of_row({"title": "修好码头", "text": line})) == [read]


def test_what_a_row_costs_in_a_year_is_no_commitment() -> None:
    assert list(texts_of_row({"name": "东湾渔港", "content": "投资（万元） 2022年：7000万元"})) == []
