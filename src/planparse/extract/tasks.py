"""Tasks in prose: groups, tasks and measures by depth, and who is responsible for them (annotation guide, tasks)."""

from __future__ import annotations

from planparse.extract.leads import Lead, find_leads
from planparse.language.markers import Rank, find_marker
from planparse.language.offices import (
    THIS_YEAR,
    Offices,
    find_all_offices,
    find_offices,
    merge_offices,
    opening_offices,
    opens_with_role,
)
from planparse.language.tidy import tidy
from planparse.model.document import Outline, Section
from planparse.model.drafts import Clock, Draft
from planparse.model.records import SectionKind
from planparse.sections.kinds import kind_of_title

_UNIT_FIELDS = ("lead_units", "support_units", "end_year")
_NAMED = ("group", "task", "measure")


def extract_tasks(outline: Outline, clock: Clock) -> list[Draft]:
    """Tasks of all chapters of kind tasks, in order."""
    drafts: list[Draft] = []
    chapters = [c for c in outline.chapters if c.kind == SectionKind.TASKS]
    if not chapters:  # groups of a chapter whose heading is lost
        chapters = [s for c in outline.chapters for s in c.children if c.kind == SectionKind.OTHER and s.kind == SectionKind.TASKS]
    for chapter in chapters:
        # 三、主要任务 holds groups; a chapter that is a task itself is the group.
        top = 2 if chapter.level == 2 or (kind_of_title(chapter.title) == SectionKind.TASKS and chapter.children) else 1
        _descend(chapter, top, None, drafts)
    for draft in drafts:
        if draft.values.get("end_year") == THIS_YEAR:
            draft.values["end_year"] = clock.annual_year
    return drafts


def _descend(section: Section, top: int, parent: Draft | None, drafts: list[Draft]) -> None:
    depth = section.level - top
    here = parent
    if 0 <= depth < len(_NAMED):
        here = _of_section(section, _NAMED[depth], parent)
        drafts.append(here)
    # a 节 is a measure by depth, but as long as a task: its leads are measures, too
    if (depth <= 1 or section.rank <= Rank.DIVISION) and (here is not None or not section.children):
        for lead in find_leads(section):
            drafts.append(_of_lead(lead, section, here))
    below = len(drafts)
    for child in section.children:
        _descend(child, top, here, drafts)
    listed = sum(find_marker(p.text) is not None for p in section.paragraphs)
    if here is not None and section.children and len(section.children) + listed > 1:
        _lift_units(section, here, [d for d in drafts[below:] if d.parent is here])


def _lift_units(section: Section, here: Draft, items: list[Draft]) -> None:
    """A line 责任单位：… under the last of several items, of which no other has one, closes the list: it is the heading's."""
    last = section.children[-1]
    if not items or items[-1].section is not last or not last.run_in or here.values.get("lead_units"):
        return
    lone = [p for p in last.paragraphs[1:] if (found := find_offices(p.text)) and found.start == 0]
    if not lone or any(d.values.get(f) for d in items[:-1] for f in _UNIT_FIELDS):
        return
    for name in _UNIT_FIELDS:
        here.values[name] = items[-1].values.pop(name, None)
    here.end = max(here.end, items[-1].end)


def _of_section(section: Section, level: str, parent: Draft | None) -> Draft:
    offices = _offices_of(section)
    title_offices = find_offices(section.title)
    title = section.title
    if title_offices and title_offices.start > 2:
        title, offices = title[: title_offices.start], offices or title_offices
    offices = offices or opening_offices(section.title)
    text = tidy("\n".join(p.text for p in section.paragraphs)) or None
    end = max([section.end, *(p.end for p in section.paragraphs)])
    values = {"level": level, "number_raw": section.number_raw, "title": title.strip("。：: "), "text": text, "source": "prose", **_units(offices)}
    return Draft("tasks", section.start, end, section, values, parent=parent)


def _offices_of(section: Section) -> Offices | None:
    """The units that paragraphs of the section close with, but for its lead paragraphs: those close measures."""
    leads = {p.start for lead in find_leads(section) for p in lead.paragraphs}
    own = _role_lines_joined([p.text for p in section.paragraphs if p.start not in leads])
    return merge_offices([found for text in own if (found := find_all_offices(text) or opening_offices(text))])


def _role_lines_joined(texts: list[str]) -> list[str]:
    """牵头单位：甲 and 配合单位：乙 on lines of their own, one below the other, are one list."""
    joined: list[str] = []
    for text in texts:
        if joined and opens_with_role(text) and opens_with_role(joined[-1]):
            joined[-1] = f"{joined[-1].rstrip('。；;')}；{text}"
        else:
            joined.append(text)
    return joined


def _of_lead(lead: Lead, section: Section, parent: Draft | None) -> Draft:
    offices = find_all_offices(lead.text)
    values = {"level": "measure", "number_raw": None, "title": lead.title, "text": tidy(lead.text), "source": "prose", **_units(offices)}
    return Draft("tasks", lead.start, lead.end, section, values, parent=parent)


def _units(offices: Offices | None) -> dict[str, object]:
    if offices is None:
        return {}
    return {"lead_units": list(offices.lead), "support_units": list(offices.support), "end_year": offices.end_year}
