"""What the search took → the heading tree: sections with their paragraphs, boxes and tables; paragraphs are cut where the tree says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from planparse.language.shapes import Rank, rank_of
from planparse.language.shapes.lines import annex_caption, box_caption, leaders
from planparse.language.tidy import tidy
from planparse.model.document import Box, Grid, Item, Paragraph, Section
from planparse.model.findings import Code, Note
from planparse.model.text import MappedText
from planparse.outline.blocks import Block
from planparse.outline.contents import Contents
from planparse.outline.places import Line
from planparse.outline.readings import ANNEX, BOX, DOCUMENT, FRONT, HEADING, ITEM, PLAIN, SECTIONS
from planparse.outline.search import Choice

_CLOSERS = "。；：:;，,、！？】〗| \t\n\r\x0b\u3000*#_"
_ONLY_NUMBER = re.compile(r"[\d一二三四五六七八九十]{1,3}")
_NAME = re.compile(r"[^。，；：:！？\n]{2,40}")
# 强化队伍建设。 at the beginning of a paragraph, or alone on its line
_LEAD = re.compile(r"[\u4e00-\u9fff“][^。，；：！？\n]{2,29}。")
MAX_CAPTION = 60


class Piece(NamedTuple):
    """A paragraph, or a part of one that the tree cuts off, with what was taken at its start."""

    text: str
    start: int
    end: int
    choice: Choice | None = None
    frame: int | None = None

    def paragraph(self, start: int | None = None) -> Paragraph:
        """It as a paragraph, from ``start`` on, without the blanks and bars around it."""
        begin = self.start if start is None else start
        text = self.text[begin - self.start :]
        left = len(text) - len(text.lstrip(" \t\u3000"))
        text = text.strip(" \t\u3000").rstrip(" |")
        return Paragraph(text, begin + left, begin + left + len(text))


def cut_blocks(blocks: Iterable[Block], lines: Iterable[Line], choices: Iterable[Choice], contents: Contents) -> list[Piece | Grid]:
    """The blocks in order, paragraphs cut where something was taken inside them, without the table of contents."""
    taken: dict[int, list[Choice]] = {}
    for choice in choices:
        if choice.reading.kind != PLAIN:
            taken.setdefault(choice.place.line.start, []).append(choice)
    frames = {line.start: line.frame for line in lines if line.frame is not None}
    out: list[Piece | Grid] = []
    for block in blocks:
        if isinstance(block, Grid):
            out.append(block)
            continue
        out += _cut(block, taken.get(block.start, []), frames.get(block.start))
    return out if contents.end < 0 else [kept for piece in out if (kept := piece if isinstance(piece, Grid) else _without(piece, contents)) is not None]


def _without(piece: Piece, contents: Contents) -> Piece | None:
    """The piece, or what of it stands behind the table of contents."""
    if contents.start <= piece.start and piece.end <= contents.end:
        return None
    if piece.start < contents.end < piece.end and contents.start <= piece.start:
        return Piece(piece.text[contents.end - piece.start :], contents.end, piece.end, piece.choice, piece.frame)
    if piece.start < contents.start < piece.end:
        return Piece(piece.text[: contents.start - piece.start], piece.start, contents.start, piece.choice, piece.frame)
    return piece


def _cut(block: Paragraph, choices: list[Choice], frame: int | None) -> Iterator[Piece]:
    at, here = block.start, None
    if not choices and not block.text.isspace():
        yield Piece(block.text, at, block.end, None, frame)
        return
    for choice in choices:
        if choice.place.before in ("start", "deco", "page"):
            here = choice
            continue
        start = choice.place.start
        if block.text[at - block.start : start - block.start].strip():
            yield Piece(block.text[at - block.start : start - block.start].rstrip(" \t\u3000"), at, start, here, frame)
        at, here = start, choice
    if block.text[at - block.start :].strip():
        yield Piece(block.text[at - block.start :], at, block.end, here, frame)


@dataclass(slots=True)
class Tree:
    """The sections of one document while they are put together; ``preamble`` is what stands before the first."""

    text: MappedText
    preamble: list[Item] = field(default_factory=list)
    chapters: list[Section] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    choices: dict[int, Choice] = field(default_factory=dict)
    """What each section was taken from, by its start."""
    _stack: list[Section] = field(default_factory=list)
    _box: _OpenBox | None = None
    _last: dict[int, int] = field(default_factory=dict)

    def build(self, pieces: list[Piece | Grid]) -> None:
        at = 0
        while at < len(pieces):
            at += self._take(pieces, at)
        self._close_box()
        self._settle_orphans()
        for chapter in self.chapters:
            for section in chapter.walk():
                section.end = max(section.end, max((i.end for i in section.items), default=section.end))

    def _settle_orphans(self) -> None:
        """Sections whose chapter's heading is lost keep the level that their style has elsewhere in the document."""
        usual: dict[Rank, int] = {}
        numbered = [c for c in self.chapters if c.rank != Rank.FRONT]
        for section in (s for c in numbered for s in c.walk() if s.parent is not None):
            usual.setdefault(Rank(section.rank), section.level)
        top = min((c.rank for c in numbered), default=Rank.FRONT)
        for chapter in numbered:
            deeper = usual.get(Rank(chapter.rank), 1) - chapter.level
            if deeper > 0 and chapter.rank > top:
                for section in chapter.walk():
                    section.level += deeper

    def _take(self, pieces: list[Piece | Grid], at: int) -> int:
        """Place piece ``at``; returns how many pieces it took."""
        piece = pieces[at]
        if isinstance(piece, Grid):
            self._take_grid(piece)
            return 1
        kind = piece.choice.reading.kind if piece.choice else PLAIN
        if self._box is not None and self._box.frame is not None and piece.frame != self._box.frame:
            self._close_box()
        if kind == BOX:
            return self._open_box(pieces, at)
        if kind in SECTIONS and piece.choice is not None:
            self._close_box()
            return self._open(pieces, at, piece.choice)
        self._place(piece.paragraph())
        return 1

    def _take_grid(self, grid: Grid) -> None:
        if self._box is not None and grid.number_raw is None:
            self._box.items.append(grid)
            return
        self._close_box()
        self._open_annex_of(grid)
        self._place(grid)

    def _open_annex_of(self, grid: Grid) -> None:
        """A table whose first line is the title of an annex is that annex: 附表：重点项目表."""
        end = self.text.text.find("\n", grid.start, grid.end)
        line = self.text.text[grid.start : end if end >= 0 else grid.start]
        caption = annex_caption(line) if self.chapters else None
        if caption is not None and caption.title:
            section = Section(1, None, None, tidy(f"{caption.raw}：{caption.title}"), grid.start, end, end, rank=Rank.FRONT)
            self.chapters.append(section)
            self._stack = [section]

    def _place(self, item: Item) -> None:
        if not (isinstance(item, Paragraph) and not item.text):
            (self._stack[-1].items if self._stack else self.preamble).append(item) if self._box is None or self._ends_box(item) else self._box.items.append(item)

    # ---- sections ----------------------------------------------------------------------------------------------------

    def _open(self, pieces: list[Piece | Grid], at: int, choice: Choice) -> int:
        """A section, with the lines that its title takes; what runs on behind the title is its first paragraph."""
        level = choice.level
        while self._stack and self._stack[-1].level >= level:
            self._stack.pop()
        parent = self._stack[-1] if self._stack else None
        place, title_end = choice.place, choice.reading.title.end if choice.reading.title else choice.place.end
        took, last = 1, pieces[at]
        while at + took < len(pieces) and isinstance(follower := pieces[at + took], Piece) and follower.start < title_end:
            took, last = took + 1, follower
        raw, title, rank = self._named(choice, title_end)
        below = pieces[at + took] if at + took < len(pieces) else None
        if choice.reading.kind == ANNEX and isinstance(below, Grid) and below.caption and title == place.raw:
            title = tidy(f"{place.raw}：{below.caption}")
        section = Section(
            len(self._stack) + 1, raw, place.ordinals[-1] if place.form == "mark" else None, title, place.start, title_end, title_end, parent=parent, rank=rank,
        )  # fmt: skip
        self.choices[section.start] = choice
        (parent.children if parent else self.chapters).append(section)
        self._stack.append(section)
        if place.form == "mark":
            self._check_number(section)
        rest = last.paragraph(self._rest(title_end, last.end)) if isinstance(last, Piece) else None
        if rest is not None and rest.text:
            section.run_in = True
            section.items.append(rest)
        return took

    def _rest(self, start: int, end: int) -> int:
        while start < end and self.text.text[start] in _CLOSERS:
            start += 1
        return start

    def _named(self, choice: Choice, title_end: int) -> tuple[str | None, str, Rank]:
        """Number, title and rank of a section."""
        place, text = choice.place, self.text.text
        title = text[place.end : title_end].strip(_CLOSERS)
        if choice.reading.kind == HEADING and (cut := leaders(title)) is not None and cut and not title[cut - 1 :].strip("0123456789")[:1].isalnum():
            title = title[:cut].strip(_CLOSERS) if "again" in place.features else title
        if choice.reading.kind == ANNEX:
            shown = f"{place.raw}：{title}" if title and place.raw else title or place.raw
            return None, tidy(shown), Rank.FRONT
        if choice.reading.kind == FRONT:
            return None, re.sub(r"[\s：:]", "", title), Rank.FRONT
        rank = rank_of(place.style) or Rank.CHINESE
        return (place.raw if place.form == "mark" else None), title, rank

    def _check_number(self, section: Section) -> None:
        """A number is right when it is the next among its siblings, or the next of its style in the document."""
        ordinal = section.ordinal or 0
        above = islice(reversed(section.parent.children if section.parent else self.chapters), 1, None)
        expected = next((s.ordinal for s in above if s.rank == section.rank and s.ordinal is not None), 0) + 1
        if ordinal not in (expected, self._last.get(section.rank, 0) + 1):
            start, end = self.text.span(section.start, section.title_end)
            self.notes.append(Note.of(Code.NUMBERING_GAP, "gap", start, end, found=section.number_raw, expected=expected))
        self._last[section.rank] = ordinal

    # ---- boxes -------------------------------------------------------------------------------------------------------

    def _open_box(self, pieces: list[Piece | Grid], at: int) -> int:
        piece = pieces[at]
        assert isinstance(piece, Piece)
        caption = box_caption(piece.paragraph().text.strip(" *#"))
        marker, title = (caption.raw, caption.title) if caption else ("专栏", piece.paragraph().text)
        took, end = 1, piece.end
        while took < 3 and not title and at + took < len(pieces):  # 专栏 ⏎ 1 ⏎ 国家枢纽建设工程
            follower = pieces[at + took]
            if not isinstance(follower, Piece) or len(follower.text) > MAX_CAPTION or "。" in follower.text[:-1]:
                break
            if marker == "专栏" and _ONLY_NUMBER.fullmatch(follower.text.strip(" |")):
                marker += follower.text.strip(" |")
            elif follower.choice is None:
                title = follower.text.strip(" |：:。")
            else:
                break
            took, end = took + 1, follower.end
        self._close_box()
        placed = self._stack[-1].items if self._stack else self.preamble
        again = placed[-1] if placed and isinstance(placed[-1], Box) and (placed[-1].number_raw, placed[-1].caption) == (marker, title) else None
        if again is not None:  # a box that goes on over a page break repeats its caption
            placed.pop()
        piped = piece.text.rstrip().endswith("|")
        self._box = _OpenBox(marker, title, again.start if again else piece.start, end, piece.frame, piped, list(again.items) if again else [], _counted(pieces, at + took))
        return took

    def _ends_box(self, item: Item) -> bool:
        """Whether a paragraph stands behind the open box, not in it."""
        box = self._box
        assert box is not None
        if isinstance(item, Paragraph) and (box.ended(self.text.text, item) or self._back_in_body(item)):
            self._close_box()
            return True
        return False

    def _back_in_body(self, item: Paragraph) -> bool:
        """A lead behind the last numbered item or plain text of a box, in a section of leads, is the section's again: 畅通通道。…"""
        if self._box is None or not self._box.items or not self._stack or not _LEAD.match(item.text) or item.start < self._box.counted:
            return False
        first, above = self._box.items[0], self._box.items[-1]
        if above.start == self._box.counted and isinstance(above, Paragraph) and _NAME.fullmatch(above.text):
            return False  # 03 渔港 ⏎ 建设码头5处。
        led = [p for p in self._stack[-1].paragraphs if _LEAD.match(p.text)]
        return isinstance(first, Paragraph) and not _LEAD.match(first.text) and bool(led)

    def _close_box(self) -> None:
        if self._box is None:
            return
        box, self._box = self._box, None
        items = tuple(i for i in box.items if not isinstance(i, Box))
        if box.title or items:
            self._place(Box(box.marker, box.title, box.start, items[-1].end if items else box.end, items))


def _counted(pieces: list[Piece | Grid], at: int) -> int:
    """Where the last item begins of the count that a box opens with, before the next section or box; -1 without one."""
    counted, style, ordinal = -1, None, 0
    for n in range(at, len(pieces)):
        piece = pieces[n]
        if isinstance(piece, Grid) or (choice := piece.choice) is None:
            continue
        if choice.reading.kind in SECTIONS or choice.reading.kind == BOX:
            break
        if choice.reading.kind == ITEM and choice.place.ordinals[-1] == ordinal + 1 and style in (None, choice.place.style):
            counted, style, ordinal = piece.paragraph().start, choice.place.style, ordinal + 1
    return counted


@dataclass(slots=True)
class _OpenBox:
    """A box while it is filled."""

    marker: str
    title: str
    start: int
    end: int
    frame: int | None
    piped: bool
    """The box is a table cell: its caption and its last line end in a bar."""
    items: list[Item] = field(default_factory=list)
    counted: int = -1
    """Where the last item of its count begins: before it, the box goes on."""
    over: bool = False
    """The bar that ends it was met."""

    def ended(self, text: str, item: Paragraph) -> bool:
        barred = text[item.end : item.end + 2].strip().startswith("|")
        if self.over and not barred:
            return True
        self.over = self.piped and barred
        return False


def part_starts(pieces: list[Piece | Grid]) -> list[int]:
    """Where documents begin among the pieces: 0, and each piece that the search took for the title of another."""
    return [0, *(n for n, piece in enumerate(pieces) if n and isinstance(piece, Piece) and piece.choice is not None and piece.choice.reading.kind == DOCUMENT)]


def first_of_text(pieces: list[Piece | Grid]) -> int:
    """Index of the first piece that begins a section or a numbered box, where no front is any more; their number where none does."""
    return next((n for n, piece in enumerate(pieces) if isinstance(piece, Piece) and piece.choice is not None and _is_of_text(piece.choice)), len(pieces))


def _is_of_text(choice: Choice) -> bool:
    return choice.reading.kind in SECTIONS or (choice.reading.kind == BOX and choice.place.ordinals != (0,))


