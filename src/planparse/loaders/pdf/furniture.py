"""Page numbers, running heads and foot lines: lines that belong to the pages and not to the document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from planparse.loaders.pdf.shapes import Line, PdfPage

EDGE_LINES = 3
"""Running heads stand among this many outermost lines of a page."""
MIN_REPEATS = 3
"""A line is a running head if it stands in the same place on this many pages."""
SAME_PLACE = 4.0
"""Points by which its height may differ."""
EDGE = 0.16
"""Share of the page's height within which page numbers stand (the widest foot margin seen: 0.13)."""
EVERYWHERE = 0.6
"""Share of the pages: a line repeated on more of them is furniture wherever it stands (watermarks)."""

# — 12 —, - 3 -, ·5·, 第 3 页, 第3页 共20页, 3/20, 12, Ⅱ, iv: what a page number looks like, its number in "number".
_PAGE_NUMBER = re.compile(
    r"""[\s\-–—―－─━~～·•．.〔\[（(|]*
        (?:第\s*)?(?P<number>\d{1,4}|[ivxIVX]{1,6}|[Ⅰ-Ⅻⅰ-ⅻ])\s*页?
        (?:\s*[/／,，;；]?\s*共?\s*\d{1,4}\s*页?)?
        [\s\-–—―－─━~～·•．.〕\]）)|]*""",
    re.VERBOSE,
)
# 附件2, 第三章, 表 3: they stand at the head of many pages, each for itself.
_HEADING = re.compile(
    r"附[件表录图]|[附续]?[表图]\s?\d|专栏|第.{1,3}[章节篇条]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）"
)
_FULL_WIDTH = {0xFF10 + i: ord("0") + i for i in range(10)}
_DIGITS = re.compile(r"\d+")


def find_furniture(pages: Sequence[PdfPage]) -> set[int]:
    """``id`` of every line that is a page number, a running head or a foot line, or stands wholly beside the page. Nothing within
    tables or frames is."""
    found = _page_numbers(pages) | {id(line) for page in pages for line in page.lines if line.left > page.width}
    return found | _running_heads(pages, found)


def _page_numbers(pages: Sequence[PdfPage]) -> set[int]:
    candidates: list[tuple[PdfPage, Line, bool, int | None]] = []
    for page in pages:
        lines = [line for line in page.lines if line.zone[0] <= 0]
        if not lines:
            continue
        for line in {id(e): e for e in (max(lines, key=lambda e: e.base), min(lines, key=lambda e: e.base))}.values():
            text = line.text.translate(_FULL_WIDTH)
            match = _PAGE_NUMBER.fullmatch(text)
            if match and not EDGE * page.height < line.base < (1 - EDGE) * page.height:
                number = int(match["number"]) if match["number"].isdecimal() else None
                bare = text.strip() == match["number"]
                candidates.append((page, line, bare, number))
    # A bare number may belong to the text: it must count with the pages, or stand at the foot of a short document.
    steps = Counter(number - page.number for page, _, _, number in candidates if number is not None)
    found: set[int] = set()
    for page, line, bare, number in candidates:
        roman = number is None and bare and len(candidates) < 2
        counted = (
            number is None or steps[number - page.number] >= 2 or (len(pages) <= 2 and line.base < EDGE * page.height)
        )
        if not roman and (counted or not bare):
            found.add(id(line))
    return found


def _running_heads(pages: Sequence[PdfPage], numbers: set[int]) -> set[int]:
    if len(pages) < MIN_REPEATS:
        return set()
    places: dict[str, list[tuple[int, Line, bool]]] = defaultdict(list)
    for page in pages:
        lines = sorted((e for e in page.lines if e.zone[0] <= 0 and id(e) not in numbers), key=lambda e: -e.base)
        edge = {id(e) for e in (*lines[:EDGE_LINES], *lines[-EDGE_LINES:])}
        for line in lines:
            if len(line.text) <= 60 and not _HEADING.match(line.text):
                places[_DIGITS.sub("#", line.text)].append((page.number, line, id(line) in edge))
    found: set[int] = set()
    for text, seen in places.items():
        if len(seen) < MIN_REPEATS or text == "#":
            continue
        for number, line, on_edge in seen:
            alike = {
                n
                for n, other, other_edge in seen
                if abs(other.base - line.base) <= SAME_PLACE and (other_edge or not on_edge)
            }
            enough = len(alike) >= (MIN_REPEATS if on_edge else max(4, EVERYWHERE * len(pages)))
            if enough and number in alike:
                found.add(id(line))
    return found
