"""Names that link to no concept: counted by documents, copies left out; the command that lists them."""

from __future__ import annotations

import json
from pathlib import Path

import datasets as made
import pytest
from typer.testing import CliRunner

from planparse.cli import app
from planparse.dataset.reader import read
from planparse.dataset.unlinked import unlinked
from planparse.model.records import Indicator, Records


def indicator(doc_id: str, number: int, name: str, concept: str | None = None) -> Indicator:
    about = made.place(doc_id, number) | {"indicator_id": f"{doc_id}-i{number}", "table_id": f"{doc_id}-b1"}
    return Indicator(name=name, unit="个", concept=concept, **about)


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    names = {"a1": ["泵位（个）", "泵站", "博物馆数"], "b2": ["泵位", "泵位"]}
    found = [
        Records(
            documents=[made.document(doc_id)],
            indicators=[
                indicator(doc_id, number, name, "museums" if name == "博物馆数" else None)
                for number, name in enumerate(told, 1)
            ],
            sources=[made.source(doc_id)],
        )
        for doc_id, told in names.items()
    ]
    return made.write(tmp_path / "data", *found)


def test_names_are_counted_by_documents(outputs: Path) -> None:
    found = unlinked(read(outputs)).to_pylist()
    assert [(row["name"], row["documents"], row["rows"]) for row in found] == [("泵位（个）", 2, 3), ("泵站", 1, 1)]
    assert found[0]["record_id"] == "a1-i1"


def test_the_command_lists_them_and_the_catalogue(outputs: Path) -> None:
    run = CliRunner().invoke
    rows = json.loads(run(app, ["concepts", str(outputs), "--json", "--limit", "1"]).stdout)
    assert [row["name"] for row in rows] == ["泵位（个）"]
    assert "forest_coverage" in run(app, ["concepts", "--known", "--csv"]).stdout
    assert "森林" not in run(app, ["concepts", str(outputs), "--table", "targets"]).stdout
    wrong = run(app, ["concepts", str(outputs), "--table", "goals"])
    assert wrong.exit_code == 2
    assert "has no concepts" in wrong.output
