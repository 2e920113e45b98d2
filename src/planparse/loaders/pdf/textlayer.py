"""The text layer of one page through PDFium: its text in bulk, and the place of single characters where it is asked for."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

from planparse.loaders.pdf.characters import BLANK_IN_HAN, BLANKS, SPACED_OUT
from planparse.loaders.pdf.rules import Box
from planparse.loaders.pdf.shapes import Line
from planparse.loaders.pdf.signs import whole_characters, with_known_signs

REAL_BLANK = 0.4
"""Em: a narrower gap between two Chinese characters is no blank (real ones measured 0.5 and more, drawn ones under 0.3)."""
LAST_FEW = 5
"""A blank before the last characters of a full line, fewer than this, comes from fitting the line (seen on 69 lines of one file)."""
FEW_STRAYS = 4
"""Characters of another font that stand within a line but were read apart from it; longer pieces lie on top of each other."""
QUARTER = math.pi / 2
_BLANK = re.compile(r"[ \u3000]+")
# 第三章, 附件, 专栏: the blank between such a label and its title is the author's, be it ever so narrow.
_NUMBERED = re.compile("第.{1,4}[章节篇编条]|第.{1,3}部分|附[件表录]|专栏.{0,3}")
_HAN = re.compile("[\u3400-\u9fff]")
_ANY_BLANK = re.compile("[ \u00a0\u2000-\u200a\u3000\u3164]")


def turned(box: Box, turns: int, width: float, height: float) -> Box:
    """A box on a page of that size when the page is turned clockwise by quarter turns that undo ``turns``."""
    left, bottom, right, top = box
    if turns == 1:
        return height - top, left, height - bottom, right
    if turns == 2:
        return width - right, height - top, width - left, height - bottom
    if turns == 3:
        return bottom, width - right, top, width - left
    return box


class TextLayer:
    """Text and character boxes of a page. Boxes are turned so that text runs to the right, whatever the page's rotation."""

    def __init__(self, page: Any, number: int) -> None:
        import pypdfium2.raw as pdfium

        self.number = number
        self._text_page = page.get_textpage()
        self._handle = self._text_page.raw
        self._box_of = pdfium.FPDFText_GetLooseCharBox
        self._origin_of = pdfium.FPDFText_GetCharOrigin
        self._angle_of = pdfium.FPDFText_GetCharAngle
        self._rect = pdfium.FS_RECTF()
        self._rect_at = ctypes.byref(self._rect)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._xy_at = ctypes.byref(self._x), ctypes.byref(self._y)
        self.text: str = self._text_page.get_text_range()
        count = pdfium.FPDFText_CountChars(self._handle)
        self._places: list[int] | None = None
        """Where PDFium has each character, unless it has them one for one."""
        if count != len(self.text):  # characters beyond the BMP, or signs left out: read one by one, so that places agree
            units = [pdfium.FPDFText_GetUnicode(self._handle, i) for i in range(count)]
            self.text, places = whole_characters(units)
            self._places = places if len(places) < count else None
        self.text = with_known_signs(self.text)
        self.turns = self._count_turns()
        size = page.get_size()
        self.width, self.height = size if page.get_rotation() in (0, 180) else size[::-1]

    def close(self) -> None:
        """Free the text page."""
        self._text_page.close()

    def _count_turns(self) -> int:
        """Quarter turns, counter-clockwise, that the text runs at: most of a few characters decide."""
        places = [int(len(self.text) * share) for share in (0.2, 0.4, 0.5, 0.6, 0.8)]
        angles = [
            round(self._angle_of(self._handle, self._place(i)) / QUARTER) % 4
            for i in places
            if i < len(self.text) and self.text[i] not in BLANKS
        ]
        return max(set(angles), key=angles.count) if angles else 0

    def _place(self, index: int) -> int:
        return index if self._places is None else self._places[index]

    def turn(self, box: Box) -> Box:
        """A box of the space in which characters are placed, in the reading frame."""
        return turned(box, self.turns, self.width, self.height)

    def turn_rule(self, box: Box) -> Box:
        """A box of page space, in which drawings are placed, in the reading frame."""
        return self.turn(box)

    def box(self, index: int) -> Box:
        """Left, bottom, right, top of a character; all equal for one that PDFium made up (blanks, line ends)."""
        if not self._box_of(self._handle, self._place(index), self._rect_at):
            return 0.0, 0.0, 0.0, 0.0
        rect = self._rect
        if self.turns:
            return self.turn((rect.left, rect.bottom, rect.right, rect.top))
        return rect.left, rect.bottom, rect.right, rect.top

    def base(self, index: int) -> float:
        """Height of the baseline at a character."""
        self._origin_of(self._handle, self._place(index), *self._xy_at)
        if self.turns:
            x, y = self._x.value, self._y.value
            return self.turn((x, y, x, y))[1]
        return self._y.value

    def lines(self) -> list[tuple[int, int]]:
        """Spans of the page's lines, blanks at their ends left out, in the order of the text layer."""
        spans: list[tuple[int, int]] = []
        position = 0
        for line in self.text.split("\n"):
            for part in line.split("\ufffe") if "\ufffe" in line else (line,):
                length = len(part)
                start = position + length - len(part.lstrip(BLANKS))
                end = position + len(part.rstrip(BLANKS))
                position += length + 1
                if part is not line and position <= len(self.text) and self.text[position - 1] == "\ufffe":
                    end = position  # a hyphen at the end of a line
                if start < end:
                    spans.append((start, end))
        return spans

    def place_lines(self, spans: list[tuple[int, int]]) -> list[Line]:
        """The lines at spans; a span is cut where PDFium took two lines for one, the second beginning to the right of where the
        first ended."""
        result: list[Line] = []
        for start, end in spans:
            line = self.line(start, end)
            if abs(line.base - self.base(end - 1)) < 0.6 * line.size:
                result.append(line)
                continue
            low = start
            for match in _BLANK.finditer(self.text, start, end):
                if self.base(low) - self.base(match.end()) > 0.6 * line.size:
                    result.append(self.line(low, match.start()))
                    low = match.end()
            result.append(self.line(low, end))
        return result

    def line(self, start: int, end: int) -> Line:
        """The line at a span of the page's text, measured at its first and last character. Its size is the width of a Chinese
        character: heights of boxes are what the font claims, and of Latin letters more than their size."""
        first, last = self.box(start), self.box(end - 1)
        text = self.text[start:end]
        han = _HAN.search(text, len(text) // 2) or _HAN.search(text)
        if han:
            left, _, right, _ = self.box(start + han.start())
            size = right - left
        else:
            size = min(first[3] - first[1], last[3] - last[1])
        size = size if size > 1 else 10.0
        line = Line(text, first[0], last[2], self.base(start), size, self.number, spans=((start, end),))
        if end - start > 2 and last[0] < self.box(end - 2)[0] - size:
            line.text = self._by_place(line.spans, size)  # a character of another font was read after the line
            line.right = max(self.box(i)[2] for i in range(start, end))
        elif _ANY_BLANK.search(text) and BLANK_IN_HAN.search(text):
            line.drops = self._layout_blanks(text, start, size)
        return line

    def row(self, pieces: list[Line]) -> Line:
        """Pieces of one printed row as one line. Where they interlock (a character of another font stands within a line but was
        read after it), characters are set in the order in which they stand."""
        pieces.sort(key=lambda p: p.left)
        if len(pieces) == 1:
            return pieces[0]
        size = min(piece.size for piece in pieces)
        spans = tuple(span for piece in pieces for span in piece.spans)
        whole = replace(pieces[0], text="", right=max(p.right for p in pieces), size=size, spans=spans, drops=())
        interlock = any(b.left < a.right - 0.5 * size for a, b in pairwise(pieces))
        if interlock and any(len(piece.text) <= FEW_STRAYS for piece in pieces):
            whole.text = self._by_place(spans, size)
            return whole
        drops: list[tuple[int, int]] = []
        before = pieces[0].right
        for piece in pieces:
            if whole.text and piece.left - before > 0.5 * size:
                whole.text += " "
            drops += [(low + len(whole.text), high + len(whole.text)) for low, high in piece.drops]
            whole.text += piece.text
            before = piece.right
        whole.drops = tuple(drops)
        return whole

    def _by_place(self, spans: tuple[tuple[int, int], ...], size: float) -> str:
        places = (i for start, end in spans for i in range(start, end) if self.text[i] not in BLANKS)
        characters = sorted(((self.box(i), self.text[i]) for i in places), key=lambda c: c[0][0])
        text = ""
        edge = 0.0
        for box, character in characters:
            text += (" " if text and box[0] - edge > REAL_BLANK * size else "") + character
            edge = box[2]
        return text

    def gap(self, start: int, end: int) -> tuple[float, float]:
        """Right edge of the character before ``start`` and left edge of the one at ``end``."""
        return self.box(start - 1)[2], self.box(end)[0]

    def _layout_blanks(self, text: str, start: int, size: float) -> tuple[tuple[int, int], ...]:
        """Blanks between Chinese characters that the layout made: narrow ones, those between characters set apart one by one,
        and those that fill up a line before its last characters."""
        spaced = [m.span() for m in SPACED_OUT.finditer(text)]
        drops: list[tuple[int, int]] = []
        for match in BLANK_IN_HAN.finditer(text):
            low, high = match.span()
            if (
                any(a < low and high < b for a, b in spaced)
                or text[low - 1] in "，、。；："
                or text[high] in "，、。；：）》”"
            ):
                drops.append((low, high))
                continue
            if _NUMBERED.fullmatch(text, 0, low):
                continue
            before, after = self.gap(start + low, start + high)
            if after - before < REAL_BLANK * size or (len(text) - high < LAST_FEW and low > 20):
                drops.append((low, high))
        return tuple(drops)
