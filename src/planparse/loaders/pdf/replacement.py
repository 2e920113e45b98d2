"""The text layer by way of pdfplumber, for pages of which PDFium leaves out text.

PDFium takes the extent of text from its glyphs. Where a Chinese font is not embedded and not installed it has none, and single
characters and turned lines have no extent and are left out. Such pages are rare; reading them this way takes fifty times as long.
"""

from __future__ import annotations

import ctypes
import io
import logging
import math
import re
from typing import Any

from planparse.loaders.pdf.rules import Box, bounds_of, objects
from planparse.loaders.pdf.signs import with_known_signs
from planparse.loaders.pdf.textlayer import QUARTER, TextLayer, turned

SAMPLES = 16
"""Text objects of a page whose font is looked at."""
NARROW = 0.02
"""Points: text of less extent is left out."""
NEW_LINE = 0.5
"""Em: a character whose baseline differs by more begins a line."""
NEW_WORD = 0.3
"""Em: a wider gap is a blank."""

# Fonts that every reader has; what is narrow in them are blanks.
_LATIN = re.compile(
    rb"(?:[A-Z]{6}\+)?(?:Times|Arial|Helvetica|Courier|Calibri|Cambria|Symbol|Wingdings|Verdana|Tahoma|Georgia)"
)

_READ = re.compile("[^\\s\ufffd]")


def open_layer(page: Any, number: int, replacement: Replacement) -> TextLayer:
    """The text layer of a page (a pypdfium2 page), by way of pdfplumber where that finds more."""
    layer = TextLayer(page, number)
    if not leaves_out_text(page):
        return layer
    other = replacement.layer(number)
    if other is None or len(_READ.findall(other.text)) <= len(_READ.findall(layer.text)):
        return layer
    layer.close()
    return other


def _pdfminer_errors() -> tuple[type[Exception], ...]:
    """What pdfplumber raises on a damaged file: its own exceptions, and whatever a missing entry leads to."""
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    wrong = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, ArithmeticError, OSError)
    return PSException, PdfminerException, *wrong


def leaves_out_text(page: Any) -> bool:
    """Whether PDFium sees text objects without extent on a page (of a font that is not embedded)."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page.raw)
    samples = (pdfium.FPDFPage_GetObject(page.raw, index) for index in range(0, count, max(1, count // SAMPLES)))
    texts = (item for item in samples if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT)
    fonts = map(pdfium.FPDFTextObj_GetFont, texts)
    return any(font and not pdfium.FPDFFont_GetIsEmbedded(font) for font in fonts) and _has_narrow_text(page)


def _has_narrow_text(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    texts = (item for item, kind in objects(page) if kind == pdfium.FPDF_PAGEOBJ_TEXT)
    narrow = (item for item in texts if (box := bounds_of(item)) and box[2] - box[0] < NARROW)
    return any(_is_foreign(pdfium.FPDFTextObj_GetFont(item)) for item in narrow)


def _is_foreign(font: Any) -> bool:
    """Whether a font is neither embedded nor one that every reader has."""
    import pypdfium2.raw as pdfium

    if pdfium.FPDFFont_GetIsEmbedded(font):
        return False
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    return not _LATIN.match(name.value)


class Replacement:
    """A document opened by pdfplumber when a page first needs it; one that it cannot read is not tried again."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None
        self._readable = True

    def layer(self, number: int) -> ReplacementLayer | None:
        """The text layer of page ``number`` (from 0), or None where pdfplumber cannot read it."""
        if not self._readable:
            return None
        import pdfplumber

        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells of every oddity of a damaged file
        try:
            if self._document is None:
                self._document = pdfplumber.open(io.BytesIO(self._data))
            return ReplacementLayer(self._document.pages[number], number)
        except _pdfminer_errors():
            self._readable = False
            return None

    def close(self) -> None:
        """Forget the document (it holds nothing but memory)."""
        self._document = None


class ReplacementLayer(TextLayer):
    """A text layer with the characters that pdfplumber finds."""

    def __init__(self, plumbed: Any, number: int) -> None:
        self.number = number
        self.width, self.height = float(plumbed.width), float(plumbed.height)
        self._rotation = int(plumbed.rotation or 0) // 90 % 4
        self._boxes: list[Box] = []
        self._bases: list[float] = []
        characters = list(plumbed.chars)
        angles = [round(-math.atan2(c["matrix"][1], c["matrix"][0]) / QUARTER) % 4 for c in characters]
        self.turns = max(set(angles), key=angles.count) if angles else 0
        self.text = with_known_signs(self._fill(characters))
        plumbed.close()

    def _fill(self, characters: list[dict[str, Any]]) -> str:
        parts: list[str] = []
        before: Box | None = None
        for character in characters:
            box = self.turn((character["x0"], character["y0"], character["x1"], character["y1"]))
            size = max(box[3] - box[1], 1.0)
            if before is not None:
                if abs(box[1] - before[1]) > NEW_LINE * size or box[0] < before[2] - size:
                    self._add(parts, "\n", None)
                elif box[0] - before[2] > NEW_WORD * size:
                    self._add(parts, " ", None)
            text = character["text"]
            self._add(parts, text if len(text) == 1 else "\ufffd", box)
            before = box
        return "".join(parts)

    def _add(self, parts: list[str], text: str, box: Box | None) -> None:
        parts.append(text)
        self._boxes.append(box or (0.0, 0.0, 0.0, 0.0))
        self._bases.append(box[1] if box else 0.0)

    def turn_rule(self, box: Box) -> Box:
        """pdfplumber places characters on the page as shown, drawings come from the page before its rotation."""
        width, height = (self.width, self.height) if self._rotation % 2 == 0 else (self.height, self.width)
        return self.turn(turned(box, -self._rotation % 4, width, height))

    def close(self) -> None:
        """Nothing is held open."""

    def box(self, index: int) -> Box:
        """See TextLayer."""
        return self._boxes[index]

    def base(self, index: int) -> float:
        """See TextLayer."""
        return self._bases[index]
