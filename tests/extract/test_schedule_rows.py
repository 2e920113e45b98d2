"""Rows of task and project tables, and what they join: tests/cases/schedule_rows.yaml."""

from __future__ import annotations

from typing import Any

import pytest
import tablecases
from plans import cases

from planparse.extract.tables import extract_grid
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
