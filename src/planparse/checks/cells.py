"""Cells of indicators that hold a figure whose value was not read: what the plan aims at is not known, which is not the same as no aim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planparse.extract import Extraction
from planparse.language.time import YEAR
from planparse.model.document import Outline
from planparse.model.findings import Code, Note

_FIGURE = re.compile(rf"(?<![0-9])(?!{YEAR}年)[0-9]")
"""What is no year: 2025年前完成 has none."""


def unread_cells(outline: Outline, found: Extraction) -> Iterator[Note]:
    """One note a cell: 1：5 has no one value; 0.5亿 under 万吨 does not say of what it is a number."""
    for draft in found.drafts["indicators"]:
        row = draft.values
        for column in ("baseline", "target"):
            cell = row[f"{column}_raw"]
            if cell and row[f"{column}_value"] is None and _FIGURE.search(cell):
                yield Note.of(Code.VALUE_UNREAD, "cell", *outline.clean.text.span(draft.start, draft.end), name=row["name"], cell=cell)
