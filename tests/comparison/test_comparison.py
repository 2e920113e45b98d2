"""What came, went or changed between two versions; as table, JSON and page, with hostile text inert."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from datasets import document, goal, indicator, source, target, task, write
from typer.testing import CliRunner

from planparse.cli import app
from planparse.comparison import Comparison, compare, rendering, version
from planparse.comparison.matching import Wording, match
from planparse.language.likeness import sketch
from planparse.model.findings import UsageError
from planparse.model.records import Records


def records(name: str = "a1", about: dict[str, Any] | None = None, **tables: Any) -> Records:
    return Records(documents=[document(name, **(about or {}))], sources=[source(name)], **tables)


def compared(tmp_path: Path, old: list[Records], new: list[Records]) -> Comparison:
    return compare(version(write(tmp_path / "old", *old)), version(write(tmp_path / "new", *new)))


def told(found: Comparison) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Kind, table, name and what differs, of all changes."""
    return [
        (change.kind, change.table, change.name, {field.name: (field.old, field.new) for field in change.fields})
        for one in found.documents
        for change in one.changes
    ]


CASES: list[tuple[str, dict[str, Any], dict[str, Any], list[tuple[str, str, str, dict[str, Any]]]]] = [
    (
        "the same",
        {"tasks": [task("a1", 1, "建设供水站"), task("a1", 2, "修复河道")]},
        {"tasks": [task("a1", 1, "建设供水站"), task("a1", 2, "修复河道")]},
        [],
    ),
    (
        "another order is no change",
        {"tasks": [task("a1", 1, "建设供水站"), task("a1", 2, "修复河道")]},
        {"tasks": [task("a1", 1, "修复河道"), task("a1", 2, "建设供水站")]},
        [],
    ),
    (
        "blanks and punctuation are no change",
        {"tasks": [task("a1", 1, "建设供水站", text="建成，投用。")]},
        {"tasks": [task("a1", 1, "建设 供水站。", text="建成、投用")]},
        [],
    ),
    (
        "a unit came into the list",
        {"tasks": [task("a1", 1, "建设供水站", lead_units=["县水务局"])]},
        {"tasks": [task("a1", 1, "建设供水站", lead_units=["县水务局", "县财政局"])]},
        [("changed", "tasks", "建设供水站", {"lead_units": (["县水务局"], ["县水务局", "县财政局"])})],
    ),
    (
        "a title was reworded",
        {"tasks": [task("a1", 1, "加快建设乡镇供水站"), task("a1", 2, "修复河道")]},
        {"tasks": [task("a1", 1, "修复河道"), task("a1", 2, "建设改造乡镇供水站")]},
        [("changed", "tasks", "建设改造乡镇供水站", {"title": ("加快建设乡镇供水站", "建设改造乡镇供水站")})],
    ),
    (
        "one came, one went",
        {"tasks": [task("a1", 1, "修复河道")]},
        {"tasks": [task("a1", 1, "培训教师")]},
        [
            ("came", "tasks", "培训教师", {"level": (None, "task"), "title": (None, "培训教师")}),
            ("went", "tasks", "修复河道", {"level": ("task", None), "title": ("修复河道", None)}),
        ],
    ),
    (
        "a target's number: 4.2 is not 42",
        {"targets": [target("a1", 1, "供水站数", quantity_raw="4.2", value=Decimal("4.2"))]},
        {"targets": [target("a1", 1, "供水站数", quantity_raw="42", value=Decimal(42))]},
        [("changed", "targets", "供水站数", {"quantity_raw": ("4.2", "42"), "value": (Decimal("4.2"), Decimal(42))})],
    ),
    (
        "an equal number written otherwise is no change",
        {"indicators": [indicator("a1", 1, "供水率", target_value=Decimal("95.50"))]},
        {"indicators": [indicator("a1", 1, "供水率", target_value=Decimal("95.5"))]},
        [],
    ),
    (
        "an indicator became binding",
        {"indicators": [indicator("a1", 1, "供水率", property="expected", target_year=2025)]},
        {"indicators": [indicator("a1", 1, "供水率", property="binding", target_year=2025)]},
        [("changed", "indicators", "供水率", {"property": ("expected", "binding")})],
    ),
    (
        "one of two with one name",
        {
            "targets": [
                target("a1", 1, "站点", sentence="城区建站点5个。"),
                target("a1", 2, "站点", sentence="乡村建站点5个。"),
            ]
        },
        {
            "targets": [
                target("a1", 1, "站点", sentence="乡村建站点8个。", quantity_raw="8个"),
                target("a1", 2, "站点", sentence="城区建站点5个。"),
            ]
        },
        [("changed", "targets", "站点", {"quantity_raw": ("5个", "8个")})],
    ),
    (
        "a goal's horizon",
        {"goals": [goal("a1", 1, "到2025年，供水更稳。", horizon_year=2025)]},
        {"goals": [goal("a1", 1, "到2030年，供水更稳。", horizon_year=2030)]},
        [
            (
                "changed",
                "goals",
                "到2030年，供水更稳。",
                {"text": ("到2025年，供水更稳。", "到2030年，供水更稳。"), "horizon_year": (2025, 2030)},
            )
        ],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_changes(tmp_path: Path, old: Any, new: Any, expected: Any) -> None:
    found = compared(tmp_path, [records(**old)], [records(**new)])
    assert told(found) == expected
    assert found.differs == bool(expected)


def body(seed: int, clauses: int = 200) -> str:
    rng = random.Random(seed)
    return "，".join("".join(chr(0x4E00 + rng.randrange(3000)) for _ in range(12)) for _ in range(clauses))


def test_documents_are_paired_by_bytes_path_and_wording(tmp_path: Path) -> None:
    draft, final = body(1), body(1)[: 150 * 13] + body(2, 50)
    old = [
        records("a1", {"source_path": "甲.txt"}),
        records("b2", {"source_path": "乙.txt", "title": "旧题"}),
        records("c3", {"source_path": "征求意见稿.txt", "body_sketch": sketch(draft)}),
        records("d4", {"source_path": "丁.txt", "body_sketch": sketch(body(3)), "title": "别的规划"}),
    ]
    new = [
        records("a1", {"source_path": "搬走/甲.txt"}),
        records("b9", {"source_path": "乙.txt", "title": "新题"}),
        records("c9", {"source_path": "正式稿.txt", "body_sketch": sketch(final)}),
        records("e5", {"source_path": "戊.txt", "body_sketch": sketch(body(4)), "title": "新的规划"}),
    ]
    found = compared(tmp_path, old, new)
    assert [(one.old_path, one.new_path) for one in found.documents] == [
        ("甲.txt", "搬走/甲.txt"),
        ("乙.txt", "乙.txt"),
        ("征求意见稿.txt", "正式稿.txt"),
    ]
    assert [(field.name, field.old, field.new) for field in found.documents[1].fields] == [("title", "旧题", "新题")]
    assert [row["source_path"] for row in found.came] == ["戊.txt"]
    assert [row["source_path"] for row in found.went] == ["丁.txt"]


def test_two_files_are_two_versions_whatever_they_say(tmp_path: Path) -> None:
    plan = "禾阳县水务工作方案\n\n一、主要任务\n（一）建设供水站。建成供水站3座。\n（二）修复河道。修复河道20公里。\n"
    (tmp_path / "draft.txt").write_text(plan, encoding="utf-8")
    (tmp_path / "final.md").write_text(plan.replace("3座", "5座"), encoding="utf-8")
    found = compare(version(tmp_path / "draft.txt"), version(tmp_path / "final.md"))
    changed = [(kind, table) for kind, table, _, fields in told(found) if table == "targets" and "value" in fields]
    assert changed == [("changed", "targets")]
    assert compare(version(tmp_path / "draft.txt"), version(tmp_path / "draft.txt")).differs is False


def test_names_match_before_likeness_and_the_likest_first() -> None:
    def made(*names: str) -> list[Wording]:
        return [Wording(f"{name}{at}{len(names)}", name, "") for at, name in enumerate(names)]

    assert match(made("供水站建设", "供水"), made("供水", "供水站建设工程")) == [(0, 1), (1, 0)]
    assert match(made("甲乙丙丁", "甲乙丙戊"), made("甲乙丙丁戊", "甲乙丙丁")) == [(0, 1), (1, 0)]
    assert match(made("河道"), made("教师")) == []
    assert match([], made("教师")) == []


def test_thousands_of_reworded_records_are_matched_in_little_time() -> None:
    rng = random.Random(5)
    names = ["".join(chr(0x4E00 + rng.randrange(800)) for _ in range(14)) for _ in range(2000)]
    old = [Wording(("old", name), name, name * 3) for name in names]
    new = [Wording(("new", name), name[:10] + "改了四字", name * 3) for name in names]
    assert match(old, new) == [(at, at) for at in range(2000)]


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}\"'>\x1b[31m"


@pytest.fixture
def hostile(tmp_path: Path) -> Comparison:
    old = records(about={"title": HOSTILE}, tasks=[task("a1", 1, HOSTILE + "旧", lead_units=[HOSTILE])])
    new = records(about={"title": HOSTILE + "新", "source_path": HOSTILE}, tasks=[task("a1", 1, HOSTILE + "新的")])
    other = records("b2", {"title": HOSTILE, "source_path": "乙" + HOSTILE})
    return compared(tmp_path, [old], [new, other])


def test_hostile_text_is_inert_on_the_page(hostile: Comparison) -> None:
    page = rendering.as_html(hostile)
    tree = lxml.html.document_fromstring(page)
    assert tree.xpath("//script | //img | //@onerror | //link | //a") == []
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]
    assert "{{ 7*7 }}" in tree.text_content()
    assert len(tree.xpath("//li[@class='changed']")) == 1
    assert "".join(tree.xpath("//ins//text()")).count("新") >= 2


def test_hostile_text_is_inert_on_the_terminal(hostile: Comparison) -> None:
    assert "\x1b" not in rendering.as_table(hostile)
    assert "␛[31m" in rendering.as_table(hostile)


def test_the_table_counts_and_lists(tmp_path: Path) -> None:
    old = records(tasks=[task("a1", 1, "建设供水站", end_year=2024)], targets=[target("a1", 1, "站点")])
    new = records(tasks=[task("a1", 1, "建设供水站", end_year=2025)], goals=[goal("a1", 1, "稳" * 100)])
    lines = rendering.as_table(compared(tmp_path, [old], [new])).splitlines()
    assert lines[2].split() == ["goals", "1", "0", "0", "0"]
    assert lines[3].split() == ["tasks", "0", "0", "1", "0"]
    assert "  ~ tasks: 建设供水站: end_year 2024 → 2025" in lines
    assert "  - targets: 站点 5个" in lines
    assert f"  + goals: {'稳' * 59}…" in lines


@pytest.mark.parametrize("form", ["table", "json", "html"])
def test_the_command_in_every_form(tmp_path: Path, form: str) -> None:
    old = write(tmp_path / "old", records(tasks=[task("a1", 1, "建设供水站", end_year=2024)]))
    new = write(tmp_path / "new", records(tasks=[task("a1", 1, "建设供水站", end_year=2025)]))
    shown = CliRunner().invoke(app, ["diff", str(old), str(new), "--format", form, "--exit-code"])
    assert shown.exit_code == 1
    if form == "json":
        found = json.loads(shown.stdout)
        change = found["documents"][0]["changes"][0]
        assert change["fields"] == [{"name": "end_year", "old": 2024, "new": 2025}]
        assert (change["old_id"], found["counts"]["tasks"]["changed"]) == ("a1-t0001", 1)
    else:
        assert "end_year" in shown.stdout
    same = CliRunner().invoke(app, ["diff", str(old), str(old), "--format", form, "--exit-code"])
    assert same.exit_code == 0
    out = tmp_path / "out.txt"
    assert CliRunner().invoke(app, ["diff", str(old), str(new), "--format", form, "--out", str(out)]).stdout == ""
    assert out.read_text(encoding="utf-8") == shown.stdout


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("gone.txt", None, "no file or folder"), ("empty.txt", b"", "cannot be read"), ("x", "folder", "no dataset")],
)
def test_what_cannot_be_compared(tmp_path: Path, name: str, content: Any, words: str) -> None:
    if content == "folder":
        (tmp_path / name).mkdir()
    elif content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=words):
        version(tmp_path / name)


def test_an_older_dataset_may_lack_columns(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    new = write(tmp_path / "new", records(), records("b2"))
    old = write(tmp_path / "old", records(), records("b2"))
    table = pq.ParquetFile(old / "documents.parquet").read()
    pq.write_table(table.drop_columns(["body_sketch", "duplicate_of"]), old / "documents.parquet")
    assert compare(version(old), version(new)).differs is False
