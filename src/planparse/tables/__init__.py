"""Tables of the clean text, structured or flattened, rebuilt as grids."""

from __future__ import annotations

from dataclasses import replace

from planparse.model.document import CleanDocument, Grid
from planparse.model.findings import Code, Note
from planparse.model.source import CELL_END, ROW_END, TABLE_START
from planparse.tables.commas import comma_grids
from planparse.tables.delimited import delimited_grids
from planparse.tables.flat import flat_grids
from planparse.tables.raw import MAX_COLUMNS, TableLine, read_lines
from planparse.tables.structured import is_layout, structured_grids

__all__ = ["TableLine", "find_grids", "is_layout", "read_lines"]

_BARS = "|｜│┃║\t"


def find_grids(clean: CleanDocument) -> tuple[list[Grid], list[Note]]:
    """All tables of the document as grids, in the order of the text (clean offsets), and a note (source offsets) on each that cannot be rebuilt.

    A table line that no grid covers only lays out a page or draws a box: its cells are ordinary lines.
    """
    text = clean.text.text
    grids = structured_grids(clean) if TABLE_START in text else []
    even, ragged = delimited_grids(text) if any(bar in text for bar in _BARS) else ([], [])
    grids += [g for g in even if not _overlaps(g, grids)]
    listed, notes = comma_grids(clean)
    grids += [g for g in listed if not _overlaps(g, grids)]
    flat, unread = flat_grids(text, sorted((g.start, g.end) for g in grids))
    notes += [note for note in unread if not any(_same_place(note, other) for other in notes)]
    for found in (flat, ragged):
        grids += [g for g in found if not _overlaps(g, grids)]
    grids.sort(key=lambda g: g.start)
    notes += _too_wide(text)
    return grids, [_in_source(clean, note) for note in notes]


def _too_wide(text: str) -> list[Note]:
    """A note on each table with more columns than are read, at its first such row."""
    notes: list[Note] = []
    if max(map(text.count, ("|", "\t", CELL_END))) <= MAX_COLUMNS:
        return notes
    start, above = 0, False
    for line in text.split("\n"):
        cells = max((row.count(CELL_END) for row in line.split(ROW_END)), default=0) if line.startswith(TABLE_START) else max(map(line.count, "|\t"))
        if cells > MAX_COLUMNS and not above:
            notes.append(Note.of(Code.LIMIT_EXCEEDED, "columns", start, start + len(line), limit=MAX_COLUMNS))
        above = cells > MAX_COLUMNS
        start += len(line) + 1
    return notes


def _overlaps(grid: Grid, others: list[Grid]) -> bool:
    return any(grid.start < other.end and other.start < grid.end for other in others)


def _same_place(note: Note, other: Note) -> bool:
    return (note.start or 0) < (other.end or 0) and (other.start or 0) < (note.end or 0)


def _in_source(clean: CleanDocument, note: Note) -> Note:
    if note.start is None or note.end is None:
        return note
    start, end = clean.text.span(note.start, note.end)
    return replace(note, start=start, end=end)
