"""A table in a box, as DuckDB draws it, cut to the width of the terminal. ::

┌─────────┬───────┐
│ region  │ value │
│ varchar │ int64 │
├─────────┼───────┤
│ 禾阳县  │    12 │
└─────────┴───────┘
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planparse.model.safe import safe

NARROWEST = 12
"""Places of the terminal that a cut cell keeps; where even that is too much, columns of the table are left out."""
CUT = "…"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type, its cells as text; numbers stand to the right, and what is ``firm`` is never cut."""

    name: str
    kind: str
    cells: Sequence[str]
    number: bool = False
    firm: bool = False


def boxed(columns: Sequence[Column], width: int | None) -> tuple[str, int, bool]:
    """The lines of the box, how many columns they show, and whether any cell is cut.

    ``width`` is that of the terminal; None cuts nothing. A Chinese character takes two places. Columns in the middle go
    where even narrow ones do not fit: a column of ``…`` stands for them.
    """
    from rich.cells import cell_len

    columns = [replace(one, name=_line(one.name), cells=[*map(_line, one.cells)]) for one in columns]
    natural = [max(map(cell_len, (one.name, one.kind, *one.cells))) for one in columns]
    least = [wide if one.firm else min(wide, NARROWEST) for one, wide in zip(columns, natural, strict=True)]
    kept, widths = fitting(natural, least, width) if width else ([*range(len(columns))], natural)
    shown = [columns[place] for place in kept]
    cut = any(wide < natural[place] for place, wide in zip(kept, widths, strict=True))
    if len(kept) < len(columns):
        middle = (len(kept) + 1) // 2
        shown.insert(middle, Column(CUT, CUT, [CUT] * len(columns[0].cells)))
        widths = [*widths[:middle], 1, *widths[middle:]]
    return _drawn(shown, widths), len(kept), cut


def _line(text: str) -> str:
    return safe(" ".join(text.split("\n")))


def fitting(natural: Sequence[int], least: Sequence[int], width: int) -> tuple[list[int], list[int]]:
    """Which columns to keep, and how wide each, for a box of at most ``width`` places (or one column, at its narrowest).

    ``natural`` are the columns' widths uncut, ``least`` their narrowest. Columns in the middle go until the others fit at
    their narrowest; of those the widest give way first.
    """
    kept = list(range(len(natural)))
    while len(kept) > 1 and sum(least[place] for place in kept) > _room(kept, natural, width):
        kept.pop(len(kept) // 2)
    room = _room(kept, natural, width)
    most = max(natural[place] for place in kept)
    widths = [natural[place] for place in kept]
    while sum(widths) > room and most > 1:
        most -= 1
        widths = [max(least[place], min(natural[place], most)) for place in kept]
    return kept, widths


def _room(kept: Sequence[int], natural: Sequence[int], width: int) -> int:
    """What is left for the cells: a column has a rule and two blanks, the box one more rule, left-out columns four places."""
    return width - 3 * len(kept) - 1 - (4 if len(kept) < len(natural) else 0)


def _drawn(columns: Sequence[Column], widths: Sequence[int]) -> str:
    top, middle, bottom = (
        left + cross.join("─" * (width + 2) for width in widths) + right for left, cross, right in ("┌┬┐", "├┼┤", "└┴┘")
    )
    rows = zip(*(one.cells for one in columns), strict=True)
    lines = [
        top,
        _row(columns, [one.name for one in columns], widths),
        _row(columns, [one.kind for one in columns], widths),
    ]
    return "\n".join([*lines, middle, *(_row(columns, row, widths) for row in rows), bottom])


def _row(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int]) -> str:
    from rich.cells import cell_len, set_cell_size

    shown = []
    for column, cell, width in zip(columns, cells, widths, strict=True):
        blank = " " * (width - cell_len(cell))
        if cell_len(cell) > width:
            shown.append(set_cell_size(cell, width - 1) + CUT)
        else:
            shown.append(blank + cell if column.number else cell + blank)
    return "│ " + " │ ".join(shown) + " │"
