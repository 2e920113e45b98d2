"""How much of a plan's prose is accounted for: the share of its numbers that a record claims or a rule explains."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planparse.extract import Extraction
from planparse.extract.lexicon import PAST, PAST_SENTENCE
from planparse.language.numbers import Span, begins_within, find_names, find_numbers, merged, touches
from planparse.model.document import Box, Grid, Item, Outline, Paragraph
from planparse.model.records import SHARE_PLACES, SectionKind

_SENTENCE = re.compile(r"[^。！？!?\n]+")
_YEAR = re.compile(r"(?<![比较自从在])(?P<year>(?:19|20)\d\d)年(?!的?基础)")
"""The year that a sentence is about; what it compares with (比2020年增长…, 在2020年的基础上) is another one."""
_CLAUSE = re.compile(r"[^，。；：！？,;!?\n]+")


@dataclass(frozen=True, slots=True)
class Account:
    """How many numbers the prose has, and how many of them are open: no record claims them, no rule explains them."""

    numbers: int
    open: int

    @property
    def share(self) -> float | None:
        """Of the numbers, the share accounted for, from 0 to 1; None where there are none."""
        return round(1 - self.open / self.numbers, SHARE_PLACES) if self.numbers else None


def account_of(outline: Outline, found: Extraction) -> Account:
    """The account of the numbers in Arabic digits behind the first heading and outside tables.

    A record claims the quantity of a target, the money of a project and the number of a heading. A rule explains what
    measures nothing (dates, ordinals, names), what stands in a chapter that looks back, and what a sentence tells of the past.
    """
    start, end = _body(outline)
    text = outline.clean.text.text
    grids = merged((grid.start, grid.end) for grid in grids_of(outline))
    numbers = [span for span in find_numbers(text, start, end) if not begins_within(grids, span[0])]
    known = merged([*_claimed(outline, found), *_reviews(outline)])
    unclaimed = [span for span in numbers if not touches(known, *span)]
    names = merged(name for lines in merged(_lines_around(text, unclaimed)) for name in find_names(text, *lines))
    open_ones = [span for span in unclaimed if not touches(names, *span)]
    return Account(len(numbers), sum(not told for told in _told(text, open_ones, _first_year(found.document))))


def _body(outline: Outline) -> Span:
    """From the first heading, or from behind the document's title where there is none, to the end."""
    start = outline.title_span[1] if outline.title_span else outline.start
    if outline.chapters:
        start = outline.chapters[0].start
    return start, max(start, outline.end)


def grids_of(outline: Outline) -> Iterator[Grid]:
    """All tables, those in boxes included."""
    return (item for item in _items(outline) if isinstance(item, Grid))


def paragraphs_of(outline: Outline) -> Iterator[Paragraph]:
    """All paragraphs, those in boxes included."""
    return (item for item in _items(outline) if isinstance(item, Paragraph))


def _items(outline: Outline) -> Iterator[Item]:
    """All that stands in a document, what is in boxes in their place."""
    for items in (outline.preamble, *(section.items for section in outline.sections())):
        for item in items:
            yield from item.items if isinstance(item, Box) else (item,)


def _claimed(outline: Outline, found: Extraction) -> Iterator[Span]:
    """Where records have their numbers: targets their quantities, projects their money, sections their markers."""
    yield from (draft.number for draft in found.drafts["targets"] if draft.number is not None)
    text = outline.clean.text.text
    for draft in found.drafts["projects"]:
        money = draft.values.get("investment_raw")
        if money and (at := text.find(money, draft.start, draft.end)) >= 0:
            yield at, at + len(money)
    for section in outline.sections():
        if section.number_raw:
            yield section.start, section.start + len(section.number_raw) + 1


def _reviews(outline: Outline) -> Iterator[Span]:
    """Chapters that look back: what their numbers measure has been reached."""
    yield from ((s.start, max(s.end, s.title_end)) for s in outline.sections() if s.kind == SectionKind.BACKGROUND)


def _lines_around(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The lines that the spans stand in, with the line above (专栏 ⏎ 3) and the one below."""
    line_end = -1
    for start, _ in spans:
        if start > line_end:
            above = text.rfind("\n", 0, max(0, text.rfind("\n", 0, start)))
            line_end = _line_end(text, start)
            yield above + 1, _line_end(text, line_end + 1)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _first_year(document: Mapping[str, Any]) -> int:
    """The first year that the document plans for; all before it is history."""
    issued = document.get("issued_date")
    return int(document.get("period_start") or (issued.year if issued else 0))


def _told(text: str, numbers: list[Span], first_year: int) -> Iterator[bool]:
    """Of each number, whether its sentence or its clause tells of the past before it (截至目前建成…, 2020年有…, 已达…)."""
    sentence = clause = (0, 0)
    past = gone = -1
    years: list[tuple[int, int]] = []
    for start, _ in numbers:
        if start >= sentence[1]:
            sentence = _holding(_SENTENCE, text, start, sentence[1])
            past = _first(PAST_SENTENCE, text, sentence)
            years = [(match.start(), int(match["year"])) for match in _YEAR.finditer(text, *sentence)]
        if start >= clause[1]:
            clause = _holding(_CLAUSE, text, start, max(clause[1], sentence[0]))
            gone = _first(PAST, text, clause)
        last = bisect_left(years, (start, 0)) - 1
        yield 0 <= past < start or 0 <= gone < start or (last >= 0 and years[last][1] < first_year)


def _holding(pattern: re.Pattern[str], text: str, place: int, since: int) -> Span:
    """The sentence or clause around a place. The search begins where the last one ended, so that each is passed once."""
    for match in pattern.finditer(text, since):
        if match.end() > place:
            return match.span()
    return place, len(text)


def _first(pattern: re.Pattern[str], text: str, span: Span) -> int:
    match = pattern.search(text, *span)
    return match.start() if match else -1
