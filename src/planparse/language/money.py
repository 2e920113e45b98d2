"""Amounts of money in 万元, the unit of investment."""

from __future__ import annotations

import re
from decimal import Decimal

from planparse.data.words import worded
from planparse.language.numerals import ARABIC, close_thousands, half_width, parse_number
from planparse.language.time import YEAR

_MONEY = re.compile(rf"(?P<number>{ARABIC})\s?(?:(?P<scale>万亿|[千百]?[万亿])(?P<rest>(?<=亿)[0-9]+万)?)?(?P<unit>元)?")
# What a second figure may say without being a second amount: 500（其中财政300）, 500万元，含设备200万元
_ASIDE = re.compile(rf"(?<=.)[（(][^（()）]*[)）]|(?:其中|含).*|{YEAR}年")
# What the amount of the whole stands behind, where parts of it are told too: 总投资2.5亿元，2023年投资5000万元
_WHOLE = worded(r"(?:总投资|投资总额|总<estimated>|投资<summed>)额?[：:]?(?:约为?|达到?|为|近)?\s?(?=[0-9])")
_CLAUSE = re.compile(r",(?![0-9]{3}(?![0-9]))|[；;。]")
UNIT = re.compile(r"(万亿|[千百]?[万亿])?元")
"""万元, with its size."""
_WAN = Decimal(10**4)


def in_wan(text: str, stated: str = "") -> Decimal | None:
    """An amount in 万元: 约500万元 by itself, 900 where ``stated`` (a header, a table's unit) says 万元; None where no unit is stated, and
    where the text names several amounts (0.5+0.3), and none of them as that of the whole."""
    text = _ASIDE.sub("", close_thousands(half_width(text).replace("，", ",")))
    if len(whole := _WHOLE.split(text)) == 2:
        text = _CLAUSE.split(whole[1])[0]
    match = _MONEY.search(text)
    if match is None or re.search(r"[0-9]", text[match.end() :]):
        return None
    size = match["scale"] or ""
    if not size and not match["unit"]:
        unit = UNIT.search(stated)
        if unit is None:
            return None
        size = unit[1] or ""
    number = parse_number(match["number"] + size + (match["rest"] or ""))
    return number / _WAN if number is not None else None
