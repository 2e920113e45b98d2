"""Rows of a table whose columns are ruled, and whose rows are not: one ruled row that holds several, told by the lines beside each other."""

from __future__ import annotations

import re
from collections import Counter

from planparse.loaders.pdf.open_rows import Placed, deal_rows
from planparse.loaders.pdf.shapes import RuledTable, TableCell
from planparse.loaders.pdf.textlayer import TextLayer

FEWEST_COLUMNS = 2
"""So many columns hold nothing but a figure on each line, as many as there are rows."""
_FIGURE = re.compile(r"[≥≤<>＜＞]?-?[0-9][0-9,.]*[%年]?(?:[-—–~～至][0-9][0-9.]*年?)?")


def divide_rows(layer: TextLayer, table: RuledTable) -> None:
    """Divide each row that holds several; the head may stand in the same ruled row as all others."""
    for number in range(table.row_count - 1, -1, -1):
        row = [cell for cell in table.cells if cell.row <= number < cell.row + cell.rowspan]
        count = _count_rows(row)
        if count < 2 or any(cell.rowspan > 1 for cell in row):
            continue
        placed = [Placed(line, cell.column, cell.column + cell.colspan - 1) for cell in row for line in cell.lines]
        dealt = deal_rows(layer, placed, table.columns, [])
        if dealt is None or max(cell.row for cell in dealt) + 1 != count or any(cell.rowspan > 1 for cell in dealt):
            continue  # a name beside several figures is one row of a project in several years
        below = [cell for cell in table.cells if cell.row > number]
        table.cells = [cell for cell in table.cells if cell.row < number]
        for cell in below:
            cell.row += count - 1
        for cell in dealt:
            cell.row += number
        table.cells += [*dealt, *below]
        table.row_count += count - 1


def _count_rows(row: list[TableCell]) -> int:
    """How many rows the columns of figures of a ruled row tell of, with a head above the figures; 1 where they do not agree."""
    counts: Counter[int] = Counter()
    for cell in row:
        texts = [line.text.strip() for line in cell.lines]
        figures = [_FIGURE.fullmatch(text) is not None for text in texts]
        if sum(figures) > 1 and all(figures[figures.index(True) :]):
            counts[sum(figures) + (0 if figures[0] else 1)] += 1
    count, columns = counts.most_common(1)[0] if counts else (1, 0)
    return count if columns >= FEWEST_COLUMNS and len(counts) == 1 else 1
