"""Draws PDFs for the tests: prose set in lines of a given width, ruled tables, frames."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest

canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab is not installed (pip install -e .[dev])")

from reportlab.pdfbase import pdfmetrics  # noqa: E402
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # noqa: E402

from planparse.loaders.pdf import load_pdf  # noqa: E402
from planparse.loaders.pdf.characters import readable  # noqa: E402
from planparse.model.options import Limits  # noqa: E402
from planparse.model.source import CELL_END, ROW_END, TABLE_START, SourceDocument  # noqa: E402

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

PROSE = "为保障全市城乡供水安全，提高供水能力和水质，结合本市实际制定本方案，请各县区认真组织实施并按时报告进展情况。"
LEFT, RIGHT, TOP, BOTTOM = 90.0, 510.0, 760.0, 100.0


class Drawing:
    """A PDF under construction. Prose flows over pages; everything else stands where it is put."""

    def __init__(self, **options: Any) -> None:
        self._bytes = io.BytesIO()
        self.canvas = canvas.Canvas(self._bytes, pagesize=(595, 842), **options)
        self.y = TOP
        self.page = 1
        self.foot = ""
        self.head = ""
        self.margins = (LEFT, RIGHT)

    def put(self, x: float, y: float, text: str, size: float = 12) -> None:
        self.canvas.setFont("STSong-Light", size)
        self.canvas.drawString(x, y, text)

    def centre(self, text: str, size: float = 12) -> None:
        self.put((sum(self.margins) - size * len(text)) / 2, self.y, text, size)
        self.y -= size * 1.8

    def line(self, text: str, x: float | None = None, size: float = 12) -> None:
        if self.y < BOTTOM:
            self.turn_page()
        self.put(self.margins[0] if x is None else x, self.y, text, size)
        self.y -= size * 1.7

    def prose(self, text: str, size: float = 12, indent: int = 2) -> None:
        """A paragraph in lines of full width, its first line indented by ``indent`` characters."""
        left, right = self.margins
        full = int((right - left) // size)
        first = True
        while text:
            take = full - indent if first else full
            while len(text) > take and text[take] in "，。、；：）" and take > 1:
                take -= 1
            self.line(text[:take], left + (indent * size if first else 0), size)
            text, first = text[take:], False

    def grid(
        self,
        columns: Sequence[float],
        rows: Sequence[Sequence[str]],
        height: float = 24,
        skip: Sequence[tuple[int, int]] = (),
        open_sides: bool = False,
    ) -> None:
        """A ruled table from the current place down. A cell's lines are parted by /. ``skip`` names (row, column) of cells
        without a rule above them: merged with the cell above. A row of one cell goes across all columns."""
        top = self.y + 12
        for index in range(len(rows) + 1):
            for column in range(len(columns) - 1):
                if (index, column) not in skip:
                    self.canvas.line(columns[column], top - index * height, columns[column + 1], top - index * height)
        for index, row in enumerate(rows):
            for x in columns if len(row) > 1 else (columns[0], columns[-1]):
                if not open_sides or x not in (columns[0], columns[-1]):
                    self.canvas.line(x, top - index * height, x, top - (index + 1) * height)
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                lines = cell.split("/")
                for number, text in enumerate(lines):
                    y = top - index * height - height / 2 - 4 + 12 * (len(lines) - 1) / 2 - 12 * number
                    if text:
                        self.put(columns[column] + 5, y, text, 10)
        self.y = top - height * len(rows) - 20

    def turn_page(self) -> None:
        if self.foot:
            text = self.foot.format(self.page)
            self.put(300 - 3 * len(text), 50, text, 10)
        if self.head:
            self.put(LEFT, 800, self.head.format(self.page), 9)
        self.canvas.showPage()
        self.page += 1
        self.y = TOP

    def finish(self) -> bytes:
        self.turn_page()
        self.canvas.save()
        return self._bytes.getvalue()

    def read(self, limits: Limits | None = None) -> SourceDocument:
        return read(self.finish(), limits)


def read(data: bytes, limits: Limits | None = None) -> SourceDocument:
    """Load a PDF and check what holds for every PDF: each character stands in the source where the body says it does."""
    document = load_pdf(data, "plan.pdf", limits or Limits())
    body, source = document.body, readable(document.text)
    assert document.media_type == "application/pdf"
    assert list(document.pages) == sorted(document.pages)
    for place, character in enumerate(body.text):
        if "\u4e00" <= character <= "\u9fff":
            assert source[body.source_of(place)] == character
    lines = [line for line in body.text.split("\n") if line.startswith(TABLE_START)]
    assert len(lines) == len(document.tables)
    for line, shape in zip(lines, document.tables, strict=True):
        rows = line[1:-1].split(ROW_END)[:-1]
        assert [row.count(CELL_END) for row in rows] == [len(row) for row in shape.rows]
    return document


def lines_of(document: SourceDocument) -> list[str]:
    return document.body.text.split("\n")


def tables_of(document: SourceDocument) -> list[list[list[str]]]:
    """The cells of every table, row by row."""
    lines = [line for line in lines_of(document) if line.startswith(TABLE_START)]
    return [[row.split(CELL_END)[:-1] for row in line[1:-1].split(ROW_END)[:-1]] for line in lines]
