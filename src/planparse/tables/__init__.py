"""Tables of the clean text, structured or flattened, rebuilt as grids."""

from __future__ import annotations

import re
from dataclasses import replace

from planparse.model.document import CleanDocument, Grid
from planparse.model.findings import Code, Note
from planparse.model.source import CELL_END, ROW_END, TABLE_START
from planparse.tables.captions import read_caption
from planparse.tables.commas import comma_grids
from planparse.tables.delimited import delimited_grids
from planparse.tables.fit import is_category
from planparse.tables.flat import flat_grids
from planparse.tables.raw import MAX_COLUMNS, TableLine, read_lines
from planparse.tables.structured import is_layout, structured_grids
from planparse.tables.yearly import yearly_grids

__all__ = ["TableLine", "find_grids", "is_layout", "read_lines"]

FEWEST_CELLS = 6
"""So many short lines below a caption are the cells of a table, each on a line of its own."""
_CAPTIONED = re.compile(r"^(?P<caption>(?:附表|表)\s?[0-9一二三四五六七八九十][^\n]{2,50})\n(?P<cells>(?:[^\n。；，]{1,20}\n){6,200})", re.MULTILINE)
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
    for found in (flat, ragged, yearly_grids(text)):
        grids += [g for g in found if not _overlaps(g, grids)]
    grids.sort(key=lambda g: g.start)
    notes += _too_wide(text)
    known: list[Note | Grid] = [*grids, *notes]
    notes += [note for note in _unbuilt(text) if not any(_same_place(note, other) for other in known)]
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


def _unbuilt(text: str) -> list[Note]:
    """A note on each caption with its marker (表1 …) above lines that are cells of a table: all short, some of them figures or years."""
    notes: list[Note] = []
    for match in _CAPTIONED.finditer(text):
        caption = read_caption(match["caption"])
        cells = match["cells"].split("\n")
        found = next((n for n, cell in enumerate(cells) if is_category(cell) or read_caption(cell)), len(cells))
        figures = sum(re.search(r"[0-9]", cell) is not None for cell in cells[:found])
        if caption is not None and caption.text and found >= FEWEST_CELLS and figures > 1:
            end = match.start("cells") + sum(len(cell) + 1 for cell in cells[:found]) - 1
            notes.append(Note.of(Code.UNREAD_TABLE, "captioned", match.start("caption"), end, caption=match["caption"]))
    return notes


def _same_place(note: Note, other: Note | Grid) -> bool:
    return (note.start or 0) < (other.end or 0) and (other.start or 0) < (note.end or 0)


def _in_source(clean: CleanDocument, note: Note) -> Note:
    if note.start is None or note.end is None:
        return note
    start, end = clean.text.span(note.start, note.end)
    return replace(note, start=start, end=end)
