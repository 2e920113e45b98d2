"""What a place can only know from the others: neighbours in its count, a title line above it, a box above it, numbers elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from planparse.language.offices import find_offices
from planparse.language.shapes.markers import Rank, rank_of
from planparse.outline.evidence import Evidence
from planparse.outline.places import AT_START, Place, is_article

ENOUGH_NUMBERS = 5
"""With so many numbered places that have a neighbour, a document numbers its headings."""
PACKED = 4
"""With so many counted places on one line, its line breaks were lost, however short it is."""
MAX_TITLE = 60
_PAGE = re.compile(r"[\s·.…—-]{0,40}\d{0,4}[\s。]{0,20}$")
LONGEST_LIST = 200
"""Characters of a list of units at the end of an item."""
_CLOSED = ("）", "）。", "）；")
NEAR_TITLE = 6
"""A title stands within so many lines above the first chapter."""


def compare(evidence: Evidence) -> None:
    """Add to every place what the others tell of it."""
    known = {(p.style, p.ordinals) for p in evidence.places if p.form == "mark"}
    for place in evidence.places:
        if place.form == "mark" and not any((place.style, near) in known for near in _neighbours(place.ordinals)):
            place.features.add("lonely")
    numbered = sum(p.form == "mark" and "lonely" not in p.features for p in evidence.places) >= ENOUGH_NUMBERS
    last: dict[str, Place] = {}
    title = -99
    above: Place | None = None
    for place in evidence.places:
        before = last.get(place.style)
        if place.form == "mark" and before and place.ordinals[-1] == before.ordinals[-1] + 1:
            place.features.add("chained")
            before.features.add("chained")
        if place.form == "mark" and before and place.ordinals == before.ordinals and _same_title(evidence.text, before, place):
            place.features.add("repeats")
        else:
            last[place.style] = place
        if place.form == "title":
            title = place.line.number
        if place.line.number - title <= NEAR_TITLE:
            place.features.add("title_above")
        if place.form == "style" and place.line.style is not None and numbered:
            place.features.add("beside_numbers")
        begins = place.form == "mark" and place.ordinals[-1] == 1  # what stands numbered in a box begins at one
        if begins and above is not None and above.form in ("box", "note") and place.line.number - above.line.number <= 1:
            place.features.add("after_box")
        above = place
    _mark_packed(evidence)
    _mark_articles(evidence)


def _same_title(text: str, before: Place, place: Place) -> bool:
    """Whether two places have the same title, a page number behind one of them aside."""
    one, other = (_PAGE.sub("", text[p.end : min(p.line.end, p.end + MAX_TITLE)]).strip() for p in (before, place))
    return len(one) >= 2 and one == other and place.line.end - place.end <= MAX_TITLE


def _mark_packed(evidence: Evidence) -> None:
    counted = Counter(p.line.number for p in evidence.places if "chained" in p.features and p.before != "semicolon")
    for place in evidence.places:
        if place.before not in AT_START and counted[place.line.number] >= PACKED:
            place.features.add("packed")


def _mark_articles(evidence: Evidence) -> None:
    """Say of numbers that they stand below 第X条: in laws, all but 章 and 节 do (annotation guide, sections)."""
    _mark_answered(evidence)
    below = False
    for place in evidence.places:
        if place.style == "条":
            below = "chained" in place.features and place.before in AT_START and is_article(place)
        elif place.form in ("title", "annex", "front") or (place.form == "mark" and rank_of(place.style) <= Rank.DIVISION):
            below = False
        elif below:
            place.features.add("of_article")


def _mark_answered(evidence: Evidence) -> None:
    """Say of 第X条 that most of them end with who is responsible: they are a plan's items, no law's articles."""
    articles = [p for p in evidence.places if p.style == "条" and p.before in AT_START]
    if not articles:
        return
    following = {p.start: q.start for p, q in pairwise(articles)}
    last = [evidence.text[p.start : following.get(p.start, p.line.end)].rstrip()[-LONGEST_LIST:] for p in articles]
    if 2 * sum(text.endswith(_CLOSED) and find_offices(text) is not None for text in last) > len(articles):
        for place in articles:
            place.features.add("answered")


def _neighbours(ordinals: tuple[int, ...]) -> list[tuple[int, ...]]:
    near = [(*ordinals[:-1], ordinals[-1] + step) for step in (1, -1, 2, -2)]
    if len(ordinals) > 1:
        near += [(*ordinals[:-2], ordinals[-2] + step, 1) for step in (1, -1)]
    return near
