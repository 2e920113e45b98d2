"""Rows of tables without rules: merged cells, and text that stands where another cell is."""

from __future__ import annotations

from typing import Any

from planparse.loaders.pdf.open_rows import Placed, deal_rows
from planparse.loaders.pdf.shapes import Line

EDGES = [0.0, 50.0, 100.0, 150.0, 200.0]


class Layer:
    """A text layer that only puts the pieces of one printed row together."""

    def row(self, pieces: list[Line]) -> Line:
        first = pieces[0]
        return Line("".join(p.text for p in pieces), first.left, pieces[-1].right, first.base, first.size, 0)


def placed(text: str, base: float, low: int, high: int | None = None) -> Placed:
    high = low if high is None else high
    return Placed(Line(text, EDGES[low], EDGES[high + 1] - 5, base, 10.0, 0, spans=((0, 1),)), low, high)


def dealt(*pieces: Placed) -> dict[tuple[int, int], tuple[int, str]]:
    """Texts and numbers of rows of the cells that hold something, by row and column."""
    layer: Any = Layer()
    cells = deal_rows(layer, pieces, EDGES, [])
    assert cells is not None
    return {(c.row, c.column): (c.rowspan, c.text) for c in cells if c.lines}


TABLE = [placed(name, 100, column) for column, name in enumerate(("序号", "类别", "名称", "数值"))]
TABLE += [placed(f"{n}", 100 - 20 * n, 0) for n in range(1, 6)] + [placed(f"值{n}", 100 - 20 * n, 3) for n in range(1, 6)]


def test_merged_cells_fill_their_column() -> None:
    """甲 stands in the middle of rows 1–3, 乙 of rows 4–5."""
    cells = dealt(*TABLE, placed("甲", 60, 1), placed("乙", 10, 1))
    assert cells[1, 1] == (3, "甲")
    assert cells[4, 1] == (2, "乙")


def test_the_nearest_tiling_is_taken() -> None:
    """The first rows may be of a cell of the page before: 乙 stands in the middle of rows 3–5, and of no rows from the first on."""
    assert dealt(*TABLE, placed("乙", 20, 1))[3, 1] == (3, "乙")


def test_text_where_another_cell_stands_belongs_to_it() -> None:
    cells = dealt(*TABLE, placed("甲", 60, 1), placed("乙", 10, 1), placed("丙", 40, 1, 2))
    assert "丙" in "".join(text for _, text in cells.values())
