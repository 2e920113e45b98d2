"""Targets: the quantified commitments of every paragraph that may hold one, each with the record that it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

from planparse.extract.targets import find_targets
from planparse.language.columns import Role, other_roles, role_of
from planparse.language.offices import opens_with_role
from planparse.language.quantities import may_hold_quantities
from planparse.language.tidy import closed_up, tidy
from planparse.model.document import Box, Outline, Paragraph, Section
from planparse.model.drafts import Clock, Draft, FoundTarget
from planparse.model.records import Context, SectionKind

# 新华社某地1月4日电: behind it stands a report that a crawler set below the plan
_DATELINE = re.compile(r"(?:新华社|中新社|本报)[\u4e00-\u9fff]{2,8}[0-9]{1,2}月[0-9]{1,2}日[电讯]")
_QUARTER = re.compile(r"第?[一二三四]季度|[上下]半年|[0-9]{1,2}月份?")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_SILENT = frozenset({SectionKind.BACKGROUND})
_CONTEXT = {"goals": Context.GOAL, "tasks": Context.TASK, "projects": Context.PROJECT}
_KIND_CONTEXT: dict[str, Context] = {
    SectionKind.GOALS: Context.GOAL,
    SectionKind.TASKS: Context.TASK,
    SectionKind.PROJECTS: Context.PROJECT,
    SectionKind.SAFEGUARDS: Context.SAFEGUARD,
}


class _Records:
    """The records of one section, looked up by place."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = sorted(drafts, key=lambda draft: draft.start)
        self.starts = [draft.start for draft in self.drafts]
        self.reach = list(accumulate((draft.end for draft in self.drafts), max))
        """How far the records up to each one go."""
        self.bounds = sorted({at for draft in drafts for at in (draft.start, draft.end)})

    def inside(self, paragraph: Paragraph) -> list[int]:
        """Where records begin or end inside a paragraph."""
        return self.bounds[bisect_right(self.bounds, paragraph.start) : bisect_left(self.bounds, paragraph.end)]

    def holding(self, paragraph: Paragraph) -> Draft | None:
        """The smallest record that holds a paragraph."""
        best: Draft | None = None
        at = bisect_right(self.starts, paragraph.start) - 1
        while at >= 0 and self.reach[at] >= paragraph.end and (best is None or paragraph.end - self.starts[at] <= best.end - best.start):
            draft = self.drafts[at]
            if draft.end >= paragraph.end and (best is None or draft.end - draft.start <= best.end - best.start):
                best = draft
            at -= 1
        return best


def extract_targets(outline: Outline, owners: list[Draft], rows: list[Draft], clock: Clock) -> list[Draft]:
    """Targets in reading order. ``owners`` are the drafts of prose and boxes, ``rows`` those of tables (their text is a cell's)."""
    grouped: dict[int, list[Draft]] = defaultdict(list)
    for draft in owners:
        grouped[id(draft.section)].append(draft)
    by_section = {section: _Records(found) for section, found in grouped.items()}
    drafts: list[Draft] = []
    for section, paragraph in _pieces(outline, by_section):
        if not may_hold_quantities(paragraph.text):
            continue
        owner = _owner(section, paragraph, by_section)
        horizon = owner.values.get("horizon_year") if owner is not None and owner.table == "goals" else None
        drafts += _in_text(paragraph.text, paragraph.start, None, section, owner, clock, horizon)
    for row in rows:
        for text, year, topic in texts_of_row(row.values):
            drafts += _in_text(text, row.start, row.end, row.section, row, clock, year, topic)
    return sorted(drafts, key=lambda d: (d.start, d.end))


def texts_of_row(values: Mapping[str, Any]) -> Iterator[tuple[str, int | None, str | None]]:
    """What a row of a table says, with the year whose column it stands in and what that column's figures are of: what a task's title
    commits to (新建泵站2座), and the cells of its contents (2022年目标：建成3座 → 建成3座, 2022). A project's name commits to nothing, nor does what it costs in a year."""
    title, name = values.get("title"), values.get("name")
    if title and may_hold_quantities(title):
        yield title, None, None
    for line in (values.get("text") or values.get("content") or "").split("\n"):
        header, mark, cell = line.partition("：")
        dated = mark and (Role.VALUE in (role_of(header), *other_roles(header)) or _QUARTER.fullmatch(header))
        years = _YEAR.findall(header)
        if mark and years and role_of(header) is Role.INVESTMENT:
            continue
        yield (cell, int(years[-1]) if years else None, title or name) if dated else (line, None, name)


def _pieces(outline: Outline, by_section: dict[int, _Records]) -> Iterator[tuple[Section | None, Paragraph]]:
    """Paragraphs, cut where a record begins or ends inside one: a goal of a later horizon, the sentence behind a goal."""
    for section, paragraph in _paragraphs(outline):
        records = by_section.get(id(section))
        inside = records.inside(paragraph) if records else []
        if not inside:
            yield section, paragraph
            continue
        bounds = [paragraph.start, *inside, paragraph.end]
        for a, b in pairwise(bounds):
            yield section, Paragraph(paragraph.text[a - paragraph.start : b - paragraph.start], a, b)


def _paragraphs(outline: Outline) -> Iterator[tuple[Section | None, Paragraph]]:
    """Paragraphs that may commit: all but those of background chapters. The notice and the preamble may, too."""
    yield from ((None, p) for p in (*outline.front, *outline.preamble) if isinstance(p, Paragraph))
    for section in outline.sections():
        if section.kind in _SILENT:
            continue
        head = section.number_raw is not None and section.run_in
        if _is_whole_sentence(section, outline):
            yield section, Paragraph(section.title, section.title_end - len(section.title), section.title_end)
        for n, item in enumerate(section.items):
            if isinstance(item, Paragraph):
                if _DATELINE.match(item.text):
                    break
                if n == 0 and head:
                    yield from ((section, part) for part in _behind_title(section, item, outline.clean.text.text))
                else:
                    yield section, item
            elif isinstance(item, Box):
                yield from ((section, inner) for inner in item.items if isinstance(inner, Paragraph))


def _behind_title(section: Section, item: Paragraph, text: str) -> Iterator[Paragraph]:
    """A run-in heading is the first sentence of its paragraph, but stands for itself where a blank alone parts them."""
    start, end = section.title_end - len(section.title), section.title_end
    if text[end : item.start].strip():
        yield Paragraph(text[start : item.end], start, item.end)
    else:
        yield from (Paragraph(text[start:end], start, end), item)


def _is_whole_sentence(section: Section, outline: Outline) -> bool:
    """Whether a numbered heading is no name but says all there is: 1．新建泵站2座。"""
    if section.number_raw is None or section.run_in:
        return False
    closed = outline.clean.text.text[section.title_end : section.title_end + 1] in ("。", "；", ";")
    goes_on = any(not (isinstance(item, Paragraph) and opens_with_role(item.text)) for item in section.items)
    return closed or not (goes_on or section.children or section.kind == SectionKind.PROJECTS)


def _owner(section: Section | None, paragraph: Paragraph, by_section: dict[int, _Records]) -> Draft | None:
    """The smallest record that holds the paragraph, in its section, one above, or before all sections."""
    while True:
        records = by_section.get(id(section))
        if records and (holding := records.holding(paragraph)):
            return holding
        if section is None:
            return None
        section = section.parent


def _in_text(
    text: str, start: int, end: int | None, section: Section | None, owner: Draft | None, clock: Clock, horizon: int | None, topic: str | None = None
) -> Iterator[Draft]:
    """Targets of one text. A paragraph's are placed by offset; a cell's (``end`` given) by the row."""
    context = context_of(owner.table if owner else None, section.kind if section else None)
    if owner is not None and owner.table == "projects":
        topic = owner.values.get("name")
    read = closed_up(text, start)
    for found in find_targets(read.text, clock, horizon, topic):
        quantity = found.quantity
        values = {"context": context} | columns_of(found) | {"sentence": tidy(read.text[found.sentence_start : found.sentence_end])}
        if end is not None:
            yield Draft("targets", start, end, section, values, owner=owner)
            continue
        at = read.span(found.sentence_start, found.sentence_end)
        yield Draft("targets", *at, section, values, owner=owner, number=read.span(quantity.start, quantity.end))


def context_of(table: str | None, kind: str | None) -> Context:
    """What a target stands in: a record of a table, else a section of a kind."""
    return _CONTEXT.get(table or "") or _KIND_CONTEXT.get(kind or "", Context.OTHER)


def columns_of(found: FoundTarget) -> dict[str, Any]:
    """What a row of ``targets`` says of a commitment, its place and its sentence aside."""
    quantity = found.quantity
    return {
        "subject": found.subject,
        "quantity_raw": quantity.raw,
        "comparator": quantity.comparator,
        "value": quantity.value,
        "value_max": quantity.value_max,
        "unit": quantity.unit,
        "deadline_year": found.deadline_year,
        "deadline_raw": found.deadline_raw,
        "approximate": quantity.approximate,
        "commitment": found.commitment,
        "per_year": found.per_year,
    }
