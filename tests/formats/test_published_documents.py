"""Real web pages and Word files: every section and task that a reader sees, no table where there is none, nothing of the page."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest
from plans import SHARED, cases

from planparse.model.options import Options
from planparse.model.records import Records
from planparse.pipeline import Stages, stages

FOLDER = SHARED / "documents"
CASES = cases("published_documents")


@cache
def read(name: str) -> Stages:
    path = FOLDER / name
    if not path.is_file():
        pytest.skip("the shared documents are not here")
    return stages(path.read_bytes(), name, Options())


def records(name: str) -> Records:
    (found,) = read(name).records
    return found


def having(key: str) -> list[Any]:
    return [pytest.param(case["file"], case[key], id=case["file"]) for case in CASES if key in case]


@pytest.mark.parametrize(("name", "levels"), having("sections"))
def test_sections(name: str, levels: dict[int, int]) -> None:
    found = Counter(row.level for row in records(name).sections)
    assert {level: found[level] for level in levels} == levels


@pytest.mark.parametrize(("name", "numbers"), having("third"))
def test_sections_of_the_third_level(name: str, numbers: list[str]) -> None:
    found = [row.number_raw for row in records(name).sections if row.level == 3]
    assert [number for number in found if number in numbers] == numbers


@pytest.mark.parametrize(("name", "kinds"), having("kinds"))
def test_kinds_of_chapters(name: str, kinds: list[str]) -> None:
    assert [row.kind for row in records(name).sections if row.level == 1] == kinds


@pytest.mark.parametrize(("name", "levels"), having("tasks"))
def test_tasks(name: str, levels: dict[str, int]) -> None:
    found = Counter(row.level for row in records(name).tasks)
    assert {level: found[level] for level in levels} == levels


@pytest.mark.parametrize(("name", "fields"), having("document"))
def test_the_document(name: str, fields: dict[str, str]) -> None:
    (document,) = records(name).documents
    assert {field: str(getattr(document, field)) for field in fields} == fields


@pytest.mark.parametrize("name", [case["file"] for case in CASES])
def test_there_are_no_tables_and_no_rows_of_any(name: str) -> None:
    found = records(name)
    source = read(name).source
    assert source is not None
    assert not source.tables
    assert not found.indicators
    assert {row.source for row in (*found.tasks, *found.projects)} <= {"prose"}


@pytest.mark.parametrize(("name", "words"), having("none"))
def test_nothing_of_the_page_is_left(name: str, words: list[str]) -> None:
    clean = read(name).clean
    assert clean is not None
    assert [word for word in words if word in clean.text.text] == []
