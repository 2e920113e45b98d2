"""Header words: every example of the vocabulary is read as its own role, and value headers as such."""

from __future__ import annotations

import pytest

from planparse.data import vocabulary
from planparse.language.columns import Role, is_unit, role_of


@pytest.mark.parametrize(("role", "example"), [(e["role"], x) for e in vocabulary("columns") for x in e["examples"]])
def test_examples(role: str, example: str) -> None:
    assert role_of(example) == Role(role)


def test_every_role_has_words() -> None:
    assert {e["role"] for e in vocabulary("columns")} == {r.value for r in Role} - {Role.VALUE.value}


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("2020年", Role.VALUE),
        ("2020年基数", Role.VALUE),
        ("“十三五”末完成情况", Role.VALUE),
        ("某某省“十四五”规划目标", Role.VALUE),
        ("“十四五” 规划目标", Role.VALUE),
        ("2021—2025年累计", Role.VALUE),
        ("“十四五”年均增速", Role.GROWTH),
        ("总投资（亿元）", Role.INVESTMENT),
        ("主要建设内容（规模）", Role.CONTENT),
        ("序 号", Role.NUMBER),
        ("牵头单位", Role.LEAD),
        ("加强组织领导", None),
        ("2310", None),
        ("到2025年，全市建成体系", None),
        ("", None),
    ],
)
def test_role_of(header: str, role: Role | None) -> None:
    assert role_of(header) == role


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("%", True),
        ("万人次", True),
        ("千瓦时/人", True),
        ("立方米/万元GDP", True),
        ("名/万人", True),
        ("五年累计", False),
        ("含临展", False),
    ],
)
def test_is_unit(text: str, unit: bool) -> None:
    assert is_unit(text) is unit
