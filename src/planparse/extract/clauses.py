"""Where the sentences (。), segments (；) and clauses (，) of a paragraph begin and end."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_LONG_SENTENCE = 400
"""A longer sentence is shown by its segment (the longest with commitments that was read had 380 characters)."""
_WINDOW = 280
"""How far a clause may reach from a number: text without punctuation is cut there, which bounds the cost."""
_WIDE_WINDOW = 2000
"""The same for sentences and segments."""

_MARKS = re.compile(r"[。！？；，：\n,;](?!(?<=[,;])[0-9])")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quantity stands: bounds, within the paragraph, of its sentence, its segment and its clause."""

    sentence: tuple[int, int]
    segment: tuple[int, int]
    clause: tuple[int, int]

    @property
    def shown(self) -> tuple[int, int]:
        """The sentence as it is shown beside a record: the smallest of the three if it is too long."""
        for bounds in (self.sentence, self.segment):
            if bounds[1] - bounds[0] <= _LONG_SENTENCE:
                return bounds
        return self.clause


class Clauses:
    """The marks of one paragraph, looked up by position."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._clauses = [mark.end() for mark in _MARKS.finditer(text)]
        self._segments = [end for end in self._clauses if text[end - 1] in "。！？\n；;"]
        self._sentences = [end for end in self._segments if text[end - 1] not in "；;"]

    def place(self, position: int) -> Place:
        """The bounds around a position."""
        return Place(
            self._around(self._sentences, position, _WIDE_WINDOW),
            self._around(self._segments, position, _WIDE_WINDOW),
            self._around(self._clauses, position, _WINDOW),
        )

    def _around(self, ends: list[int], position: int, window: int) -> tuple[int, int]:
        index = bisect_right(ends, position)
        start = ends[index - 1] if index else 0
        end = ends[index] if index < len(ends) else self._length
        return max(start, position - window), min(end, position + window)
