"""Which numbers of the prose are accounted for."""

from __future__ import annotations

import time
from typing import Any

import pytest
from plans import cases

from planparse.checks import account_of
from planparse.checks.coverage import Account
from planparse.extract import Extraction
from planparse.extract.target_rows import extract_targets
from planparse.model.document import Box, CleanDocument, Grid, Outline, Paragraph, Section
from planparse.model.drafts import Clock, Draft
from planparse.model.source import SourceDocument
from planparse.model.text import MappedText

CASES = cases("coverage")
HEAD = "前言说到第9项和7座。\n"
EMPTY: dict[str, list[Draft]] = {
    name: [] for name in ("sections", "goals", "tasks", "projects", "indicators", "targets")
}


def outline_of(text: str, sections: tuple[Section, ...] = (), **more: Any) -> Outline:
    mapped = MappedText.identity(text)
    source = SourceDocument("a.txt", "0" * 64, len(text), "text/plain", "utf-8", text, mapped)
    about: dict[str, Any] = {"start": 0, "end": len(text)} | more
    return Outline(CleanDocument(source, mapped), "某县规划", None, (), (), sections, **about)


def chapter(body: str, kind: str = "tasks", before: str = HEAD) -> tuple[str, Section]:
    """A text with one chapter, and the chapter: a paragraph a line."""
    head = "一、安排\n"
    text = before + head + body
    start = len(before)
    section = Section(1, "一、", 1, "安排", start, len(text), start + len(head) - 1, kind=kind)
    at = start + len(head)
    for line in body.split("\n"):
        section.items.append(Paragraph(line, at, at + len(line)))
        at += len(line) + 1
    return text, section


def found_in(outline: Outline, **tables: list[Draft]) -> Extraction:
    targets = extract_targets(outline, [], [], Clock(2023, 2027, None, 2023))
    return Extraction({"period_start": 2023}, EMPTY | {"targets": targets} | tables, ())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20])
def test_numbers_are_claimed_explained_or_open(case: dict[str, Any]) -> None:
    text, section = chapter(case["text"], case.get("kind", "tasks"))
    outline = outline_of(text, (section,))
    assert account_of(outline, found_in(outline)) == Account(case["numbers"], case.get("open", 0))


def test_a_third_of_the_cases_have_open_numbers_or_none() -> None:
    negative = [case for case in CASES if case.get("open") or not case["numbers"]]
    assert len(negative) * 3 >= len(CASES)


@pytest.mark.parametrize(("numbers", "left", "share"), [(0, 0, None), (4, 1, 0.75), (3, 3, 0.0), (3, 1, 0.6667)])
def test_the_share_is_of_all_numbers_and_none_without_any(numbers: int, left: int, share: float | None) -> None:
    assert Account(numbers, left).share == share


def test_what_stands_before_the_first_heading_does_not_count() -> None:
    text, section = chapter("健全机制。", before="前言说到7座。\n")
    outline = outline_of(text, (section,))
    assert account_of(outline, found_in(outline)).numbers == 0
    assert account_of(outline_of("前言说到7座。"), found_in(outline_of(""))) == Account(1, 1)


@pytest.mark.parametrize("boxed", [False, True])
def test_tables_do_not_count(boxed: bool) -> None:
    text, section = chapter("健全机制。\n表中数字55个")
    line = section.items.pop()
    grid = Grid((), 0, line.start, line.end)
    section.items.append(Box("专栏1", "重点", grid.start, grid.end, (grid,)) if boxed else grid)
    outline = outline_of(text, (section,))
    assert account_of(outline, found_in(outline)).numbers == 0


def test_the_money_of_projects_is_claimed() -> None:
    text, section = chapter("水库扩建，预算总投资3.2亿元，补助1000万元。")
    outline = outline_of(text, (section,))
    row = Draft("projects", section.start, section.end, section, {"investment_raw": "3.2亿元"})
    assert account_of(outline, found_in(outline)) == Account(2, 2)
    assert account_of(outline, found_in(outline, projects=[row])) == Account(2, 1)


def test_the_markers_of_headings_are_claimed() -> None:
    text = "第12部分 安排\n健全机制。"
    section = Section(1, "第12部分", 12, "安排", 0, len(text), 9, kind="tasks")
    outline = outline_of(text, (section,))
    assert account_of(outline, found_in(outline)) == Account(1, 0)


@pytest.mark.waits
@pytest.mark.parametrize("piece", ["对500人以上的村，", "目前有3家。", "1:1 ", "《1", "“1+1", "1.1.1", "1年", "A-1"])
def test_linear_in_the_text(piece: str) -> None:
    def seconds(times: int) -> float:
        text, section = chapter(piece * times)
        outline, found = outline_of(text, (section,)), Extraction({}, EMPTY, ())
        begun = time.process_time()
        account_of(outline, found)
        return time.process_time() - begun

    seconds(100)
    short, long = min(seconds(4000) for _ in range(3)), min(seconds(32000) for _ in range(2))
    assert long < 8 * short * 3 + 0.05
