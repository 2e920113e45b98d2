"""Boxes: never wider than the terminal, and what is left out is told."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from planparse.terminal.boxes import Column, boxed, fitting


@pytest.mark.parametrize(
    ("natural", "width", "kept", "widths"),
    [
        ((5, 5), 80, [0, 1], [5, 5]),
        ((5, 90), 40, [0, 1], [5, 28]),
        ((50, 90), 50, [0, 1], [21, 22]),
        ((30,) * 9, 60, [0, 1, 8], [15, 15, 15]),
        ((200,), 30, [0], [26]),
    ],
)
def test_columns_share_the_width(natural: tuple[int, ...], width: int, kept: list[int], widths: list[int]) -> None:
    found = fitting(natural, [min(one, 12) for one in natural], width)
    assert found[0] == kept
    assert all(abs(one - other) <= 1 for one, other in zip(found[1], widths, strict=True))


@pytest.mark.parametrize("width", [60, 80, 100, 200])
@pytest.mark.parametrize("columns", [1, 3, 21])
@pytest.mark.parametrize("cell", ["x", "长句" * 60, "a\nb", "甲" * 7])
def test_no_line_is_wider_than_the_terminal_and_all_are_equally_wide(width: int, columns: int, cell: str) -> None:
    lines = boxed([Column(f"c{number}", "varchar", [cell, ""]) for number in range(columns)], width)[0].splitlines()
    assert len(lines) == 7
    assert len({cell_len(line) for line in lines}) == 1
    assert cell_len(lines[0]) <= width


def test_what_is_cut_and_left_out_is_told() -> None:
    wide = [Column(f"c{number}", "varchar", ["甲" * 40]) for number in range(9)]
    text, shown, cut = boxed(wide, 80)
    assert (cut, shown < 9) == (True, True)
    assert re.search("甲 ?…", text)
    assert "│ … │" in text
    assert boxed(wide, None)[1:] == (9, False)
    assert "甲" * 40 in boxed(wide, None)[0]


def test_numbers_stand_to_the_right_and_identifiers_are_never_cut() -> None:
    columns = [
        Column("record_id", "varchar", ["0123456789abcdef-q0001"], firm=True),
        Column("n", "int64", ["12", "7"][:1], True),
    ]
    text = boxed([*columns, Column("text", "varchar", ["句" * 80])], 60)[0]
    assert "0123456789abcdef-q0001" in text
    assert "│    12 │" in text


def test_a_terminal_is_not_obeyed() -> None:
    assert "\x1b" not in boxed([Column("a\x1b[1m", "varchar", ["\x1b[31m红"])], 60)[0]
