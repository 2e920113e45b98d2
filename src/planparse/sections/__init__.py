"""Clean text → outline: the heading tree, with tables as grids and boxes in their places; one outline a document of the file."""

from __future__ import annotations

import re

from planparse.language.markers import Rank, find_marker
from planparse.language.tidy import tidy
from planparse.model.document import CleanDocument, Grid, Outline, Paragraph, Section
from planparse.model.findings import Code, Note
from planparse.model.options import USUAL, Thresholds
from planparse.sections.blocks import Block, find_blocks
from planparse.sections.headings import Heading, Headings, annex_title
from planparse.sections.kinds import assign_kinds
from planparse.sections.titles import is_title, own_title, period_line, plan_after_notice, read_front
from planparse.sections.tree import TreeBuilder, back_lines, take_back_matter

__all__ = ["outline"]

_FOLD = re.compile(r"[\W_]+")
NOTICE_LINES = 80
"""A notice ends within so many lines, also one with items of its own."""
FRONT_LINES = 40
"""A notice and a title page take no more lines than this before the first chapter."""


def outline(clean: CleanDocument, thresholds: Thresholds = USUAL) -> tuple[Outline, ...]:
    """The outlines of the documents that the text holds, in order (nearly always one)."""
    blocks, notes = find_blocks(clean)
    headings = Headings(thresholds.heading_stretch)
    below = _below_notice(blocks)
    bounds = _split(blocks, headings, below)
    outlines = [_outline_one(clean, blocks[a:b], n, headings, below if a == 0 else None) for n, (a, b) in enumerate(bounds, 1)]
    first = outlines[0]
    outlines[0] = _with_notes(first, (*notes, *first.notes))
    return tuple(outlines)


def _with_notes(one: Outline, notes: tuple[Note, ...]) -> Outline:
    from dataclasses import replace

    return replace(one, notes=notes)


# ---- several documents in one file -----------------------------------------------------------------------------------


def _split(blocks: list[Block], find: Headings, below: int) -> list[tuple[int, int]]:
    """Block spans of the documents: a new one begins at a title after which the chapters count from one again.

    What stands before block ``below`` is a notice with items of its own.
    """
    headings = {n: h for n, b in enumerate(blocks) if n >= below and isinstance(b, Paragraph) and (h := find(b)) and h.rank <= Rank.DECIMAL}
    chapter_rank = min((h.rank for h in headings.values() if Rank.FRONT < h.rank <= Rank.CHINESE), default=None)
    if chapter_rank is None:
        return [(0, len(blocks))]
    starts = [0]
    count = last = 0
    notices = _notices(blocks)
    for n, heading in headings.items():
        sent_out = next((m for m in notices if last < m < n), None)
        if count >= 2 and sent_out is not None:
            starts.append(_page_head(blocks, sent_out, starts[-1], find))
            count = 0
        if heading.rank != chapter_rank:
            continue
        if heading.ordinal == 1 and count >= 2:
            title = _title_before(blocks, n, starts[-1], find)
            if title is not None:
                starts.append(title)
                count = 0
        count, last = count + 1, n
    return list(zip(starts, [*starts[1:], len(blocks)], strict=True))


def _below_notice(blocks: list[Block]) -> int:
    """Where the plan begins below a notice that has numbered items of its own; else 0."""
    head = [(n, b) for n, b in enumerate(blocks[:NOTICE_LINES]) if isinstance(b, Paragraph)]
    title = plan_after_notice([b for _, b in head])
    return head[title][0] if title is not None else 0


def _title_before(blocks: list[Block], n: int, floor: int, headings: Headings) -> int | None:
    """Index of the first block of the document whose chapters begin at ``n``, or None where it is an annex or no document."""
    for m in range(n - 1, max(floor, n - 12), -1):
        block = blocks[m]
        if isinstance(block, Grid):
            return None
        if block.text.startswith("附"):
            return None
        if is_title(tidy(block.text)) and headings(block) is None:
            return _page_head(blocks, m, floor, headings)
    return None


def _page_head(blocks: list[Block], n: int, floor: int, headings: Headings) -> int:
    """The first of the lines above block ``n`` that head its page."""
    while n - 1 > floor and isinstance(above := blocks[n - 1], Paragraph) and _heads_a_page(above, headings):
        n -= 1
    return n


def _notices(blocks: list[Block]) -> list[int]:
    """Where a notice sends something out: 关于印发…的通知, and its addressees within the lines below."""
    found = []
    for n, block in enumerate(blocks):
        if isinstance(block, Paragraph) and "通知" in block.text and len(block.text) <= 120 and "。" not in block.text and _SENDS.search(block.text):
            below = [b for b in blocks[n + 1 : n + 6] if isinstance(b, Paragraph)]
            if any(b.text.rstrip().endswith(("：", ":")) and "各" in b.text for b in below):
                found.append(n)
    return found


_SENDS = re.compile(r"关于(?:印发|转发|发布|下发).{4,100}的?通知")
MAX_PAGE_HEAD = 200


def _heads_a_page(line: Paragraph, headings: Headings) -> bool:
    """Whether a line above a title belongs to it: anything short that neither ends nor signs the document before."""
    return "。" not in line.text and len(line.text) <= MAX_PAGE_HEAD and headings(line) is None and not back_lines([line])


# ---- one document ----------------------------------------------------------------------------------------------------


def _outline_one(clean: CleanDocument, blocks: list[Block], part: int, headings: Headings, below: int | None = None) -> Outline:
    below = _below_notice(blocks) if below is None else below
    _forget_paragraphs(blocks[below:], headings)
    first = below + _first_chapter(blocks[below:], headings)
    front_lines = [b for b in blocks[:first] if isinstance(b, Paragraph)][: below + FRONT_LINES]
    declared = clean.metadata.get("title") if part == 1 else None
    front = read_front(front_lines, declared)
    title, title_span = front.title, None
    if front.body > front.first and front_lines:
        title_span = (front_lines[front.first].start, front_lines[front.body - 1].end)
        period = _period_after(front_lines, front.first, front.body)
        if title and period and period not in title:
            title += period
    head = front_lines[front.body - 1].end if front.body else 0
    body = [b for b in blocks if b.start >= head]
    if title is None:
        title, title_span = _title_of_table(body)
    back = back_lines(body)
    builder = TreeBuilder(clean.text, clean.hints, headings)
    builder.build(body[: len(body) - len(back)])
    chapters = tuple(builder.chapters)
    signed = back_lines(builder.preamble) if chapters and chapters[0].title.startswith("附") else []
    del builder.preamble[len(builder.preamble) - len(signed) :]
    back = [*signed, *take_back_matter(builder.chapters), *back]
    assign_kinds(chapters, explains=title is not None and _EXPLAINS.search(title) is not None)
    notes = [*builder.notes, *_contents_notes(clean, chapters, part)]
    if not chapters:
        notes.append(Note(Code.NO_HEADINGS, "No heading was found; the text is kept as one paragraph list without sections."))
    return Outline(
        clean=clean,
        title=own_title(title) if title else None,
        title_span=title_span,
        front=tuple(front_lines[: front.body]),
        preamble=tuple(builder.preamble),
        chapters=chapters,
        back=tuple(back),
        start=blocks[0].start if blocks else 0,
        end=blocks[-1].end if blocks else 0,
        part=part,
        notes=tuple(notes),
    )


_LISTS = ("表", "目录", "名单", "清单")


def _title_of_table(body: list[Block]) -> tuple[str | None, tuple[int, int] | None]:
    """The title of a document that begins with a table: the table's own."""
    grid = next((b for b in body[:2] if not (isinstance(b, Paragraph) and annex_title(b.text))), None)
    if isinstance(grid, Grid) and grid.caption and (is_title(grid.caption) or grid.caption.endswith(_LISTS)):
        return grid.caption, (grid.start, grid.end)
    return None, None


def _forget_paragraphs(blocks: list[Block], headings: Headings) -> None:
    """Numbered paragraphs of a notice are no chapters: all of 一、… run on into their text, and most begin with a long sentence."""
    found: list[Paragraph] = []
    titles = 0
    for block in blocks:
        if isinstance(block, Paragraph) and (marker := find_marker(block.text)) and marker.rank <= Rank.CHINESE_PAREN:
            heading = headings(block)
            if marker.rank != Rank.CHINESE or (heading is not None and not heading.closed):
                return
            found.append(block)
            titles += heading is not None and len(heading.title) <= MAX_CHAPTER_RUN_IN and not _ORDERS.search(heading.title)
    if found and titles * 2 < len(found):
        headings.forget(found)


MAX_CHAPTER_RUN_IN = 40
_ORDERS = re.compile(r"^(?:各(?:地|级|有关|部门|单位|县|区|市|乡|镇|街道|责任单位|牵头单位)|20\d\d年|本|自|凡|对)|(?:要|应|须|为|将)[^，]{2,}")
_EXPLAINS = re.compile(r"(?:解读|起草说明|编制说明|问答|答记者问)$|(?:同志|主任|局长|厅长|负责人|专家|一图|图文)(?:.{0,2})解读")


def _first_chapter(blocks: list[Block], headings: Headings) -> int:
    """Index of the first block of the first chapter: the first heading that counts one, or the first heading of all."""
    fallback = None
    for n, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        heading = headings(block)
        if heading is None:
            continue
        if _begins(heading):
            return n
        fallback = n if fallback is None else fallback
    return len(blocks) if fallback is None else fallback


def _begins(heading: Heading) -> bool:
    return heading.rank <= Rank.DECIMAL and heading.ordinal in (None, 1)


def _period_after(lines: list[Paragraph], first: int, body: int) -> str | None:
    texts = [tidy(p.text) for p in lines]
    for n in range(first, body):
        if period := period_line(texts, n):
            return period
    return None


def _contents_notes(clean: CleanDocument, chapters: tuple[Section, ...], part: int) -> list[Note]:
    """Entries of the table of contents that no heading of the body bears."""
    if not clean.contents or part > 1:
        return []
    titles = {_FOLD.sub("", f"{s.number_raw or ''}{s.title}") for c in chapters for s in c.walk()}
    bare = {_FOLD.sub("", s.title) for c in chapters for s in c.walk()}
    missing = [e for e in clean.contents if (f := _FOLD.sub("", e)) and f not in titles and f not in bare]
    return [Note(Code.TOC_BODY_MISMATCH, f"The table of contents lists “{entry[:60]}”, which no heading of the body is.") for entry in missing]
