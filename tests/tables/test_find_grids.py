"""Grids of tests/cases/tables.yaml: flattened and structured tables rebuilt, and prose left alone."""

from __future__ import annotations

from typing import Any

import pytest
import tablecases
from plans import SHARED

from planparse.language.tidy import tidy
from planparse.model.document import Cell
from planparse.tables import find_grids

CASES = tablecases.load("tables")
PROSE = (
    "digital_economy_plan_2021.md",
    "emergency_management_opinion_2006.md",
    "farm_machinery_opinion.md",
    "logistics_plan_2022.txt",
    "medical_devices_action_plan_2025.md",
    "public_health_emergency_science_2025.md",
    "rcep_opinion.txt",
    "rural_revitalisation_2018.txt",
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_grids(case: dict[str, Any]) -> None:
    grids, notes = find_grids(tablecases.document(case))
    found = []
    for grid, want in zip(grids, case["grids"], strict=True):
        stated = {"caption": grid.caption, "number_raw": grid.number_raw, "unit": grid.unit, "notes": list(grid.notes)}
        found.append(
            {k: v for k, v in stated.items() if v} | {"header": list(grid.header), "body": tablecases.texts(grid)}
        )
        assert found[-1] == {k: v for k, v in want.items() if k not in ("kind", "records")}
    assert len(notes) == case.get("unread", 0)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cells_stand_where_they_say(case: dict[str, Any]) -> None:
    clean = tablecases.document(case)
    for grid in find_grids(clean)[0]:
        for row in grid.body:
            for cell in row:
                assert grid.start <= cell.start <= cell.end <= grid.end
                assert _letters(cell) in tidy(clean.text.text[cell.start : cell.end]).replace("|", "").replace("┃", "")[
                    :200
                ] or _wrapped(cell)


def _letters(cell: Cell) -> str:
    return tidy(cell.text)[:200]


def _wrapped(cell: Cell) -> bool:
    """Whether the cell goes on in another line of a row, so that other cells stand between its pieces."""
    return "\x0b" in cell.text


@pytest.mark.parametrize("name", PROSE)
def test_prose_is_no_table(name: str) -> None:
    path = SHARED / "documents" / name
    if not path.is_file():
        pytest.skip("the shared documents are not here")
    case = {"text": "\n".join(line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip())}
    assert find_grids(tablecases.document(case)) == ([], [])
