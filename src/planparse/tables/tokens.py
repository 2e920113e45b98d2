"""The text behind a flattened table's header as a stream of cell tokens, in the way in which its cells stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from planparse.tables.captions import is_boundary, is_break

MAX_TOKENS = 20_000
OPEN_LINES = 12
"""A cell that no bar closes within so many lines ends the table."""


class Layout(StrEnum):
    """How the cells of a flattened table stand."""

    LINES = "lines"  # one a line
    BARS = "bars"  # one a line or more, each closed by |
    BLANKS = "blanks"  # rows a line, or all in one, with blanks between
    RUN = "run"  # with nothing between (see runon)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of one cell: ``first`` of its line; ``closed`` when the mark of a cell's end stands behind it."""

    text: str
    start: int
    end: int
    first: bool = True
    closed: bool = False


_PIECE = re.compile(r"[^\s]+")
_APART = re.compile(r"[^\s]+(?: [^\s]+)*")
"""A cell that holds single blanks, where wider gaps part the cells: 83 万, 4 左右"""


def read_tokens(text: str, start: int, stop: int, layout: Layout, width: int = 0) -> list[Token]:
    """The tokens of ``text[start:stop]``, up to the first line that no table goes past. A line that wide gaps part into ``width`` cells, as many as there
    are columns, keeps single blanks inside them."""
    if layout is Layout.BARS:
        return _barred(text, start, stop)
    tokens: list[Token] = []
    at = start
    while at < stop and len(tokens) < MAX_TOKENS:
        end = text.find("\n", at, stop)
        end = stop if end < 0 else end
        line = text[at:end]
        if at > start and is_boundary(line):
            break
        if line.strip() and not (is_break(line) and not line.strip().isdecimal()):
            tokens += _of_line(text, at, end, layout, width, first=at > start or text[at - 1 : at] in ("", "\n"))
        at = end + 1
    return tokens


def _of_line(text: str, start: int, end: int, layout: Layout, width: int, *, first: bool) -> list[Token]:
    if layout is Layout.LINES:
        bare = text[start:end].strip(" \t\u3000|")
        begin = start + (text[start:end].find(bare) if bare else 0)
        return [Token(bare, begin, begin + len(bare), first)]
    tokens: list[Token] = []
    apart = width > 1 and "  " in text[start:end] and _hold_blanks(_APART.findall(text, start, end), width)
    for match in (_APART if apart else _PIECE).finditer(text, start, end):
        piece = match[0].strip("|│┃")
        if piece:
            tokens.append(Token(piece, match.start(), match.end(), first and not tokens))
    return tokens


_INNER_BLANK = re.compile(r"(?<![0-9.）)〕]) (?![0-9])")
_SERIAL_AND_NAME = re.compile(r"[0-9]+ [\u4e00-\u9fff]{2}")


def _hold_blanks(cells: list[str], width: int) -> bool:
    """Whether a line has as many cells as there are columns, and each blank inside one stands beside a figure; a serial number is a cell."""
    return len(cells) == width and not any(map(_INNER_BLANK.search, cells)) and not _SERIAL_AND_NAME.match(cells[0])


def _barred(text: str, start: int, stop: int) -> list[Token]:
    """Cells that a bar closes. Of a cell of several lines each is a token, the last one closed; so cells whose bar was lost can be told."""
    tokens: list[Token] = []
    open_lines = 0
    at = start
    while at < stop and len(tokens) < MAX_TOKENS and open_lines <= OPEN_LINES:
        end = text.find("\n", at, stop)
        end = stop if end < 0 else end
        if at > start and is_boundary(text[at:end]):
            break
        pieces = text[at:end].split("|")
        place = at
        for number, piece in enumerate(pieces):
            bare = piece.strip()
            begin = place + (len(piece) - len(piece.lstrip()) if bare else 0)
            last = number == len(pieces) - 1
            if bare or not last:
                if not bare and tokens and not tokens[-1].closed:
                    tokens[-1] = replace(tokens[-1], closed=True)
                else:
                    tokens.append(Token(bare, begin, begin + len(bare), closed=not last))
            place += len(piece) + 1
        open_lines = 0 if len(pieces) > 1 else open_lines + 1
        at = end + 1
    return tokens
