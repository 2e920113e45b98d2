"""The doctor tells what is there, what is limited and what is missing, and leaves nothing behind."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planparse.cli import app
from planparse.configuration import surroundings
from planparse.configuration.surroundings import check


def states(outputs: Path) -> dict[str, str]:
    return {finding.name: finding.state for finding in check(outputs)}


def test_what_is_needed_is_here(tmp_path: Path) -> None:
    found = states(tmp_path / "not" / "yet" / "there")
    assert found["python"] == found["pyarrow"] == found["output folder"] == "ok"
    assert "missing" not in found.values()
    assert list(tmp_path.iterdir()) == []


def test_missing_extras_are_limits_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings.importlib.util, "find_spec", lambda name: None)
    found = {one.name: one for one in check(tmp_path)}
    assert found["duckdb"].state == "limited"
    assert found["duckdb"].advice == "run make setup in planparse's folder, or pip install . there"


def test_a_python_that_is_too_old_is_told_to_the_patch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings.sys, "version_info", (3, 11, 1, "final", 0))
    (found,) = [one for one in check(tmp_path) if one.name == "python"]
    assert (found.state, found.advice) == ("missing", "install Python 3.11.2 or newer")


def test_a_missing_library_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "NEEDED", ("no-such-library",))
    result = CliRunner().invoke(app, ["doctor", "--outputs", str(tmp_path)])
    assert result.exit_code == 1
    assert "missing  no-such-library" in result.stdout


def test_fonts_are_found_by_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "FONT_FOLDERS", (str(tmp_path),))
    assert states(tmp_path)["Chinese font"] == "limited"
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "NotoSansCJK-Regular.ttc").write_bytes(b"")
    assert states(tmp_path)["Chinese font"] == "ok"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert states(tmp_path)["output folder"] == "missing"


@pytest.mark.parametrize(("error", "state"), [(PermissionError(), "missing"), (OSError(95, "no links"), "limited")])
def test_disks_without_links_or_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, state: str
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(surroundings.os, "symlink", refuse)
    monkeypatch.setattr(surroundings.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 1})())
    found = states(tmp_path)
    assert (found["output folder"], found["disk"]) == (state, "limited")


def test_json_is_a_list_of_findings(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["doctor", "--outputs", str(tmp_path), "--json"])
    assert {"name", "state", "told", "advice"} == set(json.loads(result.stdout)[0])
