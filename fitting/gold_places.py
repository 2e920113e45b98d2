"""Where the headings of a gold file stand in a document's text.

Wording is compared as the annotation guide says: without blanks, width, punctuation and case. Of several places those
are taken in which the headings stand in order, at beginnings of lines, with text below them: the body, not its table of
contents.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from planparse.evaluation.folding import fold, fold_title
from planparse.model.source import TABLE_START

FOUND, AT_LINE, BEHIND_STOP, TEXT_BELOW, IN_TABLE = 12.0, 3.0, 1.0, 1.0, -6.0
"""What speaks for a place, in the order of what it weighs: that there is one, and how it looks."""
SPAN = 1e-6
"""Cost of a character between the first heading and the last: of two equal places the one with the others."""
LEAST_TEXT = 10
"""Folded characters up to the next place of any heading that are text of one's own."""
ALIKE = 0.75
"""Likeness from which a title that differs (a slip, a garbled character) is the same."""
MOST_PLACES = 60
"""Places of one short title (前言, 附件) that are looked at."""

_OPENING = "（([〔【〈［"
_MARKER_END = re.compile(r"[）)\]〕】〉］]?[ \t]?[、，.．﹒﹑·:：]?")
_ANNEX = re.compile(r"附[件表录]?[ \t]?[0-9一二三四五六七八九十]{0,3}[ \t]?[:：][ \t]?$")
"""What stands before the title of an annex on its line, where gold gives the title alone."""
_DIGITS = "0123456789〇零一二三四五六七八九十百"
_STOPS = "。！？；：”）)>*|"


@dataclass(frozen=True, slots=True)
class Heading:
    """A gold heading in a text: marker ``text[start:marker_end]`` (empty where it has no number), title up to ``title_end``.

    Blanks may stand between marker and title; the full stop behind a title that runs on into its text is not in it.
    """

    start: int
    marker_end: int
    title_end: int
    level: int
    number_raw: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Located:
    """The headings that were found, in order; the index of each in gold; and the gold rows that were not."""

    headings: tuple[Heading, ...]
    indexes: tuple[int, ...]
    missing: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of a heading in the folded text, and what speaks for it."""

    start: int
    end: int
    worth: float


class _Folded:
    """A text folded, with the offset of each folded character."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces, offsets = [], []
        for at, character in enumerate(text):
            if piece := fold(character):
                pieces.append(piece)
                offsets.extend([at] * len(piece))
        self.folded = "".join(pieces)
        self.offsets = offsets

    def find_all(self, needle: str) -> list[int]:
        """Folded offsets at which a folded wording stands."""
        found: list[int] = []
        at = self.folded.find(needle) if needle else -1
        while at >= 0 and len(found) < MOST_PLACES:
            found.append(at)
            at = self.folded.find(needle, at + 1)
        return found

    def worth(self, at: int) -> float | None:
        """How much the look of a place speaks for a heading; None where a number goes on to the left of it."""
        start = self.offsets[at]
        before = self.text[start - 1] if start else "\n"
        if (
            self.folded[at] in _DIGITS
            and before in _DIGITS
            and (before.isdigit() or self.folded[at] not in "0123456789")
        ):
            return None
        line = self.text.rfind("\n", 0, start) + 1
        if self.text.startswith(TABLE_START, line):
            return FOUND + IN_TABLE
        if at == 0 or self.offsets[at - 1] < line:
            return FOUND + AT_LINE
        return FOUND + (BEHIND_STOP if before in _STOPS or before.isspace() else 0.0)


def locate(text: str, sections: Iterable[Mapping[str, Any]]) -> Located:
    """Find each gold section (``level``, ``number_raw``, ``title``) in a text, in order."""
    rows = list(sections)
    folded = _Folded(text)
    chosen = _best_in_order(_places(folded, rows))
    _find_alike(folded, rows, chosen)
    found = [(i, place) for i, place in enumerate(chosen) if place is not None]
    missing = tuple(row for row, place in zip(rows, chosen, strict=True) if place is None)
    headings = tuple(_heading(folded, rows[i], place) for i, place in found)
    return Located(headings, tuple(i for i, _ in found), missing)


def _needles(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Number and title, folded; an annex also without its 附件1：, where the text lacks it."""
    number, title = fold(row.get("number_raw")), fold(row["title"])
    short = fold_title(row["title"])
    return [(number, title)] + ([(number, short)] if short and short != title else [])


def _places(folded: _Folded, rows: Sequence[Mapping[str, Any]]) -> list[list[_Place]]:
    """All places of each row's wording, in order, each with its worth."""
    spans: list[list[tuple[int, int, float]]] = []
    for row in rows:
        found: list[tuple[int, int, float]] = []
        for number, title in _needles(row):
            found = [
                (at, at + len(number + title), worth)
                for at in folded.find_all(number + title)
                if (worth := folded.worth(at)) is not None
            ]
            if found:
                break
        spans.append(found)
    starts = sorted({start for found in spans for start, _, _ in found})
    return [
        [_Place(a, b, worth + (TEXT_BELOW if _below(folded, starts, b) else 0.0)) for a, b, worth in found]
        for found in spans
    ]


def _below(folded: _Folded, starts: Sequence[int], end: int) -> bool:
    """Whether text stands between a title's end and the next place of any heading."""
    following = bisect_left(starts, end)
    return (starts[following] if following < len(starts) else len(folded.folded)) - end >= LEAST_TEXT


def _best_in_order(places: Sequence[Sequence[_Place]]) -> list[_Place | None]:
    """For each row one place or none: the choice of most worth in which the rows stand in order and close together."""
    best: list[tuple[float, _Place | None, int]] = [(0.0, None, -1)]
    """(worth up to here, last place, the step before): chains that end in some place; the first is the empty one."""
    chains: list[tuple[int, int]] = [(-1, -1)]
    """(row, chain before) of each."""
    for row, found in enumerate(places):
        known = len(best)
        for place in found:
            worth, _, before = max(
                (worth - (SPAN * (place.start - last.end) if last else 0.0), -n, n)
                for n, (worth, last, _) in enumerate(best[:known])
                if last is None or last.end <= place.start
            )
            best.append((worth + place.worth, place, before))
            chains.append((row, before))
    at = max(range(len(best)), key=lambda n: (best[n][0], -n))
    chosen: list[_Place | None] = [None] * len(places)
    while at > 0:
        row, before = chains[at]
        chosen[row] = best[at][1]
        at = before
    return chosen


def _find_alike(folded: _Folded, rows: Sequence[Mapping[str, Any]], chosen: list[_Place | None]) -> None:
    """Give rows without a place the most like one between their neighbours: of the same number, at a line's start."""
    for i, row in enumerate(rows):
        if chosen[i] is not None:
            continue
        begin = max((place.end for place in chosen[:i] if place), default=0)
        end = min((place.start for place in chosen[i + 1 :] if place), default=len(folded.folded))
        number, title = _needles(row)[0]
        candidates: list[tuple[float, int, int]] = []
        for at in range(begin, end):
            if folded.folded.startswith(number, at) and (folded.worth(at) or 0.0) >= FOUND + (0 if number else AT_LINE):
                first = at + len(number)
                wording = folded.folded[first : first + len(title)]
                likeness = SequenceMatcher(None, title, wording, autojunk=False).ratio()
                candidates.append((likeness + (folded.worth(at) or 0.0) / 1000, -at, first + len(wording)))
        best = max(candidates, default=(0.0, 0, 0))
        if best[0] >= ALIKE:
            chosen[i] = _Place(-best[1], best[2], 0.0)


def _heading(folded: _Folded, row: Mapping[str, Any], place: _Place) -> Heading:
    """A place as offsets into the text: with the brackets and points of its marker and its title."""
    text, number = folded.text, fold(row.get("number_raw"))
    start = folded.offsets[place.start]
    while start and text[start - 1] in (_OPENING if number else "“《"):
        start -= 1
    if not number and (annex := _ANNEX.search(text, text.rfind("\n", 0, start) + 1, start)):
        start = annex.start()
    marker_end = start
    if number:
        last = folded.offsets[place.start + len(number) - 1] + 1
        closing = _MARKER_END.match(text, last)
        marker_end = closing.end() if closing and closing[0].strip() else last
    end = folded.offsets[place.end - 1] + 1
    while end < len(text) and text[end] in "”》）)" and _closes(text[marker_end : end + 1]):
        end += 1
    return Heading(start, marker_end, end, int(row["level"]), row.get("number_raw"), str(row["title"]))


def _closes(wording: str) -> bool:
    """Whether a wording's last sign closes one that was opened in it."""
    closing = wording[-1]
    opening = {"”": "“", "》": "《", "）": "（", ")": "("}[closing]
    return wording.count(opening) >= wording.count(closing)
