"""Merged name cells of tables whose form cannot say that cells are merged (Markdown, tabs): they stand once, and blanks stand for the rest."""

from __future__ import annotations

from dataclasses import replace

from planparse.language.columns import NAMING, Role, role_of
from planparse.language.tidy import tidy
from planparse.tables.fit import is_category, look_at
from planparse.tables.headers import FIGURE, Parts, Row
from planparse.tables.roles import is_sum, type_columns


def spread(parts: Parts) -> Parts:
    """The parts with what merged cells say at all the places that they stand for."""
    return spread_rows(spread_names(parts))


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
    above: Row | None = None
    for row in parts.body:
        before, part = row[: at + 1], row[at + 1]
        if row[at].text:
            above = row if part.text else None
            if not part.text and sum(bool(c.text) for c in row) > 1:
                part = replace(row[at], propagated=True)  # one name over both columns
        elif part.text and above is not None:
            before = tuple(cell if cell.text else replace(over, propagated=True) for cell, over in zip(before, above[: at + 1], strict=True))
        body.append((*before, part, *row[at + 2 :]))
    parts.body = body
    return parts


def spread_rows(parts: Parts) -> Parts:
    """The parts, with the name (and the number beside it) of a row in the rows below that have none but say more, where no cell is
    known to span. | 1 | 联合验收 | 内容 | 甲局 |, |  |  | 内容 | 乙局 | → both rows 1 联合验收."""
    if not parts.header or all(c.text for row in parts.body for c in row) or _spans(parts):
        return parts
    texts = [tuple(dict.fromkeys(t for c in column if (t := tidy(c.text)))) for column in zip(*parts.header, strict=True)]
    rows = [[tidy(cell.text) for cell in row] for row in parts.body]
    columns = type_columns(texts, [row for row in rows if sum(map(bool, row)) > 1])
    name, number = columns.first(*NAMING), columns.first(Role.NUMBER)
    told = columns.of(Role.CONTENT, Role.LEAD, Role.SUPPORT, Role.END, Role.YEARS, Role.INVESTMENT, Role.VALUE)
    measures = columns.of(Role.CONTENT)
    if name is None:
        return parts
    above: Row | None = None
    for at, row in enumerate(parts.body):
        if row[name].text:
            above = row
        elif (sum(map(bool, rows[at])) < 2 and not any(rows[at][i] for i in measures)) or any(is_sum(t) or is_category(t) for t in rows[at]):
            above = None
        elif number is not None and rows[at][number] and look_at(rows[at][number]).serial is None:
            above = None  # 二 水务工程 | | 8800: a category beside its sum
        elif above is not None and any(row[i].text for i in told):
            copied = [name, *(i for i in (number,) if i is not None and not row[i].text)]
            parts.body[at] = tuple(replace(above[i], propagated=True) if i in copied else cell for i, cell in enumerate(row))
    return parts


def _spans(parts: Parts) -> bool:
    """Whether the form says of some cell that it spans rows or columns."""
    return any(c.propagated or c.rowspan > 1 for row in parts.body if not _whole(row) for c in row)


def _name_column(parts: Parts) -> int | None:
    """The column of names whose right neighbour has no header and holds parts of names; None where cells are known to span columns."""
    if len(parts.header) != 1 or any(c.colspan > 1 for row in parts.body if not _whole(row) for c in row):
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
