"""Records as rows of a gold file, and the fields in which they can be corrected."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from planparse.report.gold import anchor, gold_row, specifications

TASK: dict[str, Any] = {
    "level": "task",
    "number_raw": "1.",
    "title": "建设队伍",
    "source": "table",
    "start_year": None,
    "end_year": 2025,
    "lead_units": [],
    "support_units": [],
}


@pytest.mark.parametrize(
    ("sentence", "quantity", "wanted"),
    [
        ("到2025年，全市建成应急避难场所不少于120个，覆盖率", "不少于120个", "5年，全市建成应急避难场所不少于120个"),
        ("新建5座，改造7座", "5座", "新建5座，改造7座"),
        ("没有这个数", "5座", "没有这个数"),
        ("甲" * 40 + "5座", "甲" * 30 + "5座", "甲" * 30 + "5座"),
    ],
)
def test_anchor_holds_the_quantity(sentence: str, quantity: str, wanted: str) -> None:
    assert anchor(sentence, quantity) == wanted


def test_what_is_not_stated_is_left_out_but_years_go_together() -> None:
    assert gold_row("tasks", TASK) == {
        "level": "task",
        "number_raw": "1.",
        "title": "建设队伍",
        "source": "table",
        "start_year": None,
        "end_year": 2025,
    }
    assert "end_year" not in gold_row("tasks", TASK | {"end_year": None})


def test_decimals_become_numbers_and_deep_headings_have_no_kind() -> None:
    project = TASK | {"name": "x", "investment_wan": Decimal("785000.000000")}
    assert gold_row("projects", project)["investment_wan"] == 785000
    assert gold_row("projects", project | {"investment_wan": Decimal("0.500000")})["investment_wan"] == 0.5
    heading = {"level": 3, "number_raw": "1.", "title": "甲", "kind": "tasks"}
    assert gold_row("sections", heading)["kind"] is None


def test_fields_have_the_type_of_their_column() -> None:
    fields = {table: {field["name"]: field for field in made} for table, made in specifications().items()}
    assert fields["targets"]["value"]["type"] == "number"
    assert fields["targets"]["comparator"]["choices"][:2] == ["eq", "ge"]
    assert fields["tasks"]["lead_units"]["type"] == "list"
    assert fields["document"]["issued_date"]["type"] == "date"
    assert fields["indicators"]["property"] == {
        "name": "property",
        "type": "choice",
        "needed": False,
        "choices": ["binding", "expected"],
    }
    assert fields["sections"]["level"]["type"] == "number"
