"""Numbers as plans write them: 1,234.5, １２, 三千二百, 二〇二五, 1亿2000万, 十四, 3.5万.

``parse_number`` reads one number; the pattern fragments (``ARABIC``, ``CHINESE``, ``MAGNITUDE``, ``RANGE_SIGN``) are
what the other grammars of this folder are built from.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "两": 2}
"""Chinese digits; ○ is how many pages write 〇."""
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_SCALES = _TENS | _MYRIADS

HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}
"""Translation table of full-width ASCII; the length stays the same."""

ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
"""3, 3.5, 1,234,567.8"""
CHINESE = (
    r"[一二两三四五六七八九十百千零〇]+(?:(?:万亿?|亿)[零〇一二两三四五六七八九][一二两三四五六七八九十百千零〇]*){0,3}(?:点[零〇一二三四五六七八九]+)?"
)
"""三千二百, 二〇二五, 三点五, 四十七万六千 (万 and 亿 only between figures: behind them they are magnitudes)"""
MAGNITUDE = r"(?:万亿|[百千十]?[万亿]|[百千](?![分瓦乏克米伏焦卡赫帕家村企镇校人户万园]))"
"""What multiplies a number: 万, 亿, 千万, 万亿; 千 not where it begins a unit (千瓦) or a name (千家)."""
RANGE_SIGN = r"(?:-|—{1,2}|－|–|~|～|至|到)"
"""What stands between the ends of a range."""

_NUMBER = re.compile(
    rf"(?P<arabic>{ARABIC})|(?P<chinese>[零〇○Ｏ一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?)"
)
_PARTED = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?: [0-9]{3}){1,4}(?![0-9,])")
_PRECISION = 28
"""Figures that a sum of decimals keeps."""
_ARABIC_GROUP = re.compile(rf"({ARABIC})([百千万亿十]*)")


def half_width(text: str) -> str:
    """The text with full-width letters, digits and signs made half-width (length kept)."""
    return text if text.isascii() else text.translate(HALF_WIDTH)


def close_thousands(text: str) -> str:
    """The text with thousands that a blank parts closed up: 1 500 → 1500."""
    return _PARTED.sub(lambda match: match[0].replace(" ", ""), text) if " " in text else text


def _multiply(magnitude: str) -> int:
    factor = 1
    for sign in magnitude:
        factor *= _SCALES[sign]
    return factor


def parse_chinese(text: str) -> Decimal | None:
    """Value of a Chinese numeral: 三千二百 → 3200, 十四 → 14, 二〇二五 → 2025, 三点五 → 3.5; None if it is none."""
    whole, point, fraction = text.partition("点")
    if not whole or any(c not in DIGITS and c not in _SCALES for c in whole):
        return None
    if any(c not in DIGITS for c in fraction) or (point and not fraction):
        return None
    scaled = any(c in _SCALES for c in whole)
    value = str(_positional(whole)) if scaled else _digits(whole)
    return Decimal(f"{value}.{_digits(fraction)}") if fraction else Decimal(value)


def _digits(text: str) -> str:
    return "".join(str(DIGITS[c]) for c in text)


def _positional(text: str) -> int:
    """三千二百万 → 32000000: digits times tens add up below each 万 and 亿."""
    total = section = digit = 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            section += digit
            digit = 0
            if sign == "亿":
                total = (total + section or 1) * _MYRIADS[sign]
            else:
                total += (section or 1) * _MYRIADS[sign]
            section = 0
    return total + section + digit


def parse_number(text: str) -> Decimal | None:
    """Value of one number with its magnitude: 1,234.5 · 175.5万 · 1亿2000万 · 三百; None if the text is no number."""
    text = half_width(text).strip()
    if text.isdecimal() and text.isascii() and len(text) < _PRECISION:
        return Decimal(text)
    match = _NUMBER.match(text)
    if not match:
        return None
    if match["chinese"]:
        return parse_chinese(text) if match.end() == len(text) else None
    total = Decimal(0)
    position = 0
    for group in _ARABIC_GROUP.finditer(text):
        if group.start() != position:
            return None
        total += Decimal(group[1].replace(",", "")) * _multiply(group[2])
        position = group.end()
    return total if position == len(text) else None


def parse_int(text: str) -> int | None:
    """As ``parse_number``, for whole numbers below a million (ordinals, counts, years); None for all else."""
    value = parse_number(text)
    if value is None or value != value.to_integral_value() or value >= 1_000_000:
        return None
    return int(value)
