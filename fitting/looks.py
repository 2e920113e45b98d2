"""Damages to what stands around headings: stars, hashes, signs, tags, brackets."""

from __future__ import annotations

import random
from collections.abc import Iterable

from fitting.damage import Damage, damage, named
from fitting.edits import Edit, Page
from fitting.gold_places import Heading

DEEPEST = 3
LEAST = 3
"""So many headings must be decorated for the decoration to mean something."""
_CLOSERS = "。：:；"


def chosen(page: Page, rng: random.Random) -> list[Heading]:
    """The headings that begin lines, down to a level drawn by chance: an author decorates all of a level or none."""
    depth = rng.randint(1, DEEPEST)
    found = [one for one in page.leading if one.level <= depth]
    found = found if len(found) >= LEAST else list(page.leading)
    return found if len(found) >= LEAST else []


def _end(page: Page, heading: Heading) -> int:
    """Where a heading ends: with the full stop that parts it from its text."""
    closes = page.text[heading.title_end : heading.title_end + 1]
    return heading.title_end + (bool(closes) and closes in _CLOSERS)


def around(page: Page, headings: Iterable[Heading], before: str, after: str = "") -> list[Edit]:
    """Signs before and after headings."""
    edits: list[Edit] = []
    for one in headings:
        edits.append((one.start, one.start, before))
        end = _end(page, one)
        edits += [(end, end, after)] if after else []
    return edits


def _surrounded(name: str, doc: str, before: str, after: str = "") -> Damage:
    return named(name, "look", doc, lambda page, rng: around(page, chosen(page, rng), before, after))


def _signed(name: str, sign: str) -> Damage:
    """A sign before headings, with a blank behind it or without."""

    def edits(page: Page, rng: random.Random) -> list[Edit]:
        return around(page, chosen(page, rng), sign + rng.choice(("", " ")))

    return named(name, "look", f"{sign} before headings.", edits)


@damage("look")
def hashes_by_level(page: Page, rng: random.Random) -> list[Edit]:
    """#, ## and ### before headings, by their level."""
    headings = page.leading if len(page.leading) >= LEAST else ()
    return [(one.start, one.start, "#" * one.level + " ") for one in headings]


@damage("look")
def bold_markers(page: Page, rng: random.Random) -> list[Edit]:
    """The marker alone between stars: **一、**总体要求."""
    headings = [one for one in chosen(page, rng) if one.marker_end > one.start]
    return [edit for one in headings for edit in ((one.start, one.start, "**"), (one.marker_end, one.marker_end, "**"))]


@damage("look")
def bold_titles(page: Page, rng: random.Random) -> list[Edit]:
    """The title alone between stars: 一、**总体要求**."""
    headings = [one for one in chosen(page, rng) if one.marker_end > one.start]
    edits: list[Edit] = []
    for one in headings:
        begin, end = page.title_start(one), _end(page, one)
        edits += [(begin, begin, "**"), (end, end, "**")]
    return edits


@damage("look")
def colons(page: Page, rng: random.Random) -> list[Edit]:
    """A colon behind titles that end their line."""
    bare = {line.heading for line in page.lines if line.bare and line.heading and line.heading.number_raw}
    return [(one.title_end, one.title_end, "：") for one in chosen(page, rng) if one in bare]


LOOKS = (
    _surrounded("bold", "**heading**.", "**", "**"),
    _surrounded("bold_twice", "****heading****.", "****", "****"),
    _surrounded("bold_thrice", "***heading***.", "***", "***"),
    _surrounded("underlined", "__heading__.", "__", "__"),
    _surrounded("hashes", "## before headings of every level.", "## "),
    _surrounded("hashes_bold", "## **heading**.", "## **", "**"),
    hashes_by_level,
    bold_markers,
    bold_titles,
    _surrounded("strong_tags", "<strong>heading</strong>.", "<strong>", "</strong>"),
    _surrounded("styled_tags", "A span with its style around headings.", '<span style="font-family:黑体">', "</span>"),
    _surrounded("bracketed", "【heading】.", "【", "】"),
    _signed("diamonds", "◆"),
    _signed("discs", "●"),
    _signed("squares", "■"),
    _signed("stars", "★"),
    _signed("section_signs", "§"),
    _signed("triangles", "▶"),
    colons,
)
