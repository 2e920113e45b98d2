"""Each damage to found rows shows where it should: in the counts, in the strict figures, in the cause of the miss."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planparse.evaluation.figures import SetScore, exact_documents, figures, headline, interval
from planparse.evaluation.found import Found
from planparse.evaluation.gold import Gold
from planparse.evaluation.misses import Cause, Side
from planparse.evaluation.scores import score_document
from planparse.model.options import Scoring

TARGET_FIELDS = ("comparator", "deadline_year", "unit", "quantity_raw", "subject")

def test_everything_right(gold: Gold, found: Found) -> None:
    score = score_document(gold, found)
    assert not score.misses
    assert score.exact
    assert set(headline([score]).values()) == {1.0}
    assert figures([score])["sections"].record_exact == 1


def test_gold_of_one_table_says_nothing_of_the_document(gold: Gold, found: Found) -> None:
    alone = replace(gold, document={}, tables={"targets": gold.tables["targets"]})
    assert headline([score_document(alone, found)]).keys() == {"targets", *(f"targets.{f}" for f in TARGET_FIELDS)}
    assert headline([score_document(gold, found), score_document(alone, found)])["documents"] == 1


def test_nothing_found(gold: Gold) -> None:
    score = score_document(
        gold, Found({table: [] for table in ("documents", *gold.tables, "goals", "projects", "indicators")})
    )
    assert {name: value for name, value in headline([score]).items() if "." not in name} == {
        "documents": 0, "sections": 0, "tasks": 0, "targets": 0
    }  # fmt: skip
    assert {miss.cause for miss in score.misses if miss.side is Side.MISSED} == {Cause.NOT_FOUND}
    assert not score.exact


# table, row, changed columns → cause of the miss and of the extra
ROW_CASES = [
    ("sections", 2, {"level": 3}, Cause.WRONG_LEVEL),
    ("sections", 2, {"title": "建设队伍充实人员招录消防员"}, Cause.WRONG_BOUNDARY),
    ("tasks", 0, {"level": "task"}, Cause.WRONG_LEVEL),
    ("tasks", 0, {"source": "table"}, Cause.WRONG_SOURCE),
    ("targets", 0, {"value": 10}, Cause.WRONG_VALUE),
    ("targets", 0, {"sentence": "另一处。"}, Cause.WRONG_PLACE),
]


@pytest.mark.parametrize(("table", "at", "changes", "cause"), ROW_CASES)
def test_rows_that_differ(gold: Gold, found: Found, table: str, at: int, changes: dict[str, Any], cause: Cause) -> None:
    found.tables[table][at] = {**found.tables[table][at], **changes}
    score = score_document(gold, found)
    told = {(miss.side, miss.cause) for miss in score.misses if miss.table == table}
    assert told == {(Side.MISSED, cause), (Side.EXTRA, cause)}
    assert headline([score])[table] < 1


# table, row, field, value found → cause
FIELD_CASES = [
    ("sections", 0, "kind", "tasks", Cause.FIELD_WRONG),
    ("sections", 0, "number_raw", None, Cause.FIELD_MISSING),
    ("tasks", 0, "lead_units", ["县医院"], Cause.FIELD_WRONG),
    ("tasks", 0, "lead_units", [], Cause.FIELD_MISSING),
    ("targets", 0, "deadline_year", None, Cause.FIELD_MISSING),
    ("targets", 0, "subject", "完全两样的东西", Cause.FIELD_WRONG),
    ("documents", 0, "region", "临海县", Cause.FIELD_WRONG),
]


@pytest.mark.parametrize(("table", "at", "field", "value", "cause"), FIELD_CASES)
def test_fields_that_differ(
    gold: Gold, found: Found, table: str, at: int, field: str, value: Any, cause: Cause
) -> None:
    found.tables[table][at] = {**found.tables[table][at], field: value}
    score = score_document(gold, found)
    assert [(miss.side, miss.cause) for miss in score.misses] == [(Side.FIELD, cause)]
    assert [name for name, share in headline([score]).items() if share < 1 and "." in name]
    assert figures([score])[table].record_exact < 1


def test_soft_forgives_what_strict_does_not(gold: Gold, found: Found) -> None:
    found.tables["targets"][0] = {**found.tables["targets"][0], "subject": "全县应急队伍"}
    score = score_document(gold, found)
    target = figures([score])["targets"]
    assert (target.f1, target.fields["subject"].right) == (1, 1)
    assert (target.strict_f1, target.fields["subject"].right_strict, target.record_exact) == (0, 0, 0)
    assert not score.misses


def test_extra_row_read_twice_or_from_nowhere(gold: Gold, found: Found) -> None:
    found.tables["sections"] += [dict(found.tables["sections"][1]), {"level": 1, "title": "别的", "kind": "other"}]
    score = score_document(gold, found)
    assert [miss.cause for miss in score.misses] == [Cause.TWICE, Cause.NOT_IN_GOLD]
    assert headline([score])["sections"] == pytest.approx(2 * 3 / (3 + 5))


def test_missed_task_that_is_read_as_a_project(gold: Gold, found: Found) -> None:
    row = found.tables["tasks"].pop()
    found.tables["projects"].append({**row, "name": row["title"], "level": "project"})
    assert [miss.cause for miss in score_document(gold, found).misses] == [Cause.OTHER_TABLE]


def test_units_are_scored_on_all_rows_of_a_table_that_states_any(gold: Gold, found: Found) -> None:
    gold.tables["tasks"].append({"level": "task", "number_raw": "1、", "title": "充实人员", "source": "prose"})
    found.tables["tasks"].append({**gold.tables["tasks"][1], "lead_units": ["县医院"]})
    miss = score_document(gold, found).misses[0]
    assert (miss.field, miss.cause) == ("lead_units", Cause.FIELD_INVENTED)


def test_lines_of_misses_and_extras(gold: Gold, found: Found) -> None:
    found.tables["sections"][2] = {**found.tables["sections"][2], "title": "别的", "level": 1}
    lines = {miss.side: miss.line for miss in score_document(gold, found).misses}
    assert lines == {Side.MISSED: 5, Side.EXTRA: 5}


def test_several_documents_in_one_file(gold: Gold, found: Found) -> None:
    found.tables["documents"].insert(0, {"title": "关于印发方案的通知"})
    assert not score_document(gold, found).misses


def test_intervals_are_the_same_every_time_and_hold_the_figure(gold: Gold, found: Found) -> None:
    parts = [(9, 10), (5, 10), (10, 10), (7, 10)]
    first = interval(parts)
    assert first is not None
    assert first == interval(parts)
    assert first[0] < 31 / 40 < first[1]
    many = [(one, 60 + one) for one in range(50)]
    assert interval(many) != interval(many, Scoring(seed=1))
    assert interval(many) != interval(many, Scoring(resamples=100))
    assert interval([(1, 2)]) is None
    assert interval([(2, 2), (3, 3)]) == (1, 1)


def test_exact_documents(gold: Gold, found: Found) -> None:
    right = score_document(gold, found)
    found.tables["sections"].pop()
    result = SetScore("both", [right, score_document(gold, found)])
    assert exact_documents(result.scores) == 0.5
    assert result.figures()["sections"].document_exact == 0.5
    assert result.figures()["sections"].mean_f1 == pytest.approx((1 + 0.8) / 2)
