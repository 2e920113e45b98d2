"""The table of contents: a stretch of short entries that come again below it, in order, as the body's titles.

Entries are weighed one by one and the stretch is chosen as a whole: the one with the greatest sum. So neither leaders nor page numbers nor the
word 目录 are needed, and one odd entry does not end it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from planparse.language.shapes.lines import (
    begins_with_date,
    contents_head,
    is_contents_head,
    is_page_number,
    leaders,
    names_contents,
)
from planparse.language.tidy import fold, tidy
from planparse.outline.evidence import Evidence
from planparse.outline.places import Place
from planparse.outline.titles import contents_title
from planparse.outline.weights import Weights

MAX_ENTRY = 70
"""Titles in a table of contents are shorter; leaders are not counted."""
MIN_TWICE = 3
"""Where entries come again, so many titles at least have their first characters in common with another."""
LONG_PIECE = 60
"""Of what is too long for an entry so many letters tell that an entry comes again."""
LEADERS = ("....", "…", "···", "](#")
NO_ENTRY = ("：", "；")
"""What no entry ends in."""
KEY = 4
"""Characters by which an entry and the place where it comes again are brought together."""
MAX_PIECES = 4_000
"""A table of contents is looked for among so many pieces from the document's start; a longer list is none."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents: its span in the clean text, and the wording of its entries in order."""

    start: int
    end: int
    entries: tuple[str, ...]


NONE = Contents(-1, -1, ())


@dataclass(slots=True)
class _Piece:
    """A stretch from one place (or line start) to the next: perhaps an entry."""

    start: int
    end: int
    title: str
    folded: str
    """Its letters and digits; of a piece that is too long for an entry, the first ones."""
    whole: bool
    """They are all there."""
    numbered: int
    """How many of them are the number."""
    led: bool
    short: bool
    head: bool
    again: list[int]
    place: Place | None


def find_contents(evidence: Evidence, weights: Weights) -> Contents:
    """The stretch of the text that is its table of contents; ``NONE`` where it has none."""
    heads = _heads(evidence)
    if not heads and not _may_have(evidence):
        return NONE
    pieces = _pieces(evidence, heads)
    _find_again(pieces)
    best = _stretch(pieces, weights)
    if best is None:
        return NONE
    first, last = best
    entries = tuple(p.title for p in pieces[first : last + 1] if not p.head and p.folded)
    return Contents(pieces[first].start, pieces[last].end, entries)


def _heads(evidence: Evidence) -> dict[int, int]:
    """The lines that begin with 目录, by number, and how many characters of them that takes."""
    text = evidence.text
    if not names_contents(text):
        return {}
    lines = evidence.lines[:MAX_PIECES]
    heads = ((line.number, contents_head(text[line.start : min(line.end, line.start + 40)])) for line in lines)
    return {number: head for number, head in heads if head}


def _may_have(evidence: Evidence) -> bool:
    """Whether anything else looks like one: leaders, or titles of which several begin alike."""
    text = evidence.text
    if any(leader in text for leader in LEADERS):
        return True
    keys = [text[p.end : p.end + KEY] for p in evidence.places[:MAX_PIECES] if p.form != "box"]
    return len(keys) - len(set(keys)) >= MIN_TWICE


def _pieces(evidence: Evidence, heads: Mapping[int, int]) -> list[_Piece]:
    text, pieces = evidence.text, []
    starts = defaultdict(list)
    open_marker: Place | None = None
    for place in evidence.places:
        starts[place.line.number].append(place)
    for line in evidence.lines:
        here = starts.get(line.number, [])
        bounds = sorted({line.start, line.start + heads.get(line.number, 0), *(p.start for p in here)})
        by_start = {p.start: p for p in here}
        for a, b in zip(bounds, [*bounds[1:], line.end], strict=True):
            if open_marker is not None:
                a, open_marker = open_marker.start, None
            mark = by_start.get(a)
            if mark is not None and "alone" in mark.features and b == line.end:
                open_marker = mark  # its title stands on the next line
            elif text[a:b].strip():
                pieces.append(_piece(text, a, b, mark))
        if len(pieces) > MAX_PIECES:
            break
    return pieces


def _piece(text: str, start: int, end: int, place: Place | None) -> _Piece:
    whole = text[start : min(end, start + 200)].strip(" \t\u3000*#|_")
    cut = leaders(whole) if len(whole) < 200 else None
    title = whole[:cut].strip(" .…·") if cut is not None else whole
    short = len(title) <= MAX_ENTRY and "。" not in title and not title.endswith(NO_ENTRY) and not begins_with_date(tidy(title))
    head = is_contents_head(whole)
    number = len(fold(text[start : place.end])) if place is not None and place.form == "mark" else 0
    folded = fold(title, None if short else KEY + number)
    return _Piece(start, end, title, folded, short, number, cut is not None, short and len(folded) >= 2 and not head, head, [], place)


def _find_again(pieces: list[_Piece]) -> None:
    """Where each short piece comes again further down: as the beginning of a later piece."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for n, piece in enumerate(pieces):
        for begins in (piece.folded, piece.folded[piece.numbered :]) if piece.numbered else (piece.folded,):
            if len(begins) >= KEY:
                by_key[begins[:KEY]].append(n)
    for n, piece in enumerate(pieces):
        if piece.short:
            for entry in (piece.folded, piece.folded[piece.numbered :]) if piece.numbered else (piece.folded,):  # the body may be numbered otherwise
                later = by_key[entry[:KEY]] if len(entry) >= KEY else []
                found = [m for m in later[bisect_right(later, n) :][:6] if _begins_as(pieces[m], entry)]
                piece.again = piece.again or found


def _begins_as(piece: _Piece, entry: str) -> bool:
    """Whether a piece begins as an entry does, behind its number or with it."""
    folded = piece.folded if piece.whole else fold(piece.title, LONG_PIECE)
    return folded.startswith(entry) or folded.startswith(entry, piece.numbered)


def _stretch(pieces: list[_Piece], weights: Weights) -> tuple[int, int] | None:
    """The stretch with the greatest sum, if that is enough; its entries come again behind it, in order."""
    best: tuple[float, int, int] | None = None
    total, first = 0.0, 0
    for n, piece in enumerate(pieces):
        value = _worth(piece, weights)
        if total <= 0 or piece.head:
            total, first = 0.0, n
        total += value
        if value > 0 and total > 0 and (best is None or total > best[0]):
            best = (total, first, n)
    if best is None:
        return None
    _, first, last = best
    last = _end(pieces, first, last)
    return (first, last) if last > first and _sure(pieces, first, last, weights) >= weights["contents.enough"] else None


def _sure(pieces: list[_Piece], first: int, last: int, weights: Weights) -> float:
    """What the stretch is worth. Where neither a head nor leaders say what it is, only its numbered entries speak, and text has to stand between the
    places where they come again: members of two groups, files named before their pages, and closing lines of two items stand twice as well."""
    entries = pieces[first : last + 1]
    if any(p.head for p in entries) or sum(p.led for p in entries) >= MIN_TWICE:
        return sum(_worth(p, weights, last) for p in entries)
    places = [m for p in entries for m in p.again if m > last]
    body = any(not p.short for p in pieces[min(places, default=0) : max(places, default=0)])
    return sum(_worth(p, weights, last) if p.numbered else min(0.0, _worth(p, weights, last)) for p in entries) if body else 0.0


def _worth(piece: _Piece, weights: Weights, last: int | None = None) -> float:
    again = bool(piece.again) if last is None else any(m > last for m in piece.again)
    if piece.head:
        return weights["contents.head"]
    if not piece.short:
        return weights["contents.page"] if is_page_number(piece.title) else weights["contents.text"]
    return weights["contents.both" if again and piece.led else "contents.again" if again else "contents.led" if piece.led else "contents.neither"]


def _end(pieces: list[_Piece], first: int, last: int) -> int:
    """The last entry: where the first entry stands again, the body begins."""
    entry = next((n for n in range(first, last + 1) if pieces[n].short and pieces[n].again), first)
    again = [m for m in pieces[entry].again if entry < m <= last and not pieces[m].led]
    return again[0] - 1 if again else last


def mark_titles(evidence: Evidence, contents: Contents) -> None:
    """Where an entry of the contents stands again, its wording tells where the title ends."""
    if not contents.entries:
        return
    by_key: dict[str, list[str]] = defaultdict(list)
    for entry in contents.entries:
        folded = fold(entry)
        if len(folded) >= KEY:
            by_key[folded[:KEY]].append(folded)
    for place in evidence.places:
        if not place.titles:
            continue
        there = fold(evidence.text[place.start : place.start + 2 * MAX_ENTRY])
        longest = max((len(e) for e in by_key.get(there[:KEY], ()) if there.startswith(e)), default=0)
        if longest:
            end = _reach(evidence.text, place.start, longest)
            place.titles = [*(t for t in place.titles if t.end != end), contents_title(end)] if end > place.end else place.titles


def _reach(text: str, start: int, count: int) -> int:
    """Where ``count`` characters that folding keeps end."""
    at = start
    while count:
        count -= text[at].isalnum()
        at += 1
    return at
