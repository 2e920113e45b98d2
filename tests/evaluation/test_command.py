"""The command as it is used: on gold of our own sample corpus, and with what users get wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from planparse.cli import app

ROOT = Path(__file__).resolve().parents[2]
NAME = "heyang_emergency_plan"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one gold file, its document in corpus/, and a floors file."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "corpus").mkdir()
    shutil.copy(ROOT / "tests" / "gold" / f"{NAME}.json", tmp_path / "gold")
    shutil.copy(ROOT / "corpus" / f"{NAME}.txt", tmp_path / "corpus")
    (tmp_path / "floors.toml").write_text('[sets.own]\ngold = "gold"\nsources = ["corpus"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["evaluate", *arguments], catch_exceptions=False)


def spoil(place: Path) -> None:
    """Let the gold ask for a heading that the document does not have."""
    path = place / "gold" / f"{NAME}.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["sections"].append({"level": 1, "number_raw": "九、", "title": "并不存在的一章", "kind": "other"})
    path.write_text(json.dumps(content), encoding="utf-8")


def test_table_and_json_tell_the_same(place: Path) -> None:
    table, plain = run("gold"), run("gold", "--format", "json")
    assert table.exit_code == plain.exit_code == 0
    sections = json.loads(plain.stdout)["sets"]["gold-dev"]["tables"]["sections"]
    assert f"{sections['gold']}" in next(
        line for line in table.stdout.splitlines() if line.strip().startswith("sections")
    )
    assert set(sections) >= {"precision", "recall", "f1", "strict_f1", "record_exact", "document_exact", "fields"}


def test_misses_name_the_line(place: Path) -> None:
    spoil(place)
    lines = run("gold", "--misses").stdout.splitlines()
    assert f"{NAME}:?: sections: missed (not found): [1] 并不存在的一章" in lines


def figures(place: Path, settings: str) -> dict[str, Any]:
    """The figures of headings under a configuration, found in the folder or named."""
    (place / "planparse.toml").write_text(settings, encoding="utf-8")
    done = run("gold", "--format", "json")
    (place / "planparse.toml").rename(place / "named.toml")
    assert run("gold", "--format", "json", "--config", "named.toml").stdout == done.stdout
    told: dict[str, Any] = json.loads(done.stdout)["sets"]["gold-dev"]["tables"]["sections"]
    return told


def test_the_configuration_holds_for_reading_and_for_scoring(place: Path) -> None:
    path = place / "gold" / f"{NAME}.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    for section in content["sections"][:3]:
        section["title"] += "也"
    path.write_text(json.dumps(content), encoding="utf-8")
    usual = figures(place, "")
    assert figures(place, "[[vocabulary.furniture]]\npattern = '一、规划背景'")["found"] < usual["found"]
    strict = figures(place, "[evaluation]\ntitle_alike = 1")
    lenient = figures(place, "[evaluation]\ntitle_alike = 0.5")
    assert strict["recall"] < lenient["recall"]
    assert strict["found"] == usual["found"]


def test_a_wrong_configuration_is_said(place: Path) -> None:
    (place / "planparse.toml").write_text("[evaluation]\nseed = -1\n", encoding="utf-8")
    done = run("gold")
    assert done.exit_code == 2
    assert "planparse.toml:2: evaluation.seed" in done.stderr


def test_markdown(place: Path) -> None:
    lines = run("gold", "--format", "markdown").stdout.splitlines()
    assert lines[0] == "## gold-dev"
    assert any(line.startswith("| **sections** |") for line in lines)


def test_junit(place: Path) -> None:
    spoil(place)
    root = ElementTree.fromstring(run("gold", "--format", "junit").stdout)
    case = next(c for c in root.iter("testcase") if c.get("name") == "sections")
    assert "并不存在的一章" in (case.findtext("failure") or "")


def test_gate_pins_holds_and_fails(place: Path) -> None:
    assert run("--floors", "floors.toml", "--update").exit_code == 0
    held = run("--floors", "floors.toml")
    assert held.exit_code == 0
    assert "floors hold" in held.stderr
    spoil(place)
    failed = run("--floors", "floors.toml")
    assert failed.exit_code == 1
    assert "below its floor: own: sections is" in failed.stderr
    assert run("--floors", "floors.toml", "--update").exit_code == 1
    suite = ElementTree.fromstring(run("--floors", "floors.toml", "--format", "junit").stdout)
    assert [c.get("name") for c in suite.iter("testcase") if c.find("failure") is not None] == ["sections"]
    assert run("--floors", "floors.toml", "--update", "--allow-regression", "one more heading").exit_code == 0
    assert run("--floors", "floors.toml").exit_code == 0
    assert 'reason = "one more heading"' in (place / "floors.toml").read_text(encoding="utf-8")


def test_first_run_is_kept_once(place: Path) -> None:
    run("--floors", "floors.toml")
    kept = (place / "first.toml").read_bytes()
    spoil(place)
    run("--floors", "floors.toml")
    assert (place / "first.toml").read_bytes() == kept


def test_page(place: Path) -> None:
    (place / "known-limits.md").write_text("# Known limits\n\nStone tablets are not read.\n", encoding="utf-8")
    assert run("--floors", "floors.toml", "--page", "accuracy.md").exit_code == 0
    page = (place / "accuracy.md").read_text(encoding="utf-8")
    assert "Stone tablets are not read." in page
    assert "| own (1) |" in page
    for heading in (
        "By kind of plan",
        "By format",
        "Kinds of sections",
        "Commonest causes",
        "First run",
        "Known limits",
    ):
        assert f"## {heading}" in page
    run("--floors", "floors.toml", "--page", "accuracy.md")
    assert (place / "accuracy.md").read_text(encoding="utf-8") == page


def test_absent_documents_are_left_out_with_the_reason(place: Path) -> None:
    shutil.copy(place / "gold" / f"{NAME}.json", place / "gold" / "other.json")
    path = place / "gold" / "other.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, "source_file": "gone.txt"}), encoding="utf-8")
    result = run("--floors", "floors.toml", "--page", "accuracy.md")
    assert result.exit_code == 0
    assert "other left out: gone.txt is absent" in result.stderr
    assert not (place / "accuracy.md").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "nothing to score"),
        (("nowhere",), "does not exist"),
        (("corpus",), "holds no gold files"),
        (("gold", "--sources", "gold"), "no document of the gold files was found"),
        (("gold", "--split", "test"), "no gold file is of the split test"),
        (("gold", "--update"), "give --floors"),
        (("gold", "--page", "x.md"), "give --floors"),
        (("--floors", "floors.toml", "--allow-regression", "why"), "goes with --update"),
        (("--floors", "floors.toml", "corpus"), "no such gold set"),
        (("--floors", "nothing.toml"), "cannot be read as a floors file"),
        (("gold", "--outputs", "corpus"), "ingest first"),
    ],
)
def test_wrong_use_is_said_in_one_line(place: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.startswith("planparse: ") or "left out" in result.stderr


def test_a_written_dataset_scores_as_its_documents_do(place: Path) -> None:
    from planparse.corpus import ingest

    ingest([Path("corpus")], Path("outputs"), jobs=1)
    fresh = json.loads(run("gold", "--format", "json", "--misses").stdout)
    written = json.loads(run("gold", "--format", "json", "--misses", "--outputs", "outputs").stdout)
    assert written == fresh
    shutil.rmtree("corpus")
    by_name = json.loads(run("gold", "--format", "json", "--misses", "--outputs", "outputs").stdout)
    assert by_name == fresh
