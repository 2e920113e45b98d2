"""The word for how far a document's tables can be trusted."""

from __future__ import annotations

from typing import Any

import pytest
from plans import cases

from planparse.checks import trust_of
from planparse.checks.coverage import Account
from planparse.checks.trust import SERIOUS
from planparse.extract import Extraction
from planparse.model.document import CleanDocument, Grid, Outline
from planparse.model.drafts import Draft
from planparse.model.findings import SEVERITY, Code, Note, Severity
from planparse.model.records import Trust
from planparse.model.source import SourceDocument
from planparse.model.text import MappedText

CASES = cases("trust")
TABLES = ("sections", "goals", "tasks", "projects", "indicators", "targets")
OUTLINES_OWN = {
    Code.NO_HEADINGS,  # of long texts alone
    Code.COUNT_MISMATCH,
    Code.ARITHMETIC_MISMATCH,
    Code.PROSE_TABLE_MISMATCH,  # the document's own slips
    Code.TARGET_CONTRADICTED,
    Code.IMPOSSIBLE_DATE,
    Code.METADATA_INVALID,
    Code.UNDECODABLE_BYTES,
    Code.EMPTY_DOCUMENT,
    Code.UNSUPPORTED_FORMAT,
    Code.WORKER_DIED,  # no document comes of it
}
"""Codes of weight that make no document doubtful."""


def judged(case: dict[str, Any]) -> Trust:
    prose, table = case.get("prose", 2000), case.get("table", 0)
    text = "字" * (prose + table)
    mapped, pages = MappedText.identity(text), tuple(case.get("pages", ()))
    source = SourceDocument("a.txt", "0" * 64, len(text), "text/plain", "utf-8", text, mapped, pages=pages)
    preamble = (Grid((), 0, prose, prose + table),) if table else ()
    outline = Outline(
        CleanDocument(source, mapped), None, None, (), preamble, (), end=len(text), trust=case.get("outline", 1.0),
        plan=case.get("plan", True),
    )  # fmt: skip
    notes = [Note(Code(code), "…", 0, 1) for code, count in case.get("findings", {}).items() for _ in range(count)]
    if share := case.get("damaged"):
        notes.append(Note(Code.GARBLED_TEXT, "…", 0, round(share * len(text))))
    row = Draft("targets", 0, 1, None, {})
    drafts = {table: [row] if table in case.get("records", ["sections", "targets"]) else [] for table in TABLES}
    return trust_of(outline, Extraction({}, drafts, ()), notes, Account(case.get("numbers", 0), case.get("open", 0)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["is"].replace(" ", "_"))
def test_every_document_has_one_word(case: dict[str, Any]) -> None:
    assert judged(case) == case["trust"]


def test_there_are_cases_of_every_word_and_of_every_finding_that_tells() -> None:
    assert {case["trust"] for case in CASES} == {word.value for word in Trust}
    told = {code for case in CASES if case["trust"] == "doubtful" for code in case.get("findings", {})}
    assert told == {code.value for code in SERIOUS} | {"no_headings"}


def test_a_grave_finding_tells_or_is_known_not_to() -> None:
    grave = {code for code, severity in SEVERITY.items() if severity is not Severity.INFO}
    assert grave == set(SERIOUS) | OUTLINES_OWN
