"""The clean text as a sequence of blocks: paragraphs and grids, in order; frames that only hold text are opened."""

from __future__ import annotations

from planparse.model.document import CleanDocument, Grid, Paragraph
from planparse.model.findings import Note
from planparse.model.source import STRUCTURE_MARKS, TABLE_START
from planparse.tables import find_grids

Block = Paragraph | Grid


def find_blocks(clean: CleanDocument) -> tuple[list[Block], tuple[Note, ...]]:
    """Paragraphs and grids in the order of the text. A table line that became no grid is a frame: its cells are paragraphs."""
    grids, notes = find_grids(clean)
    blocks: list[Block] = []
    text = clean.text.text
    position = 0
    for grid in grids:
        blocks += _paragraphs(text, position, grid.start)
        blocks.append(grid)
        position = grid.end
    blocks += _paragraphs(text, position, len(text))
    return blocks, tuple(notes)


def _paragraphs(text: str, start: int, end: int) -> list[Block]:
    out: list[Block] = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text.startswith(TABLE_START, start):
            out += _frame(text, start, stop)
        elif stop > start:
            out.append(Paragraph(text[start:stop], start, stop))
        start = stop + 1
    return out


def _frame(text: str, start: int, end: int) -> list[Block]:
    """The lines of the cells of a frame drawn around text."""
    out: list[Block] = []
    at = start
    marks = STRUCTURE_MARKS  # CELL_BREAK ends a line inside a cell
    for i in range(start, end + 1):
        if i == end or text[i] in marks:
            piece = text[at:i]
            left = at + len(piece) - len(piece.lstrip())
            if piece.strip():
                out.append(Paragraph(piece.strip(), left, left + len(piece.strip())))
            at = i + 1
    return out
