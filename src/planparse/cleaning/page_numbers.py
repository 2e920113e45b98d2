"""Numbers of printed pages that text drawn from print keeps on lines of their own. Afterwards none that counts the pages of the text is left."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from planparse.cleaning.garble.frequencies import NEVER, language
from planparse.data.words import worded
from planparse.language.offices import opens_with_role
from planparse.language.shapes import find_marker
from planparse.language.shapes.lines import PAGE_ALONE, line_above, line_below
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
_BEFORE = re.compile(r"^(?P<number>[0-9]{1,3})、(?=\S)", re.MULTILINE)
_COPY = worded(r"<copies>")
HEAD = 400
"""Within so many characters a copy says what it is."""
MIN_TORN, MOST_TO_ONE_TORN = 2, 6
"""So many numbers stand inside a sentence (one, in what a library of copies says of itself), and so many count in all to each of these."""
MIN_PIECE = 60
"""A line that breaks off in mid-sentence before a number is a piece from this length on; items of lists are shorter or end in a mark."""
_GOES_ON = re.compile("[\u4e00-\u9fff，、0-9A-Za-z]")


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


def join_numbered_pieces(text: MappedText) -> MappedText:
    """No line begins with the number of a piece, into which document libraries cut their copies: 扎实做好消防安⏎2、全各项工作."""
    s = text.text
    if "\n2、" not in s and "\n3、" not in s:
        return text
    numbered = list(_BEFORE.finditer(s))
    words = {match.start() for match in numbered if _tears_a_word(s, match.start(), match.end())}
    torn = [match for match in numbered if match.start() in words or _breaks_off(s, match.start(), among_items=not words)]
    if not torn or any(int(b["number"]) <= int(a["number"]) for a, b in pairwise(torn)):
        return text
    if len(words) >= (1 if _COPY.search(s, 0, HEAD) else MIN_TORN):
        pages = _in_turn(numbered, torn)
    else:
        pages = torn if len(torn) >= MIN_TORN else []
    inside = {match.start() for match in torn}
    if len(pages) > MOST_TO_ONE_TORN * sum(match.start() in inside for match in pages):
        return text
    return text.edit([(match.start() - (match.start() in inside), match.end(), "") for match in pages])


def _above(s: str, start: int) -> str:
    """The line above one, if it is prose that has no end."""
    above = s[s.rfind("\n", 0, start - 1) + 1 : start - 1].rstrip()
    return above if len(above) >= FULL and _GOES_ON.match(above[-1]) else ""


def _breaks_off(s: str, start: int, *, among_items: bool) -> bool:
    """Whether a long line above breaks off; items of a list, which begin with numbers themselves, may have no mark at their ends."""
    above = _above(s, start)
    return len(above) > MIN_PIECE and not (among_items and _BEFORE.match(above))


def _tears_a_word(s: str, start: int, end: int) -> bool:
    """Whether a number at a line's start stands inside a word that the line above begins."""
    above = _above(s, start)
    if not re.search("[，。]", above) or not _WORD_PART.fullmatch(above[-1] + s[end]):
        return False
    words = language()[0]
    return any(words.get(above[-before:] + s[end : end + behind], NEVER) > NEVER for before, behind in ((1, 1), (2, 1), (1, 2), (2, 2)))


_WORD_PART = re.compile("[\u4e00-\u9fff]{2}")


def _in_turn(numbered: Sequence[re.Match[str]], torn: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The lines that count up page by page, from 1 if one has it: those that tear a sentence, which ascend, and of each number missing between them the
    first line that stands there."""
    by_number = defaultdict[int, list[re.Match[str]]](list)
    for match in numbered:
        by_number[int(match["number"])].append(match)
    tearing = {int(match["number"]): match for match in torn}
    number = 1 if by_number[1] and by_number[1][0].start() < torn[0].start() else min(tearing)
    pages: list[re.Match[str]] = []
    while True:
        last = pages[-1].end() if pages else 0
        later = next((match.start() for match in torn if int(match["number"]) > number), numbered[-1].end())
        page = tearing.get(number) or next((match for match in by_number[number] if last <= match.start() < later), None)
        if page is None:
            return pages
        pages.append(page)
        number += 1


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
    above, below = line_above(s, start), line_below(s, end)
    if above and opens_with_role(below):
        return "sentence"
    if not above or above[-1] in _ENDS:
        return "text"
    if len(above) < FULL:
        return "label" if find_marker(above) is None else "text"  # the number of a page may stand below a heading
    return "sentence" if len(below) >= FULL else "text"
