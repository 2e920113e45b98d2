"""What a line, or its number, is by its form: tests/cases/shapes.yaml and the words of tests/cases/words.yaml."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from plans import cases

from planparse.language.shapes import lines
from planparse.language.shapes.markers import find_marker, marker_of, patterns

WORDS: dict[str, dict[str, Any]] = cases("words")  # type: ignore[assignment]
SHAPES: dict[str, Any] = cases("shapes")  # type: ignore[assignment]
IS: dict[str, Callable[[str], Any]] = {
    "titles": lines.reads_as_title,
    "front": lines.is_front,
    "annexes": lines.annex_caption,
    "boxes": lines.box_caption,
    "notes": lines.is_note,
    "known": lambda line: lines.known_title(line, 0, len(line)) is not None,
    "dates": lines.is_date,
    "full_dates": lines.is_full_date,
    "organs": lines.is_organ,
    "doc_numbers": lines.is_doc_number,
    "periods": lines.is_period,
    "asides": lines.is_aside,
    "page_numbers": lines.is_page_number,
    "leaders": lambda line: lines.leaders(line) is not None,
    "contents": lines.is_contents_head,
}


def framed(*names: str) -> Iterator[Any]:
    """The words of the groups in their frames."""
    for name in names:
        for word in WORDS[name]["words"]:
            yield pytest.param(name, WORDS[name]["frame"].format(word), id=f"{name}: {word}")


@pytest.mark.parametrize(("name", "line"), list(framed("titles", "front", "annexes", "notes", "known")))
def test_words(name: str, line: str) -> None:
    assert IS[name](line)


@pytest.mark.parametrize(("name", "line"), list(framed("no_titles")))
def test_a_plan_that_speaks_of_itself_is_no_title(name: str, line: str) -> None:
    assert not lines.reads_as_title(line)


@pytest.mark.parametrize(("name", "line"), list(framed("named", "numbers")))
def test_numbers_of_headings(name: str, line: str) -> None:
    found = find_marker(line)
    assert found is not None
    assert found.style.startswith("named") == (name == "named")


@pytest.mark.parametrize(("name", "line"), list(framed("figures")))
def test_figures_are_no_numbers_of_headings(name: str, line: str) -> None:
    assert find_marker(line) is None


@pytest.mark.parametrize(
    ("name", "line", "answer"),
    [pytest.param(name, line, answer == "is", id=f"{name} {answer}: {line}") for name in IS if name in SHAPES for answer in ("is", "not") for line in SHAPES[name].get(answer, [])],
)
def test_lines(name: str, line: str, answer: bool) -> None:
    assert bool(IS[name](line)) is answer


@pytest.mark.parametrize(("line", "raw", "number", "title"), SHAPES["captions"], ids=lambda value: str(value))
def test_captions(line: str, raw: str, number: int | None, title: str) -> None:
    found = lines.box_caption(line) or lines.annex_caption(line)
    assert found is not None
    assert (found.raw, found.number, found.title) == (raw, number, title)
    assert line[found.start :].startswith(title[:2])


@pytest.mark.parametrize(("line", "rest"), SHAPES["leaders"]["begin"], ids=lambda value: str(value))
def test_where_leaders_begin(line: str, rest: str) -> None:
    at = lines.leaders(line)
    assert at is not None
    assert line[at:] == rest


@pytest.mark.parametrize(("line", "end"), SHAPES["contents"]["begin"], ids=lambda value: str(value))
def test_where_entries_of_the_contents_begin(line: str, end: int | None) -> None:
    assert lines.contents_head(line) == end


@pytest.mark.parametrize(("title", "bare"), SHAPES["without_number"], ids=lambda value: str(value))
def test_titles_without_what_stands_behind_them(title: str, bare: str) -> None:
    assert lines.without_number(title) == bare


@pytest.mark.parametrize(("line", "style", "ordinals", "look", "title"), SHAPES["markers"], ids=lambda value: str(value))
def test_markers(line: str, style: str, ordinals: list[int], look: str, title: str) -> None:
    found = find_marker(line)
    assert found is not None
    assert (found.style, list(found.ordinals), found.look, line[found.end :]) == (style, ordinals, look, title)
    assert found.raw in line
    assert found.ordinal == ordinals[-1]


@pytest.mark.parametrize("line", SHAPES["no_markers"])
def test_no_markers(line: str) -> None:
    assert find_marker(line) is None


def test_where_a_marker_stands() -> None:
    match = patterns()[0].match("工作要求 （三）疏浚", 5)
    assert match is not None
    found = marker_of(match)
    assert found is not None
    assert (found.start, found.end, found.raw) == (5, 8, "（三）")
