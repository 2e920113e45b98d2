"""No text of a table vanishes: what is printed is in the source text, and what a grid covers is in its cells, its notes, or a finding."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest

pytest.importorskip("reportlab", reason="reportlab is not installed (pip install -e .[dev])")
pytest.importorskip("docx", reason="python-docx is not installed (pip install -e .[dev])")

from benchmarks.tables.made import KINDS, Table, make
from benchmarks.tables.surfaces import SURFACES, tells_rows
from planparse.model.document import Grid
from planparse.pipeline import stages
from planparse.tables import find_grids

SEEDS = range(200, 206)
PAGES = 9
FRAME = frozenset("|｜-:：单位续表")
"""Marks that part cells, and the words that stand around a table and are taken for what they say."""


def letters(*texts: str | None) -> Counter[str]:
    """The letters of texts, folded."""
    whole = unicodedata.normalize("NFKC", "".join(text or "" for text in texts))
    return Counter(c for c in whole if not c.isspace() and c.isprintable() and c not in FRAME)


def held(grid: Grid) -> Counter[str]:
    """What a grid says: each cell once, its header as often as pages repeat it, and what was read around it."""
    cells = [cell.text for row in grid.rows for cell in row if not cell.propagated]
    return letters(*cells, *grid.header * PAGES, *grid.notes, grid.caption, grid.number_raw, grid.unit)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("surface", SURFACES)
def test_nothing_is_lost(surface: str, kind: str) -> None:
    for seed in SEEDS:
        table = make(kind, seed)
        if tells_rows(table, surface):
            _check(table, surface)


def _check(table: Table, surface: str) -> None:
    read = stages(*SURFACES[surface](table))
    assert read.source is not None
    assert read.clean is not None
    printed = letters(*(cell.text for row in table.rows for cell in row if cell))
    assert not printed - letters(read.source.text)
    text = read.clean.text.text
    grids, notes = find_grids(read.clean)
    covered = [(note.start or 0, note.end or 0) for note in notes]
    for grid in grids:
        start, end = read.clean.text.span(grid.start, grid.end)
        if not any(a < end and start < b for a, b in covered):
            assert not letters(text[grid.start : grid.end]) - held(grid), (surface, table.kind, grid.caption)
