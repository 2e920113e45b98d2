"""Commitments in paragraphs: tests/cases/targets.yaml, and what a row of that table cannot say."""

from __future__ import annotations

import pytest
from growing import grows
from plans import cases

from planparse.extract.targets import find_targets
from planparse.model.drafts import Clock, FoundTarget

CASES = cases("targets")
PLAN = Clock(2021, 2025, None, 2022)
ANNUAL = Clock(2022, 2022, 2022, 2022)


def row(target: FoundTarget) -> str:
    quantity = target.quantity
    value = "-" if quantity.value is None else format(quantity.value.normalize(), "f")
    if quantity.value_max is not None:
        value += ".." + format(quantity.value_max.normalize(), "f")
    cells = (target.subject, quantity.raw, quantity.comparator, value, quantity.unit, target.deadline_year)
    return " | ".join(str(cell or "-") for cell in cells)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:20] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    assert [row(t) for t in find_targets(str(case["text"]), PLAN)] == case["rows"]


def test_offsets_point_at_the_wording() -> None:
    text = "一是夯实基础。到2025年，城镇污水处理率达到98%；新建管网300公里。"
    found = find_targets(text, PLAN)
    assert [text[t.quantity.start : t.quantity.end] for t in found] == ["达到98%", "300公里"]
    assert [text[t.sentence_start : t.sentence_end] for t in found] == ["到2025年，城镇污水处理率达到98%；新建管网300公里。"] * 2


@pytest.mark.parametrize(
    ("text", "clock", "horizon", "years"),
    [
        ("绿地率达到40%。", PLAN, 2035, [2035]),
        ("到2023年，绿地率达到40%。", PLAN, 2035, [2023]),
        ("到2025年，绿地率达到40%。人均公园面积达到15平方米。", PLAN, None, [2025, 2025]),
        ("推进绿化。到2025年，绿地率达到40%。", PLAN, None, [2025]),
        ("2022年底前完成改造50处，2024年建成30处。", PLAN, None, [2022, 2024]),
        ("全年完成造林20万亩。完成抚育5万亩。", ANNUAL, None, [2022, None]),
        ("年底前建成站点12个。", ANNUAL, None, [2022]),
        ("年底前建成站点12个。", PLAN, None, [None]),
        ("绿地率达到40%（2021年达到35%）。", PLAN, 2025, [2025, 2021]),
        ("比2020年下降15%。", PLAN, None, [None]),
        ("6月底前完成造林12万亩，三季度末建成节水示范点5个。", ANNUAL, None, [2022, 2022]),
        ("6月底前完成造林12万亩。", PLAN, None, [None]),
        ("新建客站2座，2024年底前通车。", PLAN, None, [2024]),
        ("新建客站2座，2024年底前改造桥梁30座。", PLAN, None, [None, 2024]),
        ("新建泵站5座。（牵头单位：县水务局、县发展改革局、县财政局、县自然资源局，完成时限：2023年12月）", PLAN, None, [None]),
        ("三年内新建泵站5座。", PLAN, None, [None]),
        ("三年内新建泵站5座。", PLAN, 2025, [2025]),
        ("2022年起5年内，培养渔医300名。新建泵站2座。", PLAN, None, [2026, None]),
        ("2021年，渔业稳步发展。修复渔港12座。今年新建渔港3座，改造泵站5座。", ANNUAL, None, [2022, 2022]),
        ("2022年，渔业要加快发展。修复渔港12座。", ANNUAL, None, [None]),
        ("我省提出，到2024年，换电站达到800座以上。其中，公共换电站达到500座。", PLAN, None, [2024, 2024]),
        ("换电站到2024年达到800座以上。加强管理。新建检修站5座。", PLAN, None, [2024, None]),
        ("2020年近视率为50%，今后每年下降1个百分点。", PLAN, None, [None]),
        ("2022—2023年每年建站10个，2024年起每年建站20个。", PLAN, None, [2023, None]),
        ("到2024年修订导则不少于30项。", PLAN, None, [2024]),
        ("清洁车辆占比2024年底前达到60%。", PLAN, None, [2024]),
        ("漏损率由2020年的14%下降到9%。", PLAN, 2025, [2025]),
        ("2018年4月30日（含当日）前注册登记的渔船报废后，新造补助标准提高到3万元。", PLAN, None, [None]),
        ("2016年前登记的旧船由60艘压减到20艘。", PLAN, None, [None]),
        ("2024年底前登记站点达到40处。", PLAN, None, [2024]),
        ("巩固成果。到2024年，水面得到保护。湖泊透明度达到1.5米。到2030年，水质稳定，透明度达到2米。水草面积达到3万亩。", PLAN, None, [2024, 2030, 2030]),
        ("完善管网，2023年前开工。湖泊透明度达到1.5米。", PLAN, None, [None]),
    ],
)
def test_deadline(text: str, clock: Clock, horizon: int | None, years: list[int | None]) -> None:
    assert [t.deadline_year for t in find_targets(text, clock, horizon)] == years


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2021年，全区处置险情320起。", ANNUAL),
        ("2021年，全县渔业稳步发展。修复渔港12座，供水普及率达到96%。2022年要再接再厉。", ANNUAL),
        ("近年来新建站点120个。", PLAN),
        ("现已配备执法车辆80辆。", PLAN),
        ("目前全市共有医疗机构560家。", PLAN),
    ],
)
def test_history_is_no_commitment(text: str, clock: Clock) -> None:
    assert find_targets(text, clock) == []


@pytest.mark.parametrize(
    ("text", "commitment", "per_year", "approximate"),
    [
        ("确保达标率达到95%。", "must", False, False),
        ("达标率不低于95%。", "must", False, False),
        ("力争达标率达到95%左右。", "strive", False, True),
        ("力争到2025年，达标率达到95%。", "strive", False, False),
        ("每年培训约5000人次。", "plain", True, True),
        ("达标率达到95%。", "plain", False, False),
    ],
)
def test_how_it_is_committed(text: str, commitment: str, per_year: bool, approximate: bool) -> None:
    (target,) = find_targets(text, PLAN)
    assert (target.commitment, target.per_year, target.quantity.approximate) == (commitment, per_year, approximate)


@pytest.mark.parametrize(
    ("text", "commitments"),
    [
        ("力争渔民收入增长8%，渔业产值达到5亿元，年检率不低于95%。", ["strive", "strive", "must"]),
        ("2024年，确保渔船年检率达到95%，事故率下降5%；渔港达到3座。", ["must", "must", "plain"]),
        ("力争通过三年努力，渔船年检率达到95%。", ["strive"]),
        ("确保渔业安全，渔港达到3座。", ["plain"]),
        ("力争渔民收入增长8%，新建渔港3座。", ["strive", "plain"]),
        ("渔港达到3座，力争达到5座，渔民收入增长8%。", ["plain", "strive", "plain"]),
    ],
)
def test_what_one_word_commits_to(text: str, commitments: list[str]) -> None:
    assert [target.commitment for target in find_targets(text, PLAN)] == commitments


def test_topic_completes_a_bare_attribute() -> None:
    (target,) = find_targets("占地面积1500平方米。", PLAN, topic="青石桥消防站")
    assert target.subject == "青石桥消防站占地面积"


@pytest.mark.waits
@pytest.mark.parametrize(
    "text",
    ["由" * 3000 + "好" * 20 + "5个", "从由将各" * 800 + "好" * 20 + "50%", "建设甲等" * 5000 + "3个", "123456个" * 5000, "1-" * 9000],
    ids=["from", "adverbs", "listing", "numbers", "dashes"],
)
def test_cost_is_bounded(text: str) -> None:
    """A paragraph without punctuation costs no more than its length asks for."""
    assert not grows(lambda part: find_targets(part, PLAN), text)
