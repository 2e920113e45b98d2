"""The columns of a grid by what they hold, told from their headers and, where a header has two meanings, from their cells."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from planparse.language.columns import NAMING, Role
from planparse.language.shapes import Rank, find_marker
from planparse.language.tidy import tidy
from planparse.model.document import Cell, Grid
from planparse.tables.fit import ORDINAL
from planparse.tables.roles import Columns, is_sum

Row = tuple[Cell, ...]

_ABSENT = re.compile(r"[\s—_\-－–―/／\\*.·]*")
_CATEGORY_RANKS = (Rank.CHINESE, Rank.CHINESE_PAREN)
_TOLD = (Role.CONTENT, Role.LEAD, Role.SUPPORT, Role.END, Role.YEARS, Role.START, Role.PLACE, Role.UNIT, Role.PROPERTY)
"""What a row says of something of its own; a category has no more than a name, and sums of what stands below it."""
_BETWEEN_FIGURES = re.compile(r"(?<=[0-9%])[ \t]*[\x0b\n]\s*(?=[0-9])")
_ORDINAL_CELL = re.compile(r"([一二三四五六七八九十]{1,3})[、.．]?\s+(?=\S)")


def is_absent(text: str) -> bool:
    """Whether a cell says nothing: empty, or a dash, stroke or underline."""
    return _ABSENT.fullmatch(text) is not None


def category_of(row: Row, columns: Columns) -> str | None:
    """The category that a row states for those below it: one cell over all columns, or alone in its row and numbered 一、 or （一）."""
    if _is_numbered_heading(row, columns):
        return text_at(row, columns.first(*NAMING))
    first = tidy(row[0].text)
    ordinal = _ORDINAL_CELL.match(row[0].text)
    if ordinal:
        first = f"{ordinal[1]}、{tidy(row[0].text[ordinal.end() :])}"
    marker = find_marker(first)
    if (
        marker is not None
        and marker.rank in _CATEGORY_RANKS
        and not any(text_at(row, i) and row[i].start != row[0].start for i in columns.of(*NAMING, *_TOLD) if i > 0)
    ):
        return first
    if is_sum(first):
        return None
    held = {(c.start, c.end): c for c in row if c.text and not is_absent(c.text)}
    if len(held) != 1:
        return None
    cell = next(iter(held.values()))
    text = tidy(cell.text)
    if len(row) > 1 and all(c.start == cell.start and c.text for c in row):
        return text
    marker = find_marker(text)
    if marker is not None and marker.rank in _CATEGORY_RANKS and len(text) <= 40:
        return text
    number = columns.first(Role.NUMBER)
    alone_first = bool(row[0].text) and (number is None or not row[number].text or number == 0)
    return text if alone_first and number is not None and len(text) <= 30 and not text.isdecimal() else None


def _is_numbered_heading(row: Row, columns: Columns) -> bool:
    """Whether a row has a Chinese ordinal for its serial number and nothing but a name and sums: 一 | 水源工程（2项） |  |  | 12000."""
    number = columns.first(Role.NUMBER)
    if number is None or ORDINAL.fullmatch(tidy(row[number].text)) is None or not text_at(row, columns.first(*NAMING)):
        return False
    told = columns.of(*_TOLD)
    return bool(told) and not any(text_at(row, i) for i in told)


@dataclass(slots=True)
class Categories:
    """The category that a row stands under: of a row that only names one, and of the category columns, whose cells often stand once."""

    columns: Columns
    numbers: list[int]
    heading: str | None = None
    carried: dict[int, str] = field(default_factory=dict)

    def is_heading(self, row: Row) -> bool:
        """Whether the row only names a category; it then holds for the rows below."""
        heading = category_of(row, self.columns)
        if heading is not None:
            self.name(heading)
        return heading is not None

    def name(self, heading: str) -> None:
        """Let a category hold for the rows below."""
        self.heading = heading
        self.carried.clear()

    def of(self, row: Row, name: str = "") -> str | None:
        """The row's category: its own cells, those above it, or the heading above."""
        for column in self.numbers:
            text = text_at(row, column)
            if text:
                self.carried[column] = text
        own = dict.fromkeys(t for column in self.numbers if (t := self.carried.get(column)) and t != name)
        return " ".join(own) or self.heading


def span_of(row: Row) -> tuple[int, int]:
    """The stretch of clean text in which the row's own cells stand."""
    own = [c for c in row if c.text and not c.propagated] or [c for c in row if c.text] or list(row)
    return min(c.start for c in own), max(c.end for c in own)


def text_at(row: Row, column: int | None) -> str:
    """The cell's wording with line breaks closed up; "" where there is no such column or it says nothing."""
    if column is None:
        return ""
    text = tidy(row[column].text)
    return "" if is_absent(text) else text


def figures_at(row: Row, column: int) -> str:
    """The same of a cell of figures, but that a break between two of them is left: they may be two values."""
    text = "\n".join(map(tidy, _BETWEEN_FIGURES.split(row[column].text)))
    return "" if is_absent(text) else text


def merged_columns(grid: Grid, columns: list[int]) -> dict[int, int]:
    """How many body rows of each column repeat the cell above."""
    counts: dict[int, int] = defaultdict(int)
    for row in grid.body:
        for column in columns:
            beside = column > 0 and row[column - 1].start == row[column].start
            if row[column].propagated and row[column].text and not beside and len({c.start for c in row}) > 1:
                counts[column] += 1
    return dict(counts)
