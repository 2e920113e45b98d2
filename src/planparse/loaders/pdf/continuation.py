"""Tables that run over pages: joined into one, repeated headers dropped, cells and rows that a page break cut put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planparse.language.offices import is_office
from planparse.loaders.pdf.grids import MIN_COLUMN
from planparse.loaders.pdf.open_rows import NUMBERED
from planparse.loaders.pdf.shapes import Line, RuledTable, TableCell

Block = Line | RuledTable

MAX_HEADER = 4
"""Rows that a repeated header may have."""
MAX_SHIFT = 8.0
"""Points by which the column borders of two pages may differ."""
COUNTED = 0.6
"""Share of a column's cells that must be numbers for it to number the rows."""
_CONTINUED_LINE = re.compile(
    r".{0,30}(?:续\s*表|[（(]\s*续[表\d一二三四五]{0,2}\s*[)）]|[接承]上[表页])|[（(]?单位[:：].{1,12}$"
)
_CAPTION = re.compile(r"专\s*栏\s*[\d一二三四五六七八九十]|[附]?表\s*\d")
_NUMBER = re.compile(r"[（(]?\d{1,3}[)）.、．]?$")
_ENDED = re.compile(r"[。；;！？][”」』）)]*$")
_ORGANS = tuple("局委办部会院厅署所司府室处")
"""What names of bodies end with, and no other word that a line may be broken behind (市住房城乡)."""
_PARTED = re.compile("[、，,；;]")
_BLANKS = re.compile(r"\s+")


def join_tables(flow: Sequence[Block]) -> list[Block]:
    """The blocks of all pages with the parts of each table joined at the place of its first part."""
    result: list[Block] = []
    index = 0
    while index < len(flow):
        block = flow[index]
        result.append(block)
        index += 1
        if not isinstance(block, RuledTable):
            continue
        last = block.page
        while (place := _next_part(flow, index, last)) is not None:
            part = flow[place]
            if not isinstance(part, RuledTable) or not _append(block, part):
                break
            last, index = part.page, place + 1
    return result


def _next_part(flow: Sequence[Block], index: int, page: int) -> int | None:
    """Where the table that begins the next page stands, if nothing but a 续表 line comes before it."""
    for place in range(index, min(index + 3, len(flow))):
        block = flow[place]
        if block.page != page + 1:
            return None
        if isinstance(block, RuledTable):
            return place
        if not _CONTINUED_LINE.match(block.text):
            return None
    return None


def _append(table: RuledTable, part: RuledTable) -> bool:
    """Add a part to the table above it, if it is one. True if it was."""
    header = _repeated_rows(table, part)
    if not _align(table, part, index_only=header > 0) or _is_caption(part):
        return False
    header = _repeated_rows(table, part)
    cells = [cell for cell in part.cells if cell.row >= header]
    if not cells:
        return True
    table.header_rows = max(table.header_rows, header)
    for cell in cells:
        cell.row -= header
    bottom = _bottom_cells(table)
    if _is_cut_row(table, [cell for cell in cells if cell.row == 0], bottom):
        cells, dropped = _join_row(cells, bottom), 1
    else:
        dropped = 0
    cells = _join_spans(cells, bottom)
    for cell in cells:
        cell.row += table.row_count - dropped
    table.cells += cells
    table.row_count += part.row_count - header - dropped
    return True


def _is_caption(part: RuledTable) -> bool:
    first = part.rows()[0]
    return len(first) == 1 and _CAPTION.match(first[0].text) is not None


def _plain(cell: TableCell) -> str:
    return _BLANKS.sub("", cell.text)


def _repeated_rows(table: RuledTable, part: RuledTable) -> int:
    """How many rows at the head of both are equal."""
    above, below = table.rows(), part.rows()
    count = 0
    while count < min(MAX_HEADER, len(above), len(below)):
        if [_plain(c) for c in above[count]] != [_plain(c) for c in below[count]] or not any(
            c.lines for c in below[count]
        ):
            break
        count += 1
    while count and any(c.row < count < c.row + c.rowspan for c in part.cells):
        count -= 1
    return count


def _align(table: RuledTable, part: RuledTable, index_only: bool) -> bool:
    """Bring both onto the same columns. With ``index_only`` (an equal header) the number of columns is enough."""
    if (index_only or (table.open and part.open)) and len(table.columns) == len(part.columns):
        return True
    shift = table.columns[0] - part.columns[0]
    moved = [x + shift for x in part.columns]
    if abs(moved[-1] - table.columns[-1]) > MAX_SHIFT:
        return False
    if len(moved) == len(table.columns):
        return all(abs(a - b) <= MAX_SHIFT for a, b in zip(moved, table.columns, strict=True))
    union = list(table.columns)
    for x in moved:
        if all(abs(x - y) > MIN_COLUMN for y in union):
            union.append(x)
    union.sort()
    if len(union) > max(len(moved), len(table.columns)):
        return False  # neither has all of the other's borders: another table
    for owner, borders in ((table, table.columns), (part, moved)):
        places = [min(range(len(union)), key=lambda i, x=x: abs(union[i] - x)) for x in borders]  # type: ignore[misc]
        for cell in owner.cells:
            cell.column, cell.colspan = places[cell.column], places[cell.column + cell.colspan] - places[cell.column]
        owner.columns = union
    return True


def _bottom_cells(table: RuledTable) -> dict[tuple[int, int], TableCell]:
    """The cells that reach the last row, by column and width."""
    return {(c.column, c.colspan): c for c in table.cells if c.row + c.rowspan == table.row_count}


def _is_cut_row(table: RuledTable, first: list[TableCell], bottom: dict[tuple[int, int], TableCell]) -> bool:
    """Whether a page break cut the last row: its continuation has no number of its own."""
    pairs = [(cell, bottom.get((cell.column, cell.colspan))) for cell in first]
    if any(above is None for _, above in pairs) or not any(cell.lines for cell, _ in pairs):
        return False
    if any(cell.column == 0 and NUMBERED.match(cell.text) for cell in first):
        return False  # a category
    number = _number_column(table)
    both = [(cell, above) for cell, above in pairs if cell.lines and above is not None and above.lines]
    filled = sum(above is not None and bool(above.lines) for _, above in pairs)
    if len(both) * 2 > filled or (len(both) > 1 and any(_ENDED.search(above.text) or _lists_units(above, cell) for cell, above in both)):
        return False  # most cells say something anew: a row of its own, under a number that the page break cut
    if number is not None:
        return any(
            c.column == number and not c.lines and c.rowspan == 1 and above is not None and above.lines
            for c, above in pairs
        )
    left_open = all(
        above is not None and above.lines and not _ENDED.search(above.text) for cell, above in pairs if cell.lines
    )
    return left_open and any(
        not c.lines and c.rowspan == 1 and above is not None and above.lines and above.rowspan == 1
        for c, above in pairs
    )


def _lists_units(above: TableCell, below: TableCell) -> bool:
    """Whether two cells are each a list of units by itself: nothing parts the last unit of the first from the second, and both are whole."""
    last, first = _PARTED.split(_plain(above))[-1], _PARTED.split(_plain(below))[0]
    return last.endswith(_ORGANS) and is_office(last) and is_office(first)


def _number_column(table: RuledTable) -> int | None:
    for column in range(len(table.columns) - 1):
        cells = [c for c in table.cells if c.column == column and c.colspan == 1]
        if len(cells) >= 2 and sum(_NUMBER.match(c.text) is not None for c in cells) >= COUNTED * len(cells):
            return column
    return None


def _join_row(cells: list[TableCell], bottom: dict[tuple[int, int], TableCell]) -> list[TableCell]:
    """Hand the first row's text to the cells that it continues; gives the cells of the other rows."""
    for cell in cells:
        if not cell.row:
            above = bottom[(cell.column, cell.colspan)]
            if cell.lines:
                above.continued.append((cell.width, cell.lines))
            above.rowspan += cell.rowspan - 1
    return [cell for cell in cells if cell.row]


def _join_spans(cells: list[TableCell], bottom: dict[tuple[int, int], TableCell]) -> list[TableCell]:
    """A merged cell that the page break cut is one cell: its second part is empty, or its first."""
    rest: list[TableCell] = []
    begun = min((c.column for c in cells if c.row == 0 and c.lines), default=0)
    for cell in cells:
        above = bottom.get((cell.column, cell.colspan)) if cell.row == 0 else None
        merged = above is not None and (cell.rowspan > 1 or above.rowspan > 1 or (not cell.lines and cell.column < begun))
        if above is None or not merged or (cell.lines and (above.lines or above.rowspan == 1)):
            rest.append(cell)
            continue
        if cell.lines:
            above.continued.append((cell.width, cell.lines))
        above.rowspan += cell.rowspan
    return rest
