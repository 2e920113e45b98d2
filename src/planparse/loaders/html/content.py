"""Which blocks of a page are the document: the part with the most prose, without the furniture in it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from planparse.data import vocabulary
from planparse.loaders.html.blocks import Block, Page, Part
from planparse.model.source import STRUCTURE_MARKS

CONTENT_SHARE = 0.9
"""A part that holds this much of a page's prose holds the document; set on government pages with related news below."""
KNOWN_SHARE = 0.5
"""A part whose name says that it is the text needs only this much."""
FURNITURE_SHARE = 0.3
"""A part named like furniture that holds more than this of the prose is not furniture."""
HIDDEN_SHARE = 0.5
"""A hidden part with this much of the prose is shown by a script: it is the document, unless it says again what can be seen (to be read aloud)."""
SAMPLES, SAMPLE = 20, 24
"""A hidden part is a copy where half of so many stretches of its text, each of so many characters, stand elsewhere on the page."""
SENTENCE_CHARS = 40
"""A line from this length on is prose even without a mark of it."""
LINKED = 0.5
"""A line of which this much is links is navigation."""

_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "form", "menu"))
# A mark of prose: the end of a sentence, or a heading's or item's number at the beginning (（一）, 3., 第二章).
_PROSE = re.compile(
    r"[。；！？]|\A\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}\s*[)）、.．]|第[一二三四五六七八九十百]{1,3}[章节篇条])"
)
_SEPARATORS = str.maketrans("", "", "-_")
_STRIP_MARKS = str.maketrans("", "", STRUCTURE_MARKS)
# The name of a file that an attachment link shows, or what such a line is called.
_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|ceb)\b|附件|附表|附:|附：", re.IGNORECASE)


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """Names of content parts and of furniture, without case, - and _."""
    words = vocabulary("html")
    content = {name.lower() for entry in words["content"] for name in entry["names"]}
    furniture = {name.lower() for names in words["furniture"].values() for name in names}
    return frozenset(content), frozenset(furniture)


@lru_cache(maxsize=4096)
def part_kind(names: str) -> str:
    """What an element's id and classes say that it is: ``content``, ``furniture``, or nothing."""
    content, furniture = _names()
    words = names.lower().translate(_SEPARATORS).split()
    if not content.isdisjoint(words):
        return "content"
    if not furniture.isdisjoint(words):
        return "furniture"
    long = tuple(word for word in furniture if len(word) > 4)
    return "furniture" if any(word.startswith(long) or word.endswith(long) for word in words) else ""


def kind_of(part: Part) -> str:
    """What a part is by its names, or by its tag."""
    element = part.element
    name, classes = element.get("id"), element.get("class")
    kind = part_kind(f"{name or ''} {classes or ''}") if name or classes else ""
    return "furniture" if not kind and element.tag in _FURNITURE_TAGS else kind


def weigh(block: Block) -> float:
    """How many characters of prose a block holds: all of a sentence, an item or a table, little of anything else."""
    size = len(block.text)
    if block.shape is not None:
        return float(len(block.text.translate(_STRIP_MARKS)))
    if block.linked > LINKED * size:
        return 0.0
    size = len(block.text.strip())
    return float(size) if size >= SENTENCE_CHARS or _PROSE.search(block.text) else 0.2 * size


def choose(page: Page, without: Container[int] = ()) -> tuple[list[bool], int, int]:
    """Which blocks are the document: a flag for each, and the range of blocks that the chosen part covers.

    ``without`` are the numbers of blocks that are none of it (metadata tables). Guarantees: a page with any visible
    text beside those gives some.
    """
    weights = [0.0 if n in without else weigh(block) for n, block in enumerate(page.blocks)]
    sums = [0.0, *accumulate(weights)]
    out = _excluded(page, sums)
    sums = [0.0, *accumulate(0.0 if dropped else weight for dropped, weight in zip(out, weights, strict=True))]
    parts = [part for part in page.parts if part.end - part.start != 1 or page.blocks[part.start].shape is None]  # a table is in a document
    start, end = _document_part(parts, sums)
    chosen = [start <= n < end and not dropped and n not in without for n, dropped in enumerate(out)]
    for part in page.parts:
        if part.element.tag in ("ul", "ol", "dl", "div") and start <= part.start < part.end <= end:
            _drop_links(page.blocks, part, chosen)
    return chosen, start, end


def _excluded(page: Page, sums: Sequence[float]) -> list[bool]:
    """Blocks in hidden parts and in furniture, but not where that would be most of the page."""
    out = [False] * len(page.blocks)
    total = sums[-1]
    for part in page.parts:
        if part.start == part.end:
            continue
        share = (sums[part.end] - sums[part.start]) / total if total else 0.0
        if part.hidden:
            left_out = share < HIDDEN_SHARE or _is_copy(page.blocks, part)
        else:
            left_out = share < FURNITURE_SHARE and kind_of(part) == "furniture"
        if left_out:
            out[part.start : part.end] = [True] * (part.end - part.start)
    return out


def _is_copy(blocks: Sequence[Block], part: Part) -> bool:
    """Whether the rest of the page says what a hidden part says."""
    own = _words(blocks[part.start : part.end])
    rest = _words([*blocks[: part.start], *blocks[part.end :]])
    samples = [own[at : at + SAMPLE] for at in range(0, len(own) - SAMPLE, max(1, len(own) // SAMPLES))]
    return bool(samples) and 2 * sum(sample in rest for sample in samples) >= len(samples)


def _words(blocks: Sequence[Block]) -> str:
    return "".join("".join(block.text.translate(_STRIP_MARKS).split()) for block in blocks)


def _document_part(parts: Sequence[Part], sums: Sequence[float]) -> tuple[int, int]:
    """The smallest part that holds the document; everything where the page has no prose."""
    total = sums[-1]
    everything = (0, len(sums) - 1)
    if not total:
        return everything

    def prose(part: Part) -> float:
        return sums[part.end] - sums[part.start]

    known = [part for part in parts if prose(part) >= KNOWN_SHARE * total and kind_of(part) == "content"]
    most = max(map(prose, known), default=0.0)
    candidates = [part for part in known if prose(part) >= CONTENT_SHARE * most]
    if not candidates:
        candidates = [part for part in parts if part.element.tag != "p" and prose(part) >= CONTENT_SHARE * total]
    if not candidates:
        return everything
    best = min(candidates, key=lambda part: part.end - part.start)
    return best.start, best.end


def _drop_links(blocks: Sequence[Block], part: Part, chosen: list[bool]) -> None:
    """Leave out a list of links to other pages; lists of attachments stay."""
    inside = blocks[part.start : part.end]
    size = sum(len(block.text) for block in inside)
    linked = sum(block.linked for block in inside)
    if len(inside) >= 3 and linked > 0.8 * size and not any(_ATTACHMENT.search(block.text) for block in inside):
        chosen[part.start : part.end] = [False] * len(inside)
