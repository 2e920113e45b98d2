"""A source as a Word document: automatic numbers where the numbering allows it, merged cells, boxes as tables of one cell."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from marked import Box, Contents, Line, Marker, Source, Table, marker

DATE = datetime.datetime(2024, 1, 1)
ZIP_DATE = (2024, 1, 1, 0, 0, 0)
LIST = 900
_FORMS = ("chineseCounting",) * 5 + ("decimal",)
_ALIGN = {"centre": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


class Numbering:
    """A list of as many levels as the document numbers; a heading takes part where Word would count as the document does."""

    def __init__(self, document: Any, source: Source) -> None:
        lines = [block.text for block in source.blocks if isinstance(block, Line) and block.style == "body"]
        found = [one for one in map(marker, lines) if one]
        self.ranks = sorted({one.rank for one in found})
        self.shapes = {rank: next(one.pattern for one in found if one.rank == rank) for rank in self.ranks}
        self.going_on = {rank for rank in self.ranks if _goes_on([one for one in found if one.rank <= rank], rank)}
        self.counts: dict[int, int] = {}
        levels = "".join(self._level(depth, rank) for depth, rank in enumerate(self.ranks))
        root = document.part.numbering_part.element
        root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{LIST}">{levels}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{LIST}"><w:abstractNumId w:val="{LIST}"/></w:num>'))

    def _level(self, depth: int, rank: int) -> str:
        restart = '<w:lvlRestart w:val="0"/>' if rank in self.going_on else ""
        shape = self.shapes[rank].replace("%{}", f"%{depth + 1}")
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{_FORMS[rank]}"/>{restart}'
            f'<w:suff w:val="nothing"/><w:lvlText w:val="{shape}"/></w:lvl>'
        )

    def depth(self, one: Marker | None) -> int | None:
        """The level at which the list shows just this number next; None where the number has to be typed."""
        if one is None or one.pattern != self.shapes[one.rank] or one.value != self.counts.get(one.rank, 0) + 1:
            return None
        self.counts[one.rank] = one.value
        for rank in self.ranks:
            if rank > one.rank and rank not in self.going_on:
                self.counts[rank] = 0
        return self.ranks.index(one.rank)


def _goes_on(markers: list[Marker], rank: int) -> bool:
    """Numbers of this rank are never begun anew below a heading of higher rank."""
    values = [one.value for one in markers if one.rank == rank]
    return values.count(1) == 1 and any(one.rank < rank for one in markers)


def write_docx(source: Source) -> bytes:
    """The bytes of the package: the same source always gives the same."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(12)
    numbering = Numbering(document, source)
    if source.meta:
        _fill(document.add_table(len(source.meta), len(source.meta[0]), "Table Grid"), source.meta)
    for block in source.blocks:
        if isinstance(block, Line):
            _line(document, block, numbering)
        elif isinstance(block, Contents):
            document.add_paragraph(block.heading).alignment = WD_ALIGN_PARAGRAPH.CENTER
            for entry, page in block.entries:
                document.add_paragraph(f"{entry}\t{page}")
        elif isinstance(block, Box):
            _box(document, block)
        else:
            _table(document, block)
    properties = document.core_properties
    properties.title, properties.author = source.title, ""
    properties.created = properties.modified = DATE
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def repacked(data: bytes) -> bytes:
    """The package with fixed dates, and without the template's picture of itself."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for info in packed.infolist():
            if "thumbnail" not in info.filename:
                member = zipfile.ZipInfo(info.filename, ZIP_DATE)
                written.writestr(member, _without_thumbnail(packed.read(info)), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _without_thumbnail(content: bytes) -> bytes:
    start = content.find(b"<Relationship ")
    while start != -1:
        end = content.index(b"/>", start) + 2
        if b"thumbnail" in content[start:end]:
            return content[:start] + content[end:]
        start = content.find(b"<Relationship ", end)
    return content


def _fill(table: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text


def _line(document: Any, line: Line, numbering: Numbering) -> None:
    if line.style != "body":
        for text in (line.text, *line.more):
            document.add_paragraph(text).alignment = _ALIGN[line.style]
        return
    one = marker(line.text)
    depth = numbering.depth(one)
    if one is None or depth is None:
        paragraph = document.add_paragraph(line.text)
        paragraph.paragraph_format.first_line_indent = Cm(0.85)
        return
    words = line.text[len(one.words) :]
    run_in = "。" in words
    paragraph = document.add_paragraph(words, style=None if run_in else f"Heading {min(depth + 1, 9)}")
    numbers = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{LIST}"/></w:numPr>'
    properties = paragraph._p.get_or_add_pPr()
    style = properties.find(qn("w:pStyle"))
    properties.insert(0 if style is None else 1, parse_xml(numbers))


def _box(document: Any, box: Box) -> None:
    cell = document.add_table(1, 1, "Table Grid").cell(0, 0)
    cell.text = box.caption
    for line in box.lines:
        cell.add_paragraph(line)


def _table(document: Any, table: Table) -> None:
    made = document.add_table(len(table.rows), table.width, "Table Grid")
    for row, column, cell in table.placed():
        place = made.cell(row, column)
        if cell.rows > 1 or cell.columns > 1:
            place = place.merge(made.cell(row + cell.rows - 1, column + cell.columns - 1))
        place.text = cell.text
    for row in made.rows[: table.header_rows]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
