"""How much of one text stands in another, told from small sketches of both: a MinHash over their clauses.

A sketch is the same on every machine and in every run. It keeps, for each of ``BINS`` parts of the range of hashes, the
smallest hash of a clause that falls there: one pass over the clauses (one-permutation hashing; Li, Owen and Zhang 2012).
A part that no clause falls into takes over that of another part, which is the same other part for every text
(densification; Shrivastava 2017). The share of parts in which two sketches agree estimates the Jaccard likeness of the
two sets of clauses, with a standard error of at most 0.044.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
import zlib
from dataclasses import dataclass
from functools import cache

BINS = 128
ROWS = 3
"""Parts that must agree for two texts to be compared at all: finds 94% of pairs that are alike by 0.4, 0.5% of those by 0.05."""
LEAST_CLAUSES = 10
"""Texts of fewer clauses have no sketch: short notices are alike without being one another's copies."""
_CLAUSE = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff]{7,23}")
"""Digits, punctuation and layout differ between a page and its mirror; runs of Chinese characters do not."""
_MIX = 0x9E3779B97F4A7C15
_WORD = (1 << 64) - 1
_EMPTY = 1 << 16
_FORM, _READ = struct.Struct(f"<I{BINS}H"), struct.Struct(f"<I{2 * BINS}s")


@dataclass(frozen=True, slots=True)
class Sketch:
    """``count`` distinct clauses, and the smallest 16-bit hash of each part, packed: a run holds one for each document."""

    count: int
    packed: bytes

    @classmethod
    def decode(cls, text: str) -> Sketch | None:
        """The sketch that ``sketch`` wrote; None for anything else."""
        try:
            count, packed = _READ.unpack(base64.b64decode(text, validate=True))
        except (binascii.Error, struct.error, ValueError):
            return None
        return cls(count, packed)

    @property
    def minima(self) -> memoryview:
        """The smallest hash of each part."""
        return memoryview(self.packed).cast("H")

    def band(self, place: int) -> bytes:
        """One of ``BINS // ROWS`` keys: texts that share one at the same place may be alike."""
        return self.packed[2 * ROWS * place : 2 * ROWS * (place + 1)]

    def likeness(self, other: Sketch) -> float:
        """The estimated Jaccard likeness, 0 to 1."""
        return sum(map(int.__eq__, self.minima, other.minima)) / BINS

    def containment(self, other: Sketch) -> float:
        """The estimated share of the shorter text's clauses that stand in the longer one."""
        likeness = self.likeness(other)
        common = likeness * (self.count + other.count) / (1 + likeness)
        return min(1.0, common / max(1, min(self.count, other.count)))


def sketch(text: str) -> str | None:
    """The sketch of a text as 348 ASCII characters; None where it has too few clauses to be told by."""
    clauses = set(_CLAUSE.findall(text))
    if len(clauses) < LEAST_CLAUSES:
        return None
    minima = [_EMPTY] * BINS
    for clause in clauses:
        mixed = zlib.crc32(clause.encode()) * _MIX & _WORD
        part, value = mixed >> 57, mixed >> 41 & 0xFFFF
        if value < minima[part]:
            minima[part] = value
    filled = tuple(value if value != _EMPTY else _borrowed(part, minima) for part, value in enumerate(minima))
    return base64.b64encode(_FORM.pack(len(clauses), *filled)).decode()


def _borrowed(part: int, minima: list[int]) -> int:
    return next(minima[other] for other in _others(part) if minima[other] != _EMPTY)


@cache
def _others(part: int) -> tuple[int, ...]:
    """All parts, in an order of this part's own."""
    return tuple(sorted(range(BINS), key=lambda other: zlib.crc32(b"%d of %d" % (other, part))))
