"""Cells of indicators and investments that hold a figure whose value was not read: it is not known, which is not the same as not stated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planparse.extract import Extraction
from planparse.language.time import YEAR
from planparse.model.document import Outline
from planparse.model.drafts import Draft
from planparse.model.findings import Code, Note

_FIGURE = re.compile(rf"(?<![0-9])(?!{YEAR}年)[0-9]")
"""What is no year: 2025年前完成 has none."""


def unread_cells(outline: Outline, found: Extraction) -> Iterator[Note]:
    """One note a cell: 1：5 has no one value; 0.5亿 under 万吨 does not say of what it is a number, nor 900 under 总投资."""
    for draft in found.drafts["indicators"]:
        row = draft.values
        for column in ("baseline", "target"):
            cell = row[f"{column}_raw"]
            if cell and row[f"{column}_value"] is None and _FIGURE.search(cell):
                yield _unread(outline, draft, cell)
    for draft in found.drafts["projects"]:
        money = draft.values.get("investment_raw")
        if money and draft.values["investment_wan"] is None and _FIGURE.search(money):
            yield _unread(outline, draft, money)


def _unread(outline: Outline, draft: Draft, cell: str) -> Note:
    return Note.of(Code.VALUE_UNREAD, "cell", *outline.clean.text.span(draft.start, draft.end), name=draft.values["name"], cell=cell)
