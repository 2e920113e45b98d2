"""The word for how far a document's tables can be trusted."""

from __future__ import annotations

from typing import Any

import pytest
from plans import cases

from planparse.checks import trust_of
from planparse.checks.coverage import Account
from planparse.checks.trust import SERIOUS
from planparse.extract import Extraction
from planparse.model.document import CleanDocument, Outline
from planparse.model.drafts import Draft
from planparse.model.findings import SEVERITY, Code, Note, Severity
from planparse.model.records import Trust
from planparse.model.source import SourceDocument
from planparse.model.text import MappedText
from planparse.pipeline import process

CASES = cases("trust")
TABLES = ("sections", "goals", "tasks", "projects", "indicators", "targets")
OUTLINES_OWN = {
    Code.NO_HEADINGS,  # the trust of the outline tells whether there should be some
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
    text = "字" * 2000
    mapped, pages = MappedText.identity(text), tuple(case.get("pages", ()))
    source = SourceDocument("a.txt", "0" * 64, len(text), "text/plain", "utf-8", text, mapped, pages=pages)
    outline = Outline(
        CleanDocument(source, mapped), None, None, (), (), (), end=len(text), trust=case.get("outline", 1.0), plan=case.get("plan", True)
    )
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
    assert told == {code.value for code in SERIOUS}


def test_a_grave_finding_tells_or_is_known_not_to() -> None:
    grave = {code for code, severity in SEVERITY.items() if severity is not Severity.INFO}
    assert grave == set(SERIOUS) | OUTLINES_OWN


TABLE = "青禾县文旅融合任务分工表\n\n| 序号 | 工作任务 | 牵头单位 | 完成时限 |\n|---|---|---|---|\n" + "".join(
    f"| {n} | 新增乡村民宿{n}0家 | 县农业农村局 | 2026年12月 |\n" for n in range(1, 12)
)
TITLE = "青禾县文旅融合行动计划\n"
PROSE = "我县将推进文旅融合发展，到2026年，新增乡村民宿120家，改造旅游厕所30座，培育各类经营主体，丰富产品供给。\n"


@pytest.mark.parametrize(("text", "trust"), [(TABLE, "sound"), (TABLE + PROSE, "sound"), (TITLE + PROSE, "poor"), (TITLE + PROSE * 20, "poor")])
def test_a_short_text_needs_no_headings(text: str, trust: str) -> None:
    """A table that is the whole document has none, nor has the sentence below it; a text without a table should have some."""
    document = process(text.encode(), "plan.md")[0].documents[0]
    assert document.trust == trust
