"""What documents get wrong by their own word, collected from a dataset, with both places; and copies that differ."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from planparse.cli import app
from planparse.dataset.audit import COPY_MISMATCH, audit
from planparse.dataset.reader import read
from planparse.model.records import Records
from planparse.pipeline import process
from tests import datasets as made

PLAN = """禾阳县“十四五”能源发展规划（2021-2025年）

一、发展目标
到2025年，能源供应能力明显提升。
二、主要任务
（一）完善供应体系。集中供热率由{first}%提高到75%。新建换电站{second}座。
（二）加强运行管理。{filler}
三、保障措施
加强组织领导。
"""
FILLER = "".join(f"完善{one}能源设施运行管理制度，落实{one}企业安全生产主体责任。" for one in ("供电", "供热", "供气", "储能", "煤炭", "石油", "光伏", "风能"))
"""Clauses enough for two copies to be told by."""


def plan(first: int = 60, second: int = 12, name: str = "a.txt", filler: str = FILLER) -> Records:
    (records,) = process(PLAN.format(first=first, second=second, filler=filler).encode(), name)
    return records


def test_a_contradiction_has_both_places(tmp_path: Path) -> None:
    (found,) = audit(read(made.write(tmp_path / "o", plan(first=80))))
    assert (found.code, found.first.excerpt, found.second and found.second.excerpt) == ("target_contradicted", "提高到75%", "80%")
    assert (found.first.source_path, found.first.start > 0) == ("a.txt", True)


def test_a_plan_that_agrees_with_itself_gives_nothing(tmp_path: Path) -> None:
    assert audit(read(made.write(tmp_path / "o", plan()))) == []


def test_copies_that_differ_in_a_number_are_told(tmp_path: Path) -> None:
    fuller, copy = plan(name="a.txt"), plan(second=21, name="b.txt")
    (found,) = audit(read(made.write(tmp_path / "o", fuller, copy)))
    assert (found.code, found.first.source_path, found.second and found.second.source_path) == (COPY_MISMATCH, "b.txt", "a.txt")
    assert "21 and 12" in found.message


def test_plans_that_are_no_copies_may_differ(tmp_path: Path) -> None:
    assert audit(read(made.write(tmp_path / "o", plan(), plan(second=21, name="b.txt", filler="完善制度。")))) == []


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["audit", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_writes_markdown_and_json(tmp_path: Path) -> None:
    outputs = str(made.write(tmp_path / "o", plan(first=80)))
    lines = run(outputs).splitlines()
    assert lines[0] == "## a.txt"
    assert [line.partition(": ")[2] for line in lines[3:]] == ["提高到75%", "80%"]
    (told,) = json.loads(run(outputs, "--format", "json"))
    assert set(told) == {"code", "message", "message_zh", "first", "second"}


def test_nothing_is_said_so(tmp_path: Path) -> None:
    assert run(str(made.write(tmp_path / "o", plan()))) == "No contradictions were found.\n"


def test_no_dataset_is_one_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["audit", str(tmp_path)])
    assert (done.exit_code, "There is no dataset" in done.output) == (2, True)
