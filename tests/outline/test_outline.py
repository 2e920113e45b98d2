"""Headings, kinds and titles, from text to tree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from plans import LOADER

from planparse.cleaning import clean
from planparse.evaluation.folding import fold
from planparse.loaders import load
from planparse.model.document import Outline
from planparse.model.options import Options
from planparse.outline import outline

CASES = Path(__file__).parents[1] / "cases"


def cases() -> Iterator[Any]:
    """All cases of outlines."""
    for path in (CASES / "outline.yaml", *sorted((CASES / "outline").glob("*.yaml"))):
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER):
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


def outlined(text: str, format: str = "txt") -> tuple[Outline, ...]:
    return outline(clean(load(text.encode(), f"plan.{format}", Options())))


@pytest.mark.parametrize("case", list(cases()))
def test_tree(case: dict[str, Any]) -> None:
    """Level, number and title of each section to level 3, in order; kinds and findings where the case tells them."""
    found = outlined(case["text"], case.get("format", "txt"))
    if case.get("title"):
        assert any(fold(one.title) == fold(case["title"]) for one in found), [one.title for one in found]
    sections = [s for one in found for s in one.sections() if s.level <= 3]
    wanted = [(level, fold(number), fold(title)) for level, number, title, _ in case["tree"] or []]
    assert [(s.level, fold(s.number_raw), fold(s.title)) for s in sections] == wanted
    kinds = [(s.title, str(s.kind), kind) for s, (*_, kind) in zip(sections, case["tree"] or [], strict=True) if kind]
    assert [(title, kind) for title, kind, _ in kinds] == [(title, kind) for title, _, kind in kinds]
    notes = {str(n.code) for one in found for n in one.notes}
    assert notes >= set(case.get("findings", [])) - {"not_a_plan"}, notes
    assert "not_a_plan" not in case.get("findings", []) or not all(one.plan for one in found)


def test_two_documents_in_one_file() -> None:
    first = "临溪区绿化行动方案\n一、目标\n建成公园3个。\n二、任务\n植树。\n三、保障\n加强领导。\n"
    second = "临溪区节能工作要点\n一、总体目标\n下降2%。\n二、重点工作\n改造。\n"
    assert [o.title for o in outlined(first + second)] == ["临溪区绿化行动方案", "临溪区节能工作要点"]


def test_files_attached_to_a_document_do_not_head_the_next() -> None:
    first = "临溪区绿化行动方案\n一、目标\n建成公园3个。\n二、任务\n植树。\n三、保障\n加强领导。\n附件：1.绿化标准（2021年版）\n2.绿化树种名录（2021年版）\n3.限制树种名录\n"
    second = "临溪区节能行动方案\n一、总体目标\n下降2%。\n二、重点任务\n改造。\n三、保障措施\n落实资金。\n"
    found = outlined(first + second)
    assert [o.title for o in found] == ["临溪区绿化行动方案", "临溪区节能行动方案"]
    assert not [str(n.code) for o in found for n in o.notes]


def test_a_text_without_headings_says_so() -> None:
    (one,) = outlined("关于召开会议的通知\n请于周五参会。\n")
    assert [str(n.code) for n in one.notes] == ["no_headings"]
    assert not one.chapters
