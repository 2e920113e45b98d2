"""The body of a Word document in the order of its pages: paragraphs with their numbers, tables in place, text boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from planparse.language.shapes.lines import begins_box
from planparse.loaders.docx.chunks import Chunks
from planparse.loaders.docx.numbering import Element, Numbering, attribute, integer, local
from planparse.loaders.docx.styles import Style, list_of
from planparse.loaders.docx.tables import WRAPPERS, grid_of, words
from planparse.model.findings import Code, Note
from planparse.model.source import (
    BLANK_STRUCTURE_MARKS,
    CELL_BREAK,
    CELL_END,
    ROW_END,
    TABLE_END,
    TABLE_START,
    CellShape,
    LineHint,
    SourceDocument,
    TableShape,
)

MAX_HEADING = 9
BIG_IMAGE = 1_800_000, 700_000
"""Width and height in EMU (5 cm by 2 cm) from which a picture on a line of its own may be a table."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
# Elements whose content is not the document's text.
_SKIPPED = frozenset(
    (
        *("del", "moveFrom", "delText", "instrText", "rt"),
        *("pPr", "rPr", "tblPr", "tblGrid", "sectPr", "sdtPr", "tcPr", "trPr"),
    )
)
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(slots=True)
class Paragraph:
    """One paragraph while it is read."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    images: list[tuple[int, int]] = field(default_factory=list)
    hidden: int = 0
    faces: set[int | None] = field(default_factory=set)
    """Sizes of the heavy type that its words are set in, in tenths of a point (0: not told); None for other type."""


class BodyReader:
    """Reads a body into lines; afterwards ``text``, ``tables``, ``hints`` and ``notes`` are what it gave.

    Guarantees: no line holds a control character but tab and, in table lines, the structure marks.
    """

    def __init__(
        self, numbering: Numbering, styles: dict[str, Style], default_style: str | None, chunks: Chunks
    ) -> None:
        self.numbering = numbering
        self.chunks = chunks
        self.styles = styles
        self.default_style = default_style
        self.lines: list[str] = []
        self.length = 0
        self.tables: list[TableShape] = []
        self.hints: dict[int, LineHint] = {}
        self.notes: list[Note] = []

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def read(self, container: Element) -> None:
        """Read block after block: paragraphs and tables, and those in what only wraps them."""
        for element in container:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name == "altChunk":
                self._chunk(element)
            elif name == "AlternateContent":
                self.read(_alternative(element))
            elif name in WRAPPERS:
                self.read(element)

    def _line(self, text: str) -> None:
        self.lines.append(text)
        self.length += len(text) + 1

    def _chunk(self, element: Element) -> None:
        """The lines and tables of an embedded part; its findings stand at all of it, since its own text is not kept."""
        begin = self.length
        source = self._embedded(element)
        if source is None or not source.body.text:
            return
        self.hints.update((begin + at, hint) for at, hint in source.hints.items())
        self.tables += source.tables
        for line in source.body.text.split("\n"):
            self._line(line)
        self.notes += [replace(note, start=begin, end=self.length - 1) for note in source.notes]

    def _embedded(self, element: Element) -> SourceDocument | None:
        """An embedded part as a document; where it cannot be read, a note says so at its place."""
        identifier = next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")
        found = self.chunks(identifier)
        if found.note is not None:
            self.notes.append(replace(found.note, start=self.length, end=self.length))
        return found.source

    def _paragraph(self, element: Element) -> None:
        paragraph, label, level = self._read(element)
        text = "".join(paragraph.parts).rstrip()
        if text.strip():
            if label:
                text = text.lstrip()
                text = label + (" " if label[-1] in "．." and text[0].isdigit() else "") + text
            heavy = next(iter(paragraph.faces)) if len(paragraph.faces) == 1 and "\n" not in text else None
            if level is not None or heavy is not None:
                self.hints[self.length] = LineHint(heading_level=level, heavy=heavy)
            for line in text.split("\n"):
                self._line(line)
        elif any(width >= BIG_IMAGE[0] and height >= BIG_IMAGE[1] for width, height in paragraph.images):
            self.notes.append(Note(Code.IMAGE_TABLE, "picture", self.length, self.length))
        if paragraph.hidden:
            at = max(0, self.length - 1)
            self.notes.append(Note.of(Code.INJECTED_TEXT, "characters", at, at, count=paragraph.hidden))
        for box in paragraph.boxes:
            self.read(box)

    def _read(self, element: Element) -> tuple[Paragraph, str, int | None]:
        """A paragraph's runs, the number before it, and its depth as a heading."""
        paragraph = Paragraph()
        style, number, depth, level = self.default_style, None, None, None
        properties = element[0] if len(element) and local(element[0]) == "pPr" else None
        if properties is not None:
            for child in properties:
                name = local(child)
                if name == "pStyle":
                    style = attribute(child, "val")
                elif name == "numPr":
                    number, depth = list_of(child)
                elif name == "outlineLvl":
                    level = integer(attribute(child, "val"), 9) + 1
        known = self.styles.get(style or "", Style())
        if level is None:
            level = known.level
        if number is None and known.number is not None:
            number = known.number
            if depth is None:
                depth = known.depth if known.depth is not None else self.numbering.level_of_style(number, style)
        _runs(element, paragraph)
        label = self.numbering.label(number, depth or 0) if number is not None and number != "0" else ""
        return paragraph, label, level if level is not None and level <= MAX_HEADING else None

    def _table(self, element: Element) -> None:
        grid = grid_of(element)
        if not grid:
            return
        cells = [cell for row in grid for cell in row.cells]
        if len(cells) == 1 or all(len(row.cells) == 1 for row in grid):
            first = next((text for cell in cells if (text := words(cell.element).strip())), "")
            if not begins_box(first):  # a frame around text, not a table
                for cell in cells:
                    self.read(cell.element)
                return
        parts = [TABLE_START]
        shapes: list[tuple[CellShape, ...]] = []
        heading = True
        for row in grid:
            heading = heading and row.header
            for cell in row.cells:
                parts.append(CELL_BREAK.join(filter(None, (self._cell(e) for e in (cell.element, *cell.merged)))))
                parts.append(CELL_END)
            parts.append(ROW_END)
            shapes.append(tuple(CellShape(cell.rowspan, cell.colspan, heading) for cell in row.cells))
        parts.append(TABLE_END)
        self._line("".join(parts))
        self.tables.append(TableShape(tuple(shapes)))

    def _cell(self, container: Element) -> str:
        """The lines of one cell, tables and boxes within it flattened."""
        lines: list[str] = []
        for element in container:
            name = local(element)
            if name == "p":
                paragraph, label, _ = self._read(element)
                text = "".join(paragraph.parts).strip()
                text = label + text if text else label.strip()
                lines += [line.strip() for line in text.split("\n")]
                lines += [self._cell(box) for box in paragraph.boxes]
            elif name == "tbl":
                for row in grid_of(element):
                    lines.append(" ".join(self._cell(cell.element).replace(CELL_BREAK, " ") for cell in row.cells))
            elif name == "altChunk":
                source = self._embedded(element)
                if source is not None:
                    lines.append(source.body.text.translate(BLANK_STRUCTURE_MARKS).replace("\n", CELL_BREAK))
                    self.notes += [replace(note, start=self.length, end=self.length) for note in source.notes]
            elif name == "AlternateContent":
                lines.append(self._cell(_alternative(element)))
            elif name in WRAPPERS:
                lines.append(self._cell(element))
        return CELL_BREAK.join(line for line in lines if line)


def _alternative(element: Element) -> Element:
    """Of content in several forms, the first that holds text (the second is the same for old programs)."""
    return next((choice for choice in element if any(t.text for t in choice.iter("{*}t"))), element[0] if len(element) else element)


_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""Elements that stand for a character; a break of a page or a column for none."""


def _runs(container: Element, paragraph: Paragraph) -> None:
    """The text of a paragraph's runs, as Word shows it: insertions kept, deletions and field codes dropped."""
    parts = paragraph.parts
    for element in container:
        name = local(element)
        if name == "t":
            if element.text:
                parts.append(_CONTROL.sub(" ", element.text) if _CONTROL.search(element.text) else element.text)
        elif name == "r":
            _run(element, paragraph)
        elif name in _SKIPPED:
            continue
        elif name in _SIGNS:
            parts.append("" if attribute(element, "type") in ("page", "column") else _SIGNS[name])
        elif name == "sym":
            parts.append(_symbol(attribute(element, "char")))
        elif name in ("drawing", "pict", "object"):
            _drawing(element, paragraph)
        elif name == "AlternateContent":
            _runs(_alternative(element), paragraph)
        elif name in WRAPPERS:
            _runs(element, paragraph)


def _run(element: Element, paragraph: Paragraph) -> None:
    """One run: hidden text is left out, raised digits stay raised (m³)."""
    first = element[0] if len(element) else None
    raised, heavy, size = False, False, 0
    if first is not None and local(first) == "rPr":
        for child in first:
            name = local(child)
            if name == "vanish" and attribute(child, "val") not in ("0", "false"):
                paragraph.hidden += len(words(element))
                return
            raised = raised or (name == "vertAlign" and attribute(child, "val") == "superscript")
            heavy = heavy or (name == "b" and attribute(child, "val") not in ("0", "false"))
            size = 5 * integer(attribute(child, "val"), 0) if name == "sz" else size
    at = len(paragraph.parts)
    _runs(element, paragraph)
    if any(not part.isspace() for part in paragraph.parts[at:]):
        paragraph.faces.add(size if heavy else None)
    if raised:
        paragraph.parts[at:] = [part.translate(_SUPERSCRIPT) for part in paragraph.parts[at:]]


def _symbol(code: str | None) -> str:
    """A character of a symbol font; those in the private use area carry no meaning without the font."""
    try:
        value = int(code or "", 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= value <= 0xF8FF or value < 0x20 or value > 0xFFFF else chr(value)


def _drawing(element: Element, paragraph: Paragraph) -> None:
    """Text boxes and pictures of a drawing."""
    for child in element:
        name = local(child)
        if name == "txbxContent":
            paragraph.boxes.append(child)
            continue
        if name == "extent":
            paragraph.images.append((integer(child.get("cx"), 0), integer(child.get("cy"), 0)))
        elif name == "imagedata":
            paragraph.images.append(BIG_IMAGE)
        _drawing(child, paragraph)
