"""Merged name cells of tables whose form cannot say that cells are merged (Markdown, tabs): they stand once, and blanks stand for the rest."""

from __future__ import annotations

from dataclasses import replace

from planparse.language.columns import NAMING, role_of
from planparse.language.tidy import tidy
from planparse.model.document import Cell
from planparse.sections.tables.headers import FIGURE, Parts, Row


def spread_names(parts: Parts) -> Parts:
    """The parts, with a name's header over both of its columns and its cells in every row that they stand for.

    | 指标 |  | 2020年 |, | 城镇化率 | 常住人口 | 60 |, |  | 户籍人口 | 45 | → both rows under 指标, both of 城镇化率.
    """
    at = _name_column(parts)
    if at is None:
        return parts
    head = parts.header[0]
    parts.header[0] = (*head[: at + 1], replace(head[at], propagated=True), *head[at + 2 :])
    body: list[Row] = []
    above: Cell | None = None
    for row in parts.body:
        name, part = row[at], row[at + 1]
        if name.text:
            above = name if part.text else None
            if not part.text and sum(bool(c.text) for c in row) > 1:
                part = replace(name, propagated=True)  # one name over both columns
        elif part.text and above is not None:
            name = replace(above, propagated=True)
        body.append((*row[:at], name, part, *row[at + 2 :]))
    parts.body = body
    return parts


def _name_column(parts: Parts) -> int | None:
    """The column of names whose right neighbour has no header and holds parts of names; None where cells are known to span."""
    if len(parts.header) != 1 or any(c.propagated or c.rowspan > 1 for row in parts.body for c in row if not _whole(row)):
        return None
    head = parts.header[0]
    for at in range(len(head) - 1):
        if head[at + 1].text or not head[at].text or role_of(tidy(head[at].text)) not in NAMING:
            continue
        cells = [row[at + 1].text for row in parts.body if row[at + 1].text]
        return at if cells and not any(FIGURE.fullmatch(tidy(text)) for text in cells) else None
    return None


def _whole(row: Row) -> bool:
    """Whether one cell fills the row."""
    return len({cell.start for cell in row}) == 1
