"""Titles in notices and on pages, and what signs a text: tests/cases/titles.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from plans import cases

from planparse.model.document import Paragraph
from planparse.outline.back import back_lines
from planparse.outline.front import names_sent_out, own_title, read_front, strip_notice

TABLE: dict[str, Any] = cases("titles")  # type: ignore[assignment]


@pytest.mark.parametrize(("title", "own"), TABLE["own"])
def test_own_titles(title: str, own: str) -> None:
    assert own_title(title) == own


@pytest.mark.parametrize(("notice", "plan"), TABLE["notices"])
def test_what_a_notice_is_about(notice: str, plan: str) -> None:
    assert strip_notice(notice) == plan


def paragraphs(lines: list[str]) -> list[Paragraph]:
    return [Paragraph(text, n * 100, n * 100 + len(text)) for n, text in enumerate(lines)]


@pytest.mark.parametrize(("lines", "title", "body"), TABLE["fronts"])
def test_fronts(lines: list[str], title: str | None, body: int) -> None:
    """annotation.md, document: the plan's own title, line breaks closed up; what stands behind it is its text."""
    front = read_front(paragraphs(lines), None)
    assert (front.title, front.body) == (title, body)


@pytest.mark.parametrize(("lines", "wanted"), [([line.format(word) for line in row["lines"]], row["is"]) for row in TABLE["framed_fronts"] for word in row["words"]])
def test_words_of_fronts(lines: list[str], wanted: list[Any]) -> None:
    front = read_front(paragraphs(lines), None)
    assert [front.title, front.body] == wanted


@pytest.mark.parametrize(("title", "plan"), [(row["frame"].format(word), row["is"]) for row in TABLE["framed_notices"] for word in row["words"]])
def test_words_of_notices(title: str, plan: str) -> None:
    assert strip_notice(title) == plan


@pytest.mark.parametrize(("declared", "lines", "title", "body"), TABLE["pages"])
def test_what_a_page_calls_its_text(declared: str, lines: list[str], title: str, body: int) -> None:
    front = read_front(paragraphs(lines), declared)
    assert (front.title, front.body) == (title, body)


@pytest.mark.parametrize("word", TABLE["broken"]["words"])
def test_a_title_that_breaks_off(word: str) -> None:
    lines = [line.format(word) for line in TABLE["broken"]["frame"]]
    assert read_front(paragraphs(lines), None).title == "".join(lines)


@pytest.mark.parametrize("word", TABLE["ended"]["words"])
def test_a_title_that_has_ended(word: str) -> None:
    lines = [line.format(word) for line in TABLE["ended"]["frame"]]
    assert read_front(paragraphs(lines), None).title == lines[-1]


@pytest.mark.parametrize(("line", "names"), TABLE["sent_out"])
def test_what_a_line_sends_out(line: str, names: list[str]) -> None:
    assert sorted(names_sent_out([line])) == sorted(names)


@pytest.mark.parametrize(("lines", "count"), TABLE["back"])
def test_lines_that_sign_a_text(lines: list[str], count: int) -> None:
    assert [p.text for p in back_lines(paragraphs(lines))] == lines[len(lines) - count :]
