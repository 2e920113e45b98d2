from __future__ import annotations

from pathlib import Path

import pytest

from planparse.evaluation.figures import SetScore
from planparse.evaluation.floors import Check, Floors, SetSpec, check, read_floors, round_down, update, write_floors
from planparse.evaluation.found import Found
from planparse.evaluation.gold import Gold
from planparse.evaluation.scores import score_document
from planparse.model.findings import UsageError


@pytest.fixture
def results(gold: Gold, found: Found) -> list[SetScore]:
    """One set in which 2 of 3 sections are found: F1 0.8."""
    found.tables["sections"].pop()
    return [SetScore("small", [score_document(gold, found)])]


def floors(**figures: float) -> Floors:
    return Floors(
        {"small": SetSpec("small", Path("gold"))}, {"small": {k.replace("__", "."): v for k, v in figures.items()}}
    )


@pytest.mark.parametrize(
    ("figure", "floor", "holds"),
    [
        ("sections", 0.8, True),
        ("sections", 0.81, False),
        ("tasks", 1.0, True),
        ("sections__kind", 1.0, True),
        ("gone", 0.5, False),
    ],
)
def test_check(results: list[SetScore], figure: str, floor: float, holds: bool) -> None:
    assert [item.holds for item in check(floors(**{figure: floor}), results)] == [holds]


def test_a_set_that_is_not_there_in_full_is_not_checked(results: list[SetScore]) -> None:
    results[0].skipped["other"] = "absent"
    assert check(floors(sections=1.0), results) == []


def test_update_raises_and_pins(results: list[SetScore]) -> None:
    kept = floors(sections=0.5)
    assert update(kept, results, None) == []
    assert kept.floors["small"]["sections"] == 0.8
    assert kept.floors["small"]["targets.subject"] == 1.0
    assert kept.lowered == []


def test_update_refuses_to_lower_without_a_reason(results: list[SetScore]) -> None:
    kept = floors(sections=0.9, tasks=0.5)
    refused = update(kept, results, None)
    assert [item.figure for item in refused] == ["sections"]
    assert kept.floors["small"] == {"sections": 0.9, "tasks": 0.5}


def test_update_lowers_with_a_reason_and_keeps_it(results: list[SetScore], tmp_path: Path) -> None:
    kept = floors(sections=0.9, gone=0.5)
    assert update(kept, results, 'gold of "small" was wrong') == []
    path = tmp_path / "floors.toml"
    write_floors(path, kept)
    again = read_floors(path)
    assert again.floors["small"]["sections"] == 0.8
    assert "gone" not in again.floors["small"]
    assert [(item.figure, item.before, item.after) for item in again.lowered] == [
        ("sections", 0.9, 0.8),
        ("gone", 0.5, 0.0),
    ]
    assert {item.reason for item in again.lowered} == {'gold of "small" was wrong'}
    written = path.read_bytes()
    write_floors(path, again)
    assert path.read_bytes() == written


@pytest.mark.parametrize(("value", "floor"), [(1.0, 1.0), (2 / 3, 0.6666), (0.99999, 0.9999), (0.8, 0.8)])
def test_a_floor_is_never_above_its_figure(value: float, floor: float) -> None:
    assert round_down(value) == floor
    assert Check("s", "f", round_down(value), value).holds


@pytest.mark.parametrize("text", ["[sets.a]\nsources = []", "sets = 1", "[[", "[sets.a]\ngold = 'x'\nsplit = 'train'"])
def test_a_file_that_is_no_floors_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="floors file"):
        read_floors(path)
