"""Numbers of printed pages that text drawn from print keeps on lines of their own. Afterwards none that counts the pages of the text is left."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from planparse.language.offices import opens_with_role
from planparse.language.shapes import find_marker
from planparse.language.shapes.lines import PAGE_ALONE
from planparse.model.text import MappedText

_ALONE = re.compile(f"^{PAGE_ALONE}$", re.MULTILINE)
LEAST_PAGE, LONGEST_PAGE = 200, 6000
"""Characters between the numbers of two pages; those of a table's rows stand nearer to each other."""
SKIPPED = 2
"""By how much a number may exceed the one before: a page may bear none, and a page of tables none that stands alone."""
MIN_PAGES, MIN_INSIDE, MOST_TO_ONE = 3, 2, 4
"""So many numbers make a count (two, if it begins with 1), so many of them stand inside a sentence (of two one), and so many in all to each of
these; and to each below a label."""
MOST_ALIKE = 40
"""Of like numbers, so many of the last may be that of the page before."""
FULL = 15
"""A line with so many characters beside a number is prose, a shorter one may be a cell."""
_ENDS = "。！？；：…"


def drop_page_numbers(text: MappedText) -> MappedText:
    """No line is left that only bears the number of a page: such lines count up over long stretches of text, some of them inside a sentence."""
    s = text.text
    alone = [(match.start(), match.end(), int(match["number"])) for match in _ALONE.finditer(s)]
    if len(alone) < 2:
        return text
    pages = _counted(alone)
    around = [_around(s, start, end) for start, end, _ in pages]
    if len(pages) < (MIN_PAGES if pages[0][2] > 1 else 2) or pages[0][0] < LEAST_PAGE or not _are_pages(around):
        return text
    return text.edit([(start, min(end + 1, len(s)), "") for start, end, _ in pages])


def _are_pages(around: Sequence[str]) -> bool:
    """Whether enough of the numbers stand inside a sentence, and few below a label."""
    inside = around.count("sentence")
    return inside >= min(MIN_INSIDE, len(around) - 1) and len(around) <= MOST_TO_ONE * inside and MOST_TO_ONE * around.count("label") <= len(around)


def _counted(alone: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The longest chain of lone numbers that counts up, page by page."""
    best: list[tuple[int, int]] = []
    """For each number the length of the longest chain that ends with it, and the one before it there."""
    places = defaultdict[int, list[int]](list)
    for n, (start, _, number) in enumerate(alone):
        before = (m for last in range(number - SKIPPED, number) for m in places[last][-MOST_ALIKE:] if LEAST_PAGE <= start - alone[m][1] <= LONGEST_PAGE)
        best.append(max(((best[m][0] + 1, m) for m in before), default=(1, -1), key=lambda one: (one[0], -one[1])))
        places[number].append(n)
    at = max(range(len(alone)), key=lambda n: best[n][0])
    chain = []
    while at >= 0:
        chain.append(alone[at])
        at = best[at][1]
    return chain[::-1]


def _around(s: str, start: int, end: int) -> str:
    """What a line stands in: a ``sentence`` (or an item and its units, 责任单位：…) that lines above and below it share, below a ``label`` or in a cell, or in
    ``text`` otherwise."""
    above = s[:start].rstrip().rpartition("\n")[2].strip() if start else ""
    below = s[end:].lstrip().partition("\n")[0].strip()
    if above and opens_with_role(below):
        return "sentence"
    if not above or above[-1] in _ENDS:
        return "text"
    if len(above) < FULL:
        return "label" if find_marker(above) is None else "text"  # the number of a page may stand below a heading
    return "sentence" if len(below) >= FULL else "text"
