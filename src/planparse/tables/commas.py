"""Rows one a line with commas between the cells, as a table saved for spreadsheets is pasted into text; a cell in quotes may hold commas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from planparse.language.columns import role_of
from planparse.language.tidy import tidy
from planparse.model.document import Cell, CleanDocument, Grid
from planparse.model.findings import Code, Note
from planparse.tables.captions import is_boundary, surroundings
from planparse.tables.fit import is_category
from planparse.tables.headers import FIGURE, Row, is_header, sort_rows
from planparse.tables.merged import spread
from planparse.tables.raw import MAX_COLUMNS, make_cell

# 序号,指标,单位,2020年: short names alone, three at least; commas that stand for empty columns may close the line.
_HEADER = re.compile(r'\n(?P<names>[^\n。；：:，,"]{1,15}(?:[，,][^\n。；：:，,"]{1,15}){2,40})[，,]{0,40}$', re.MULTILINE)
_CELL = re.compile(r'(?:^|(?<=[，,]))(?:"(?P<quoted>(?:[^"\n]|"")*)"(?=[，,]|$)|(?P<plain>[^，,\n]*))')
_THOUSANDS = re.compile(r"[≥≤<>]?[-+]?[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?[%‰]?")
_SENTENCE = re.compile(r"[。！？；：][”）)]?$")
_SERIAL = re.compile(r"[0-9]{1,3}[，,]")
FEWEST_ROWS = 2
FEWEST_CELLS = 3
"""A line of so many cells below a table may be a row of it that has lost some."""
MOST_JOINED = 6
"""Commas within the cells of one row."""
KNOWN_SHARE = 0.6
"""Of the names in the header, so many are ones that plans give to columns."""

Span = tuple[int, int]


def comma_grids(clean: CleanDocument) -> tuple[list[Grid], list[Note]]:
    """Grids of all tables whose cells commas tell apart, and a note (clean offsets) on each with rows whose cells nobody can tell."""
    grids: list[Grid] = []
    notes: list[Note] = []
    text, floor = clean.text.text, 0
    for match in _HEADER.finditer("\n" + text):  # begins where the line does in the text
        names = re.split("[，,]", match["names"])
        if match.start() < floor or role_of(names[0]) is None or sum(role_of(n) is not None for n in names) < KNOWN_SHARE * len(names):
            continue
        sign = _sign(clean, match.start() + len(names[0]))
        lines = [_spans(text, match.start(), match.start() + len(match["names"])), *_lines(clean, match.end(), len(names), sign)]
        if len(lines) <= FEWEST_ROWS or len(names) > MAX_COLUMNS:
            continue
        start, floor = match.start(), lines[-1][-1][1]
        rows = _rows(clean, lines, sign)
        if rows is None or not is_header(rows[0]):
            if rows is None:
                notes.append(Note.of(Code.UNREAD_TABLE, "columns", start, floor, columns="、".join(names)))
            continue
        if (rest := _lost_rows(text, floor, len(names))) > floor:
            notes.append(Note.of(Code.UNREAD_TABLE, "columns", floor + 1, rest, columns="、".join(names)))
        parts = spread(sort_rows(rows, ()))
        around = surroundings(text, start, floor, grids[-1].end if grids else 0)
        body = (*parts.header, *parts.body)
        grids.append(Grid(body, len(parts.header), around.start, around.end, around.caption, around.number_raw, around.notes, around.unit))
    return grids, notes


def _sign(clean: CleanDocument, at: int) -> str:
    """What stands in the source for the sign at a place of the clean text: cleaning makes commas alike."""
    start, end = clean.text.span(at, at + 1)
    return clean.source.text[start:end]


# ---- lines -----------------------------------------------------------------------------------------------------------


def _lines(clean: CleanDocument, at: int, width: int, sign: str) -> Iterator[list[Span]]:
    """The cells of the lines from a place on, up to the first that is no row: a note, a sentence, one with fewer cells. A category may
    stand alone above a row."""
    text = clean.text.text
    while at < len(text):
        end = _line_end(text, at)
        spans = _trimmed(text, _spans(text, at, end), width)
        below = text[end + 1 : _line_end(text, end + 1)]
        alone = len(spans) == 1 and is_category(text[at:end]) and len(_spans(below, 0, len(below))) >= width
        if is_boundary(text[at:end]) or not (alone or len(spans) >= width):
            return
        written_so = sign == "，" or all(_sign(clean, a) != sign for _, a in spans[: width - 1])
        if written_so and _SENTENCE.search(text[at:end]) and not _SERIAL.match(text, at):
            return
        yield spans
        at = end + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _spans(text: str, start: int, end: int) -> list[Span]:
    """Where the cells of a line stand, without their quotes."""
    return [(start + match.start(name), start + match.end(name)) for match in _CELL.finditer(text[start:end]) if (name := match.lastgroup or "plain")]


def _trimmed(text: str, spans: list[Span], width: int) -> list[Span]:
    """The cells without empty ones behind those that the header names."""
    while len(spans) > width and not text[slice(*spans[-1])].strip():
        spans = spans[:-1]
    return spans


def _lost_rows(text: str, end: int, width: int) -> int:
    """Where the lines below the table end that have some of its cells; ``end`` where there are none."""
    while end < len(text):
        line = text[end + 1 : _line_end(text, end + 1)]
        if not FEWEST_CELLS <= len(_spans(line, 0, len(line))) <= width or is_boundary(line) or "。" in line or _SENTENCE.search(line):
            break
        end += 1 + len(line)
    return end


# ---- rows ------------------------------------------------------------------------------------------------------------


def _rows(clean: CleanDocument, lines: list[list[Span]], sign: str) -> tuple[Row, ...] | None:
    """The cells of the lines. Where a line has more commas than the header, those do not part cells that are written otherwise than the
    header's, or without which the row has its cells in one way alone; None where there are several ways, or none."""
    text, width = clean.text.text, len(lines[0])
    sound = [[text[slice(*span)] for span in spans] for spans in lines[1:] if len(spans) == width]
    figures = [_figures([row[i] for row in sound]) for i in range(width)]
    rows: list[Row] = []
    for spans in lines:
        if len(spans) > width:
            joined = _joined(clean, spans, sign)
            whole = len(joined) == width and all(_fits(text, [cell], column) for cell, column in zip(joined, figures, strict=True))
            spans = joined if whole else _dealt(text, spans, figures) if sound else []
        if not spans:
            return None
        cells = [make_cell(text, a, b) for a, b in spans]
        rows.append((*cells, *(Cell("", cells[-1].end, cells[-1].end) for _ in range(width - len(cells)))))
    return tuple(rows)


def _joined(clean: CleanDocument, row: list[Span], sign: str) -> list[Span]:
    """The cells with those closed up that commas of another width part."""
    joined = row[:1]
    for (_, before), (start, end) in pairwise(row):
        if start - before == 1 and _sign(clean, before) != sign:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _figures(cells: Sequence[str]) -> bool | None:
    """Whether a column holds nothing but figures; None where some cells are figures and some are not."""
    found = {FIGURE.fullmatch(tidy(cell)) is not None for cell in cells if cell.strip()}
    return found.pop() if len(found) == 1 else None


def _dealt(text: str, spans: list[Span], figures: list[bool | None]) -> list[Span]:
    """The cells of a row with more commas than it should have, if they fit the columns in one way alone; else none."""
    ways: dict[int, list[list[Span]]] = {0: [[]]}
    for column in figures if len(spans) - len(figures) <= MOST_JOINED else ():
        further: dict[int, list[list[Span]]] = {}
        for at, begun in ways.items():
            for end in range(at + 1, min(at + MOST_JOINED + 1, len(spans)) + 1):
                if _fits(text, spans[at:end], column):
                    further.setdefault(end, []).extend([*way, (spans[at][0], spans[end - 1][1])] for way in begun)
        ways = {end: found[:2] for end, found in further.items()}
    found = ways.get(len(spans), [])
    return found[0] if len(found) == 1 else []


def _fits(text: str, pieces: list[Span], figures: bool | None) -> bool:
    """Whether the pieces between commas may be one cell: words under words, a figure or its thousands under figures."""
    bare = [text[slice(*piece)].strip() for piece in pieces]
    numbers = [FIGURE.fullmatch(piece) is not None for piece in bare if piece]
    if len(pieces) == 1:
        return not numbers or figures is None or numbers[0] == figures
    whole = text[pieces[0][0] : pieces[-1][1]].strip()
    return figures is not False if _THOUSANDS.fullmatch(whole) else figures is not True and len(numbers) == len(bare) and not any(numbers)
