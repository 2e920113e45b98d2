"""Which rows of a rectangle name its columns, and which rows are no rows at all: captions, units, notes, repeated headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from planparse.data.words import worded
from planparse.language.columns import Role, other_roles, role_of
from planparse.language.tidy import tidy
from planparse.model.document import Cell
from planparse.tables.captions import annex_title, is_note, read_caption, read_unit, split_unit
from planparse.tables.fit import look_at

Row = tuple[Cell, ...]

MAX_HEADER_ROWS = 4
LONGEST_HEADER = 45
LONGEST_DIVISION = 12
FIGURE = re.compile(r"[≥≤<>〔\[（(]?[-+]?[0-9][0-9,.]*\s?[%‰]?[）)〕\]]?|[—_/-]+")
"""A cell that holds a figure, or the sign that there is none."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?.{0,8}")
_TITLE_END = worded(r"<caption_ends>(?:[（(].{0,60}[）)])?$")


@dataclass(slots=True)
class Parts:
    """A table's rows sorted: the header's, the body's, and what was said in rows that span the table."""

    header: list[Row] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)
    caption: str | None = None
    annex_end: int | None = None
    """Where the row ends that is an annex's heading (附件1 …): it stays a line of the document."""
    number_raw: str | None = None
    unit: str | None = None
    notes: list[str] = field(default_factory=list)


def own_cells(row: Row) -> list[Cell]:
    """The row's cells without copies and empty ones."""
    return [cell for cell in row if cell.text and not cell.propagated]


def distinct(row: Row) -> list[Cell]:
    """The row's cells, each once, copies from above included, empty ones left out."""
    return list({(cell.start, cell.end): cell for cell in row if cell.text}.values())


def spans_table(row: Row) -> bool:
    """Whether one cell covers the whole row."""
    return len(row) > 1 and bool(row[0].text) and all(cell.start == row[0].start and cell.text == row[0].text for cell in row)


def sort_rows(rows: tuple[Row, ...], flags: tuple[bool, ...]) -> Parts:
    """Tell header from body. Rows above the header that span the table are the caption, the unit, or a category of the body."""
    parts = Parts()
    top: list[Row] = []
    at = 0
    while at < min(len(rows), 4) and (spans_table(rows[at]) or not distinct(rows[at]) or _stands_alone(rows, at)):
        text = tidy(rows[at][0].text)
        if at == 0 and (title := annex_title(text)) is not None:
            parts.caption, parts.annex_end = title or None, rows[at][0].end
        elif text and not _take_title(parts, text, first=at == 0):
            top.append(rows[at])
        at += 1
    if len(rows) - at >= 3:
        rows = (*rows[: at + 1], _under_its_names(rows[at], rows[at + 1]), *rows[at + 2 :])
    depth = _header_depth(rows, at, flags if at == 0 or any(flags[at:]) else ())
    parts.header = list(rows[at : at + depth])
    if depth == 2 and _names_below(rows, at):
        parts.header[0] = _spread(*parts.header)
    names = {tuple(tidy(cell.text) for cell in row) for row in parts.header}
    for row in (*top, *rows[at + depth :]):
        if not distinct(row) or tuple(tidy(cell.text) for cell in row) in names:
            continue
        text = tidy(row[0].text) if spans_table(row) or len(distinct(row)) == 1 else ""
        if text and is_note(text):
            parts.notes.append(text)
        elif not (text and read_unit(text) and _set_unit(parts, text)):
            parts.body.append(row)
    return parts


def _stands_alone(rows: tuple[Row, ...], at: int) -> bool:
    """Whether a title fills the first cell of a row above the header, of a form that cannot say that it spans the table."""
    own = own_cells(rows[at])
    title = len(own) == 1 and own[0] is rows[at][0] and own[0].rowspan == 1 and role_of(tidy(own[0].text)) is None
    return title and at + 1 < len(rows) and is_header(rows[at + 1])


def _take_title(parts: Parts, text: str, *, first: bool) -> bool:
    text, unit = split_unit(text)
    parts.unit = parts.unit or unit
    if not text:
        return True
    caption = read_caption(text)
    if caption and caption.text:
        parts.caption, parts.number_raw = caption.text, caption.number_raw
        return True
    if (
        first
        and len(text) <= LONGEST_HEADER
        and _TITLE_END.search(text)
        and not re.search(r"[（(]\s?[0-9]+\s?[项个座处]", text)
    ):
        parts.caption = text
        return True
    return False


def _set_unit(parts: Parts, text: str) -> bool:
    parts.unit = parts.unit or read_unit(text)
    return True


def is_header(row: Row) -> bool:
    """Whether at least two of the row's cells, and half of them, are names that plans give to columns."""
    cells = distinct(row)
    known = sum(role_of(tidy(cell.text)) is not None for cell in cells)
    return known >= 2 and known * 2 >= len(cells) and all(len(cell.text) <= LONGEST_HEADER + 15 for cell in cells)


def counts_up(rows: tuple[Row, ...]) -> bool:
    """Whether the first row is no header but numbered one, and the next one two."""
    return [row[0].text.rstrip(".、") for row in rows[:2]] == ["1", "2"]


def is_hinted(rows: tuple[Row, ...], at: int = 0) -> bool:
    """Whether the row is all short words, two of which at least and half of which are, or end as, names of columns do (改革举措 |
    督办单位), and the next row is not."""
    texts = [[tidy(cell.text) for cell in distinct(row)] for row in rows[at : at + 2]]
    if len(texts) < 2 or len(texts[0]) < 2 or any(len(t) > LONGEST_DIVISION or re.search(r"[0-9。，]", t) for t in texts[0]):
        return False
    hints = [sum(role_of(t) is not None or bool(other_roles(t)) for t in row) for row in texts]
    return hints[0] >= 2 and hints[0] * 2 >= len(texts[0]) and hints[1] * 2 < len(texts[1])


def _goes_down(rows: tuple[Row, ...], at: int) -> bool:
    """Whether a name of a column spans the row and the next one, which names columns: 指标 | 指标数值 |  | over | | 2020年 | 2025年.
    A form that cannot say so has a blank below the name."""
    cells = own_cells(rows[at])
    below = _names_below(rows, at)
    named = any((cell.rowspan > 1 or (below and cell is rows[at][0])) and role_of(tidy(cell.text)) is not None for cell in cells)
    short = all(len(cell.text) <= LONGEST_HEADER and not re.search(r"[。；]", cell.text) for cell in cells)
    return named and short and at + 1 < len(rows) and is_header(rows[at + 1])


def _header_depth(rows: tuple[Row, ...], at: int, flags: tuple[bool, ...]) -> int:
    if at >= len(rows):
        return 0
    depth = 0
    if counts_up(rows[at:]):
        flags = ()  # Markdown has a header where the table has none
    while at + depth < len(flags) and flags[at + depth] and depth < MAX_HEADER_ROWS:
        depth += 1
    if not depth:
        if _only_spans(rows, at):
            return 1 + _header_depth(rows, at + 1, ())
        if not (is_header(rows[at]) or _unlike_body(rows, at) or is_hinted(rows, at) or _goes_down(rows, at)):
            return 0
        depth = min(MAX_HEADER_ROWS, max((cell.rowspan for cell in own_cells(rows[at])), default=1))
    depth = depth if depth < len(rows) - at else 1
    spans = any(c.colspan > 1 for c in own_cells(rows[at]))
    if depth == 1 and at + 1 < len(rows) and ((spans and _sub_header(rows[at + 1])) or _names_below(rows, at)):
        depth = 2
    while depth < min(MAX_HEADER_ROWS, len(rows) - at) and is_header(rows[at + depth]) and _starts_below(rows, at, depth):
        depth += 1
    return depth


def _only_spans(rows: tuple[Row, ...], at: int) -> bool:
    """Whether the row holds only names above several columns, and the row below it the names of all: | | 建设年限 | | over a header."""
    cells = own_cells(rows[at])
    few = 0 < len(cells) * 2 <= len(rows[at]) and all(len(c.text) <= LONGEST_DIVISION and not re.search(r"[0-9。]", c.text) for c in cells)
    return few and not rows[at][0].text and at + 2 < len(rows) and is_header(rows[at + 1]) and len(distinct(rows[at + 1])) > len(cells) + 1


def _sub_header(row: Row) -> bool:
    """Whether a row under a spanning header cell names columns too: short words or years, no figures."""
    cells = own_cells(row)
    return (
        bool(cells)
        and all(len(c.text) <= 20 and (_YEAR.fullmatch(c.text) or not FIGURE.fullmatch(tidy(c.text))) for c in cells)
        and (sum(role_of(tidy(c.text)) is not None for c in cells) * 2 >= len(cells))
    )


def _names_below(rows: tuple[Row, ...], at: int) -> bool:
    """Whether the next row only divides columns of the header, whose names stand once over several columns, without a span."""
    if len(rows) - at < 3:
        return False
    top, below = rows[at : at + 2]
    texts = [tidy(cell.text) for cell in below]
    return (
        not texts[0]
        and sum(map(bool, texts)) >= 2
        and not any(FIGURE.fullmatch(text) or len(text) > LONGEST_DIVISION for text in texts if text)
        and any(text and not cell.text for text, cell in zip(texts, top, strict=True))
        and all(text or cell.text for text, cell in zip(texts, top, strict=True))
    )


def _under_its_names(top: Row, below: Row) -> Row:
    """A row that divides columns of the header, moved under them where the blanks before it were lost."""
    divided = [i for i, cell in enumerate(top) if i and (not cell.text or (i + 1 < len(top) and not top[i + 1].text))]
    names = own_cells(below)
    if len(names) < 2 or len(names) != len(divided) or below[0] is not names[0] or any(cell.rowspan > 1 or cell.colspan > 1 for cell in names):
        return below
    if any(FIGURE.fullmatch(tidy(cell.text)) or len(cell.text) > LONGEST_DIVISION for cell in names):
        return below
    moved = dict(zip(divided, names, strict=True))
    blank = replace(names[0], text="", end=names[0].start)
    return tuple(moved.get(i, blank) for i in range(len(top)))


def _spread(top: Row, below: Row) -> Row:
    """The header's first row with each name over all columns that the second row divides it into."""
    cells = list(top)
    for i, cell in enumerate(below):
        if i and cell.text and not cells[i].text:
            cells[i] = replace(cells[i - 1], propagated=True)
    return tuple(cells)


def _starts_below(rows: tuple[Row, ...], at: int, depth: int) -> bool:
    """Whether the next row refines the header above it rather than repeating it."""
    above = {tidy(cell.text) for row in rows[at : at + depth] for cell in row}
    own = [tidy(cell.text) for cell in own_cells(rows[at + depth])]
    done = any(role_of(text) is None and look_at(text).office for text in own)  # 市水利局 | 2025年 | 全市
    return bool(own) and not done and not set(own) <= above and any(role_of(text) is Role.VALUE for text in own)


def _unlike_body(rows: tuple[Row, ...], at: int) -> bool:
    """Whether the row is all short words above at least one column of figures."""
    if len(rows) - at < 3 or len(rows[at]) < 2:
        return False
    cells = rows[at]
    if any(not c.text or len(c.text) > 20 or FIGURE.fullmatch(tidy(c.text)) for c in cells):
        return False
    for column in range(len(cells)):
        figures = [bool(FIGURE.fullmatch(tidy(row[column].text))) for row in rows[at + 1 :] if row[column].text]
        if len(figures) >= 2 and sum(figures) * 3 >= len(figures) * 2:
            return True
    return False
