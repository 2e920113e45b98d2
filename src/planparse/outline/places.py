"""Lines and places as the search sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planparse.language.shapes.signs import CHINESE, DECORATION
from planparse.outline.titles import Title

AT_START = ("start", "deco", "page")
MAX_ENCLOSED = 70
HEAVY = "【〖"
BEHIND = " \t*#_|"
"""Decoration behind a heading."""
_CLOSED = re.compile("[】〗]")
_IN_HEAVY = re.compile(rf"[{HEAVY}]\s?[{CHINESE}\d]{{1,4}}\s?[】〗]")
"""A number in heavy brackets: 【一】总体要求."""


@dataclass(slots=True)
class Line:
    """A paragraph of the clean text as the search sees it."""

    start: int
    end: int
    number: int
    frame: int | None = None
    style: int | None = None
    """Depth of the heading style that the format gave it."""
    heavy: int | None = None
    """Size of the heavy type that the whole line is set in (0: not told)."""
    row: bool = False
    """It reads as a row of a table."""
    above_table: bool = False
    """A table stands right below it."""
    quoted: bool = False
    """It stands inside a quotation that was opened on a line above."""


@dataclass(slots=True)
class Place:
    """A place with its evidence: ``form`` is what stands there (mark, annex, box, note, front, style, title), ``features`` what speaks for or
    against its readings, ``titles`` where its title may end."""

    start: int
    end: int
    """Where the title begins."""
    form: str
    style: str
    ordinals: tuple[int, ...]
    look: str
    before: str
    line: Line
    raw: str = ""
    features: set[str] = field(default_factory=set)
    titles: list[Title] = field(default_factory=list)


def begins(text: str, line: Line) -> int:
    """Where a line begins behind its decoration, heavy brackets around the heading included: 【一、总体要求】."""
    decorated = DECORATION.match(text, line.start, line.end)
    start = decorated.end() if decorated else line.start
    enclosed = text[start : start + 1] in tuple(HEAVY) and _CLOSED.search(text, start + 2, min(line.end, start + MAX_ENCLOSED)) is not None
    return start + 1 if enclosed and not _IN_HEAVY.match(text, start, line.end) else start


def is_article(place: Place) -> bool:
    """Whether a place is 第X条 as laws count, not an item of a plan that says who is responsible."""
    return place.style == "条" and "answered" not in place.features
