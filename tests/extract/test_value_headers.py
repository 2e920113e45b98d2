"""Which columns of an indicator table are the base and which the target, by the words of their headers."""

from __future__ import annotations

from typing import Any

import pytest
import tablecases
from plans import cases

from planparse.extract.tables import extract_grid
from planparse.model.drafts import Clock
from planparse.tables import find_grids

ACTUAL = ["基数", "基期", "现状", "完成", "实际", "实绩", "现值", "基准", "平均数", "平均值", "期初值", "当前值", "初值", "现状值", "完成情况", "实际完成"]
AIM = ["目标", "规划", "预期", "计划", "目标值", "规划目标", "预期目标", "规划值", "计划数", "任务值", "控制数"]
LEVELS = ["全国", "国家", "全省", "禾阳省", "全市", "禾阳市", "全州"]


def read(*headers: str, values: tuple[str, ...] = ("80", "95")) -> list[Any]:
    """Base, its year, target, its year of a table with these headers beside 指标 and 单位."""
    table = [["指标", "单位", *headers], ["渔港完好率", "%", *values], ["渔船年检率", "%", *values], ["水产品合格率", "%", *values]]
    (grid,), _ = find_grids(tablecases.document({"text": "渔业发展主要指标\n{table}", "tables": [table]}))
    row = extract_grid(grid, None, tablecases.clock({}), [])[0].values
    return [row["baseline_raw"], row["baseline_year"], row["target_raw"], row["target_year"]]


@pytest.mark.parametrize("word", ACTUAL)
def test_words_of_what_was_reached(word: str) -> None:
    assert read(word, "2025年目标") == ["80", 2020, "95", 2025]
    assert read("2025年目标", word, values=("95", "80")) == ["80", 2020, "95", 2025]


@pytest.mark.parametrize("word", AIM)
def test_words_of_what_is_aimed_at(word: str) -> None:
    assert read("2020年基数", f"2025年{word}") == ["80", 2020, "95", 2025]
    assert read("2020年基数", word) == ["80", 2020, "95", 2025]


@pytest.mark.parametrize("word", ["2025年", "“十四五”末", "“十四五”目标", "十四五规划目标", "到2025年", "2025年末"])
def test_years_and_periods(word: str) -> None:
    assert read("2020年", word) == ["80", 2020, "95", 2025]
    assert read("“十三五”末", word) == ["80", 2020, "95", 2025]


@pytest.mark.parametrize("word", ["2035年展望", "2035年远景目标", "2035年远期目标"])
def test_what_lies_beyond_the_plan(word: str) -> None:
    assert read("2020年", "2025年", word, values=("80", "95", "99")) == ["80", 2020, "95", 2025]


@pytest.mark.parametrize("level", LEVELS)
def test_the_aims_of_others(level: str) -> None:
    """annotation.md, indicators: the target is this plan's own; 本县 stands for it."""
    assert read("2020年", f"{level}2025年目标", "本县2025年目标", values=("80", "90", "95"))[2] == "95"


@pytest.mark.parametrize("word", ["总计", "合计", "累计", "五年累计", "总目标"])
def test_the_sum_of_yearly_targets(word: str) -> None:
    found = read("2020年", "2021年目标", "2022年目标", "2023年目标", "2024年目标", "2025年目标", word, values=("1", "2", "3", "4", "5", "6", "20"))
    assert found[:2] == ["1", 2020]
    assert found[3] == 2025


@pytest.mark.parametrize("case", cases("value_columns"), ids=lambda case: f"{case['clock']} {case['headers']}")
def test_columns_by_the_years_of_the_plan(case: dict[str, Any]) -> None:
    """tests/cases/value_columns.yaml."""
    beside = (["属性"], ["约束性"]) if case.get("property") else ([], [])
    cells = [str(80 + n) for n in range(len(case["headers"]))]
    table = [["指标", "单位", *case["headers"], *beside[0]], *([name, "%", *cells, *beside[1]] for name in ("渔港完好率", "渔船年检率", "水产品合格率"))]
    (grid,), _ = find_grids(tablecases.document({"text": "渔业发展主要指标\n{table}", "tables": [table]}))
    row = extract_grid(grid, None, Clock(**case["clock"]), [])[0].values
    found = [row[k] for k in ("baseline_raw", "baseline_year", "target_raw", "target_year", "comparator", "basis")]
    assert [None if value is None else str(value) for value in found] == case["is"]
