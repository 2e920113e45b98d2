"""What two wordings, numbers or units are compared by: the folding of the annotation guide."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

_LAYOUT = re.compile(r"[\W_]+")
_NOT_VALUE = re.compile(r"[^\w<>=.%‰+-]+|_")
_ANNEX = re.compile(r"\s{0,20}附[件表录]?\s*[0-9一二三四五六七八九十]*\s*[:：]\s*")

# Signs that mean the same in a cell: ≤ ≥ and the dashes of ranges.
_SIGNS = str.maketrans({"≤": "<=", "≥": ">=", "—": "-", "–": "-", "～": "-", "~": "-"})
_SAME_UNIT = {"": None, "百分比": "%"}
_TOLERANCE = 1e-6
"""Of the number itself: what a decimal loses when it is written as JSON."""


@lru_cache(maxsize=1 << 16)
def fold(wording: str | None) -> str:
    """Wording without blanks, widths, punctuation and case."""
    return _LAYOUT.sub("", unicodedata.normalize("NFKC", wording or "")).lower()


@lru_cache(maxsize=1 << 14)
def fold_title(title: str | None) -> str:
    """A heading folded, without 附件1： in front."""
    return fold(_ANNEX.sub("", title or "", count=1) if _ANNEX.match(title or "") else title)


@lru_cache(maxsize=1 << 14)
def fold_value(wording: str | None) -> str:
    """A cell folded, but with what carries value kept: signs, points, percent, comparators. Commas in numbers go."""
    plain = unicodedata.normalize("NFKC", wording or "").translate(_SIGNS).replace(",", "")
    return _NOT_VALUE.sub("", plain).lower()


@lru_cache(maxsize=1 << 12)
def fold_unit(unit: str | None) -> str | None:
    """个百分点 and 百分点 are the same unit, and so are 个工作日 and 工作日; 个 alone stays."""
    plain = unicodedata.normalize("NFKC", unit or "").strip()
    plain = plain[1:] if len(plain) > 1 and plain.startswith("个") else plain
    return _SAME_UNIT.get(plain, plain)


@lru_cache(maxsize=1 << 18)
def likeness(wanted: str, got: str, floor: float = 0.0) -> float:
    """Share that two folded wordings have in common, in order, from 0 to 1; 0 where it cannot reach ``floor``."""
    if wanted == got:
        return 1.0
    if not wanted or not got:
        return 0.0
    if 2 * min(len(wanted), len(got)) < floor * (len(wanted) + len(got)):
        return 0.0
    matcher = SequenceMatcher(None, wanted, got, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= floor else 0.0


def alike(wanted: str | None, got: str | None, floor: float = 0.0) -> float:
    """``likeness`` of two wordings as they stand."""
    return likeness(fold(wanted), fold(got), floor)


def same_number(wanted: Any, got: Any) -> bool:
    """Two numbers (or two Nones) are the same but for rounding; a wording is no number."""
    a, b = _number(wanted), _number(got)
    if a is None or b is None:
        return a is b
    return abs(a - b) <= _TOLERANCE * max(1.0, abs(a))


def _number(value: Any) -> float | None:
    try:
        return None if value is None else float(value)
    except (TypeError, ValueError):
        return None


def names(units: Any) -> frozenset[str]:
    """A list of units as a set of folded names: their order says nothing."""
    return frozenset(fold(unit) for unit in units or ())
