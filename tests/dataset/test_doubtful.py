"""Which documents are to be looked at first, and what is said of each; the command that lists them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import datasets as made
import pytest
from typer.testing import CliRunner

from planparse.cli import app
from planparse.dataset.doubtful import Doubt, doubtful
from planparse.dataset.reader import read
from planparse.model.findings import Code
from planparse.model.records import Records


def one(name: str, *codes: Code, weak: dict[str, float] | None = None, tasks: int = 1, **about: Any) -> Records:
    """A document with these findings, headings with their trusts, and tasks."""
    sections = [
        made.section(name, number, title, trust=trust, number_raw=f"{number}.")
        for number, (title, trust) in enumerate((weak or {}).items(), 1)
    ]
    return Records(
        documents=[made.document(name, **about)],
        sections=sections,
        tasks=[made.task(name, number + 1, "新建泵站") for number in range(tasks)],
        findings=[made.finding(name, number, code, f"It is {code}.") for number, code in enumerate(codes, 1)],
        sources=[made.source(name)],
    )


DOCUMENTS = [
    one("good"),
    one("alike", Code.REPAIRED_TEXT, Code.NUMBERING_GAP, trust="sound", outline_trust=0.8, weak={"总则": 0.2}),
    one("novel", Code.NOT_A_PLAN, trust="not_a_plan", outline_trust=0.3, tasks=0, coverage=0.1),
    one(
        "marks", Code.UNREAD_MARKER, Code.UNREAD_MARKER, Code.UNREAD_TABLE, Code.UNREAD_MARKER, Code.REJECTED_RECORD,
        Code.REPAIRED_TEXT, Code.UNREAD_MARKER, trust="doubtful", outline_trust=0.9,
    ),
    one("shaky", trust="doubtful", outline_trust=0.6, coverage=0.25, weak={"甲": 0.39, "乙": 0.1, "丙": 0.9, "丁": 0.3, "戊": 0.2}),
    one("wrong", trust="poor", outline_trust=0.1),
    one("empty", Code.NO_HEADINGS, trust="poor", outline_trust=1.0, tasks=0),
]  # fmt: skip
SAID = {
    "wrong": ["outline 0.10"],
    "empty": ["no records", "no_headings"],
    "shaky": ["outline 0.60", "coverage 0.25", "2.乙 0.10", "5.戊 0.20", "4.丁 0.30"],
    "marks": ["rejected_record", "unread_marker ×4", "unread_table"],
    "novel": ["It is not_a_plan."],
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.write(tmp_path_factory.mktemp("doubtful") / "o", *DOCUMENTS)


def found(outputs: Path, **more: Any) -> list[Doubt]:
    return doubtful(read(outputs), **more)


def test_the_worst_come_first_with_all_that_speaks_against_them(outputs: Path) -> None:
    assert {doubt.doc_id: doubt.reasons for doubt in found(outputs)} == SAID
    assert [doubt.doc_id for doubt in found(outputs)] == list(SAID)


def test_sound_documents_come_last_if_at_all(outputs: Path) -> None:
    every = found(outputs, sound=True)
    assert [doubt.doc_id for doubt in every] == [*SAID, "alike", "good"]
    assert [doubt.reasons for doubt in every[-2:]] == [["numbering_gap", "1.总则 0.20"], []]


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["doubtful", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_prints_one_line_a_document(outputs: Path) -> None:
    lines = run(str(outputs)).splitlines()
    assert lines[0] == "poor        0.10  wrong.txt  outline 0.10"
    assert lines[3] == "doubtful    0.90  marks.txt  rejected_record, unread_marker ×4, unread_table"
    assert len(lines) == len(SAID)
    assert len(run(str(outputs), "--all").splitlines()) == len(DOCUMENTS)


@pytest.mark.parametrize(
    ("number", "reasons"),
    [
        (0, "大纲 0.10"),
        (1, "没有记录, 没有找到章节标题"),
        (2, "大纲 0.60, 认领率 0.25, 2.乙 0.10, 5.戊 0.20, 4.丁 0.30"),
        (3, "记录未通过校验，未写入, 有编号的行未归入任何记录 ×4, "),
    ],
)
def test_the_reasons_are_chinese_where_that_is_asked(outputs: Path, number: int, reasons: str) -> None:
    assert f".txt  {reasons}" in run(str(outputs), "--lang", "zh").splitlines()[number]


def test_a_limit_says_how_many_are_left(outputs: Path) -> None:
    lines = run(str(outputs), "--limit", "2").splitlines()
    assert lines[2:] == ["and 3 more; --limit 0 shows all"]
    assert len(run(str(outputs), "--limit", "0", "--all").splitlines()) == len(DOCUMENTS)


def test_json_has_the_figures_and_the_reasons(outputs: Path) -> None:
    told = json.loads(run(str(outputs), "--json", "--limit", "3"))
    assert [row["doc_id"] for row in told] == ["wrong", "empty", "shaky"]
    assert told[2]["coverage"] == 0.25
    assert told[2]["sections"][0] == {"section_id": "shaky-s0002", "heading": "2.乙", "trust": 0.1}
    assert told[2]["reasons"] == SAID["shaky"]


def test_nothing_doubtful_is_said_so(tmp_path: Path) -> None:
    assert run(str(made.write(tmp_path / "o", DOCUMENTS[0]))) == "All documents are sound.\n"
    assert json.loads(run(str(tmp_path / "o"), "--json")) == []


def test_paths_that_a_terminal_would_obey_are_shown_instead(tmp_path: Path) -> None:
    bad = one("bad", trust="poor", outline_trust=0.1, source_path="\x1b[31m规划\n.txt")
    out = run(str(made.write(tmp_path / "o", bad)))
    assert "\x1b" not in out
    assert out.count("\n") == 1


def test_no_dataset_is_one_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["doubtful", str(tmp_path)])
    assert done.exit_code == 2
    assert "There is no dataset" in done.output
