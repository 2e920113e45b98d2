"""Tables that go on in the next table line, behind a page break: which lines are pieces of one, and the cells that a break leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planparse.language.columns import Role
from planparse.language.tidy import tidy
from planparse.model.document import Cell, Grid
from planparse.tables.captions import is_break, read_caption, surroundings
from planparse.tables.fit import cost, look_at, missing
from planparse.tables.headers import Parts, Row, is_header, sort_rows
from planparse.tables.merged import spread
from planparse.tables.raw import TableLine, drop_empty_columns, filled_columns
from planparse.tables.roles import is_sum, read_columns

LEFT_OUT = 2
"""So many of the first columns a piece may leave out, since their merged cells began on the page before."""
PLAIN, NARROW = 3.0, 1.0
"""So much worse cells fit the columns in which they stand than those behind, where they belong to these; in a piece with fewer columns."""
FIT = 0.6
"""What a cell may cost where it belongs, on average."""


def next_piece(text: str, last: TableLine, grid: Grid, line: TableLine) -> Grid | None:
    """The grid with the rows of the next line, if that is the next piece of its table; ``last`` is the line of the piece before."""
    rows = _under_same_columns(last, line)
    parts = spread(sort_rows(rows, line.header_flags))
    if not rows or not _goes_on(text, last, grid, line, parts):
        return None
    if not grid.header_rows:  # a box of names and texts, whose caption stands again
        again = parts.caption is not None and parts.caption == grid.caption and not parts.header and len(rows[0]) == len(grid.rows[0])
        return replace(grid, rows=(*grid.rows, *parts.body), end=line.end) if again else None
    header = tuple(tuple(tidy(c.text) for c in row) for row in grid.rows[: grid.header_rows])
    first = [row for row in parts.header if tuple(tidy(c.text) for c in row) not in header]
    body = _fitted(read_columns(grid).roles, grid.rows[-1], [*first, *parts.body])
    if body is None:
        return None
    around = surroundings(text, line.start, line.end, line.start)
    return replace(grid, rows=(*grid.rows, *_carried(grid, body)), end=around.end, notes=(*grid.notes, *parts.notes, *around.notes))


def _under_same_columns(last: TableLine, line: TableLine) -> tuple[Row, ...]:
    """The line's rows without empty columns, but for those that the piece before fills: the remarks of a page may be blank."""
    before = filled_columns(last.rows)
    if len(last.rows[0]) == len(line.rows[0]) and set(filled_columns(line.rows)) <= set(before):
        return tuple(tuple(row[i] for i in before) for row in line.rows)
    return drop_empty_columns(line.rows)


def _goes_on(text: str, last: TableLine, grid: Grid, line: TableLine, parts: Parts) -> bool:
    """Whether the line is the next piece of the table before it: nothing between, no header of its own or the same."""
    between = [piece for piece in text[last.end : line.start].split("\n") if piece.strip()]
    if any(not is_break(piece) and not _same_caption(piece, grid) for piece in between):
        return False
    if parts.caption and parts.caption != grid.caption:
        return False
    header = tuple(tuple(tidy(cell.text) for cell in row) for row in grid.rows[: grid.header_rows])
    own = tuple(tuple(tidy(cell.text) for cell in row) for row in parts.header)
    return not own or own == header or not any(is_header(row) for row in parts.header)


def _same_caption(line: str, grid: Grid) -> bool:
    caption = read_caption(line)
    return caption is not None and (caption.text in (None, grid.caption) and caption.number_raw == grid.number_raw)


# ---- cells that a break leaves out -----------------------------------------------------------------------------------


def in_columns(grid: Grid) -> Grid:
    """The grid with each row in its columns whose first cells were left out, although the cells above span too few rows."""
    top, body = grid.rows[: grid.header_rows + 1], grid.rows[grid.header_rows + 1 :]
    if not grid.header_rows or all(row[-1].text for row in body):
        return grid
    rows = _fitted(read_columns(grid).roles, top[-1], body)
    return replace(grid, rows=(*top, *rows)) if rows is not None else grid


def _fitted(roles: Sequence[Role | None], above: Row, rows: Sequence[Row]) -> list[Row] | None:
    """The rows below another one in columns of these roles; None where they are too many, or too few and fit none."""
    out: list[Row] = []
    for row in rows:
        lost = len(roles) - len(row)
        if not 0 <= lost <= LEFT_OUT:
            return None
        if _spans_whole(row) or (is_sum(tidy(row[0].text)) and not lost):
            out.append((*row, *(replace(row[0], propagated=True),) * lost))
            continue
        padded = (*row, *(Cell("", row[-1].end, row[-1].end),) * lost)
        moved = _moved(padded, above, roles, NARROW if lost else PLAIN)
        if moved is None and lost:
            return None
        above = moved or padded
        out.append(above)
    return out


def _moved(row: Row, above: Row, roles: Sequence[Role | None], margin: float) -> Row | None:
    """The row behind the first cells of the row above, if its cells fit the columns there, and not those in which they stand."""
    blank = next((n for n, cell in enumerate(reversed(row)) if cell.text), 0)
    for count in range(1, min(blank, LEFT_OUT) + 1):
        price = _price(row[:-count], roles[count:])
        if all(cell.text for cell in above[:count]) and price + margin <= _price(row, roles) and price <= FIT * (len(row) - count):
            return (*(replace(cell, propagated=True) for cell in above[:count]), *row[:-count])
    return None


def _price(row: Row, roles: Sequence[Role | None]) -> float:
    """What it costs to read the cells in columns of these roles."""
    return sum(cost(role, look_at(tidy(cell.text))) if cell.text else missing(role) for cell, role in zip(row, roles, strict=True))


def _carried(grid: Grid, rows: list[Row]) -> list[Row]:
    """The rows of the next piece; a merged cell that a page break cut goes on in those of its rows that have nothing there."""
    if not rows or len(grid.rows) == grid.header_rows:
        return rows
    above = grid.rows[-1]
    out = [list(row) for row in rows]
    for column, cell in enumerate(above):
        if not cell.text or not (cell.propagated or cell.rowspan > 1) or _spans_whole(above):
            continue
        first = out[0][column]
        if first.text:
            continue
        for row in out:
            mine = row[column]
            if mine.text or len({c.start for c in row if c.text}) < 2 or (mine is not first and not _same_place(mine, first)):
                break
            row[column] = replace(cell, propagated=True)
    return [tuple(row) for row in out]


def _same_place(cell: Cell, first: Cell) -> bool:
    return cell.propagated and cell.start == first.start


def _spans_whole(row: Row) -> bool:
    return len({cell.start for cell in row}) == 1
