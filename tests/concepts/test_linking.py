"""Names to concepts: a table of cases with names that only look alike, gold made by reading, and what it costs."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import growing
import pytest
import yaml

import planparse
from planparse.concepts import link
from planparse.concepts.folding import fold

TESTS = Path(__file__).parents[1]
CASES = yaml.safe_load((TESTS / "cases" / "concepts.yaml").read_text(encoding="utf-8"))
with (TESTS / "gold" / "concepts" / "names.tsv").open(encoding="utf-8", newline="") as file:
    GOLD = list(csv.DictReader(file, delimiter="\t"))
PRECISION, RECALL = 0.98, 0.93


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name']}-{case['unit']}-{case.get('comparator')}")
def test_names_have_their_concept_and_no_other(case: dict[str, Any]) -> None:
    found = link(case["name"], case["unit"], case.get("comparator"))
    assert (found.concept.name if found else None) == case.get("concept")
    assert (found.scope if found else None) == case.get("scope")
    if found and "value" in case:
        norm = found.norm(Decimal(str(case["value"])), case.get("comparator"))
        assert norm == (None if case["norm"] is None else Decimal(str(case["norm"])))


@pytest.mark.parametrize("split", ["dev", "test"])
@pytest.mark.parametrize("table", ["indicators", "targets"])
def test_gold_made_by_reading(table: str, split: str) -> None:
    rows = [row for row in GOLD if (row["table"], row["split"]) == (table, split)]
    found = [link(row["name"], row["unit"] or None, row["comparator"] or None) for row in rows]
    linked = [(one.concept.name, row["concept"]) for one, row in zip(found, rows, strict=True) if one]
    right = sum(one == gold for one, gold in linked)
    assert right >= PRECISION * len(linked)
    assert right >= RECALL * sum(bool(row["concept"]) for row in rows)


PLAN = """禾阳县生态规划
一、发展目标
到2025年，森林覆盖率达到45%以上，新建高标准农田10万亩，单位GDP能耗下降14%，粮食产量稳定在90亿斤，地区生产总值翻一番，空气质量优良天数比例提高2个百分点。
"""


def test_records_carry_their_concept_and_values_in_its_unit() -> None:
    found = {target.subject: target for target in planparse.parse(PLAN).targets}
    told = {subject: (one.concept, one.unit_norm, one.value_norm) for subject, one in found.items()}
    assert told["森林覆盖率"] == ("forest_coverage", "%", 45)
    assert told["单位GDP能耗"] == ("energy_intensity_reduction", "%", 14)
    assert told["粮食产量"] == ("grain_output", "万吨", 450)
    assert told["高标准农田"] == ("high_standard_farmland_built", "万亩", 10), "what is added is no stock"
    assert told["地区生产总值"] == (None, None, None), "a doubling is no growth of one year"
    assert told["空气质量优良天数比例"] == (None, None, None), "a change of a share is no share"


ADDED = """禾阳县工业规划
一、发展目标
到2025年，上市公司达到12家，全县新增规模以上工业企业80家、高新技术企业60家，培育上市公司3家，文旅产业增加值增长6%、旅游总收入增长8%，新建5G基站400个，累计新增造林面积3万亩。新增水电装机20万千瓦，水电装机达到90万千瓦。
"""


def test_what_is_added_is_told_from_what_there_is() -> None:
    found = [(one.subject, one.concept, one.value_norm) for one in planparse.parse(ADDED).targets]
    assert found == [
        ("上市公司", "listed_companies", 12),
        ("新增规模以上工业企业", "above_scale_industrial_firms_added", 80),
        ("新增高新技术企业", "high_tech_firms_added", 60),
        ("上市公司", None, None),
        ("文旅产业增加值", None, None),
        ("旅游总收入", "tourism_revenue_growth", 8),
        ("5G基站", "base_stations_5g_added", Decimal("0.04")),
        ("新增造林面积", "afforestation", 3),
        ("新增水电装机", "hydro_capacity_added", 20),
        ("水电装机", "hydro_capacity", 90),
    ]


def test_a_fold_is_folded() -> None:
    for row in GOLD:
        once = fold(row["name"]).text
        assert fold(once).text == once


@pytest.mark.waits
@pytest.mark.parametrize("unit", ["的", "每千人口", "（%）", "全市", "累计", "平湖市", "地表水"])
def test_long_names_cost_in_proportion(unit: str) -> None:
    assert not growing.grows(lambda text: link(text, "%"), unit * 20_000)
