"""A source as a PDF with a text layer: pages with numbers, tables and boxes with rules, over as many pages as they need."""

from __future__ import annotations

import io
from functools import partial
from typing import Any

from marked import Box, Contents, Line, Source, Table, marker
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, Spacer

FONT = "STSong-Light"
SIZE = 12
MARGIN = 85
WIDTH = A4[0] - 2 * MARGIN
RULES = [("GRID", (0, 0), (-1, -1), 0.5, "#000000"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
_STYLE = partial(ParagraphStyle, fontName=FONT, fontSize=SIZE, leading=SIZE * 1.7, wordWrap="CJK")
BODY = _STYLE("body", firstLineIndent=2 * SIZE)
HEADING = _STYLE("heading", firstLineIndent=2 * SIZE, fontSize=13)
TITLE = _STYLE("title", alignment=TA_CENTER, fontSize=16, leading=28)
CENTRE = _STYLE("centre", alignment=TA_CENTER, spaceBefore=6)
RIGHT = _STYLE("right", alignment=TA_RIGHT, rightIndent=SIZE)
CELL = _STYLE("cell", fontSize=10, leading=14)
TITLE_LENGTH = 10


def write_pdf(source: Source) -> bytes:
    """The bytes of the file: the same source always gives the same."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    template = SimpleDocTemplate(
        stream, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
        invariant=1, pageCompression=1, title=source.title,
    )  # fmt: skip
    story: list[Flowable] = []
    if source.meta:
        cells = [[Paragraph(_safe(cell), CELL) for cell in row] for row in source.meta]
        story += [LongTable(cells, colWidths=[WIDTH / len(cells[0])] * len(cells[0]), style=RULES), Spacer(1, SIZE)]
    for block in source.blocks:
        story += _flowables(block)
    template.build(story, onFirstPage=_foot, onLaterPages=_foot)
    return stream.getvalue()


def _foot(canvas: Any, template: Any) -> None:
    canvas.setFont(FONT, 10)
    canvas.drawCentredString(A4[0] / 2, 45, f"— {template.page} —")


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")


def _flowables(block: Line | Table | Contents | Box) -> list[Flowable]:
    if isinstance(block, Table):
        return [_table(block), Spacer(1, SIZE)]
    if isinstance(block, Box):
        cells = [[[Paragraph(_safe(block.caption), CENTRE), *(Paragraph(_safe(line), BODY) for line in block.lines)]]]
        return [LongTable(cells, colWidths=[WIDTH], style=RULES), Spacer(1, SIZE)]
    if isinstance(block, Contents):
        entries = (f"{entry}{'…' * max(2, 30 - len(entry))}{page}" for entry, page in block.entries)
        return [Paragraph(block.heading, TITLE), *(Paragraph(_safe(entry), _STYLE("entry")) for entry in entries)]
    if block.style == "body":
        heading = marker(block.text) is not None and "。" not in block.text
        return [Paragraph(_safe(block.text), HEADING if heading else BODY)]
    lines = (block.text, *block.more)
    if block.style == "right":
        return [Paragraph(_safe(line), RIGHT) for line in lines]
    style = TITLE if len("".join(lines)) > TITLE_LENGTH and not block.text.startswith(("表", "专栏")) else CENTRE
    return [Paragraph("<br/>".join(map(_safe, lines)), style)]


def _table(table: Table) -> LongTable:
    grid: list[list[Any]] = [[""] * table.width for _ in table.rows]
    spans = []
    for row, column, cell in table.placed():
        grid[row][column] = Paragraph(_safe(cell.text), CELL)
        if cell.rows > 1 or cell.columns > 1:
            spans.append(("SPAN", (column, row), (column + cell.columns - 1, row + cell.rows - 1)))
    return LongTable(grid, colWidths=_widths(table), style=[*RULES, *spans], repeatRows=table.header_rows)


def _widths(table: Table) -> list[float]:
    """Columns as wide as their longest words ask for, within reason."""
    longest = [2.0] * table.width
    for _, column, cell in table.placed():
        if cell.columns == 1:
            longest[column] = max(longest[column], min(16, max(map(len, cell.text.split("\n")))))
    return [WIDTH * length / sum(longest) for length in longest]
