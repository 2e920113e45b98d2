"""Amounts in 万元."""

from __future__ import annotations

from decimal import Decimal

import pytest

from planparse.language.money import in_wan


@pytest.mark.parametrize(
    ("text", "stated", "wan"),
    [
        ("约500万元", "", "500"),
        ("1.2亿元", "", "12000"),
        ("3千万元", "", "3000"),
        ("2百万元", "", "200"),
        ("6百亿元", "", "6000000"),
        ("1千亿元", "", "10000000"),
        ("1.5万亿元", "", "150000000"),
        ("3000元", "", "0.3"),
        ("20万", "", "20"),
        ("1，200万元", "", "1200"),
        ("２０ 万元", "", "20"),
        ("900", "总投资（万元）", "900"),
        ("900", "总投资（亿元）", "9000000"),
        ("900", "总投资（元）", "0.09"),
        ("900万元", "总投资（亿元）", "900"),
        ("900", "总投资", None),
        ("900", "", None),
        ("若干", "总投资（万元）", None),
    ],
)
def test_in_wan(text: str, stated: str, wan: str | None) -> None:
    assert in_wan(text, stated) == (None if wan is None else Decimal(wan))
