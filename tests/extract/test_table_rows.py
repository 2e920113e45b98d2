"""Indicators, tasks and projects of the tables in tests/cases/tables.yaml."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import tablecases

from planparse.extract.tables import extract_grid, kind_of
from planparse.model.document import Grid
from planparse.model.drafts import Clock, Draft
from planparse.tables import find_grids
from planparse.tables.roles import read_columns

CASES = [case for case in tablecases.load("tables") if case["grids"]]
NOT_STATED = ("caption", "source", "level", "table_id")


def rows_of(grid: Grid, clock: Clock) -> list[Draft]:
    return extract_grid(grid, None, clock, [])


def comparable(values: dict[str, Any]) -> dict[str, Any]:
    """Columns that say something, numbers as numbers."""
    stated = {k: v for k, v in values.items() if v not in (None, [], {}) and k not in NOT_STATED}
    return {k: Decimal(v) if k.endswith(("_value", "_wan")) else v for k, v in stated.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_rows(case: dict[str, Any]) -> None:
    grids, _ = find_grids(tablecases.document(case))
    for grid, want in zip(grids, case["grids"], strict=True):
        assert kind_of(grid, read_columns(grid)).kind == want["kind"]
        found = [comparable(draft.values) for draft in rows_of(grid, tablecases.clock(case))]
        assert found == [comparable(row) for row in want.get("records", [])]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_rows_stand_in_their_tables(case: dict[str, Any]) -> None:
    for grid in find_grids(tablecases.document(case))[0]:
        for draft in rows_of(grid, tablecases.clock(case)):
            assert grid.start <= draft.start < draft.end <= grid.end
