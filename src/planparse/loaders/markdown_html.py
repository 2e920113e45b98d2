"""HTML tables inside Markdown, as converters from PDF write them (they alone can span): read as on a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planparse.loaders.html.blocks import read_blocks
from planparse.loaders.html.segments import Piece, cut
from planparse.model.source import TableShape
from planparse.model.text import Edit, MappedText

MAX_DEPTH = 64
"""Nesting of elements in an HTML table inside Markdown."""
_TABLE_TAG = re.compile(r"<(?P<close>/?)table\b[^<>]{0,2000}>", re.IGNORECASE)


def read_html_tables(body: MappedText) -> tuple[MappedText, list[TableShape]]:
    """The text with every ``<table>…</table>`` read: data tables as table lines, others as lines; and the shapes."""
    edits: list[Edit] = []
    shapes: list[TableShape] = []
    for start, end in _tables(body.text):
        page = read_blocks(cut(body.text[start:end], MAX_DEPTH))
        shapes += [block.shape for block in page.blocks if block.shape is not None]
        pieces: list[Piece] = []
        for block in page.blocks:
            if pieces:
                pieces.append(("\n", block.pieces[0][1]))
            pieces += block.pieces
        edits += _edits(body.text, start, end, pieces)
    return body.edit(edits), shapes


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost tables stand; one that is never closed is left as it is."""
    depth = start = 0
    for tag in _TABLE_TAG.finditer(text):
        if not tag["close"]:
            start = tag.start() if not depth else start
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, tag.end()


def _edits(text: str, start: int, end: int, pieces: list[Piece]) -> Iterator[Edit]:
    """Edits that make the pieces of ``text[start:end]``: what stands there as it is is kept in its place."""
    position = start
    new = "\n" if start and text[start - 1] != "\n" else ""  # a table line is a line of its own
    for piece, offset in pieces:
        place = start + offset
        if place >= position and text.startswith(piece, place) and place + len(piece) <= end:
            yield position, place, new
            position, new = place + len(piece), ""
        else:
            new += piece
    yield position, end, new if text.startswith("\n", end) or end == len(text) else new + "\n"
