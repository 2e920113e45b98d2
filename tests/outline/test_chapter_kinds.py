"""Kinds of chapters and their sub-sections, by their titles alone: tests/cases/chapter_kinds.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from plans import cases

from planparse.model.document import Section
from planparse.outline.kinds.chapters import assign_kinds

COUNT = "一二三四五六七八"


def chapter(title: str, below: list[str], n: int) -> Section:
    """A chapter with its sub-sections; a title with a number of its own has that."""
    section = Section(1, f"{COUNT[n]}、", n + 1, title, 0, 0, 0)
    for m, child in enumerate(below):
        number, _, name = child.rpartition("、")
        ordinal = COUNT.index(number) + 1 if number else m + 1
        section.children.append(Section(2, f"（{COUNT[ordinal - 1]}）", ordinal, name, 0, 0, 0, parent=section))
    return section


@pytest.mark.parametrize("case", cases("chapter_kinds"), ids=lambda case: str(case["chapters"]))
def test_kinds(case: dict[str, Any]) -> None:
    chapters = [chapter(title, *(below or [[]]), n) for n, (title, *below) in enumerate(case["chapters"])]
    assign_kinds(chapters)
    found = [[str(c.kind), *([[str(s.kind) for s in c.children]] if c.children else [])] for c in chapters]
    assert found == case["kinds"]


def test_what_is_no_plan_has_no_tasks() -> None:
    """Goals, tasks and projects are a plan's; of a law every chapter is other."""
    titles = ["发展现状", "主要目标", "主要任务", "重点工程", "保障措施"]
    for options, kinds in (({"plan": False}, ["background", "other", "other", "other", "safeguards"]), ({"plan": False, "law": True}, ["other"] * 5)):
        chapters = [chapter(title, [], n) for n, title in enumerate(titles)]
        assign_kinds(chapters, **options)
        assert [str(c.kind) for c in chapters] == kinds


def test_an_annex_is_one_with_all_below_it() -> None:
    chapters = [chapter("主要任务", [], 0), Section(1, None, None, "附件：重点工程", 0, 0, 0)]
    chapters[1].children.append(Section(2, "一、", 1, "主要目标", 0, 0, 0, parent=chapters[1]))
    assign_kinds(chapters)
    assert [str(s.kind) for c in chapters for s in c.walk()] == ["tasks", "annex", "annex"]
