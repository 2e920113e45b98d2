"""Places side by side: which baseline belongs to a target, what stands above it, what contradicts it, and in what order."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import datasets as made
import levels
import pytest

from planparse.dataset.dumbbells import Dumbbell, blocks, dumbbells, logarithmic, of_place
from planparse.dataset.reader import Dataset, read
from planparse.model.findings import UsageError
from planparse.model.records import Records


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return read(levels.write(tmp_path_factory.mktemp("places") / "data"))


def told(one: Dumbbell) -> tuple[Any, ...]:
    start = one.baseline and float(one.baseline["value_norm"])
    return one.place, one.years, start, float(one.target["value_norm"]), [float(row["value_norm"]) for row in one.rivals], one.reference


def test_each_target_with_its_baseline_its_rivals_and_the_plan_above(data: Dataset) -> None:
    found = blocks(dumbbells(data, ["forest_coverage"]))
    assert [told(one) for block in found for one in block.dumbbells] == [
        ("全国", "2020→2025", 23, 24.1, [], None),
        ("浙江省", "2025", None, 61.5, [], ("全国", 24.1)),
        ("嘉兴市", "2020→2025", 15, 18, [18.5], ("浙江省", 61.5)),
        ("平湖市", "2025", None, 19, [18], ("嘉兴市", 18)),
        ("禾阳新区", "2025", None, 9, [], None),
        ("嘉兴市 · 农村", "2025", None, 12, [], None),
        ("平湖市", "2030", None, 20, [], None),
    ]
    assert [one.conflict for block in found for one in block.dumbbells] == [False, False, True, True, False, False, False]
    assert [block.reference for block in found][:3] == [None, ("全国", 24.1), ("浙江省", 61.5)]


def test_what_adds_up_has_no_line_and_may_need_a_logarithmic_axis(data: Dataset) -> None:
    found = dumbbells(data, ["gdp"])
    assert [one.reference for one in found] == [None, None]
    assert not logarithmic(found), "a tenth of the whole can still be seen"
    assert not logarithmic([])


@pytest.mark.parametrize(
    ("concept", "values", "needed"),
    [("gdp", (85000, 300), True), ("gdp", (85000, 0), False), ("gdp", (85000, 8500), False), ("forest_coverage", (90, 1), False)],
)
def test_a_logarithmic_axis(concept: str, values: tuple[int, ...], needed: bool, tmp_path: Path) -> None:
    unit = {"gdp": "亿元", "forest_coverage": "%"}[concept]
    found = [plan(f"p{n}", value, concept=concept, unit=unit) for n, value in enumerate(values)]
    assert logarithmic(dumbbells(read(made.write(tmp_path / "data", *found)))) is needed


def plan(doc: str, value: int, **more: Any) -> Records:
    about = {"target_year": 2025, "target_norm": Decimal(value), "baseline_norm": None, "comparator": "eq"} | more
    rows = [made.indicator(doc, 1, "指标", **about)]
    return Records(documents=[made.document(doc, region=f"{doc}县")], indicators=rows, sources=[made.source(doc)])


@pytest.mark.parametrize(
    ("baselines", "taken"),
    [
        ([(2020, 40)], 40),
        ([(2015, 30), (2020, 40)], 30),  # of the same record
        ([(None, None), (2020, 40), (2018, 35)], 40),
        ([(None, None), (2025, 48)], None),  # is not before the target
    ],
)
def test_the_baseline_of_a_target(baselines: list[tuple[int | None, int | None]], taken: int | None, tmp_path: Path) -> None:
    rows = [
        made.indicator(
            "a1", number, "森林覆盖率", unit="%", concept="forest_coverage", comparator="eq", baseline_year=year,
            baseline_norm=None if value is None else Decimal(value),
            **({"target_year": 2025, "target_norm": Decimal(50)} if number == 1 else {}),
        )
        for number, (year, value) in enumerate(baselines, 1)
    ]  # fmt: skip
    data = read(made.write(tmp_path / "data", Records(documents=[made.document()], indicators=rows, sources=[made.source("a1")])))
    (one,) = dumbbells(data)
    assert (one.baseline and one.baseline["value_norm"]) == taken


def test_one_place_by_name_or_code(data: Dataset) -> None:
    found = dumbbells(data)
    assert of_place(found, "平湖市") == of_place(found, "330482")
    assert [(one.concept.name, one.target["year"]) for one in of_place(found, "平湖市")] == [
        ("forest_coverage", 2025),
        ("forest_coverage", 2030),
        ("tree_coverage", 2025),
    ]
    assert of_place(found, "平湖") == []
    with pytest.raises(UsageError, match="has no concept"):
        dumbbells(data, ["森林覆盖率"])
