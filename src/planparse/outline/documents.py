"""Which documents a text holds, and each one's outline: a notice and what it sends out are one document; a further title begins another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol

from planparse.data.words import worded
from planparse.language.shapes import Rank, rank_of
from planparse.language.shapes.lines import reads_as_title
from planparse.language.tidy import fold, tidy
from planparse.model.document import CleanDocument, Grid, Outline, Paragraph, Section
from planparse.model.findings import Code, Note
from planparse.model.records import SectionKind
from planparse.outline.accounting import account
from planparse.outline.back import MAX_LINES, back_lines, take_back_matter
from planparse.outline.contents import Contents
from planparse.outline.evidence import Evidence
from planparse.outline.front import (
    Front,
    names_sent_out,
    names_to_comment,
    notice_title,
    own_title,
    period_line,
    read_front,
)
from planparse.outline.genre import genre_of, speaks_as_plans
from planparse.outline.kinds.by_title import kind_of_title
from planparse.outline.kinds.chapters import assign_kinds
from planparse.outline.places import Place, is_article
from planparse.outline.readings import ITEM, SECTIONS
from planparse.outline.search import Choice
from planparse.outline.tree import Piece, Tree, first_of_text, part_starts
from planparse.outline.trust import outline_trust, section_trust
from planparse.outline.weights import weights

MAX_FRONT = 120
"""A notice and a title page take no more lines than this before the first chapter."""
MAX_PAGE_HEAD = 200
MAX_SIGNED = 12
"""A notice's signature and what it lists as attached take no more lines."""
MAX_NUMBER = 4
"""附件1 before the name of what is attached."""
MAX_SEEN = 60
"""Places below an annex title among which the chapters of a plan are looked for."""
_PLAN = worded(r"(?:方案|计划|规划|纲要|要点)<drafts>?$")
"""How the title of a plan ends that a notice attaches without naming it, its signs left out."""
MAX_ORDERS, MAX_NOTICE = 6, 2_500
"""A notice gives no more numbered orders, and has no more characters; what is longer is a document of its own."""
MAX_TITLE_LINES = 3
"""附件, and a title over two lines."""
_LISTS = ("表", "目录", "名单", "清单")


class Read(Protocol):
    """What documents are made of (see ``planparse.outline.Reading``)."""

    @property
    def contents(self) -> Contents: ...
    @property
    def choices(self) -> list[Choice]: ...
    @property
    def notes(self) -> tuple[Note, ...]: ...


def mark_documents(evidence: Evidence) -> None:
    """Say of each title line whether a count begins anew below it, behind other counts, and whether a notice above names it."""
    places = evidence.places
    titles = [n for n, p in enumerate(places) if p.form == "title" or (p.form == "annex" and p.titles)]
    if not titles:
        return
    lines = [evidence.text[x.start : x.end] for x in evidence.lines[:400] if x.end - x.start <= 400]
    sent = {fold(own_title(name)) for name in (*names_sent_out(lines), *names_to_comment(lines))}
    first = next((n for n, p in enumerate(places) if p.form in ("mark", "style") and "lonely" not in p.features), len(places))
    for n in titles:
        place = places[n]
        title = fold(evidence.text[place.end : place.titles[0].end])
        if n > first and _begins_anew(places, n):
            place.features.add("below_first")
        if title and any(name and (name in title or title in name) for name in sent):
            place.features.add("sent_out")
        elif place.form == "annex" and _PLAN.search(title) and _opens_as_a_plan(evidence, n):
            place.features.add("attached")


def _opens_as_a_plan(evidence: Evidence, n: int) -> bool:
    """Whether two of the headings below an annex title are named as the chapters of a plan are: then a notice attaches a plan of its own."""
    kinds: set[str | None] = set()
    below = evidence.places[n].titles[0].end
    for place in islice(evidence.places, n + 1, n + 1 + MAX_SEEN):
        if place.form in ("annex", "title") and place.start >= below:
            break
        if place.form == "mark" and rank_of(place.style) <= Rank.CHINESE:
            kinds |= {kind_of_title(evidence.text[place.end : title.end]) for title in place.titles}
    return len(kinds - {None, SectionKind.ANNEX}) > 1


def _begins_anew(places: Sequence[Place], n: int) -> bool:
    """Whether the next number below a title line is one."""
    following = next((p for p in places[n + 1 : n + 12] if p.form == "mark" and "figure" not in p.features), None)
    return following is not None and following.ordinals[-1] == 1


# ---- from pieces to outlines -----------------------------------------------------------------------------------------


def outlines_of(clean: CleanDocument, pieces: list[Piece | Grid], reading: Read) -> tuple[Outline, ...]:
    """One outline a document. What only sends out the next is its front."""
    starts = [_page_head(pieces, n, floor) for floor, n in zip([0, *part_starts(pieces)], part_starts(pieces), strict=False)]
    bounds = [(a, b) for a, b in zip(starts, [*starts[1:], len(pieces)], strict=True) if b > a] or [(0, len(pieces))]
    parts = _with_notices(pieces, bounds)
    outlines = [_outline(clean, pieces[a:b], n, below - a, reading) for n, (a, below, b) in enumerate(parts, 1)]
    return tuple(one if n == 0 else _behind_its_notice(one, outlines[0]) for n, one in enumerate(outlines))


def _behind_its_notice(one: Outline, first: Outline) -> Outline:
    """A further document that the first one's notice sends out, too, or lists as attached, has that notice before it."""
    sent = {fold(own_title(name)) for name in names_sent_out([p.text for p in first.front if len(p.text) <= 400])}
    if not one.title or fold(one.title) in sent:
        return replace(one, front=(*first.front[:-1], *one.front)) if one.title else one
    if not (first.title or "").endswith("通知"):
        return one
    ends = [*(p for c in first.chapters[-1:] for s in c.walk() for p in s.paragraphs), *first.back][-MAX_SIGNED:]
    title = fold(one.title)
    listed = any(len(line) <= len(title) + MAX_NUMBER and line.endswith(title) for p in (*first.preamble, *ends) if isinstance(p, Paragraph) and (line := fold(p.text)))
    return replace(one, front=(*first.front, *ends, *one.front)) if listed else one


def _with_notices(pieces: list[Piece | Grid], bounds: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """(start, where its own text begins, end) of each document: a part that only gives orders and sends out the next goes before it."""
    parts: list[tuple[int, int, int]] = []
    head: int | None = None
    for n, (a, b) in enumerate(bounds):
        if n + 1 < len(bounds) and (_only_sends(pieces[a:b]) or _lets_comment(pieces[a:b], pieces[b:])):
            head = a if head is None else head
            continue
        parts.append((a if head is None else head, a, b))
        head = None
    return parts


def _only_sends(pieces: Sequence[Piece | Grid]) -> bool:
    """Whether a part is a notice without chapters: it names what it sends out, and its numbered paragraphs, if any, are orders."""
    texts = [p.text for p in pieces if isinstance(p, Piece)]
    names = {fold(own_title(name)) for name in names_sent_out([t for t in texts if len(t) <= 400])}
    if not names or any(len(t) <= MAX_PAGE_HEAD and fold(t) in names for t in texts):
        return False  # what is sent out stands here itself
    headed = [p for p in pieces if isinstance(p, Piece) and p.choice is not None and p.choice.reading.kind in SECTIONS]
    return len(headed) <= MAX_ORDERS and sum(map(len, texts)) <= MAX_NOTICE


def _lets_comment(pieces: Sequence[Piece | Grid], below: Sequence[Piece | Grid]) -> bool:
    """Whether a part is a call for comments on what stands below it."""
    texts = [p.text for p in pieces if isinstance(p, Piece)]
    names = [fold(own_title(name)) for name in names_to_comment([t for t in texts if len(t) <= 400])]
    titles = [fold(own_title(p.text)) for p in below[:MAX_TITLE_LINES] if isinstance(p, Piece) and reads_as_title(p.text)]
    return any(name.startswith(title) for name in names for title in titles) and sum(map(len, texts)) <= MAX_NOTICE


def _page_head(pieces: list[Piece | Grid], n: int, floor: int) -> int:
    """The first of the lines above piece ``n`` that head its page: anything short that neither ends nor signs the document before."""
    while n - 1 > floor:
        above = pieces[n - 1]
        if isinstance(above, Grid) or "。" in above.text or len(above.text) > MAX_PAGE_HEAD or (above.choice and above.choice.reading.kind in (*SECTIONS, ITEM)) or back_lines([above.paragraph()]):
            break
        n -= 1
    return n


def _outline(clean: CleanDocument, pieces: list[Piece | Grid], part: int, below: int, reading: Read) -> Outline:
    first = below + first_of_text(pieces[below:])
    lines = [p.paragraph() for p in pieces[:first] if isinstance(p, Piece)][: below + MAX_FRONT]
    front = read_front(lines, clean.metadata.get("title") if part == 1 else None)
    title, title_span = _titled(front, lines)
    head = lines[front.body - 1].end if front.body else 0
    body = [p for p in pieces if p.start >= head]
    if title is None:
        title, title_span = _title_of_table(body)
    back = back_lines([p.paragraph() if isinstance(p, Piece) else p for p in body[-2 * MAX_LINES :]])
    tree = Tree(clean.text)
    tree.build(body[: len(body) - len(back)])
    chapters = tuple(tree.chapters)
    signed = back_lines(tree.preamble) if chapters and chapters[0].title.startswith("附") else []
    del tree.preamble[len(tree.preamble) - len(signed) :]
    back = [*signed, *take_back_matter(tree.chapters), *back]
    articles = sum(isinstance(p, Piece) and p.choice is not None and is_article(p.choice.place) for p in pieces)
    start, end = (pieces[0].start, pieces[-1].end) if pieces else (0, 0)
    text = clean.text.text[start:end]
    if not speaks_as_plans(text) and not (title and reads_as_title(title)):  # a novel, a recipe: its numbers head nothing
        tree.preamble[:], chapters = [p.paragraph() if isinstance(p, Piece) else p for p in body], ()
    if title and not chapters and not any(isinstance(p, Grid) for p in pieces) and _only_sends(pieces):
        title = notice_title([p.text for p in lines]) or title  # what it sends out is not here
    genre = genre_of(title, chapters, text, articles)
    assign_kinds(chapters, title or "", plan=genre.plan, law=not genre.chapters)
    for section in (s for c in chapters for s in c.walk()):
        section.trust = section_trust(tree.choices.get(section.start))
    here = [c for c in reading.choices if start <= c.place.start < end]
    prose = end - start - sum(p.end - p.start for p in pieces if isinstance(p, Grid))
    unread = account(here, clean.text, start, end) if chapters else [Note(Code.NO_HEADINGS, "none")]
    notes = [*(reading.notes if part == 1 else ()), *tree.notes, *unread, *(_contents_notes(reading.contents, chapters) if part == 1 else ())]
    return Outline(
        clean=clean,
        title=own_title(title) if title else None,
        title_span=title_span,
        front=tuple(lines[: front.body]),
        preamble=tuple(tree.preamble),
        chapters=chapters,
        back=tuple(back),
        start=start,
        end=end,
        prose=prose,
        part=part,
        notes=tuple(notes),
        trust=outline_trust(here, prose, end - start, weights()),
        plan=genre.plan,
    )


def _titled(front: Front, lines: list[Paragraph]) -> tuple[str | None, tuple[int, int] | None]:
    """The title of a title page, with the period that stands below it, and where it stands."""
    if front.body <= front.first or not lines:
        return front.title, None
    period = _period_after(lines, front.first, front.body)
    title = front.title + period if front.title and period and period not in front.title else front.title
    return title, (lines[front.first].start, lines[front.body - 1].end)


def _title_of_table(body: Sequence[Piece | Grid]) -> tuple[str | None, tuple[int, int] | None]:
    """The title of a document that begins with a table: the table's own."""
    grid = next((b for b in body[:2] if not (isinstance(b, Piece) and b.text.startswith("附"))), None)
    if isinstance(grid, Grid) and grid.caption and (reads_as_title(grid.caption) or grid.caption.endswith(_LISTS)):
        return grid.caption, (grid.start, grid.end)
    return None, None


def _period_after(lines: list[Paragraph], first: int, body: int) -> str | None:
    texts = [tidy(p.text) for p in lines]
    return next((period for n in range(first, body) if (period := period_line(texts, n))), None)


def _contents_notes(contents: Contents, chapters: Sequence[Section]) -> list[Note]:
    """Entries of the table of contents that no heading of the body bears."""
    if not contents.entries:
        return []
    titles = {fold(f"{s.number_raw or ''}{s.title}") for c in chapters for s in c.walk()}
    titles |= {fold(s.title) for c in chapters for s in c.walk()}
    missing = [e for e in contents.entries if (f := fold(e)) and f not in titles]
    return [Note.of(Code.TOC_BODY_MISMATCH, "entry", entry=entry[:60]) for entry in missing]
