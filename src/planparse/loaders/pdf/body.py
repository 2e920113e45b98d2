"""Blocks → source text and body: the text layer in reading order, and the paragraphs and table lines made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from planparse.loaders.pdf.cells import cell_separators
from planparse.loaders.pdf.characters import readable
from planparse.loaders.pdf.layout import Layout
from planparse.loaders.pdf.paragraphs import begins_paragraph, glue
from planparse.loaders.pdf.shapes import Line, PdfPage, RuledTable, TableCell
from planparse.model.source import CELL_END, ROW_END, TABLE_END, TABLE_START, CellShape, LineHint, TableShape
from planparse.model.text import MappedText

# The end of a sentence, a blank, and a heading's marker: two lines that a producer set on one.
_TWO_IN_ONE = re.compile(
    r"(?<=[。！；］）\])])[ \u3000]+(?=[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)"
)

_CAPTION = re.compile(r"专\s*栏\s*[\d一二三四五六七八九十]")


def lay_out_source(pages: Sequence[PdfPage]) -> tuple[str, tuple[int, ...]]:
    """The source text, every line on its own, and the offset at which each page begins. Lines learn their place (``at``)."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for page in pages:
        starts.append(length)
        for block in page.blocks:
            if isinstance(block, Line):
                block.at = length
                parts.append(block.text)
                length += len(block.text) + 1
                continue
            for row in block.rows():
                for cell in row:
                    cell.at = length
                    for line in cell.lines:
                        line.at = length
                        parts.append(line.text)
                        length += len(line.text) + 1
    return "\n".join(parts), tuple(min(start, max(0, length - 1)) for start in starts)


class BodyBuilder:
    """Collects the body piece by piece, each with its place in the source text."""

    def __init__(self, source: str) -> None:
        self._readable = readable(source)
        self._pieces: list[tuple[str, int]] = []
        self._length = 0
        self._last = 0
        self.shapes: list[TableShape] = []
        self.hints: dict[int, LineHint] = {}

    def body(self) -> MappedText:
        """What was collected."""
        return MappedText.of(self._pieces)

    def _add(self, text: str, source: int) -> None:
        self._pieces.append((text, source))
        self._length += len(text)

    def mark(self, text: str) -> None:
        """A separator, mapped to where the text before it ended."""
        self._add(text, self._last)

    def line(self, line: Line) -> None:
        """The text of one line, blanks of the layout left out."""
        start = line.at
        for low, high in line.drops:
            self._add(self._readable[start : line.at + low], start)
            start = line.at + high
        self._add(self._readable[start : line.end], start)
        self._last = max(self._last, line.end)

    def paragraph(self, lines: Sequence[Line], layout: Layout, frame: int | None) -> None:
        """One line of the body, made of printed lines."""
        if self._length:
            self.mark("\n")
        if frame is not None:
            self.hints[self._length] = LineHint(frame=frame)
        for index, line in enumerate(lines):
            if index:
                self.mark(glue(lines[index - 1], line, layout.measure(lines[index - 1])))
            self.line(line)

    def table(self, table: RuledTable) -> None:
        """One structured line, see ``model.source``."""
        if self._length:
            self.mark("\n")
        rows = _compact(table)
        self.mark(TABLE_START)
        shapes: list[tuple[CellShape, ...]] = []
        for number, row in enumerate(rows):
            for cell in row:
                self._cell(cell)
                self.mark(CELL_END)
            self.mark(ROW_END)
            shapes.append(tuple(CellShape(c.rowspan, c.colspan, number < table.header_rows) for c in row))
        self.mark(TABLE_END)
        self.shapes.append(TableShape(tuple(shapes)))

    def _cell(self, cell: TableCell) -> None:
        if not cell.lines and cell.at >= 0:
            self._last = max(self._last, cell.at - 1)
        for separator, line in cell_separators(cell):
            if separator:
                self.mark(separator)
            self.line(line)


def _compact(table: RuledTable) -> list[list[TableCell]]:
    """The table's rows; rows and columns in which no cell begins are closed up."""
    row_starts = sorted({cell.row for cell in table.cells})
    column_starts = sorted({cell.column for cell in table.cells})
    for cell in table.cells:
        cell.rowspan = sum(cell.row <= r < cell.row + cell.rowspan for r in row_starts)
        cell.colspan = sum(cell.column <= c < cell.column + cell.colspan for c in column_starts)
        cell.row = row_starts.index(cell.row)
    table.row_count = len(row_starts)
    return table.rows()


def build_body(flow: Iterable[Line | RuledTable], source: str, layout: Layout) -> BodyBuilder:
    """Write the body. ``flow`` is what is left of the pages' blocks: no furniture, tables joined over pages."""
    builder = BodyBuilder(source)
    paragraph: list[Line] = []
    text = ""
    frames = _FrameNumbers()

    def close() -> None:
        nonlocal paragraph, text
        if paragraph:
            builder.paragraph(paragraph, layout, frames.number(paragraph[0]))
        paragraph, text = [], ""

    for block in flow:
        if isinstance(block, RuledTable):
            close()
            builder.table(block)
            frames.interrupt()
            continue
        for line in _single_lines(block):
            if paragraph and begins_paragraph(paragraph[-1], line, layout, text):
                close()
            paragraph.append(line)
            text += line.text
    close()
    return builder


def _single_lines(line: Line) -> list[Line]:
    """A line cut where it holds the end of a paragraph and a heading."""
    match = _TWO_IN_ONE.search(line.text) if " " in line.text or "\u3000" in line.text else None
    if match is None:
        return [line]
    low, high = match.span()
    text, size = line.text, line.size
    left = line.right - (len(text) - high) * size
    return [
        replace(line, text=text[:low], right=line.left + low * size, drops=_within(line, 0, low)),
        replace(line, text=text[high:], left=left, base=line.base - 0.5 * size, drops=_within(line, high, len(text)), at=line.at + high),
    ]


def _within(line: Line, low: int, high: int) -> tuple[tuple[int, int], ...]:
    return tuple((a - low, b - low) for a, b in line.drops if low <= a and b <= high)


class _FrameNumbers:
    """Numbers the document's frames; a frame that goes on at the head of the next page keeps its number."""

    def __init__(self) -> None:
        self._count = 0
        self._page = self._zone = -1
        self._open = False

    def interrupt(self) -> None:
        """A table ends the open frame."""
        self._open = False

    def number(self, line: Line) -> int | None:
        """The number of the frame that a paragraph begins in, or None."""
        zone = line.zone[0]
        if zone <= 0:
            self._open = False
            return None
        follows = line.page == self._page + 1 and not _CAPTION.match(line.text)
        same = self._open and ((line.page == self._page and zone == self._zone) or follows)
        if not same:
            self._count += 1
        self._page, self._zone, self._open = line.page, zone, True
        return self._count
