from decimal import Decimal

import pytest

from planparse.language.cells import parse_cell


@pytest.mark.parametrize(
    ("text", "value", "value_max", "comparator", "unit", "mark"),
    [
        ("90", "90", None, "eq", None, None),
        ("≥90", "90", None, "ge", None, None),
        ("≥90%", "90", None, "ge", "%", None),
        ("＞95％", "95", None, "gt", "%", None),
        ("<1", "1", None, "lt", None, None),
        ("≤3万", "30000", None, "le", None, None),
        ("下降15%", "15", None, "decrease", "%", None),
        ("比2020年下降18%", "18", None, "decrease", "%", None),
        ("累计下降13.5%左右", "13.5", None, "decrease", "%", None),
        ("10小时以内有效救助", "10", None, "le", "小时", None),
        ("1名", "1", None, "eq", "名", None),
        ("1.5左右", "1.5", None, "eq", None, None),
        ("[3500]", "3500", None, "eq", None, "〔〕"),
        ("〔3500〕", "3500", None, "eq", None, "〔〕"),
        ("【18】", "18", None, "eq", None, "〔〕"),
        ("（1）", "1", None, "eq", None, "()"),
        ("≤(1)", "1", None, "le", None, "()"),
        ("≤（1%）", "1", None, "le", "%", "()"),
        ("不发生", "0", None, "eq", None, None),
        ("2-3", "2", "3", "range", None, None),
        ("2—3个", "2", "3", "range", "个", None),
        ("80%-90%", "80", "90", "range", "%", None),
        ("76。7", "76.7", None, "eq", None, None),
        ("1,234.5", "1234.5", None, "eq", None, None),
        ("1，234", "1234", None, "eq", None, None),
        ("累计2000", "2000", None, "eq", None, None),
        ("-3.2%", "-3.2", None, "eq", None, None),
        ("下降10%（“十四五”平均数降至59.8）", "10", None, "decrease", "%", None),
        ("2023年80%，2025年90%", "90", None, "eq", "%", None),
        ("2025年达到85%以上", "85", None, "ge", "%", None),
        ("百分之八十", "80", None, "eq", "%", None),
        ("5.2万人", "52000", None, "eq", "人", None),
        ("0", "0", None, "eq", None, None),
        ("0.010", "0.010", None, "eq", None, None),
        ("15000", "15000", None, "eq", None, None),
        ("35微克/立方米", "35", None, "eq", "微克/立方米", None),
        ("全覆盖", "100", None, "eq", "%", None),
        ("翻一番", "100", None, "increase", "%", None),
        ("不少于24学时", "24", None, "ge", "学时", None),
        ("年均增长6%以上", "6", None, "increase", "%", None),
    ],
)
def test_value(
    text: str, value: str, value_max: str | None, comparator: str, unit: str | None, mark: str | None
) -> None:
    cell = parse_cell(text)
    assert cell.value == Decimal(value)
    assert cell.value_max == (Decimal(value_max) if value_max else None)
    assert (cell.comparator, cell.unit, cell.mark, cell.absent) == (comparator, unit, mark, False)


@pytest.mark.parametrize("text", ["", " ", "—", "——", "_", "-", "/", "－"])
def test_absent(text: str) -> None:
    cell = parse_cell(text)
    assert cell.absent
    assert cell.value is None


@pytest.mark.parametrize("text", ["保持稳定", "1：5", "1:8", "完成上级下达任务", "优良"])
def test_no_value(text: str) -> None:
    cell = parse_cell(text)
    assert not cell.absent
    assert cell.value is None
    assert cell.raw == text
