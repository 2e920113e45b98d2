"""Units and their sizes: there and back is where one began, and what measures another thing is not converted."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.data import vocabulary
from planparse.language.conversion import PLACES, Unit, alike, convert, unit_of

WORDS = [f"{scale}{unit}" for group in vocabulary("unit_sizes") for unit in group["sizes"] if unit != "1" for scale in ("", "万", "亿")]
QUOTIENTS = ["元/人", "万元/亩", "张/千人", "人/10万人", "微克/立方米", "微克每立方米", "μg/m3", "吨标准煤/万元", "起/每万枚", "/10万", "公里/平方公里"]
CASES = [
    ("12", "亿元", "万元", "120000"),
    ("30", "亩", "公顷", "2"),
    ("1", "公顷", "亩", "15"),
    ("10", "亩", "公顷", "0.666667"),
    ("5", "‰", "%", "0.5"),
    ("3", "万吨", "吨", "30000"),
    ("35", "μg/m³", "毫克/立方米", "0.035"),
    ("0.5", "亿立方米", "万m3", "5000"),
    ("200", "兆瓦", "万千瓦", "20"),
    ("80", "张/万人", "张/千人", "8"),
    ("18", "/10万", "人/10万", "18"),
    ("7", "家", "个", "7"),
    ("7", "%", "个百分点", None),
    ("1e30", "亿元", "万元", None),
    ("7", "吨", "吨标准煤", None),
    ("7", "人次", "人", None),
    ("7", "元", "美元", None),
    ("7", "元/人", "元", None),
]


@pytest.mark.parametrize(("value", "unit", "to", "expected"), CASES)
def test_values_in_another_unit(value: str, unit: str, to: str, expected: str | None) -> None:
    one, other = unit_of(unit), unit_of(to)
    assert one is not None
    assert other is not None
    assert convert(Decimal(value), one, other) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize("word", ["", "座谈", "万里长城", "吨/", "百", "元/人/年", "%/%/%", "件套箱"])
def test_what_is_no_unit_of_a_known_size(word: str) -> None:
    assert unit_of(word) is None or word == "百"


UNITS = [unit for word in WORDS + QUOTIENTS if (unit := unit_of(word))]
PAIRS = [(one, other) for one, other in combinations(UNITS, 2) if alike(one, other)]


def test_every_unit_of_the_list_has_a_size() -> None:
    assert all(unit_of(word) for word in WORDS + QUOTIENTS)


@given(st.sampled_from(PAIRS), st.decimals(min_value=-(10**9), max_value=10**9, places=PLACES))
def test_there_and_back_is_where_one_began(pair: tuple[Unit, Unit], value: Decimal) -> None:
    small, large = sorted(pair, key=lambda unit: unit.size)
    there = convert(value, large, small)  # the smaller the unit the more digits: nothing is lost on this way
    assert there is not None
    back = convert(there, small, large)
    assert back is not None
    assert abs(back - value) <= Decimal(10) ** -PLACES
