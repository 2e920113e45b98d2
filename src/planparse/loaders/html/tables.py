"""Tables of a page: which of them hold data and which only lay the page out, and how their cells span."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from planparse.language.shapes.lines import begins_box
from planparse.loaders.html.segments import Piece
from planparse.model.source import CELL_BREAK, CELL_END, ROW_END, TABLE_END, TABLE_START, CellShape, TableShape

MAX_SPAN = 1000
"""As browsers do; a colspan of a million is a mistake."""
NESTED_SHARE = 0.3
"""A table of which this much stands in tables within it only lays them out."""
COLUMN_SHARE = 0.6
"""A table of which one cell holds this much of a long text lays out the columns of a page."""
COLUMN_CHARS = 1500
"""What is a long text: the longest cells of task tables have some 800 characters."""
MIN_ROWS = 4
"""Tables with tables in them and fewer rows lay a page out."""
ROW_CHARS = 200
"""The cells of a table of one row are shorter than this."""
_CELLS = ("td", "th")
_SECTIONS = ("thead", "tbody", "tfoot")

Rows = list[list[etree._Element]]
Collect = Callable[[etree._Element], list[Piece]]
"""The text of one cell, line breaks within it as CELL_BREAK."""


def rows_of(table: etree._Element, hides: Callable[[etree._Element], bool]) -> tuple[Rows, int]:
    """The visible cells of the table's own rows, and how many rows stand in <thead>."""
    rows: Rows = []
    head = 0
    for child in table:
        if child.tag in _SECTIONS and not hides(child):
            section: Iterable[etree._Element] = child
        elif child.tag == "tr":
            section = (child,)
        else:
            continue
        for row in section:
            if row.tag == "tr" and not hides(row):
                rows.append([cell for cell in row if cell.tag in _CELLS and not hides(cell)])
                head += child.tag == "thead" and head == len(rows) - 1
    return rows, head


def is_data(table: etree._Element, rows: Rows, size_of: Callable[[etree._Element], int], first: str) -> bool:
    """Whether a table holds data: rows of cells that belong together, or a box (专栏).

    ``size_of`` gives the number of characters below an element; ``first`` is how the table's text begins.
    """
    if not rows or table.get("role") in ("presentation", "none"):
        return False
    nested = next(table.iterdescendants("table"), None) is not None
    width = max(sum(span(cell, "colspan") for cell in row) if row else 0 for row in rows)
    box = begins_box(first)
    if (width < 2 and not box) or (nested and (len(rows) < MIN_ROWS or width < 2)):
        return False
    sizes = [[size_of(cell) for cell in row] for row in rows]
    total = sum(map(sum, sizes))
    if nested and sum(map(size_of, _tables_in(table))) >= NESTED_SHARE * total:
        return False
    filled = sum(1 for row in sizes for size in row if size)
    if width < 2 or filled < 2:
        return bool(filled) and box and total < 20 * COLUMN_CHARS
    largest = max(max(row, default=0) for row in sizes)
    if len(rows) == 1 and not box:  # one row of short cells may be a table's part; long ones are columns of a page
        return largest < ROW_CHARS
    return largest < COLUMN_SHARE * total or (largest < COLUMN_CHARS and not nested)


def _tables_in(element: etree._Element) -> Iterator[etree._Element]:
    """The tables below an element, but not those within them."""
    for child in element:
        if child.tag == "table":
            yield child
        else:
            yield from _tables_in(child)


def span(cell: etree._Element, name: str) -> int:
    """The cell's rowspan or colspan; 1 where it says nothing sensible."""
    value = cell.get(name)
    if value is None:
        return 1
    digits = re.match(r"\s*(\d{1,6})", value)
    return min(MAX_SPAN, int(digits[1])) if digits else 1


def table_line(rows: Rows, head: int, collect: Collect, place: int) -> tuple[list[Piece], TableShape]:
    """One table as a table line (see ``model.source``) with the source place of every character, and its shape.

    ``place`` is where a table without text stands in the source text; a rowspan of 0 or beyond the last row ends with it.
    """
    contents = [[trim(collect(cell)) for cell in row] for row in rows]
    place = next((content[0][1] for row in contents for content in row if content), place)
    pieces: list[Piece] = [(TABLE_START, place)]
    shapes: list[tuple[CellShape, ...]] = []
    for number, row in enumerate(rows):
        shape: list[CellShape] = []
        left = len(rows) - number
        for cell, content in zip(row, contents[number], strict=True):
            pieces += content
            if content:
                place = content[-1][1] + len(content[-1][0])
            pieces.append((CELL_END, place))
            down = span(cell, "rowspan") or left
            shape.append(CellShape(min(down, left), max(1, span(cell, "colspan")), number < head or cell.tag == "th"))
        pieces.append((ROW_END, place))
        shapes.append(tuple(shape))
    pieces.append((TABLE_END, place))
    return pieces, TableShape(tuple(shapes))


BLANKS = " \t\r\n\f\u3000\xa0" + CELL_BREAK


def trim(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the blanks at both ends."""
    first, last = 0, len(pieces)
    while first < last and not pieces[first][0].strip(BLANKS):
        first += 1
    while last > first and not pieces[last - 1][0].strip(BLANKS):
        last -= 1
    kept = pieces[first:last]
    if kept:
        text, place = kept[0]
        stripped = text.lstrip(BLANKS)
        kept[0] = (stripped, place + len(text) - len(stripped))
        text, place = kept[-1]
        kept[-1] = (text.rstrip(BLANKS), place)
    return kept
