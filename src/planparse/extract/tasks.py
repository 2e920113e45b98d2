"""Tasks in prose: groups, tasks and measures by depth, and who is responsible for them (annotation guide, tasks)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Any

from planparse.data import alternation, vocabulary
from planparse.data.words import worded
from planparse.extract.leads import Lead, leads_among, prose
from planparse.extract.lost_breaks import find_lost_breaks, with_breaks
from planparse.language.offices import (
    THIS_YEAR,
    Offices,
    find_all_offices,
    find_offices,
    is_office,
    offices_of,
    opening_offices,
    opens_with_role,
    split_offices,
)
from planparse.language.shapes import Rank, find_marker
from planparse.language.tidy import tidy
from planparse.model.document import Outline, Paragraph, Section
from planparse.model.drafts import Clock, Draft
from planparse.model.records import SectionKind
from planparse.outline.kinds.by_title import kind_of_title, names_aims_and_work

_UNIT_FIELDS = ("lead_units", "support_units", "end_year")
_NAMED = ("group", "task", "measure")


def extract_tasks(outline: Outline, clock: Clock) -> list[Draft]:
    """Tasks of all chapters of kind tasks, in order."""
    chapters = [c for c in outline.chapters if c.kind == SectionKind.TASKS]
    if not chapters:  # groups of a chapter whose heading is lost
        chapters = [s for c in outline.chapters for s in c.children if c.kind == SectionKind.OTHER and s.kind == SectionKind.TASKS]
    reader = _Reader(find_lost_breaks(prose(s) for c in chapters for s in c.walk()), named_by_units(chapters))
    chapters += [c for c in outline.chapters if c.kind == SectionKind.ANNEX and _lists_tasks(c)]
    for chapter in chapters:
        # 三、主要任务 holds groups; a chapter that is a task itself is the group.
        reader.read(chapter, 2 if chapter.level == 2 or chapter.kind == SectionKind.ANNEX or (chapter.children and is_named_as_tasks(chapter.title)) else 1)
    for draft in reader.drafts:
        if draft.values.get("end_year") == THIS_YEAR:
            draft.values["end_year"] = clock.annual_year
    return reader.drafts


def named_by_units(chapters: Sequence[Section]) -> dict[int, Offices]:
    """Whom headings name where all beside them name units, too (一、县水利局 二、县财政局（3项）): by where the heading begins."""
    found: dict[int, Offices] = {}
    for beside in (chapters, *(section.children for chapter in chapters for section in chapter.walk())):
        named = [_COUNTED.sub("", section.title.strip("：: ")) for section in beside]
        if len(named) > 1 and all(map(_ANSWERING.search, named)):
            listed = [split_offices(name) for name in named]
            if all(is_office(unit) for units in listed for unit in units):
                found |= {section.start: Offices(tuple(units), (), section.start, section.title_end) for section, units in zip(beside, listed, strict=True)}
    return found


_COUNTED = re.compile(r"[（(]共?\d{1,3}[项个条件][)）]$")


_ANSWERING = worded(r"(?:<answering>|[省市县区乡]委[\u4e00-\u9fff]{2,4}部)$")
"""How units end that answer for tasks; schools, firms and hospitals (三、企业) are whom tasks are for."""


def _lists_tasks(annex: Section) -> bool:
    """Whether most items of an annex say who is responsible for them: 附件：任务清单."""
    items = [s for s in annex.walk() if not s.children and s is not annex]
    return len(items) > 1 and 2 * sum(_of_section(s, "task", (), _fields(s), None).values.get("lead_units") is not None for s in items) > len(items)


@cache
def _names() -> re.Pattern[str]:
    words = vocabulary("task_titles")
    names, whose = alternation(words["names"]), alternation(words["whose"])
    return re.compile(rf"(?:.{{2,16}}的(?={whose}))?(?:{alternation([*words['said_of'], *words['names']])}|[和与及、])*(?:{names})")


def is_named_as_tasks(title: str) -> bool:
    """Whether a chapter's title says nothing but that tasks follow: 主要任务, 行动步骤, 主要目标和重点任务."""
    return kind_of_title(title) == SectionKind.TASKS or names_aims_and_work(title) or _names().fullmatch(title) is not None


@dataclass(slots=True)
class _Reader:
    """Takes the drafts of a tree of sections, in the order of the text."""

    parts: dict[int, list[Paragraph]]
    """What paragraphs are to be divided into, see ``lost_breaks``."""
    named: dict[int, Offices]
    drafts: list[Draft] = field(default_factory=list)

    def read(self, section: Section, top: int, parent: Draft | None = None) -> None:
        """A section and all below it; sections of level ``top`` are groups."""
        depth = section.level - top
        leads = leads_among(with_breaks(prose(section), self.parts))
        fields = _fields(section)
        here = parent
        if 0 <= depth < len(_NAMED):
            here = _of_section(section, _NAMED[depth], leads, fields, parent, self.named.get(section.start))
            self.drafts.append(here)
        # a 节 is a measure by depth, but as long as a task: its leads are measures, too
        if (depth <= 1 or section.rank <= Rank.DIVISION) and (here is not None or not section.children):
            self.drafts += [_of_lead(lead, section, here) for lead in leads]
        below = len(self.drafts)
        said = {field.start for field in fields}
        for child in section.children:
            if child.start not in said and child.kind != SectionKind.OTHER:  # 本措施自…施行 says of none what is to be done
                self.read(child, top, here)
        listed = sum(find_marker(p.text) is not None for p in section.paragraphs)
        if here is not None and section.children and len(section.children) + listed > 1:
            _lift_units(section, here, [d for d in self.drafts[below:] if d.parent is here])


def _lift_units(section: Section, here: Draft, items: list[Draft]) -> None:
    """A line 责任单位：… under the last of several items, of which no other has one, closes the list: it is the heading's."""
    last = section.children[-1]
    if not items or items[-1].section is not last or here.values.get("lead_units"):
        return
    below = [find_offices(p.text) for p in prose(last) if isinstance(p, Paragraph)]
    lone = [found for found in below if found is not None and found.start == 0]
    if not lone or len(lone) < len(below) or any(d.values.get(f) for d in items[:-1] for f in _UNIT_FIELDS):
        return
    for name in _UNIT_FIELDS:
        here.values[name] = items[-1].values.pop(name, None)
    here.end = max(here.end, items[-1].end)


def _fields(section: Section) -> list[Section]:
    """Numbered lines below a task that only say of it who answers for it and by when, and the one that says what it is.

    1.工作内容：… 2.牵头单位：… 3.完成时限：… are no tasks of their own.
    """
    said = [child for child in section.children if (found := find_offices(child.title)) is not None and found.start == 0]
    if not any(opens_with_role(child.title) for child in said):
        return []
    return section.children if len(section.children) - len(said) <= 1 else said


def _of_section(section: Section, level: str, leads: Iterable[Lead], fields: list[Section], parent: Draft | None, named: Offices | None = None) -> Draft:
    """A section as a task. The units that its lead paragraphs close with are those of measures, not its own; ``named`` are those of its heading."""
    led = sorted((lead.start, lead.end) for lead in leads)
    told = [field.title for field in fields] or [own for p in section.paragraphs if (own := _without(p, led))]
    title, offices = section.title, offices_of(told)
    if (of_title := find_offices(title)) is not None and of_title.start > 2:
        title, offices = title[: of_title.start], offices or of_title
    offices = offices or opening_offices(section.title) or named
    paragraphs = [p for part in (section, *fields) for p in part.paragraphs]
    text = tidy("\n".join(p.text for p in paragraphs)) or None
    end = max([section.end, *(p.end for p in paragraphs), *(field.end for field in fields)])
    values = {"level": level, "number_raw": section.number_raw, "title": title.strip("。：: "), "text": text, "source": "prose"}
    return _draft(section.start, end, section, values, offices, parent)


def _without(paragraph: Paragraph, led: Sequence[tuple[int, int]]) -> str:
    """What of a paragraph no lead takes, of which it may hold several where a line break was lost."""
    first, behind = bisect_left(led, paragraph.start, key=itemgetter(1)), bisect_left(led, (paragraph.end,))
    text = paragraph.text
    for start, end in reversed(led[first:behind]):
        text = text[: max(0, start - paragraph.start)] + text[max(0, end - paragraph.start) :]
    return text


def _of_lead(lead: Lead, section: Section, parent: Draft | None) -> Draft:
    values: dict[str, Any] = {"level": "measure", "number_raw": None, "title": lead.title, "text": tidy(lead.text), "source": "prose"}
    return _draft(lead.start, lead.end, section, values, find_all_offices(lead.text), parent)


def _draft(start: int, end: int, section: Section, values: dict[str, Any], offices: Offices | None, parent: Draft | None) -> Draft:
    unknown: tuple[str, ...] = ()
    if offices is not None:
        values |= {"lead_units": list(offices.lead), "support_units": list(offices.support), "end_year": offices.end_year}
        unknown = offices.unknown
    return Draft("tasks", start, end, section, values, parent=parent, unknown=unknown)
