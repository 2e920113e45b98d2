"""The notebooks run from their first cell to the last, and show what they gave when they were kept."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))
SPEC = importlib.util.spec_from_file_location("run", ROOT / "examples" / "run.py")
assert SPEC is not None
assert SPEC.loader is not None
runner = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(runner)


def content(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def code(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in content(path)["cells"] if cell["cell_type"] == "code"]


each = pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in NOTEBOOKS])


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 3


@each
def test_runs_and_gives_what_is_kept(path: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    outputs = runner.run(content(path), tmp_path)
    for number, (found, kept) in enumerate(zip(outputs, code(path), strict=True), 1):
        assert shown(found) == shown(kept["outputs"]), f"cell {number}: run make notebooks"
        assert "Empty DataFrame" not in shown(found), f"cell {number}"


def shown(outputs: list[dict[str, Any]]) -> str:
    """What a reader sees of a cell, as text."""
    return "".join("".join(one.get("text", one.get("data", {}).get("text/plain", []))) for one in outputs)


def test_runs_from_where_it_lies(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    (tmp_path / "examples").mkdir()
    for path in NOTEBOOKS:
        first = {"cells": code(path)[:1]}
        runner.run(first, tmp_path / "examples")
    assert {one.name for one in tmp_path.iterdir()} == {"corpus", "examples", "outputs"}


@each
def test_keeps_its_output_and_names_no_place_of_this_machine(path: Path) -> None:
    notebook = content(path)
    assert notebook["nbformat"] == 4
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
    assert [cell["execution_count"] for cell in code(path)] == list(range(1, len(code(path)) + 1))
    assert not re.search(r"/(?:tmp|home|root|work|Users)/", path.read_text(encoding="utf-8"))


def test_a_failing_cell_is_not_passed_over(tmp_path: Path) -> None:
    notebook = {"cells": [{"cell_type": "code", "source": ["1 / 0"]}]}
    with pytest.raises(ZeroDivisionError):
        runner.run(notebook, tmp_path)


def test_shows_prints_and_the_last_value(tmp_path: Path) -> None:
    notebook = {"cells": [{"cell_type": "code", "source": ["x = 2\n", "print('a')\n", "x * 2"]}]}
    (found,) = runner.run(notebook, tmp_path)
    assert found[0]["text"] == ["a\n"]
    assert found[1]["data"]["text/plain"] == ["4"]
