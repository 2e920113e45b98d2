"""Tables of the kinds that plans have, drawn on every surface (tests/cases/hand_tables.yaml), and what is read in them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from plans import cases

pytest.importorskip("reportlab", reason="reportlab is not installed (pip install -e .[dev])")
pytest.importorskip("docx", reason="python-docx is not installed (pip install -e .[dev])")

from benchmarks.tables.made import Cell, Row, Table
from benchmarks.tables.reading import read_back
from benchmarks.tables.surfaces import SURFACES
from planparse.pipeline import process

LIKE_OTHERS = ("docx", "pdf_pages", "pdf_pages_bare", "pdf_three", "pdf_rows", "pipes")
"""Surfaces that are read as others here are."""
NO_RECORDS = "none"
_SPANS = re.compile(r"\{(?:r(?P<rows>\d))?(?:c(?P<columns>\d))?\}$")
CASES = [(case, surface) for case in cases("hand_tables") for surface in SURFACES if surface not in (*LIKE_OTHERS, *case.get("unlike", ()))]


def grid(rows: list[list[str]]) -> list[Row]:
    """The rows with their spanning cells where they begin, and None where these cover a place."""
    taken: set[tuple[int, int]] = set()
    lines: list[dict[int, Cell]] = []
    for number, row in enumerate(rows):
        lines.append({})
        for text in row:
            column = next(c for c in range(99) if (number, c) not in taken)
            spans = _SPANS.search(text)
            down, across = (int(spans[group] or 1) for group in ("rows", "columns")) if spans else (1, 1)
            lines[-1][column] = Cell(_SPANS.sub("", text), down, across)
            taken |= {(number + i, column + j) for i in range(down) for j in range(across)}
    width = max(column for _, column in taken) + 1
    return [[line.get(column) for column in range(width)] for line in lines]


def table(case: dict[str, Any]) -> Table:
    rows = grid(case["rows"])
    records = [dict(zip(case.get("fields", ()), row, strict=True)) for row in case["is"]]
    for record in records:
        record |= {k: Decimal(str(v)) for k, v in record.items() if k.endswith(("_value", "_wan")) and v is not None}
    depth = max(cell.rows for cell in rows[0] if cell)
    return Table(case["kind"], case["caption"], case.get("unit"), depth, rows, case.get("notes", []), records, False, False)


@pytest.mark.parametrize(("case", "surface"), CASES, ids=lambda value: value if isinstance(value, str) else value["name"])
def test_rows_are_read(case: dict[str, Any], surface: str) -> None:
    made = table(case)
    if case["kind"] != NO_RECORDS:
        result = read_back(made, SURFACES[surface])
        assert result.wrong == []
        assert result.whole
        return
    for records in process(*SURFACES[surface](made)):
        assert not records.indicators
        assert not [row for row in (*records.tasks, *records.projects) if row.source == "table"]
