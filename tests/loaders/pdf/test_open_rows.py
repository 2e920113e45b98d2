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


def test_a_merged_cell_ends_before_the_sum_of_all() -> None:
    """甲 stands in the middle of rows 1–3, 乙 of row 4; row 5 is 合计, and no cell goes on into it."""
    body = [piece for piece in TABLE if piece.line.text != "5"]
    cells = dealt(*body, placed("合计", 0, 0), placed("甲", 60, 1), placed("乙", 20, 1))
    assert (cells[1, 1], cells[4, 1]) == ((3, "甲"), (1, "乙"))


def test_a_sum_of_a_category_is_within_it() -> None:
    """小计 stands in the column of names, beside the category that it sums up."""
    names = [placed(name, 100 - 20 * n, 2) for n, name in enumerate(("甲一", "甲二", "小计", "乙一", "乙二"), 1)]
    cells = dealt(*TABLE, *names, placed("甲", 60, 1), placed("乙", 10, 1))
    assert (cells[1, 1], cells[4, 1]) == ((3, "甲"), (2, "乙"))


def test_what_divides_a_name_of_columns_is_no_end_of_it() -> None:
    """建设年限 stands over 开工 and 完工; only where nothing stands beside it is a second line its end."""
    body = [placed(f"{n}", 80 - 20 * n, column) for n in range(1, 4) for column in range(4)]
    spanning = Placed(Line("建设年限", 100, 195, 100, 10.0, 0, spans=((0, 1),)), 2, 3)
    cells = dealt(placed("序号", 100, 0), placed("名称", 100, 1), spanning, placed("开工", 88, 2), placed("完工", 88, 3), *body)
    assert (cells[0, 2][1], cells[1, 2][1], cells[1, 3][1]) == ("建设年限", "开工", "完工")
    cells = dealt(placed("序号", 100, 0), placed("名称", 100, 1), spanning, placed("（年）", 88, 2), *body)
    assert cells[0, 2][1] == "建设年限（年）"
