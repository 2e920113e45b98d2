"""What units measure and how large they are, and values converted from one to another (亩 → 公顷, 亿元 → 万元, μg/m³ → 毫克/立方米)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache

from planparse.data import vocabulary
from planparse.language.numerals import parse_number

PLACES = 6
"""Places behind the point that a converted value is rounded to: those of the dataset's decimals."""
DIGITS = 38
_EXACT = Context(prec=80)
_SIGNS = str.maketrans({"³": "3", "²": "2", "µ": "u", "μ": "u", "／": "/", "％": "%", "㎥": "m3", " ": None})
# A number and the unit it stands before. Examples: 万千瓦 · 10万人 · 亿
_SCALED = re.compile(r"(?P<scale>\d{0,3}[十百千万亿]{0,3})(?P<unit>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what stands above and below the slash, each as what it measures, and its size.

    ``below`` is None without a slash; 张/千人 is count by count, 1/1000 in size.
    """

    above: str
    below: str | None
    size: Fraction

    def over(self, other: Unit) -> Unit | None:
        """This unit divided by another; None where either is a quotient already."""
        if self.below is not None or other.below is not None:
            return None
        return Unit(self.above, other.above, self.size / other.size)


@cache
def _sizes() -> dict[str, tuple[str, Fraction]]:
    return {unit: (group["kind"], Fraction(str(size))) for group in vocabulary("unit_sizes") for unit, size in group["sizes"].items()}


@cache
def unit_of(text: str) -> Unit | None:
    """Read a unit as worded (万千瓦, 吨标准煤/万元, 起/每万枚, 微克每立方米); None for one whose size is not known."""
    above, slash, below = text.translate(_SIGNS).replace("/每", "/").replace("每", "/").partition("/")
    top = _one(above) if above else Unit("count", None, Fraction(1))
    if not slash:
        return top if above else None
    bottom = _one(below)
    return top.over(bottom) if top and bottom else None


def _one(text: str) -> Unit | None:
    """A unit without a slash. The shortest number before it counts, so that 千瓦 is one unit and 万千瓦 ten thousand of it."""
    found = _SCALED.fullmatch(text)
    scale = found["scale"] if found else ""
    for cut in range(len(scale) + 1):
        known = _sizes().get(text[cut:])
        if known is None and cut == len(text) > 0:
            known = ("count", Fraction(1))  # 万, 亿 of what the name says
        number = parse_number(scale_number(text[:cut])) if cut else Decimal(1)
        if known and number is not None:
            return Unit(known[0], None, known[1] * Fraction(number))
    return None


def scale_number(text: str) -> str:
    """A number word with a one before it where it has none: 万 → 1万."""
    return text if text[:1].isdigit() else f"1{text}"


def alike(one: Unit, other: Unit) -> bool:
    """Whether values in one unit can be converted to the other."""
    return (one.above, one.below) == (other.above, other.below)


def convert(value: Decimal, unit: Unit, to: Unit) -> Decimal | None:
    """A value in another unit, rounded to six places; None where the two measure different things, or it becomes too long to store."""
    if not alike(unit, to):
        return None
    if unit.size == to.size:
        return value
    whole = round(Fraction(value) * unit.size / to.size * 10**PLACES)
    if abs(whole) >= 10**DIGITS:
        return None
    short = Decimal(whole).scaleb(-PLACES, _EXACT).normalize(_EXACT)
    return short.quantize(Decimal(1), context=_EXACT) if short == short.to_integral_value() else short
