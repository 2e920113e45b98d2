"""What a PDF page is made of once it is read: lines of text, ruled tables and ruled frames, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """One line of text. Coordinates are points in the reading frame: x to the right, y (``base``, the baseline) upward."""

    text: str
    """As in the text layer, without blanks at its ends."""
    left: float
    right: float
    base: float
    size: float
    """Height of its characters (em)."""
    page: int
    drops: tuple[tuple[int, int], ...] = ()
    """Stretches of ``text`` that are blanks which the page layout made, not the author."""
    zone: tuple[int, int] = (0, 0)
    """(frame, row of the frame) for a line in a ruled frame, (0, 0) on the open page, (-1, n) in column n of several."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where its characters stand in the page's text layer."""
    at: int = -1
    """Offset in the source text, once that is laid out."""

    @property
    def end(self) -> int:
        """Offset in the source text at which it ends."""
        return self.at + len(self.text)


@dataclass(slots=True)
class TableCell:
    """One cell of a ruled table: where it stands in the grid and the lines in it."""

    row: int
    column: int
    rowspan: int
    colspan: int
    width: float
    lines: list[Line] = field(default_factory=list)
    continued: list[tuple[float, list[Line]]] = field(default_factory=list)
    """Lines of the same cell on the next pages, each with the cell's width there."""
    at: int = -1
    """Offset in the source text at which an empty cell would stand."""

    @property
    def text(self) -> str:
        """Its lines without what stands between them."""
        return "".join(line.text for line in self.lines)


@dataclass(slots=True)
class RuledTable:
    """A table whose cells are drawn. ``columns`` are the x of its column borders, from left to right."""

    cells: list[TableCell]
    columns: list[float]
    row_count: int
    top: float
    bottom: float
    page: int
    header_rows: int = 0
    """Rows known to be header because a later page repeats them."""
    open: bool = False
    """No rules enclose it: the borders of its columns are where gaps are, and may differ from page to page."""

    def rows(self) -> list[list[TableCell]]:
        """Cells by the row in which they begin, from left to right."""
        rows: list[list[TableCell]] = [[] for _ in range(self.row_count)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        for row in rows:
            row.sort(key=lambda c: c.column)
        return rows


@dataclass(slots=True)
class PdfPage:
    """One page as read."""

    number: int
    """From 0."""
    width: float
    height: float
    blocks: list[Line | RuledTable]
    sound: bool = True
    pictured: bool = False
    """No text but pictures: nothing to read."""
    unread_captions: list[Line] = field(default_factory=list)
    """Captions of tables on a page that has a picture and no table."""
    readable: bool = True
    """False for a page that PDFium could not open."""

    @property
    def open_end(self) -> RuledTable | None:
        """The table without rules at the end of the page, if there is one with no more than a page number or a note below."""
        return next((block for block in self.blocks[-3:] if isinstance(block, RuledTable) and block.open), None)

    @property
    def lines(self) -> list[Line]:
        """The blocks that are lines."""
        return [block for block in self.blocks if isinstance(block, Line)]
