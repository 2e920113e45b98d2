"""Tables that lost their form: header words in a row, and behind them cells one a line, with blanks between or run together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from planparse.language.columns import NAMING, Role, fold_header, role_of
from planparse.language.shapes import find_marker
from planparse.language.tidy import tidy
from planparse.model.document import Cell, Grid
from planparse.model.findings import Code, Note
from planparse.model.source import CELL_BREAK, TABLE_START
from planparse.tables.align import GOOD_MEAN, OWN_MEAN, Aligner, Alignment, Column
from planparse.tables.anchors import find_anchors
from planparse.tables.captions import surroundings
from planparse.tables.fit import Look
from planparse.tables.flat_headers import Reading, readings
from planparse.tables.headers import Parts
from planparse.tables.merged import spread_rows
from planparse.tables.runon import Known, read_run
from planparse.tables.tokens import Layout, Token, read_tokens

Span = tuple[int, int]

MOST_LATER = 300
"""Among so many places behind a header the next one's is looked for: text that is all header words costs in proportion, too."""
MOST_FAILED = 6
"""A header is given up after so many places where no rows could be read below it: each time all of the text behind it is tried."""
_SAID = re.compile("[，。；]")
_LETTERS = re.compile(r"[A-Za-z0-9]$")
_OTHER = {
    Layout.LINES: (Layout.LINES, Layout.BLANKS),
    Layout.BARS: (Layout.BARS, Layout.LINES),
    Layout.BLANKS: (Layout.BLANKS, Layout.LINES, Layout.RUN),
    Layout.RUN: (Layout.RUN, Layout.BLANKS, Layout.LINES),
}
"""How a body may stand under a header that stands in one way."""


def flat_grids(text: str, taken: list[Span]) -> tuple[list[Grid], list[Note]]:
    """Grids of all flattened tables outside the spans that are taken; notes (clean spans) on those that cannot be rebuilt."""
    grids: list[Grid] = []
    notes: list[Note] = []
    starts = find_anchors(text)
    floor = 0
    known: dict[int, list[Reading]] = {}
    failed: Counter[str] = Counter()
    for number, start in enumerate(starts):
        if start < floor or any(a <= start < b for a, b in taken):
            continue
        limit = _limit(text, start, [a for a, _ in taken])
        options = _readings(text, start, limit, known)
        header = "".join(c.name for c in options[0].columns) if options else ""
        if not options or failed[header] >= MOST_FAILED:
            continue
        stop = _stop(text, options[0], starts[number + 1 : number + 1 + MOST_LATER], limit, known)
        best = _best(text, options, stop)
        if best is None:
            failed[header] += 1
            sure = next((one for one in options if _surely_table(one, text)), None)
            if sure is not None:
                end = _end_of_figures(text, sure.body, stop)
                notes.append(Note.of(Code.UNREAD_TABLE, "columns", sure.start, end, columns=_names(sure)))
                if end > sure.body:  # its figures are no text: a grid without rows takes them out
                    bare = _grid(text, sure, [], Alignment(), floor=floor)
                    grids.append(replace(bare, end=max(bare.end, end)))
                    floor = grids[-1].end
            continue
        grid = _grid(text, *best, floor=floor)
        grids.append(grid)
        floor = grid.end
    return grids, [note for note in dict.fromkeys(notes) if not any(grid.body and _touches(note, grid) for grid in grids)]


def _touches(note: Note, grid: Grid) -> bool:
    return (note.start or 0) < grid.end and grid.start < (note.end or 0)


def _limit(text: str, start: int, taken: list[int]) -> int:
    limit = min((a for a in taken if a > start), default=len(text))
    mark = text.find(TABLE_START, start, limit)
    return limit if mark < 0 else mark


def _readings(text: str, start: int, limit: int, known: dict[int, list[Reading]]) -> list[Reading]:
    """The readings of the header at ``start``, each place read once: what stands there may end a table above it, too."""
    if start not in known:
        known[start] = readings(text, start, limit)
    return known[start]


def _stop(text: str, reading: Reading, later: list[int], limit: int, known: dict[int, list[Reading]]) -> int:
    """Where the next table's header begins, if it is another one."""
    for start in later:
        if start >= limit:
            break
        if start < reading.body or _same_header(reading, text, start):
            continue
        following = _readings(text, start, limit, known)
        if following and following[0].known >= 3:
            return start
    return limit


def _same_header(first: Reading, text: str, start: int) -> bool:
    """Whether the header that begins at ``start`` is the same again."""
    name = fold_header("".join(c.name for c in first.columns))
    again = re.sub(r"[\s|│┃¦“”\"]+", "", text[start : start + 3 * len(name) + 60])
    return len(name) > 3 and again.startswith(
        re.sub(r"[\s|│┃¦“”\"]+", "", text[first.start : first.body])[: len(again)]
    )


Found = tuple[Reading, list[Token], Alignment]


def _best(text: str, options: list[Reading], stop: int) -> Found | None:
    """The reading of header and body under which the rows come out cheapest."""
    best: Found | None = None
    looks: dict[str, Look] = {}
    known = Known()
    streams: dict[tuple[int, int, Layout, int], list[Token]] = {}
    for reading in options:
        untyped = all(c.role in _UNTYPED for c in reading.columns)
        for layout in _OTHER[reading.layout]:
            if untyped and layout is Layout.RUN:
                continue  # nothing but text, and nothing that parts the cells
            if best is not None and ((_plain(best) and not _as_plain(reading, best[0])) or (best[2].mean < 0.8 and layout is not reading.layout)):
                continue
            if layout is Layout.RUN:
                tokens, found = read_run(text, reading.body, stop, reading.columns, known)
            else:
                end = _before_heading(text, reading.body, stop) if untyped and layout is Layout.LINES else stop
                width = len(reading.columns) if layout is Layout.BLANKS else 0
                key = (reading.body, end, layout, width)
                if key not in streams:
                    streams[key] = read_tokens(text, reading.body, end, layout, width)
                tokens = streams[key]
                found = Aligner(tokens, reading.columns, layout, looks).run()
            found.total += reading.left
            if _good(reading, tokens, found) and (best is None or found.total < best[2].total - 0.5):
                best = (reading, tokens, found)
    return best


def _before_heading(text: str, start: int, stop: int) -> int:
    """Where the first numbered line behind ``start`` begins: names and texts by turns may be headings and paragraphs there."""
    at = start
    while 0 <= at < stop:
        if find_marker(text, at) is not None:
            return at
        at = text.find("\n", at, stop) + 1 or stop
    return stop


def _plain(best: Found) -> bool:
    """Whether a reading leaves no doubt: numbered rows that fit."""
    reading, _, found = best
    return found.mean < 0.4 and found.data_rows >= 3 and reading.columns[0].role is Role.NUMBER


def _as_plain(reading: Reading, best: Reading) -> bool:
    """Whether another reading may fit as well as one that leaves no doubt: of the same rows, with their numbers."""
    return reading.body == best.body and reading.columns[0].role is Role.NUMBER


_UNTYPED = (None, *NAMING, Role.CATEGORY, Role.CONTENT, Role.REMARK, Role.PLACE)


def _good(reading: Reading, tokens: list[Token], found: Alignment) -> bool:
    if all(c.role in _UNTYPED for c in reading.columns):
        whole = all(all(row) for row in found.rows if len(row) > 1)
        marked = all(t.closed for t in tokens[: found.stop]) or _by_lines(tokens, found) or _by_turns(tokens, found)
        return found.data_rows >= 2 and whole and marked
    if any(c.name and role_of(c.name) is None and c.role is not None for c in reading.columns):  # words of its own: the rows must tell
        return found.data_rows > 2 and found.mean <= OWN_MEAN
    if found.data_rows >= 2:
        return found.mean <= GOOD_MEAN
    return found.data_rows == 1 and reading.known >= 4 and found.mean <= 1.0


def _by_lines(tokens: list[Token], found: Alignment) -> bool:
    """Whether each row is a line, and each of its cells one piece of it."""
    rows = [row for row in found.rows if len(row) > 1]
    return all(len(cell) == 1 and tokens[cell[0]].first == (n == 0) for row in rows for n, cell in enumerate(row))


def _by_turns(tokens: list[Token], found: Alignment) -> bool:
    """Whether names and what is said of them stand on lines by turns."""
    pairs = [[tokens[n].text for cell in row for n in cell] for row in found.rows if len(row) > 1]
    return all(len(pair) == 2 and not _SAID.search(pair[0]) and _SAID.search(pair[1]) for pair in pairs)


def _surely_table(reading: Reading, text: str) -> bool:
    """Whether a header that no rows were found for is still one: all of it is known, or most with a serial column or a property."""
    roles = {c.role for c in reading.columns}
    if reading.known == len(reading.columns) >= 3 and reading.layout is not Layout.RUN:
        return True
    return reading.known >= 4 and bool(roles & {Role.NUMBER, Role.PROPERTY, Role.UNIT}) and text[reading.body : reading.body + 1] != ""


def _end_of_figures(text: str, start: int, stop: int) -> int:
    """Where the figures of a table end whose names were lost; ``start`` where other text stands there."""
    line_end = text.find("\n", start, stop)
    line_end = stop if line_end < 0 else line_end
    line = text[start:line_end]
    figures = sum(c.isdecimal() or c in ".%-" for c in line)
    return line_end if len(line) >= 20 and figures * 5 >= len(line) * 4 else start


def _names(reading: Reading) -> str:
    return "、".join(c.name for c in reading.columns if c.name)[:60]


# ---- the grid --------------------------------------------------------------------------------------------------------


def _grid(text: str, reading: Reading, tokens: list[Token], found: Alignment, *, floor: int) -> Grid:
    columns = reading.columns
    rows = _header_rows(columns, reading.start)
    depth = len(rows)
    at = reading.body
    for row in found.rows:
        rows.append(_row(row, tokens, len(columns), at))
        at = max(at, *(cell.end for cell in rows[-1]))
    rows[depth:] = spread_rows(Parts(header=list(rows[:depth]), body=list(rows[depth:]))).body
    around = surroundings(text, reading.start, at, floor)
    return Grid(
        rows=tuple(rows),
        header_rows=depth,
        start=around.start,
        end=_past_bars(text, around.end),
        caption=around.caption,
        number_raw=around.number_raw,
        notes=around.notes,
        unit=around.unit,
    )


def _header_rows(columns: list[Column], start: int) -> list[tuple[Cell, ...]]:
    """One row of names; where a name spans several columns, a row of those above it."""
    names = [Cell(tidy(c.name), c.start or start, c.end or start) for c in columns]
    if not any(c.parent for c in columns):
        return [tuple(names)]
    above: list[Cell] = []
    for column, name in zip(columns, names, strict=True):
        if not column.parent:
            above.append(replace(name, rowspan=2))
        else:
            again = bool(above) and above[-1].text == tidy(column.parent)
            above.append(Cell(tidy(column.parent), start, start, propagated=again))
    below = [n if c.parent else replace(n, propagated=True) for c, n in zip(columns, names, strict=True)]
    return [tuple(above), tuple(below)]


def _row(row: list[list[int]], tokens: list[Token], width: int, at: int) -> tuple[Cell, ...]:
    if len(row) == 1:
        cell = _cell([tokens[n] for n in row[0]], at)
        cell = replace(cell, colspan=width)
        return (cell, *(replace(cell, propagated=True) for _ in range(width - 1)))
    cells: list[Cell] = []
    for group in row:
        cells.append(_cell([tokens[n] for n in group], at))
        at = cells[-1].end
    return tuple(cells)


def _cell(tokens: list[Token], at: int) -> Cell:
    """One cell of its tokens: pieces of a line are closed up, lines are parted by a break."""
    parts = [t for t in tokens if t.text]
    if not parts:
        return Cell("", at, at)
    text = parts[0].text
    for token in parts[1:]:
        text += CELL_BREAK if token.first else " " if _LETTERS.search(text) and token.text[:1].isascii() else ""
        text += token.text
    return Cell(text.replace("\n", CELL_BREAK), parts[0].start, parts[-1].end)


def _past_bars(text: str, end: int) -> int:
    """The end without the bars that close the last cell left over."""
    at = end
    while at < len(text) and text[at] in " \t|\n":
        at += 1
        if text[at - 1] == "|":
            end = at
    return end
