"""The tree of a page → its blocks of text in order, and the parts of the page that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from planparse.loaders.html.segments import Piece, Skeleton
from planparse.loaders.html.tables import is_data, rows_of, table_line
from planparse.model.source import CELL_BREAK, TableShape

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p",
        "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)
_DROPPED = frozenset(
    (
        "rt", "rp", "select", "option", "optgroup", "button", "input", "object", "embed", "svg", "canvas",
        "video", "audio", "map", "datalist",
    )
)
_TRAILING = " \t\r\n\f\xa0\u3000"
_HEAVY_TAGS = frozenset(("b", "strong"))
_WEIGHT = re.compile(r"font-weight\s*:\s*(?:(bold|[6-9]00)|normal|[1-5]00)", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*(\d{1,2}(?:\.\d{1,2})?)(px|pt)", re.IGNORECASE)
_POINTS = {"px": 7.5, "pt": 10.0}
"""Tenths of a point in a unit of size."""
_LEVELS = {f"h{n}": n for n in range(1, 7)}
_SUPERSCRIPT = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
_DIGITS = re.compile(r"[-+]?[0-9]{1,3}")
# A style that hides what it is given to, such as "display: none".
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:^|[;\s])(?:left|top)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0",
    re.IGNORECASE,
)
_TINY = re.compile(r"font-size\s*:\s*0(?:\.0*)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)", re.IGNORECASE)
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_NAME = re.compile(r"\s*([.#][\w-]+)\s*")
_NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}\s*[)）、.．]|第[一二三四五六七八九十\d]|[①-⑳⑴-⒇])")


@dataclass(slots=True)
class Block:
    """A line of text, or a table line (then with its ``shape``); ``linked`` is how many characters are links."""

    text: str
    pieces: list[Piece]
    linked: int = 0
    level: int | None = None
    heavy: int | None = None
    """Of a line that is all in heavy type the size of the type, in tenths of a point; 0 where none is told."""
    shape: TableShape | None = None
    images: list[int] = field(default_factory=list)
    """The <img> tags that stand before or in it, or after it at the end of a part, by their number in the skeleton."""


@dataclass(slots=True)
class Part:
    """An element and the blocks that stand in it: ``blocks[start:end]``."""

    element: etree._Element
    start: int
    end: int
    hidden: bool = False


@dataclass(slots=True)
class Page:
    """All blocks of a page from top to bottom, its parts, and the stretches that are hidden inside a line."""

    blocks: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)


def read_blocks(skeleton: Skeleton) -> Page:
    """The blocks of a page. Guarantees: pieces are in the order of the source text, and no block is blank."""
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    root = etree.fromstring(skeleton.markup.encode("utf-8", "replace"), parser)
    reader = _Reader(skeleton)
    if root is not None:
        reader.element(root)
    reader.flush()
    return reader.page


def hiding_names(styles: list[str]) -> frozenset[str]:
    """The classes (.a) and ids (#a) that the page's own style sheets hide on every screen."""
    names: set[str] = set()
    for style in styles:
        if _NO_DISPLAY.search(style):
            for selectors in _hiding_selectors(_COMMENT.sub("", style)):
                names.update(m[1] for m in map(_NAME.fullmatch, selectors.split(",")) if m)
    return frozenset(names)


def _hiding_selectors(style: str) -> Iterator[str]:
    """Selectors of the rules that hide; not of those inside @media or @print."""
    depth = start = inner = 0
    selectors = ""
    for brace in _BRACE.finditer(style):
        if brace[0] == "{":
            if depth == 0:
                selectors = style[start : brace.start()].rpartition(";")[2]  # after an @import
                inner = brace.end()
            depth += 1
        else:
            depth = max(0, depth - 1)
            if depth == 0:
                if "@" not in selectors and _NO_DISPLAY.search(style, inner, brace.start()):
                    yield selectors
                start = brace.end()


class _Reader:
    """One walk over the tree."""

    def __init__(self, skeleton: Skeleton) -> None:
        self.skeleton = skeleton
        self.page = Page()
        self.pieces: list[Piece] = []
        self.images: list[int] = []
        self.linked = 0
        self.level: int | None = None
        self.type = (False, 0)
        """Whether type is heavy here, and its size."""
        self.set_in: int | None = 0
        """The size of the heavy type of the line so far; None where something of it is set in other type."""
        self.blank = False
        self.in_link = self.in_cell = self.preformatted = False
        self.hiding = hiding_names(skeleton.styles)
        self.styles: dict[str, tuple[bool, bool]] = {}
        self.types: dict[str, tuple[bool | None, int]] = {}
        self.sizes: list[int] = []
        self.prefix: str | None = None
        self.numbers: list[int | None] = []
        """The next number of each list around; None for one without."""

    # text

    def text(self, numbers: str) -> None:
        """Add stretches of text, given by their numbers."""
        for digits in numbers.split():
            number = int(digits)
            if number in self.skeleton.images:
                self.images.append(number)
            elif self.preformatted:
                self.lines(number)
            else:
                self.stretch(number)

    def stretch(self, number: int) -> None:
        pieces, before, after = self.skeleton.pieces(number)
        if pieces:
            if (self.blank or before) and self.pieces:
                self.pieces.append((" ", pieces[0][1] - 1))
            if self.prefix is not None:
                if not _NUMBERED.match(pieces[0][0]):
                    self.pieces.append((self.prefix, pieces[0][1]))
                self.prefix = None
            self.pieces += pieces
            self.set_in = self.type[1] if self.type[0] and self.set_in is not None else None
            if self.in_link:
                self.linked += sum(len(text) for text, _ in pieces)
            self.blank = after
        else:
            self.blank = self.blank or before

    def lines(self, number: int) -> None:
        """Preformatted text: its line ends are line ends."""
        start, end = self.skeleton.spans[number]
        raw = self.skeleton.text[start:end]
        for line in re.finditer(r"[^\r\n]+|\r\n?|\n", raw):
            if line[0][0] in "\r\n":
                self.flush()
            else:
                self.pieces.append((line[0], start + line.start()))

    def flush(self) -> None:
        """End the line."""
        self.blank = False
        if self.in_cell:
            if self.pieces and self.pieces[-1][0] != CELL_BREAK:
                text, place = self.pieces[-1]
                self.pieces.append((CELL_BREAK, place + len(text)))
            return
        if self.pieces:
            while self.pieces and not (last := self.pieces[-1][0].rstrip(_TRAILING)):
                self.pieces.pop()
            if self.pieces:
                self.pieces[-1] = (last, self.pieces[-1][1])
            text = "".join(text for text, _ in self.pieces)
            if text.strip():
                self.page.blocks.append(Block(text, self.pieces, self.linked, self.level, self.set_in, None, self.images))
                self.images = []
            self.pieces = []
        self.linked, self.set_in = 0, 0

    # elements

    def element(self, element: etree._Element) -> None:
        """An element and all that stands in it."""
        tag = element.tag
        if tag in _DROPPED or not isinstance(tag, str):
            return
        around = self.type
        self.type = self.type_of(element)
        if self.hides(element):
            self.hidden(element)
        elif tag == "br":
            self.flush()
        elif tag == "table":
            self.table(element)
        elif tag in _BLOCKS:
            self.block(element)
        elif tag == "a":
            outer, self.in_link = self.in_link, (element.get("href") or "#")[:1] != "#"
            self.content(element)
            self.in_link = outer
        elif tag == "sup":
            at = len(self.pieces)
            self.content(element)
            if len(self.pieces) == at + 1 and _DIGITS.fullmatch(self.pieces[at][0].strip()):
                self.pieces[at] = (self.pieces[at][0].translate(_SUPERSCRIPT), self.pieces[at][1])
        else:
            self.content(element)
        self.type = around

    def content(self, element: etree._Element) -> None:
        if element.text:
            self.text(element.text)
        for child in element:
            self.element(child)
            if child.tail:
                self.text(child.tail)

    def block(self, element: etree._Element) -> None:
        tag = element.tag
        self.flush()
        start = len(self.page.blocks)
        outer = self.level, self.preformatted
        self.level = _LEVELS.get(tag, self.level)
        self.preformatted = self.preformatted or tag == "pre"
        if tag in ("ol", "ul"):
            self.numbers.append(_first_number(element) if tag == "ol" else None)
        elif tag == "li" and self.numbers and (number := self.numbers[-1]) is not None:
            self.prefix = f"{number}."
            self.numbers[-1] = number + 1
        self.content(element)
        self.flush()
        self.prefix = None
        if tag in ("ol", "ul"):
            self.numbers.pop()
        self.level, self.preformatted = outer
        if not self.in_cell:
            self.page.parts.append(Part(element, start, len(self.page.blocks)))
            if self.images and start < len(self.page.blocks):  # a picture at a part's end stands in the part
                self.page.blocks[-1].images = self.page.blocks[-1].images + self.images
                self.images = []

    def type_of(self, element: etree._Element) -> tuple[bool, int]:
        """Whether the type of an element is heavy, and its size in tenths of a point."""
        around = (self.type[0] or element.tag in _HEAVY_TAGS, self.type[1])
        style = element.get("style")
        if style is None:
            return around
        told = self.types.get(style)
        if told is None:
            weight, size = _WEIGHT.search(style), _SIZE.search(style)
            told = (bool(weight[1]) if weight else None, round(float(size[1]) * _POINTS[size[2].lower()]) if size else 0)
            self.types[style] = told
        return around[0] if told[0] is None else told[0], told[1] or around[1]

    def hides(self, element: etree._Element) -> bool:
        style = element.get("style")
        if style:
            hides = self.styles.get(style)
            if hides is None:  # pages repeat their styles
                hides = self.styles[style] = (bool(_HIDING.search(style)), bool(_TINY.search(style)))
            if hides[0] or (hides[1] and not len(element)):
                return True
        if element.get("hidden") is not None:
            return True
        if not self.hiding:
            return False
        names = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
        return not names.isdisjoint(self.hiding)

    def hidden(self, element: etree._Element) -> None:
        """Hidden blocks are kept as a part, to be left out unless they are the document; hidden words are dropped."""
        if element.tag in _BLOCKS and not self.in_cell:
            self.flush()
            start = len(self.page.blocks)
            if element.tag == "table":
                self.table(element)
            else:
                self.content(element)
            self.flush()
            self.page.parts.append(Part(element, start, len(self.page.blocks), hidden=True))
            return
        numbers = [int(digits) for text in element.itertext() for digits in text.split()]
        self.page.hidden += [self.skeleton.spans[n] for n in numbers if n not in self.skeleton.images]

    # tables

    def table(self, element: etree._Element) -> None:
        rows, head = rows_of(element, self.hides)
        cells = (cell for row in rows for cell in row)
        first = next((int(digits) for cell in cells for text in cell.itertext() for digits in text.split()), 0)
        start, end = self.skeleton.spans[first] if self.skeleton.spans else (0, 0)
        if self.in_cell or not is_data(element, rows, self.size_of, self.skeleton.text[start : min(end, start + 80)]):
            self.block(element)
            return
        place = start
        self.flush()
        start = len(self.page.blocks)
        if element.text:  # text between the rows: a browser shows it, so it is kept
            self.text(element.text)
            self.flush()
        captions = [child for child in element if child.tag == "caption"]
        if captions and element[0] is captions[0]:
            self.block(captions.pop(0))
        pieces, shape = table_line(rows, head, self.cell, place)
        text = "".join(text for text, _ in pieces)
        self.page.blocks.append(Block(text, pieces, 0, None, None, shape, self.images))
        self.images = []
        self.linked = 0
        for caption in captions:
            self.block(caption)
        self.page.parts.append(Part(element, start, len(self.page.blocks)))

    def cell(self, element: etree._Element) -> list[Piece]:
        """The text of one cell, tables within it flattened."""
        outer, self.pieces, self.in_cell, self.blank = self.pieces, [], True, False
        row = element.getparent()
        if row is not None and row.text and element.getprevious() is None:
            self.text(row.text)
        self.content(element)
        for stray in (element.tail, row.tail if row is not None and element.getnext() is None else None):
            if stray:
                self.text(stray)
        pieces, self.pieces, self.in_cell, self.blank = self.pieces, outer, False, False
        return pieces

    def size_of(self, element: etree._Element) -> int:
        """How many characters stand below an element, in the source."""
        if not self.sizes:
            self.sizes = [end - start for start, end in self.skeleton.spans]
            for image in self.skeleton.images:
                self.sizes[image] = 0
        return sum(self.sizes[int(digits)] for text in element.itertext() for digits in text.split())


def _first_number(element: etree._Element) -> int | None:
    """What a browser writes before the first item of a numbered list; None for nothing or letters."""
    if "list-style" in (element.get("style") or "") or (element.get("type") or "1") != "1":
        return None
    start = element.get("start") or "1"
    return int(start) if start.isdecimal() and len(start) < 7 else 1
