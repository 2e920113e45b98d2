"""Reading tests/cases/tables.yaml: documents with tables, flattened or structured, and what is to be found in them."""

from __future__ import annotations

import re
from typing import Any

from plans import cases

from planparse.model.document import CleanDocument, Grid
from planparse.model.drafts import Clock
from planparse.model.source import (
    CELL_BREAK,
    CELL_END,
    ROW_END,
    TABLE_END,
    TABLE_START,
    CellShape,
    SourceDocument,
    TableShape,
)
from planparse.model.text import MappedText

_SPANS = re.compile(r"\s*\{(?:r(?P<rows>\d))?(?:c(?P<columns>\d))?\}$")


def load(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    return cases(name)


def table_line(rows: list[list[str]]) -> tuple[str, TableShape]:
    """A table line and its shape. A cell may end in {r2c3}: it spans two rows and three columns; ⏎ is a break inside it."""
    lines: list[str] = []
    shape: list[tuple[CellShape, ...]] = []
    for row in rows:
        cells: list[str] = []
        shapes: list[CellShape] = []
        for cell in row:
            spans = _SPANS.search(cell)
            cells.append(_SPANS.sub("", cell).replace("⏎", CELL_BREAK))
            shapes.append(CellShape(*(int(spans[g] or 1) for g in ("rows", "columns"))) if spans else CellShape())
        lines.append("".join(cell + CELL_END for cell in cells))
        shape.append(tuple(shapes))
    return TABLE_START + "".join(line + ROW_END for line in lines) + TABLE_END, TableShape(tuple(shape))


def document(case: dict[str, Any]) -> CleanDocument:
    """The clean document of a case: ``text`` as it is, each ``{table}`` in it replaced by the next of ``tables``."""
    text = case["text"].rstrip("\n")
    shapes: list[TableShape] = []
    for rows in case.get("tables", []):
        line, shape = table_line(rows)
        text = text.replace("{table}", line, 1)
        shapes.append(shape)
    source = SourceDocument(
        "case", "0" * 64, len(text), "text/plain", "utf-8", text, MappedText.identity(text), tuple(shapes)
    )
    return CleanDocument(source, MappedText.identity(text))


def clock(case: dict[str, Any]) -> Clock:
    """The years of a case's document: a plan for 2021-2025 unless it says otherwise."""
    return Clock(**case.get("clock", {"period_start": 2021, "period_end": 2025, "issued_year": 2021}))


def texts(grid: Grid) -> list[list[str]]:
    """The grid's body as wording: ^ before a copy of a merged cell, ⏎ for a break inside a cell."""
    return [["^" * (c.propagated and bool(c.text)) + c.text.replace(CELL_BREAK, "⏎") for c in row] for row in grid.body]
