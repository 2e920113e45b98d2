from __future__ import annotations

from typing import Any

import pytest

from planparse.evaluation import folding


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("（一）", "(一)", True),
        ("“十四五” 规划", "十四五规划", True),
        ("１２％", "12%", True),
        ("Ａ类", "a类", True),
        (None, "", True),
        ("一、", "二、", False),
        ("率达到95", "率达到90", False),
    ],
)
def test_fold(one: str | None, other: str | None, same: bool) -> None:
    assert (folding.fold(one) == folding.fold(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("≥90%", ">=90％", True),
        ("1,200", "1200", True),
        ("3—5", "3～5", True),
        ("90", "90%", False),
        ("-3", "3", False),
        ("1.5", "15", False),
    ],
)
def test_fold_value_keeps_what_carries_value(one: str, other: str, same: bool) -> None:
    assert (folding.fold_value(one) == folding.fold_value(other)) is same


@pytest.mark.parametrize(
    ("title", "plain"), [("附件1：重点工程", "重点工程"), ("附：分工表", "分工表"), ("附近设施", "附近设施")]
)
def test_fold_title(title: str, plain: str) -> None:
    assert folding.fold_title(title) == plain


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("个百分点", "百分点", True),
        ("百分比", "%", True),
        ("％", "%", True),
        ("", None, True),
        ("个", "支", False),
        ("个", None, False),
    ],
)
def test_fold_unit(one: str | None, other: str | None, same: bool) -> None:
    assert (folding.fold_unit(one) == folding.fold_unit(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (90, 90.0, True),
        (None, None, True),
        (0, None, False),
        (None, 0, False),
        (1, 1.1, False),
        (100_000_000_000, 100_000_000_001, True),
    ],
)
def test_same_number(one: Any, other: Any, same: bool) -> None:
    assert folding.same_number(one, other) is same


def test_likeness_below_its_floor_is_none_at_all() -> None:
    assert folding.likeness("应急队伍", "应急物资") == pytest.approx(0.5)
    assert folding.likeness("应急队伍", "应急物资", 0.6) == 0
    assert folding.likeness("", "应急") == 0
    assert folding.likeness("", "") == 1
