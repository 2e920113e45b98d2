"""Amounts of money in 万元, the unit of investment."""

from __future__ import annotations

import re
from decimal import Decimal

from planparse.language.numerals import ARABIC, half_width, parse_number

_MONEY = re.compile(rf"(?P<number>{ARABIC})\s?(?P<scale>万亿|[千百]?[万亿])?(?P<unit>元)?")
UNIT = re.compile(r"(万亿|[千百]?[万亿])?元")
"""万元, with its size."""
_SCALES = {
    "万": Decimal(1),
    "亿": Decimal(10**4),
    "百万": Decimal(100),
    "千万": Decimal(1000),
    "百亿": Decimal(10**6),
    "千亿": Decimal(10**7),
    "万亿": Decimal(10**8),
}


def in_wan(text: str, stated: str = "") -> Decimal | None:
    """An amount in 万元: 约500万元 by itself, 900 where ``stated`` (a header, a table's unit) says 万元; None where no unit is stated."""
    match = _MONEY.search(half_width(text).replace("，", ","))
    number = parse_number(match["number"]) if match else None
    if match is None or number is None:
        return None
    if match["scale"]:
        return number * _SCALES[match["scale"]]
    if match["unit"]:
        return number / Decimal(10**4)
    unit = UNIT.search(stated)
    if unit is None:
        return None
    return number * _SCALES[unit[1]] if unit[1] else number / Decimal(10**4)
