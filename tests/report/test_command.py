"""The command, and what it refuses."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planparse.cli import app
from planparse.dataset.manifest import is_output


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["report", *map(str, arguments)], catch_exceptions=False)


def test_writes_a_whole_site_and_nothing_else_is_needed(outputs: Path, tmp_path: Path) -> None:
    result = run(outputs, "--out", tmp_path / "site", "--no-plots", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "3 documents" in result.stdout
    assert is_output(str(tmp_path / "site"))
    pages = sorted((tmp_path / "site").rglob("*.*"))
    assert Counter(page.suffix for page in pages if page.parent.name not in ("concepts", "places")) == {".html": 5, ".js": 5, ".css": 1}
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert page.suffix != ".html" or text.startswith('<!doctype html>\n<html lang="en">')
        assert not re.search(r"""(?:src|href)=["'](?:https?:)?//|@import|url\(["']?http""", text)


def test_a_second_run_replaces_the_first(outputs: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run(outputs, "--out", site, "--no-plots")
    before = {path: path.read_bytes() for path in site.rglob("*.html")}
    (site / "documents" / "0123456789abcdef.html").write_text("left over", encoding="utf-8")
    run(outputs, "--out", site, "--no-plots")
    assert {path: path.read_bytes() for path in site.rglob("*.html")} == before


@pytest.mark.parametrize(
    ("made", "message"),
    [("notes.txt", "holds other files"), ("index.html", "was not made by planparse")],
)
def test_other_peoples_files_are_left_alone(outputs: Path, tmp_path: Path, made: str, message: str) -> None:
    (tmp_path / made).write_text("mine", encoding="utf-8")
    result = run(outputs, "--out", tmp_path)
    assert result.exit_code == 2
    assert message in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == [made]


def test_no_dataset(tmp_path: Path) -> None:
    result = run(tmp_path, "--out", tmp_path / "site")
    assert result.exit_code == 2
    assert "run planparse ingest" in result.stderr
    assert not (tmp_path / "site").exists()


def test_without_matplotlib_there_are_no_plots_and_a_word_about_it(
    outputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    from planparse.plots.drawing import cjk_font

    cjk_font.cache_clear()
    result = run(outputs, "--out", tmp_path / "site")
    assert result.exit_code == 0
    assert "Plots need matplotlib: run make setup" in result.stderr
    assert "<svg" not in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
