"""Blocks → heading tree: sections by rank, boxes, annexes, run-in text; numbers that are not the next are noted, never changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planparse.language.markers import Rank, find_marker
from planparse.language.offices import opens_with_role
from planparse.language.tidy import tidy
from planparse.model.document import Box, Grid, Item, Paragraph, Section
from planparse.model.findings import Code, Note
from planparse.model.source import LineHint
from planparse.model.text import MappedText
from planparse.sections.blocks import Block
from planparse.sections.headings import Heading, Headings, annex_title, box_caption, find_task

_ONLY_NUMBER = re.compile(r"^[\d一二三四五六七八九十]{1,3}$")
_LIST_ENTRY = re.compile(r"^\d{1,2}\s?[.．、]")
_ORGAN = re.compile(r"(?:局|厅|委|委员会|政府|办公室|办事处|部|院|会|公司|中心|组)$")
_DATE = re.compile(r"^(?:19|20|二[〇○零O0])[\d〇○零一二三四五六七八九]{2}年.{1,3}月.{1,3}日(?:印发)?$")
_PRINTED = re.compile(r"\d日\s?印发$")
MAX_BACK = 8
MAX_COPIES = 300
"""A line that lists who gets copies may be this long."""
_BACK = re.compile(r"^[（(]?(?:抄\s?送|抄\s?报|主\s?送|信息公开选项|公开属性|初\s?校|终\s?校|校对|打\s?印|联系人|联系电话|印发机关)")


@dataclass(slots=True)
class TreeBuilder:
    """Takes blocks in order; ``chapters`` holds the tree afterwards, ``notes`` the gaps in the numbering."""

    text: MappedText
    hints: Mapping[int, LineHint] = field(default_factory=dict)
    headings: Headings = field(default_factory=Headings)
    preamble: list[Item] = field(default_factory=list)
    chapters: list[Section] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    _stack: list[Section] = field(default_factory=list)
    _box: list[Paragraph | Grid] | None = None
    _box_head: tuple[str | None, str, int] = (None, "", 0)
    _box_piped: bool = False
    """The box is a table cell: its caption and its last line end in a bar."""
    _box_ends: bool = False
    _box_frame: int | None = None
    """The frame drawn around the box, where the format knows it: it ends where the frame does."""
    _last: dict[int, int] = field(default_factory=dict)

    def build(self, blocks: list[Block]) -> None:
        n = 0
        while n < len(blocks):
            n += self._take(blocks, n)
        self._close_box()
        for chapter in self.chapters:
            for section in chapter.walk():
                section.end = max(section.end, max((i.end for i in section.items), default=section.end))

    # ---- one block ---------------------------------------------------------------------------------------------------

    def _take(self, blocks: list[Block], n: int) -> int:
        """Place block ``n``; returns how many blocks it took."""
        block = blocks[n]
        if isinstance(block, Grid):
            self._take_grid(block)
            return 1
        if self._box is not None and self._box_frame is not None:
            if self._frame(block) == self._box_frame and box_caption(block.text) is None:
                self._box.append(_bare(block))
                return 1
            if self._frame(block) != self._box_frame:
                self._close_box()
        if box := self._opens_box(blocks, n):
            return box
        if annex := self._opens_annex(blocks, n):
            return annex
        heading = self.headings(block) or self._long_task(blocks, n)
        if heading is None or not self._is_section(heading, block) or self._is_listed(heading, blocks[n + 1 : n + 6]):
            self._place(block)
            return 1
        self._listed = None
        self._close_box()
        self._open(heading)
        return 1

    def _take_grid(self, grid: Grid) -> None:
        if self._box is not None and grid.number_raw is None:
            self._box.append(grid)
            return
        self._close_box()
        self._place(grid)

    def _place(self, item: Item) -> None:
        if self._box is not None and not isinstance(item, Box):
            piped = isinstance(item, Paragraph) and item.text.endswith("|")
            if (self._box_ends and not piped) or self._back_in_body(item):
                self._close_box()
            else:
                self._box_ends = self._box_piped and piped
                self._box.append(_bare(item) if isinstance(item, Paragraph) else item)
                return
        (self._stack[-1].items if self._stack else self.preamble).append(item)

    def _back_in_body(self, item: Item) -> bool:
        """A lead behind numbered items or plain text of a box, in a section of leads, is the section's again: 畅通通道。…"""
        if not isinstance(item, Paragraph) or not self._box or not self._stack or not _opens_with_lead(item):
            return False
        first = self._box[0]
        led = [p for p in self._stack[-1].items if isinstance(p, Paragraph) and _opens_with_lead(p)]
        return isinstance(first, Paragraph) and not _opens_with_lead(first) and bool(led)

    def _frame(self, line: Paragraph) -> int | None:
        hint = self.hints.get(line.start)
        return hint.frame if hint else None

    # ---- boxes -------------------------------------------------------------------------------------------------------

    def _opens_box(self, blocks: list[Block], n: int) -> int:
        block = blocks[n]
        assert isinstance(block, Paragraph)
        caption = box_caption(block.text)
        if caption is None:
            return 0
        marker, title = caption
        took, last = 1, block
        for _ in range(2):  # 专栏 ⏎ 1 ⏎ 国家枢纽建设工程
            follower = blocks[n + took] if n + took < len(blocks) else None
            if title or not isinstance(follower, Paragraph) or len(follower.text) > 60 or "。" in follower.text[:-1]:
                break
            if marker == "专栏" and _ONLY_NUMBER.match(follower.text.strip(" |")):
                marker += follower.text.strip(" |")
            elif self.headings(follower) is None:
                title = follower.text.strip(" |：:。")
            else:
                break
            took, last = took + 1, follower
        follower = blocks[n + took] if n + took < len(blocks) else None
        if not title and not isinstance(follower, Grid):
            return 0
        self._close_box()
        placed = self._stack[-1].items if self._stack else self.preamble
        again = placed[-1] if placed and isinstance(placed[-1], Box) and (placed[-1].number_raw, placed[-1].caption) == (marker, title) else None
        if again is not None:  # a box that goes on over a page break repeats its caption
            placed.pop()
        self._box = list(again.items) if again else []
        self._box_head = (marker, title, again.start if again else block.start)
        self._box_piped = block.text.rstrip().endswith("|")
        self._box_end, self._box_ends, self._box_frame = last.end, False, self._frame(block)
        return took

    _box_end: int = 0

    def _close_box(self) -> None:
        if self._box is None:
            return
        marker, caption, start = self._box_head
        items, self._box = tuple(self._box), None
        end = items[-1].end if items else self._box_end
        self._place(Box(marker, caption, start, end, items))

    # ---- annexes -----------------------------------------------------------------------------------------------------

    def _opens_annex(self, blocks: list[Block], n: int) -> int:
        """A line 附件2：甲 opens a chapter, unless it only lists what is attached."""
        block = blocks[n]
        assert isinstance(block, Paragraph)
        if not block.text.startswith("附") or (not self.chapters and self._stack == [] and n < 2):
            return 0
        annex = annex_title(block.text)
        if annex is None:
            return 0
        if _LIST_ENTRY.match(annex[1]) or (not annex[1] and n + 1 < len(blocks) and _is_entry(blocks[n + 1])):
            took = 1
            while n + took < len(blocks) and _is_entry(blocks[n + took]):
                took += 1
            for listed in blocks[n : n + took]:
                self._place(listed)
            return took
        took, title, end = 1, block.text.strip(" |"), block.end
        follower = blocks[n + 1] if n + 1 < len(blocks) else None
        if not annex[1] and isinstance(follower, Paragraph) and len(follower.text) <= 60 and "。" not in follower.text and self.headings(follower) is None:
            took, title, end = 2, f"{annex[0]}：{follower.text.strip(' |')}", follower.end
            nxt = blocks[n + 2] if n + 2 < len(blocks) else None
            if isinstance(nxt, Paragraph) and len(nxt.text) <= 20 and nxt.text.endswith(("表", "清单", "图", "方案", "计划")) and not title.endswith("表"):
                took, title, end = 3, title + nxt.text.strip(" |"), nxt.end
        elif not annex[1] and isinstance(follower, Grid) and follower.caption:
            title = f"{annex[0]}：{follower.caption}"
        if not _holds_content(blocks, n + took):
            return 0
        self._close_box()
        section = Section(1, None, None, title, block.start, end, end, rank=Rank.FRONT)
        self.chapters.append(section)
        self._stack = [section]
        self._last = {}
        return took

    # ---- headings ----------------------------------------------------------------------------------------------------

    def _is_section(self, heading: Heading, line: Paragraph) -> bool:
        """Inside a box, numbered items are the box's; in the body, a marker below the chapters needs a chapter."""
        if heading.rank in (Rank.CIRCLED,):
            return False
        if self._box is None:
            return True
        if heading.rank <= Rank.CHINESE_PAREN:
            inner = [self.headings(p) for p in self._box if isinstance(p, Paragraph)]
            ranks = {h.rank for h in inner if h}
            return not (heading.rank == Rank.CHINESE_PAREN and self._box_goes_on(heading, ranks, inner))
        if self._box_piped:
            return self._box_ends and not line.text.endswith("|")
        following = self._last.get(heading.rank, 0) + 1
        inner_last = [h.ordinal for p in self._box if isinstance(p, Paragraph) and (h := self.headings(p)) and h.rank == heading.rank]
        expected = (inner_last[-1] or 0) + 1 if inner_last else 1
        if heading.ordinal == expected:
            return False
        return heading.ordinal == following and heading.rank == Rank.DECIMAL

    def _is_listed(self, heading: Heading, following: list[Block]) -> bool:
        """A numbered sentence in a list of such (1.制定办法，完成采购。 2.…) is no heading: nothing stands under it."""
        if heading.rank < Rank.DECIMAL or not heading.closed:
            return False
        after_listed = self._listed == (heading.rank, (heading.ordinal or 0) - 1)
        if not heading.sentence and not (after_listed and heading.rest == heading.end):
            return False
        follower = self.headings(following[0]) if following and isinstance(following[0], Paragraph) else None
        units = bool(following) and isinstance(following[0], Paragraph) and opens_with_role(following[0].text) and not self._each_its_own(heading, following)
        bare = heading.rest == heading.end and (not following or follower is not None or units)
        among = follower is not None and follower.rank == heading.rank and follower.sentence
        above = self._last.get(heading.rank, 0) == (heading.ordinal or 0) - 1 > 0
        below = follower is not None and follower.rank == heading.rank and follower.rest < follower.end
        if not after_listed and not among and (above or below):
            return False  # one sentence, but the number above or below it is a heading's
        if after_listed or bare or among:
            self._listed = (heading.rank, heading.ordinal or 0)
            return True
        return False

    def _long_task(self, blocks: list[Block], n: int) -> Heading | None:
        """A numbered sentence that is too long for a title, where each item has a line 责任单位：… of its own."""
        block, following = blocks[n], blocks[n + 1 : n + 6]
        if not following or not isinstance(block, Paragraph) or not isinstance(following[0], Paragraph) or not opens_with_role(following[0].text):
            return None
        heading = find_task(block)
        return heading if heading is not None and self._each_its_own(heading, following) else None

    def _each_its_own(self, heading: Heading, following: list[Block]) -> bool:
        """Whether every item has a line 责任单位：… of its own: the one above has, or the next item stands right below the line."""
        above = self._stack[-1] if self._stack else None
        if above is not None and above.rank == heading.rank and above.items and isinstance(last := above.items[-1], Paragraph) and opens_with_role(last.text):
            return True
        below = next((b for b in following if not (isinstance(b, Paragraph) and opens_with_role(b.text))), None)
        after = find_marker(below.text) if isinstance(below, Paragraph) else None
        return after is not None and after.rank == heading.rank and after.ordinal == (heading.ordinal or 0) + 1

    _listed: tuple[Rank, int] | None = None

    def _box_goes_on(self, heading: Heading, ranks: set[Rank], inner: list[Heading | None]) -> bool:
        """（一） inside a box: only where the box counts so and the body's own count would break."""
        mine = [h.ordinal or 0 for h in inner if h and h.rank == heading.rank]
        outside = self._last.get(heading.rank, 0)
        if heading.rank in ranks:
            return heading.ordinal == mine[-1] + 1 and heading.ordinal != outside + 1
        return heading.ordinal == 1 and outside >= 1 and not any(h for h in inner)

    def _open(self, heading: Heading) -> None:
        rank = self._rank(heading)
        while self._stack and self._stack[-1].rank >= rank and not (self._stack[-1].rank == Rank.FRONT and _is_annex(self._stack[-1])):
            self._stack.pop()
        if self._stack and self._stack[-1].rank == Rank.FRONT and not _is_annex(self._stack[-1]):
            self._stack.pop()  # 前言 holds no chapters
        parent = self._stack[-1] if self._stack else None
        level = parent.level + 1 if parent else 1
        section = Section(
            level, heading.number_raw, heading.ordinal, heading.title, heading.start, heading.title_end, heading.title_end,
            parent=parent, run_in=heading.rest < heading.end, rank=rank,
        )
        self._check_number(heading, parent)
        (parent.children if parent else self.chapters).append(section)
        self._stack.append(section)
        if section.run_in:
            rest = self.text.text[heading.rest : heading.end]
            lead = len(rest) - len(rest.lstrip())
            section.items.append(Paragraph(rest.strip(), heading.rest + lead, heading.end))

    def _rank(self, heading: Heading) -> Rank:
        """行动一： stands below （一） where one is open, unless such items have begun above it; else above."""
        open_ranks = {section.rank for section in self._stack}
        if heading.rank == Rank.NAMED and Rank.CHINESE_PAREN in open_ranks and Rank.NAMED not in open_ranks:
            return Rank.NAMED_INNER
        return heading.rank

    def _check_number(self, heading: Heading, parent: Section | None) -> None:
        """A number is right when it is the next among its siblings, or the next of its style in the document."""
        ordinal = heading.ordinal
        if ordinal is None or heading.rank == Rank.FRONT:
            return
        siblings = [s.ordinal for s in (parent.children if parent else self.chapters) if s.rank == heading.rank and s.ordinal is not None]
        expected = siblings[-1] + 1 if siblings else 1
        running = self._last.get(heading.rank, 0) + 1
        if ordinal not in (expected, running):
            start, end = self.text.span(heading.start, heading.title_end)
            message = f"Heading {heading.number_raw} follows where {expected} was expected."
            self.notes.append(Note(Code.NUMBERING_GAP, message, start, end))
        self._last[heading.rank] = ordinal


# 强化队伍建设。 at the beginning of a paragraph, or alone on its line
_LEAD = re.compile(r"[\u4e00-\u9fff“][^。，；：！？\n]{2,29}。")


def _opens_with_lead(line: Paragraph) -> bool:
    return _LEAD.match(line.text) is not None


def _bare(line: Paragraph) -> Paragraph:
    text = line.text.rstrip(" |")
    return Paragraph(text, line.start, line.start + len(text)) if text != line.text else line


def _is_annex(section: Section) -> bool:
    return section.title.startswith("附")


def _is_entry(block: Block) -> bool:
    return isinstance(block, Paragraph) and _LIST_ENTRY.match(block.text) is not None and len(block.text) <= 60 and "。" not in block.text


def _holds_content(blocks: list[Block], n: int) -> bool:
    """Whether something stands under an annex line before the next one, other than a signature."""
    for m, block in enumerate(blocks[n : n + 3], n):
        if isinstance(block, Grid):
            return True
        if _DATE.match(block.text) and (m + 1 == len(blocks) or _closes(blocks[m + 1])):
            return False
        if annex_title(block.text):
            return False
        if not (_DATE.match(block.text) or _BACK.match(block.text) or (len(block.text) <= 24 and "、" not in block.text and _ORGAN.search(block.text))):
            return True
    return False


def _closes(block: Block) -> bool:
    """Whether a line below a date goes with it: （联系人：…）, 抄送：…, （此件…）."""
    return isinstance(block, Paragraph) and (_BACK.match(block.text) is not None or block.text.startswith(("（", "(")))


def take_back_matter(chapters: list[Section]) -> tuple[Paragraph, ...]:
    """The signature, date and 抄送 lines at the end of each chapter are taken out of it."""
    back: list[Paragraph] = []
    for chapter in chapters:
        last = list(chapter.walk())[-1]
        kept = len(last.items) - len(back_lines(last.items))
        back += [item for item in last.items[kept:] if isinstance(item, Paragraph)]
        del last.items[kept:]
    return tuple(back)


def back_lines(items: Sequence[Item]) -> list[Paragraph]:
    """The lines at the end of a text that sign, date or distribute it."""
    taken: list[Paragraph] = []
    for item in reversed(items):
        if not isinstance(item, Paragraph) or len(taken) == MAX_BACK:
            break
        text = tidy(item.text).strip("|")
        if len(text) > (MAX_COPIES if _BACK.match(text) else 60):
            break
        signs = _ORGAN.search(text) and len(text) <= 30 and "，" not in text and any(_DATE.match(tidy(t.text)) for t in taken)
        if not (_DATE.match(text) or _BACK.match(text) or signs or _PRINTED.search(text)):
            break
        taken.append(item)
    return taken[::-1]
