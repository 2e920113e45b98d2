"""There and back: made tables set on every surface and read again (benchmarks/tables). The floors are what a few of them must reach; the
benchmark measures many."""

from __future__ import annotations

import pytest

pytest.importorskip("reportlab", reason="reportlab is not installed (pip install -e .[dev])")
pytest.importorskip("docx", reason="python-docx is not installed (pip install -e .[dev])")

from benchmarks.tables.made import KINDS, make
from benchmarks.tables.reading import read_back
from benchmarks.tables.surfaces import SURFACES, tells_rows

SEEDS = range(200, 206)
BORDERED = ("html", "docx", "pdf_ruled", "pdf_pages", "pdf_pages_bare", "markdown", "pipes", "tabs")
FLOORS = dict.fromkeys(BORDERED, 0.99) | {
    "pdf_rows": 0.99, "pdf_three": 0.99, "pdf_open": 0.99, "row_line": 0.95, "cell_line": 0.92, "blanks": 0.97, "run": 0.85,
}  # fmt: skip
"""Shares of rows that are right in every field, of all kinds together."""


@pytest.mark.parametrize("surface", SURFACES)
def test_rows_come_back(surface: str) -> None:
    made = [table for kind in KINDS for seed in SEEDS if tells_rows(table := make(kind, seed), surface)]
    results = [read_back(table, SURFACES[surface]) for table in made]
    stated = sum(max(r.stated, r.found) for r in results)
    assert sum(r.exact for r in results) >= FLOORS[surface] * stated


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_makes_the_same_table(kind: str) -> None:
    assert make(kind, 7) == make(kind, 7)
    assert make(kind, 7) != make(kind, 8)


def test_what_is_read_wrong_is_seen() -> None:
    """A reader that finds nothing scores nothing: the comparison itself is no rubber stamp."""
    table = make("tasks", 3)
    result = read_back(table, lambda _: ("一、重点任务\n（一）开展工作\n各单位要抓好落实。\n".encode(), "table.txt"))
    assert (result.exact, result.whole, result.stated) == (0, False, len(table.records))
