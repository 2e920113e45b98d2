"""Headings, kinds and titles, from text to tree."""

from __future__ import annotations

from typing import Any

import pytest
from plans import cases, outlined


@pytest.mark.parametrize("case", cases("outline"), ids=lambda case: case["name"])
def test_tree(case: dict[str, Any]) -> None:
    (one,) = outlined(case["text"])
    assert one.title == case["title"]
    assert [[s.level, s.number_raw, s.title, str(s.kind)] for s in one.sections()] == case["tree"]
    assert sorted({str(n.code) for n in one.notes}) == case.get("findings", [])


def test_two_documents_in_one_file() -> None:
    first = "临溪区绿化行动方案\n一、目标\n建成公园3个。\n二、任务\n植树。\n三、保障\n加强领导。\n"
    second = "临溪区节能工作要点\n一、总体目标\n下降2%。\n二、重点工作\n改造。\n"
    assert [o.title for o in outlined(first + second)] == ["临溪区绿化行动方案", "临溪区节能工作要点"]


def test_a_text_without_headings_says_so() -> None:
    (one,) = outlined("关于召开会议的通知\n请于周五参会。\n")
    assert [str(n.code) for n in one.notes] == ["no_headings"]
    assert not one.chapters
