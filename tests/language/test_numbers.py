"""The numbers of a text by a plain rule, and those that measure nothing."""

from __future__ import annotations

import pytest

from planparse.language.numbers import find_names, find_numbers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("印发于2022年3月18日。", ["2022年", "3月18日"]),
        ("2023、2024年", ["2023", "2024年"]),
        ("2021—2025年", ["2021—2025年"]),
        ("21世纪第20个节日", ["21世纪", "第20"]),
        ("建校70周年", ["70周年"]),
        ("青政发〔2022〕9号", ["〔2022〕9号"]),
        ("包括（1）水、（2）电", ["（1）", "（2）"]),
        ("水务\n 3.2.1.泵站", [" 3.2.1."]),
        ("见表1、图2、附件3、专栏4", ["表1", "图2", "附件3", "专栏4"]),
        ("《规划2025》和“1+3”", ["《规划2025》", "“1+3”"]),
        ("执行GB/T 2260", ["GB/T 2260"]),
        ("7×24小时，10+5分", ["7×24", "10+5"]),
        ("满分85/100", ["85/100"]),
        ("拨打0579-12345678或12345热线", ["0579-12345678", "12345"]),
        ("318国道，110千伏", ["318国道", "110千伏"]),
        ("每10万人3张", ["每10万"]),
        ("比例1:50000", ["1:50000"]),
        ("甲\n— 2 —\n乙", ["— 2 —"]),
        ("代表30名，建成8座，增长5.5%。", []),
        ("", []),
    ],
)
def test_what_measures_nothing(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in find_names(text)] == names


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,200万元、43.6%和0.8‰", ["1,200万", "43.6%", "0.8‰"]),
        ("容量300MW", ["300"]),
        ("PM2.5、5G、A3", []),
        ("7", ["7"]),
        ("v1.20.3版", []),
    ],
)
def test_numbers(text: str, numbers: list[str]) -> None:
    assert [text[start:end] for start, end in find_numbers(text)] == numbers


def test_a_number_that_begins_before_the_place_is_none() -> None:
    assert list(find_numbers("共128座", 2)) == []
