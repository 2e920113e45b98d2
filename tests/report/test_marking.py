"""A text cut into segments stays whole, whatever marks lie over it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.report.marking import Mark, lines


def drawn(text: str, *marks: Mark) -> list[list[tuple[str, str, str]]]:
    return [[(s.text, s.names, s.items) for s in line] for line in lines(text, marks)]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], [[("甲乙丙丁", "", "")]]),
        ([Mark(1, 3, "goal", 5)], [[("甲", "", ""), ("乙丙", "goal", "5"), ("丁", "", "")]]),
        (
            [Mark(0, 4, "task", 1), Mark(1, 2, "target", 2)],
            [[("甲", "task", "1"), ("乙", "target task", "2 1"), ("丙丁", "task", "1")]],
        ),
        (
            [Mark(0, 2, "a", 1), Mark(1, 3, "b", 2)],
            [[("甲", "a", "1"), ("乙", "a b", "1 2"), ("丙", "b", "2"), ("丁", "", "")]],
        ),
        ([Mark(2, 2, "empty", 1), Mark(-5, 99, "wide", 3)], [[("甲乙丙丁", "wide", "3")]]),
    ],
)
def test_nested_and_overlapping(marks: list[Mark], expected: list[list[tuple[str, str, str]]]) -> None:
    assert drawn("甲乙丙丁", *marks) == expected


def test_a_mark_goes_on_over_a_line_end() -> None:
    assert drawn("甲\r\n乙", Mark(0, 4, "goal", 0)) == [[("甲", "goal", "0")], [("乙", "goal", "0")]]


def test_anchor_and_exact_place() -> None:
    marks = [Mark(0, 4, "target", 7, "s7"), Mark(1, 2, "quantity", 7, exact=True), Mark(0, 4, "target", 8)]
    (line,) = lines("甲乙丙丁", marks)
    assert [(s.anchor, s.exact, s.items) for s in line] == [("s7", "", "7 8"), (None, "7", "7 8"), (None, "", "7 8")]


def test_control_characters_are_pictures() -> None:
    assert drawn("a\x00\x1b\u202eb\t") == [[("a␀␛\ufffdb\t", "", "")]]


MARKS = st.builds(Mark, st.integers(-3, 40), st.integers(-3, 40), st.sampled_from("abc"), st.integers(0, 9))


@given(st.text("甲\n乙\r", max_size=30), st.lists(MARKS, max_size=12))
def test_nothing_is_lost(text: str, marks: list[Mark]) -> None:
    shown = "\n".join("".join(segment.text for segment in line) for line in lines(text, marks))
    assert shown == text.replace("\r\n", "\n").replace("\r", "\n") or "\r\n" in text
    for mark in marks:
        wanted = "".join(text[max(0, mark.start) : max(0, mark.end)].split())
        got = "".join(s.text for line in lines(text, marks) for s in line if str(mark.item) in s.items.split())
        assert len("".join(got.split())) >= len(wanted)
