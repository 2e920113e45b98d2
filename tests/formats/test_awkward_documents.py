"""Pages, Word files and PDFs that are hard to read: their tables, cell by cell, and what is read in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from formats.grids import grids
from plans import cases
from tablecases import texts

from planparse.model.options import Options
from planparse.pipeline import Stages, stages

AWKWARD = Path(__file__).resolve().parents[2] / "corpus" / "awkward"
CASES = cases("formats")
COLUMNS = {
    "tasks": ("level", "number_raw", "title", "source", "lead_units", "support_units", "start_year", "end_year"),
    "projects": ("level", "number_raw", "name", "source", "investment_wan", "lead_units", "start_year", "end_year"),
    "indicators": (
        "number_raw", "category", "name", "unit", "baseline_raw", "baseline_year", "target_raw", "target_year", "property",
    ),
    "targets": ("quantity_raw",),
    "findings": ("code", "excerpt_raw"),
}  # fmt: skip
DOCUMENT = ("title", "doc_number", "index_number", "issuer", "issued_date", "published_date")


@cache
def read(name: str) -> Stages:
    return stages((AWKWARD / name).read_bytes(), name, Options())


def told(value: Any) -> Any:
    """A column's value as the case file writes it."""
    if value is None or isinstance(value, (int, list)):
        return value
    return str(value)


def test_every_awkward_document_has_a_case() -> None:
    assert sorted(case["file"] for case in CASES) == sorted(path.name for path in AWKWARD.iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_rows_and_merged_cells_of_every_table(case: dict[str, Any]) -> None:
    (outline,) = read(case["file"]).outlines
    found = [{"caption": g.caption, "header": list(g.header), "rows": texts(g)} for g in grids(outline)]
    assert found == case["tables"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_sections(case: dict[str, Any]) -> None:
    (records,) = read(case["file"]).records
    found = [f"{row.level} {row.number_raw or '-'} {row.title} {row.kind}" for row in records.sections]
    assert found == case["sections"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
@pytest.mark.parametrize("table", COLUMNS)
def test_rows(case: dict[str, Any], table: str) -> None:
    (records,) = read(case["file"]).records
    found = [[told(getattr(row, column)) for column in COLUMNS[table]] for row in getattr(records, table)]
    assert found == case.get(table, [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_the_document(case: dict[str, Any]) -> None:
    (document,) = read(case["file"]).records[0].documents
    assert {name: told(getattr(document, name)) for name in DOCUMENT if getattr(document, name)} == case["document"]
