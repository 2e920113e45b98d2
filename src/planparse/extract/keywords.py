"""The most telling terms of a document: what its headings name, once the words that all headings share are taken away."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from planparse.data import vocabulary
from planparse.model.document import Outline
from planparse.model.options import USUAL

MIN_LENGTH, MAX_LENGTH = 2, 8


@cache
def _breaks() -> re.Pattern[str]:
    words = sorted(set(vocabulary("heading_words")["words"].split()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) + r"|\s")


def terms_of(heading: str) -> list[str]:
    """What a heading names: 完善应急预案体系 → [应急预案]."""
    return [t for t in _breaks().split(heading) if MIN_LENGTH <= len(t) <= MAX_LENGTH]


def extract_keywords(outline: Outline, most: int = USUAL.keywords) -> list[str]:
    """The ``most`` terms of the headings that stand most often in the text, longer ones weighing more; ties in reading order."""
    counts = Counter(t for s in outline.sections() for t in terms_of(s.title))
    if outline.title:
        counts.update(terms_of(outline.title))
    text = outline.clean.text.text[outline.start : outline.end]
    weights = {term: text.count(term) * (len(term) - 1) for term in counts}
    order = {term: n for n, term in enumerate(counts)}
    ranked = sorted(counts, key=lambda t: (-weights[t], order[t]))
    kept: list[str] = []
    for term in ranked:
        if len(kept) == most:
            break
        if not any(term in other for other in kept):
            kept.append(term)
    return kept
