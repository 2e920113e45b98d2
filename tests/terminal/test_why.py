"""``inspect --why`` tells of every place what it may be, what that costs, and what was taken."""

import json

import pytest
from typer.testing import CliRunner

from planparse.cli import app
from planparse.outline.weights import weights

PLAN = "云岭市环境保护行动计划\n\n一、总体要求\n到2025年，空气质量优良天数比率达到85%。\n二、主要任务\n（一）治理扬尘\n推进工地降尘。\n三、保障措施\n加强领导。\n"


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return str(path)


def test_every_place_with_its_readings(plan):
    found = json.loads(CliRunner().invoke(app, ["inspect", plan, "--why", "--json"]).stdout)
    chapters = [place for place in found if place["wording"][1:2] == "、"]
    assert [(p["wording"], p["taken"], p["level"], p["title"]) for p in chapters] == [
        ("一、总体要求", "heading", 1, "总体要求"),
        ("二、主要任务", "heading", 1, "主要任务"),
        ("三、保障措施", "heading", 1, "保障措施"),
    ]
    for place in found:
        assert place["taken"] in place["readings"]
        assert "plain" in place["readings"]
        assert all(cost == pytest.approx(weights()[f], abs=0.01) or cost > weights()[f] for f, cost in place["readings"][place["taken"]]["costs"].items())
        assert all(place["margin"] <= dearer for dearer in place["otherwise"].values())


def test_for_a_reader(plan):
    said = CliRunner().invoke(app, ["inspect", plan, "--why"]).stdout
    assert "taken as heading of level 1" in said
    assert "by itself" in said


def test_only_the_outline_has_reasons(plan):
    told = CliRunner().invoke(app, ["inspect", plan, "--why", "--stage", "records"])
    assert told.exit_code == 2
    assert "--why" in told.stderr
