"""The most telling terms of a document: what its headings name, once the words that all headings share are taken away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from heapq import heapify, heappop, heappush

from planparse.data import alternation, vocabulary
from planparse.model.document import Outline
from planparse.model.options import USUAL

MIN_LENGTH, MAX_LENGTH = 2, 8
MANY = 100
"""To count so many terms in a text costs more than to count all its characters."""


@cache
def _breaks() -> re.Pattern[str]:
    return re.compile(alternation(vocabulary("heading_words")["words"]))


def terms_of(headings: str) -> list[str]:
    """What headings, one a line, name: 完善应急预案体系 → [应急预案]."""
    return [t for part in _breaks().split(headings) for t in part.split() if MIN_LENGTH <= len(t) <= MAX_LENGTH]


def extract_keywords(outline: Outline, most: int = USUAL.keywords) -> list[str]:
    """The ``most`` terms of the headings that stand most often in the text, longer ones weighing more; ties in reading order."""
    headings = [*(section.title for section in outline.sections()), outline.title or ""]
    terms = dict.fromkeys(terms_of("\n".join(headings)))
    kept: list[str] = []
    for term in _heaviest_first(list(terms), outline.clean.text.text[outline.start : outline.end]):
        if len(kept) == most:
            break
        if not any(term in other for other in kept):
            kept.append(term)
    return kept


def _heaviest_first(terms: list[str], text: str) -> Iterator[str]:
    """The terms by their weight. Of many, only those are counted whose characters stand often enough in the text."""
    signs = Counter(text) if len(terms) > MANY else {}
    queue = [((1 - len(term)) * (min(signs[c] for c in term) if signs else len(text)), n, False) for n, term in enumerate(terms)]
    heapify(queue)
    while queue:
        _, n, counted = heappop(queue)
        if counted:
            yield terms[n]
        else:
            heappush(queue, (text.count(terms[n]) * (1 - len(terms[n])), n, True))
