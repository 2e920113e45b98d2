"""Real plans as published: what stands in them must stand in the body, and the pages must leave no trace."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from planparse.language.shapes import Rank
from planparse.loaders.pdf.paragraphs import marker_of
from planparse.model.findings import DocumentError
from planparse.model.source import TABLE_START, SourceDocument

from .drawing import lines_of, read, tables_of

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "documents" / "pdf"
CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "cases" / "pdf_documents.yaml").read_text("utf-8"))
STYLES = {
    Rank.PART: "part",
    Rank.CHAPTER: "chapter",
    Rank.DIVISION: "division",
    Rank.CHINESE: "chinese",
    Rank.CHINESE_PAREN: "chinese_paren",
    Rank.DECIMAL: "decimal",
}
ENTRY = re.compile(r"[.…·]{3,}\s*\d*$")
PAGE_NUMBER = re.compile(r"[\s\-–—―－]*第?\s*\d{1,4}\s*页?[\s\-–—―－]*")


@cache
def document(name: str) -> SourceDocument:
    path = SHARED / name
    if not path.exists():
        pytest.skip("the shared PDFs are not here")
    return read(path.read_bytes())


def cases(key: str) -> list[Any]:
    return [pytest.param(case["file"], case[key], id=case["file"]) for case in CASES if key in case]


@pytest.mark.parametrize(("name", "pages"), cases("pages"))
def test_pages(name: str, pages: int) -> None:
    assert len(document(name).pages) == pages


@pytest.mark.parametrize(("name", "headings"), cases("headings"))
def test_every_heading_begins_a_line(name: str, headings: dict[str, int]) -> None:
    markers = [marker_of(line) for line in lines_of(document(name)) if not ENTRY.search(line)]
    found = Counter(STYLES[marker.rank] for marker in markers if marker and marker.rank in STYLES)
    assert dict(found) == headings


@pytest.mark.parametrize("name", [case["file"] for case in CASES])
def test_no_page_number_is_left(name: str) -> None:
    assert not [line for line in lines_of(document(name)) if PAGE_NUMBER.fullmatch(line)]


@pytest.mark.parametrize("name", [case["file"] for case in CASES])
def test_sources_never_decrease_and_no_odd_characters_are_left(name: str) -> None:
    body = document(name).body
    assert list(body.sources) == sorted(body.sources)
    assert not re.search("[\u2e80-\u2fdf\ue000-\uf8ff\u3164\x00-\x01\x04-\x08]", body.text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_tables_frames_and_findings(case: dict[str, Any]) -> None:
    found = document(case["file"])
    assert [len(table.rows) for table in found.tables] == case.get("table_rows", [])
    assert len({hint.frame for hint in found.hints.values() if hint.frame}) == case.get("frames", 0)
    assert [note.code.value for note in found.notes] == case.get("notes", [])


@pytest.mark.parametrize(("name", "lines"), cases("lines"))
def test_lines_that_stand_alone(name: str, lines: list[str]) -> None:
    assert not set(lines) - set(lines_of(document(name)))


@pytest.mark.parametrize(("name", "joined"), cases("joined"))
def test_what_stands_in_one_paragraph(name: str, joined: list[list[str]]) -> None:
    lines = lines_of(document(name))
    for beginning, part in joined:
        assert any(line.startswith(beginning) and part in line for line in lines), (beginning, part)


@pytest.mark.parametrize(("name", "rows"), cases("rows"))
def test_table_rows(name: str, rows: list[tuple[int, int, list[str]]]) -> None:
    tables = tables_of(document(name))
    for table, row, cells in rows:
        assert tables[table][row] == cells


@pytest.mark.parametrize(("name", "spans"), cases("spans"))
def test_spans(name: str, spans: list[list[int]]) -> None:
    tables = document(name).tables
    for table, row, cell, rowspan, colspan in spans:
        shape = tables[table].rows[row][cell]
        assert (shape.rowspan, shape.colspan) == (rowspan, colspan), (table, row, cell)


def test_a_wrong_text_layer_is_not_passed_on() -> None:
    with pytest.raises(DocumentError, match="of 58 with a text layer that is not what the page shows"):
        document("ecology_plan_broken_text_layer_2021.pdf")


def test_table_lines_hold_no_line_breaks() -> None:
    for case in CASES:
        found = document(case["file"])
        assert sum(line.startswith(TABLE_START) for line in lines_of(found)) == len(found.tables)
