"""Quantities in text, and the vocabularies that their grammar is generated from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from planparse.data import vocabulary
from planparse.language.quantities import find_quantities
from planparse.language.quantity_grammar import grammar


@pytest.mark.parametrize(
    ("text", "raw", "comparator", "value", "value_max", "unit"),
    [
        ("建设175.5万亩", "175.5万亩", "eq", "1755000", None, "亩"),
        ("投资1000亿元", "1000亿元", "eq", "100000000000", None, "元"),
        ("装机达到3000万千瓦", "达到3000万千瓦", "eq", "30000000", None, "千瓦"),
        ("创建2-3个社区", "2-3个", "range", "2", "3", "个"),
        ("创建3—5个社区", "3—5个", "range", "3", "5", "个"),
        ("创建三至五个社区", "三至五个", "range", "3", "5", "个"),
        ("比例80%-90%", "80%-90%", "range", "80", "90", "%"),
        ("规模2～3万元", "2～3万元", "range", "20000", "30000", "元"),
        ("下降2个百分点左右", "下降2个百分点左右", "decrease", "2", None, "个百分点"),
        ("下降超过18%", "下降超过18%", "decrease", "18", None, "%"),
        ("增长15%以上", "增长15%以上", "increase", "15", None, "%"),
        ("至少布局建设3个", "至少布局建设3个", "ge", "3", None, "个"),
        ("至少提高5个百分点", "提高5个百分点", "increase", "5", None, "个百分点"),
        ("新增5个", "5个", "eq", "5", None, "个"),
        ("超过85%以上", "超过85%以上", "ge", "85", None, "%"),
        ("突破500家", "突破500家", "gt", "500", None, "家"),
        ("控制在0.7%以内", "控制在0.7%以内", "le", "0.7", None, "%"),
        ("控制在15‰以下", "控制在15‰以下", "le", "15", None, "‰"),
        ("受害率<0.8‰", "<0.8‰", "lt", "0.8", None, "‰"),
        ("10小时内到位", "10小时内", "le", "10", None, "小时"),
        ("压缩至40个工作日以内", "压缩至40个工作日以内", "le", "40", None, "个工作日"),
        ("百分之八十以上", "百分之八十以上", "ge", "80", None, "%"),
        ("一半以上", "一半以上", "ge", "50", None, "%"),
        ("至少一所", "至少一所", "ge", "1", None, "所"),
        ("收入翻两番", "翻两番", "increase", "300", None, "%"),
        ("约30家", "约30家", "eq", "30", None, "家"),
        ("300多家", "300多家", "gt", "300", None, "家"),
        ("克煤降到295克标准煤/千瓦时", "降到295克标准煤/千瓦时", "eq", "295", None, "克标准煤/千瓦时"),
        ("浓度35微克/立方米", "35微克/立方米", "eq", "35", None, "微克/立方米"),
        ("系数达到0.62", "达到0.62", "eq", "0.62", None, None),
        ("突破1,200公里", "突破1,200公里", "gt", "1200", None, "公里"),
        ("达到1：5", "达到1：5", "eq", None, None, None),
        ("绿地率不宜低于35%", "不宜低于35%", "ge", "35", None, "%"),
        ("达到四十七万六千元", "达到四十七万六千元", "eq", "476000", None, "元"),
        ("达到一万五千亿元", "达到一万五千亿元", "eq", "1500000000000", None, "元"),
        ("装机达到十万千瓦", "达到十万千瓦", "eq", "100000", None, "千瓦"),
        ("流量40m3/s以上", "40m3/s以上", "ge", "40", None, "m3/s"),
        ("能力0.6万m³/时", "0.6万m³/时", "eq", "6000", None, "m³/时"),
        ("收入增加一倍", "增加一倍", "increase", "100", None, "%"),
        ("改造提升不少于8座", "不少于8座", "ge", "8", None, "座"),
        ("下降百分之十三左右", "下降百分之十三左右", "decrease", "13", None, "%"),
    ],
)
def test_quantity(
    text: str, raw: str, comparator: str, value: str | None, value_max: str | None, unit: str | None
) -> None:
    (found,) = find_quantities(text)
    quantity = found.quantity
    assert (quantity.raw, quantity.comparator, quantity.unit) == (raw, comparator, unit)
    assert quantity.value == (None if value is None else Decimal(value))
    assert quantity.value_max == (None if value_max is None else Decimal(value_max))


@pytest.mark.parametrize(
    "text",
    ["2025年", "1月12日", "一支队伍", "一批项目", "PM2.5治理", "5G网络", "“123”框架", "第20个", "三方协议", "十分重要", "四大场景", "1+3+N", "GB50016-2014标准", "12345热线"],
)
def test_no_quantity(text: str) -> None:
    assert list(find_quantities(text)) == []


@pytest.mark.parametrize("group", vocabulary("units"), ids=lambda g: g["kind"])
def test_unit_examples(group: dict[str, list[str]]) -> None:
    """Every example is read with a unit of its own group, and small units are units."""
    assert set(group["small"]) <= set(group["units"])
    for example in group["examples"]:
        found = list(find_quantities(f"达到{example}。"))
        assert [f.kind for f in found] == [group["kind"]], example
        assert found[0].quantity.unit in group["units"]


@pytest.mark.parametrize("entry", vocabulary("comparators"), ids=lambda e: e["comparator"])
def test_comparator_examples(entry: dict[str, list[str]]) -> None:
    """Every example binds as its entry says, and every word of the entry does."""
    words = [*entry["before"], *entry["after"]]
    for example in entry["examples"]:
        assert any(word in example for word in words), example
        (found,) = find_quantities(f"满意率{example}。")
        assert found.quantity.comparator == entry["comparator"], example
    for word in entry["before"]:
        (found,) = find_quantities(f"满意率{word}90%。")
        assert found.quantity.comparator == entry["comparator"], word


@pytest.mark.parametrize("entry", [e for e in vocabulary("comparators") if "negated" in e], ids=lambda e: e["comparator"])
def test_negated_words(entry: dict[str, dict[str, Any]]) -> None:
    """不 with or without a modal turns the comparison."""
    negated = entry["negated"]
    for modal in ("", *negated["modals"]):
        for word in negated["words"]:
            (found,) = find_quantities(f"满意率不{modal}{word}90%。")
            assert (found.quantity.raw, found.quantity.comparator) == (f"不{modal}{word}90%", negated["comparator"])


def test_every_unit_is_reachable() -> None:
    """No unit is hidden by a shorter one that begins it."""
    for unit in grammar().kinds:
        found = list(find_quantities(f"达到25{unit}。"))
        assert [f.quantity.unit for f in found] == [unit], unit
