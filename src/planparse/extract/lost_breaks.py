"""Paragraphs of a document whose line breaks were lost, divided again where leads begin (annotation guide, tasks).

Two decisions are made. Whether the breaks of a document are lost: each stretch of its prose is one paragraph, most begin with a lead, and most of
these hold further leads. And how a paragraph is best divided: the cheapest path over its short clean sentences, by the costs named below.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from planparse.extract.leads import is_lone_lead, lead_of
from planparse.model.document import Item, Paragraph

# What makes a short clean sentence a lead, in cost (below 0 it is more likely one than not). Fitted on 680 lead paragraphs of 22 published plans
# whose breaks are sound, glued together: of the leads found 92% are right and 92% are found, in documents that the fit had not seen.
NO_LEAD = -0.9
LONG = 0.28
"""Each character beyond USUAL_LEAD."""
USUAL_LEAD = 8
SHORT_BEHIND, SHORT_BEFORE = 2.0, 1.1
"""The next sentence, or the one before, is as short and clean: a row of deeds, not a lead and its text."""
TAKEN_UP = -6.0
"""All that it names comes again in the text behind it; and in the text before it:"""
TOLD_BEFORE = 2.2
NEAR = 160
"""Characters behind and before it that are looked at."""
USUAL_PART = 180
"""Characters of a paragraph with its lead; one that is e times as long or as short costs 1."""
MOST_BEFORE = 40
"""Places at which the part before may begin; beyond, a paragraph would have thousands of characters."""
FEWEST = 3
"""Stretches that are needed to tell what a document does."""
LED, HOLDING = 0.5, 0.5
"""Share of the stretches that begin with a lead, and of these, share that hold further ones."""

AnItem = TypeVar("AnItem", bound=Item)

_SENTENCE = re.compile(r"[^。！？]+[。！？]?[”’）)]?")
_NOT_NAMING = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")


def find_lost_breaks(stretches: Iterable[Sequence[AnItem]]) -> dict[int, list[Paragraph]]:
    """The parts of each paragraph that is to be divided, by its start; none where the document's breaks are sound.

    A stretch is what stands together: the items of a section, or of a box.
    """
    alone: list[Paragraph] = []
    count = 0
    for items in stretches:
        count += sum(isinstance(item, Paragraph) for item in items)
        alone += [item for n, item in enumerate(items) if isinstance(item, Paragraph) and not _beside(items, n)]
    led = [p for p in alone if lead_of(p.text)]
    if len(led) < max(FEWEST, LED * count):
        return {}
    parts: dict[int, list[Paragraph]] = {}
    for left, paragraph in zip(range(len(led), 0, -1), led, strict=True):
        if len(parts) + left < max(FEWEST, HOLDING * len(led)):
            return {}
        if len(found := _divided(paragraph)) > 1:
            parts[paragraph.start] = found
    return parts if len(parts) >= max(FEWEST, HOLDING * len(led)) else {}


def _beside(items: Sequence[AnItem], n: int) -> bool:
    """Whether another paragraph stands right before or behind an item."""
    return any(isinstance(item, Paragraph) for item in (*items[max(0, n - 1) : n], *items[n + 1 : n + 2]))


def with_breaks(items: Iterable[AnItem], parts: dict[int, list[Paragraph]]) -> list[AnItem | Paragraph]:
    """The items, with the parts of each divided paragraph in its place."""
    restored: list[AnItem | Paragraph] = []
    for item in items:
        restored += parts.get(item.start, [item]) if isinstance(item, Paragraph) else [item]
    return restored


def _divided(paragraph: Paragraph) -> list[Paragraph]:
    text = paragraph.text
    cuts = [0, *_leads_in(text), len(text)]
    return [Paragraph(text[a:b], paragraph.start + a, paragraph.start + b) for a, b in pairwise(cuts)]


def _leads_in(text: str) -> list[int]:
    """Where leads begin behind the first: the cheapest way from its beginning to its end by parts that each begin with one."""
    sentences = [(m.start(), m.end()) for m in _SENTENCE.finditer(text)]
    clean = [is_lone_lead(text[a:b]) for a, b in sentences]
    last = len(sentences) - 1
    places = [0, *(n for n in range(1, last) if clean[n])]
    starts = [sentences[n][0] for n in places] + [len(text)]
    own = [0.0] + [_cost(text, *sentences[n], behind=clean[n + 1], before=clean[n - 1]) for n in places[1:]] + [0.0]
    best = [0.0]
    came = [0]
    for n in range(1, len(starts)):
        reached = [(best[m] + math.log((starts[n] - starts[m]) / USUAL_PART) ** 2, m) for m in range(max(0, n - MOST_BEFORE), n)]
        cost, previous = min(reached)
        best.append(cost + own[n])
        came.append(previous)
    path: list[int] = []
    at = came[-1]
    while at:
        path.append(starts[at])
        at = came[at]
    return path[::-1]


def _cost(text: str, start: int, end: int, *, behind: bool, before: bool) -> float:
    """What it costs to take a short clean sentence for a lead."""
    named = _pairs(text[start:end])
    share = 1 / max(1, len(named))
    taken_up = len(named & _pairs(text[end : end + NEAR])) * share
    told = len(named & _pairs(text[max(0, start - NEAR) : start])) * share
    long = max(0, end - start - 1 - USUAL_LEAD)
    return NO_LEAD + LONG * long + SHORT_BEHIND * behind + SHORT_BEFORE * before + TAKEN_UP * taken_up + TOLD_BEFORE * told


def _pairs(text: str) -> set[str]:
    """The pairs of characters that stand together in a text, which are most of its words."""
    return {a + b for word in _NOT_NAMING.split(text) for a, b in pairwise(word)}
