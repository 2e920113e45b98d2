"""The sources (`sources/*.plan`): a document as blocks, from which every format is written.

One line is one paragraph. ``! `` is a centred line and ``+ `` goes on with it; ``> `` stands at the right. Blocks end at ``[end]``:
``[meta]`` (rows of the page's header table), ``[page]`` and ``[foot]`` (of the page, not of the document), ``[contents]`` (its heading,
then ``entry | page``), ``[box]`` (caption, then paragraphs), ``[table 2]`` (with two header rows). Cells are parted by ``|``; one that ends in
``{r2c3}`` spans two rows and three columns, and ⏎ is a line break inside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

SOURCES = Path(__file__).resolve().parent / "sources"
_SPANS = re.compile(r"\s*\{(?:r(?P<rows>\d+))?(?:c(?P<columns>\d+))?\}$")
_STYLES = {"!": "centre", ">": "right"}
# 第三章, 一、, （一）, 1. (blanks after it belong to it), in the order of their rank.
_MARKERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"第(?P<number>[一二三四五六七八九十]+)(?P<after>篇[　 ]*)",
        r"第(?P<number>[一二三四五六七八九十]+)(?P<after>章[　 ]*)",
        r"第(?P<number>[一二三四五六七八九十]+)(?P<after>节[　 ]*)",
        r"(?P<number>[一二三四五六七八九十]+)(?P<after>、)",
        r"[（(](?P<number>[一二三四五六七八九十]+)(?P<after>[）)])",
        r"(?P<number>\d{1,2})(?P<after>[.．、] ?)",
    )
)


@dataclass(frozen=True)
class Cell:
    """A cell of a table where it stands; what it covers is not listed."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int

    @property
    def width(self) -> int:
        return sum(cell.columns for cell in self.rows[0])

    def placed(self) -> list[tuple[int, int, Cell]]:
        """Row, column and cell of each."""
        covered: set[tuple[int, int]] = set()
        found = []
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in covered:
                    column += 1
                found.append((row, column, cell))
                covered |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
                column += cell.columns
        return found


@dataclass(frozen=True)
class Line:
    """A paragraph (``body``, ``centre``, ``right``); ``more`` are further lines of a centred title."""

    text: str
    style: str = "body"
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contents:
    """A table of contents: its heading, entries and their pages."""

    heading: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Box:
    """A ruled frame with a caption."""

    caption: str
    lines: tuple[str, ...]


Block = Line | Table | Contents | Box


@dataclass
class Source:
    """A document and the words of its page."""

    stem: str
    blocks: list[Block] = field(default_factory=list)
    meta: tuple[tuple[str, ...], ...] = ()
    page: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The first centred lines, closed up."""
        first = next(block for block in self.blocks if isinstance(block, Line) and block.style == "centre")
        return first.text + "".join(first.more)


@dataclass(frozen=True)
class Marker:
    """The number of a heading: its rank (index of its pattern), its words, its value and what stands around it."""

    rank: int
    words: str
    value: int
    pattern: str


def marker(text: str) -> Marker | None:
    """The numbering with which a line begins."""
    for rank, pattern in enumerate(_MARKERS):
        found = pattern.match(text)
        if found:
            shape = f"{text[: found.start('number')]}%{{}}{found['after']}"
            return Marker(rank, found.group(), _value(found["number"]), shape)
    return None


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    tens, _, units = number.rpartition("十")
    digits = "零一二三四五六七八九"
    ten = 0 if "十" not in number else 10 * (digits.index(tens) if tens else 1)
    return ten + (digits.index(units) if units else 0)


def _cells(line: str) -> tuple[Cell, ...]:
    cells = []
    for text in (part.strip() for part in line.split("|")):
        spans = _SPANS.search(text)
        rows, columns = (int(spans[name] or 1) if spans else 1 for name in ("rows", "columns"))
        cells.append(Cell(_SPANS.sub("", text).replace("⏎", "\n"), rows, columns))
    return tuple(cells)


def _block(source: Source, name: str, lines: list[str]) -> None:
    if name.startswith("table"):
        source.blocks.append(Table(tuple(map(_cells, lines)), int(name.split()[1])))
    elif name == "box":
        source.blocks.append(Box(lines[0], tuple(lines[1:])))
    elif name == "contents":
        entries = (line.rpartition(" | ") for line in lines[1:])
        source.blocks.append(Contents(lines[0], tuple((entry, page) for entry, _, page in entries)))
    elif name == "meta":
        source.meta = tuple(tuple(cell.strip() for cell in line.split("|")) for line in lines)
    else:
        setattr(source, name, tuple(lines))


def read_source(path: Path) -> Source:
    """Read one source."""
    source = Source(path.stem)
    lines = iter(path.read_text(encoding="utf-8").splitlines())
    for line in lines:
        if line.startswith("["):
            inside = []
            while (following := next(lines)) != "[end]":
                inside.append(following)
            _block(source, line.strip("[]"), inside)
        elif line.startswith("+ "):
            above = source.blocks.pop()
            assert isinstance(above, Line)
            source.blocks.append(Line(above.text, above.style, (*above.more, line[2:])))
        else:
            style = _STYLES.get(line[:1]) if line[1:2] == " " else None
            source.blocks.append(Line(line[2:], style) if style else Line(line))
    return source
