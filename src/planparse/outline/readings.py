"""What may be read at a place, and what each reading costs by itself: a sum of named features."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from planparse.language.shapes.markers import FIGURES, Rank, rank_of
from planparse.outline.places import AT_START, Place
from planparse.outline.titles import Title
from planparse.outline.weights import Prices

HEADING, ITEM, BOX, NOTE, ANNEX, FRONT, DOCUMENT, PLAIN = "heading", "item", "box", "note", "annex", "front", "document", "plain"
CONTAINERS = frozenset((BOX, NOTE))
SECTIONS = frozenset((HEADING, ANNEX, FRONT))
"""Readings that give a section."""

_OF_THE_LINE = frozenset(("title_above", "chained", "below_first", "sent_out", "attached", "answered", "known"))
"""Features that speak of the place, not for or against a heading there."""
_OF_HEADINGS = frozenset(("condition", "ends_open", "row", "row_below", "styled", "after_box", "framed", "quoted", "introduced", "figures_behind", "footnote", "contact", "reference", "of_article"))
"""Features that tell headings from items; the others are the same for both."""
_SPECIAL = {"条": "heading.article", "①": "heading.circled"}
_OF_OTHERS = _OF_THE_LINE | _OF_HEADINGS


class Reading(NamedTuple):
    """One reading of one place: its cost, what that is made of, and where its title ends."""

    kind: str
    cost: float
    features: tuple[str, ...]
    title: Title | None = None


def readings_of(place: Place, prices: Prices) -> list[Reading]:
    """The readings of a place, plain text last."""
    found: list[Reading] = []

    def add(kind: str, features: Sequence[str], title: Title | None = None) -> None:
        named = tuple(features)
        found.append(Reading(kind, prices[named], named, title))

    titles = place.titles
    title = min(titles, key=lambda t: prices[title_features(place, t)]) if len(titles) > 1 else titles[0] if titles else None
    looks = _looks(place, title)
    if place.form in (BOX, NOTE):
        add(place.form, [f"{place.form}.open", *(f"box.{f}" for f in ("unnumbered", "inside", "framed") if place.form == BOX and f in place.features)])
    elif place.form == "annex":
        add(ANNEX, [*looks, *(f"annex.{f}" for f in ("listed", "title_below") if f in place.features)], title)
        if "below_first" in place.features and place.features & {"sent_out", "attached"}:
            add(DOCUMENT, ["document.open"], title)
        if "glossary" not in place.features:
            add(NOTE, ["annex.as_list", *(() if "listed" in place.features else ("annex.list_doubted",))])
    elif place.form == "front":
        add(FRONT, looks, title)
    elif place.form == "title":
        add(DOCUMENT, ["document.open"])
    elif title is not None:
        add(HEADING, [*looks, *_for_a_heading(place)], title)
        if place.form == "mark":
            add(ITEM, [*looks, *(("item.chapter",) if rank_of(place.style) <= Rank.NAMED else ())], title)
    add(PLAIN, _unread(place))
    return found


def _here(place: Place) -> str:
    """What stands before the place, as weights name it."""
    if place.form == "mark":
        return place.before
    if "glossary" in place.features:
        return "front"  # as plain by its words
    return ("style" if "beside_numbers" in place.features else "style_alone") if place.form == "style" else place.form


def title_features(place: Place, title: Title) -> tuple[str, ...]:
    return _named(title.why, title.why == "blank" and "crowded" in place.features, title.features, title.size)


@cache
def _named(why: str, crowded: bool, features: tuple[str, ...], size: int) -> tuple[str, ...]:
    return (f"title.{why}", *(["title.blank_crowded"] if crowded else []), *(f"title.{f}" for f in features), *["title.long"] * size)


def _looks(place: Place, title: Title | None) -> list[str]:
    """How the place looks as a heading or an item: what stands before it, and its title."""
    own = sorted(place.features - _OF_OTHERS) if place.form == "mark" else ()
    return [f"before.{_here(place)}", *(f"mark.{f}" for f in own), *(title_features(place, title) if title else ())]


def _for_a_heading(place: Place) -> list[str]:
    features = [f"heading.{f}" for f in sorted(place.features & _OF_HEADINGS)]
    if place.form == "style":
        return features + [f"heading.style_{f}" for f in ("beside_numbers", "titled") if f in place.features]
    special = _SPECIAL.get(place.style)
    return [*features, special] if special and "answered" not in place.features else features


def _unread(place: Place) -> list[str]:
    """What it costs to read strong evidence as plain text."""
    if place.form in ("title", "note"):
        return ["unread.title_line" if place.form == "title" else "unread.note"]
    if place.features & {"figure", "figures_behind", "row", "repeats", "quoted", "refers", "counts_on"}:
        return []
    if "lonely" in place.features and place.style in FIGURES and place.style != "1_":
        return []
    if "lonely" in place.features:
        return ["unread.lonely_start" if place.before == "start" and place.form == "mark" else "unread.lonely"]
    features = [f"unread.{_here(place)}"]
    if place.before != "semicolon":  # 一是…；2.…；3.… counts within a sentence, too
        features += [f"unread.{f}" for f in ("packed", "chained") if f in place.features]
    return features


def at_start(place: Place) -> bool:
    return place.before in AT_START
