"""The documentation site builds without a warning, and what it takes from the code is as the code says now."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import planparse
from planparse.configuration.settings import Settings
from planparse.model.findings import SEVERITY
from planparse.model.records import TABLES

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("generated", ROOT / "docs" / "generated.py")
assert SPEC is not None
assert SPEC.loader is not None
generated = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(generated)


def test_builds_strictly(tmp_path: Path) -> None:
    arguments = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site" / "tutorial.zh.html").read_text(encoding="utf-8")
    assert "十分钟教程" in page
    fetched = re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=\"(https?://[^\"]+)", page)
    assert not fetched, "the site fetches nothing from a network"


def test_every_page_is_in_the_navigation() -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))

    def pages(part: Any) -> list[str]:
        if isinstance(part, str):
            return [part]
        return [page for item in (part.values() if isinstance(part, dict) else part) for page in pages(item)]

    there = {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")}
    assert set(pages(settings["nav"])) == there


def test_the_command_line_reference_is_up_to_date() -> None:
    assert (ROOT / generated.CLI_PAGE).read_text(encoding="utf-8") == generated.cli_page(), "run make docs"


def test_the_reference_of_settings_is_up_to_date() -> None:
    page = (ROOT / generated.SETTINGS_PAGE).read_text(encoding="utf-8")
    assert page == generated.settings_page(), "run make docs"
    shown = {name for name, _ in Settings().in_force() if not name.startswith("vocabulary.")}
    assert {name.rpartition(".")[2] for name in shown} == set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("excerpts")
    wanted = {path for paths, _, _ in generated.EXCERPTS.values() for path in paths.split("|")}
    planparse.ingest([ROOT / "corpus" / name for name in sorted(wanted)], folder, jobs=1)
    return planparse.read(folder)


@pytest.mark.parametrize("name", generated.READMES)
def test_the_excerpts_come_from_the_present_code(name: str, dataset: Any) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text == generated.with_excerpts(text, dataset), "run make docs"


@pytest.mark.parametrize("name", generated.READMES)
def test_there_is_an_excerpt_of_each_table_and_a_figure_for_each_set(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert set(re.findall(r"<!-- excerpt: (\w+) -->\n\n\|", text)) == {model.table for model in TABLES}
    shown = set(re.findall(r"^\| ([\w-]+, (?:now|first run)) \|", text, re.MULTILINE))
    assert shown == set(re.findall(r"^\| ([\w-]+, (?:now|first run)) \|", accuracy(), re.MULTILINE)), "run make eval"


def accuracy() -> str:
    return (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")


def test_every_finding_code_is_explained_with_its_severity() -> None:
    page = (ROOT / "docs" / "reference" / "finding-codes.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (\w+) \|", page, re.MULTILINE))
    assert rows == {code.value: severity.value for code, severity in SEVERITY.items()}


def test_the_workflow_is_a_workflow_and_the_guide_shows_its_commands() -> None:
    workflow = yaml.safe_load((ROOT / "docs" / "how-to" / "corpus-ci.yml").read_text(encoding="utf-8"))
    steps = [step["run"] for step in workflow["jobs"]["read"]["steps"] if step.get("run", "").startswith("planparse")]
    guide = (ROOT / "docs" / "how-to" / "ci.md").read_text(encoding="utf-8")
    assert steps
    for step in steps:
        assert f"$ {step}\n" in guide
