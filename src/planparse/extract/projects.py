"""Projects in prose and in boxes: programmes and the projects in them (annotation guide, projects)."""

from __future__ import annotations

import re
from typing import Any

from planparse.extract.leads import item_lead, leads_among, numbered_item
from planparse.extract.terms import terms_of
from planparse.language.markers import Rank, find_marker
from planparse.language.offices import find_offices
from planparse.language.tidy import tidy
from planparse.model.document import Box, Outline, Paragraph, Section
from planparse.model.drafts import Draft
from planparse.model.records import SectionKind

_COLON_LEAD = re.compile(r"(?P<lead>[^。：:，；\n]{2,30})[：:](?=.{8})")
_LISTED = re.compile(r"(?:项目|工程|基地|中心|平台|示范|系统|生产线|电站|园区|试点|[县市]|厂|线|站|库|馆|院|校)(?:（[^（）]{1,30}）|[一二三四五六七八九十]期)?$")
MAX_NAME = 60
LISTED_SHARE = 0.7
"""Of the pieces of a list of projects, so many end as names of projects do."""
_ITEM_NAME = re.compile(r"(?P<name>[^。：:\n]{2,60})[。：:]?(?P<rest>.*)", re.DOTALL)


def extract_prose_projects(outline: Outline) -> list[Draft]:
    """Numbered headings of chapters of kind projects: the deepest are projects, those with numbered children programmes."""
    drafts: list[Draft] = []
    for chapter in outline.chapters:
        if chapter.kind == SectionKind.PROJECTS:
            for section in chapter.children:
                if section.kind == SectionKind.PROJECTS:
                    _descend(section, None, drafts)
    return drafts


def _descend(section: Section, parent: Draft | None, drafts: list[Draft]) -> None:
    below = [c for c in section.children if c.rank < Rank.DECIMAL_PAREN]
    level = "programme" if below else "project"
    paragraphs = section.paragraphs
    text = tidy("\n".join(p.text for p in paragraphs)) or None
    offices = find_offices(paragraphs[-1].text) if paragraphs else None
    values: dict[str, Any] = {"level": level, "number_raw": section.number_raw, "name": section.title, "content": text, "source": "prose"}
    if offices:
        values |= {"lead_units": list(offices.lead), "support_units": list(offices.support), "end_year": offices.end_year or None}
    if level == "project":
        values |= terms_of(text)
    end = max([section.end, *(p.end for p in paragraphs)])
    draft = Draft("projects", section.start, end, section, values, parent=parent)
    drafts.append(draft)
    for child in below:
        _descend(child, draft, drafts)


def box_projects(box: Box, section: Section | None) -> list[Draft]:
    """A box is a programme named by its caption; each numbered item, or each lead, is a project of it."""
    values = {"level": "programme", "number_raw": box.number_raw, "name": tidy(box.caption), "source": "box"}
    programme = Draft("projects", box.start, box.end, section, values)
    drafts = [programme]
    paragraphs = [p for p in box.items if isinstance(p, Paragraph)]
    outer = _outer_rank(paragraphs)
    current: Draft | None = None
    for paragraph in paragraphs:
        marker = find_marker(paragraph.text)
        if marker is not None and marker.rank == outer and (numbered := numbered_item(paragraph.text)):
            name, rest = _named(numbered[1])
            current = _project(box, section, programme, numbered[0], name, rest, paragraph.start, paragraph.end)
            drafts.append(current)
        elif current is not None:  # the item goes on
            current.end = paragraph.end
            current.values["content"] = tidy((current.values["content"] or "") + paragraph.text)
    if outer is None:
        drafts += _unnumbered(box, section, programme, paragraphs)
    for project in drafts[1:]:
        project.values |= terms_of(project.values["content"])
    return drafts


def _unnumbered(box: Box, section: Section | None, programme: Draft, paragraphs: list[Paragraph]) -> list[Draft]:
    """Projects of a box without numbers: its leads, its items 甲示范：…, or the names that its paragraphs list."""
    leads = [(lead.title, lead.text, lead.start, lead.end) for lead in leads_among(box.items)]
    if not leads:
        for p in paragraphs:
            match = _COLON_LEAD.match(p.text)
            if match:
                leads.append((match["lead"], p.text[match.end() :], p.start, p.end))
    if leads:
        return [_project(box, section, programme, None, *lead) for lead in leads]
    return [
        _project(box, section, programme, None, name, "", p.start + start, p.start + end)
        for p in paragraphs
        for name, start, end in listed_names(p.text)
    ]


def listed_names(text: str) -> list[tuple[str, int, int]]:
    """The names in a paragraph that only lists projects (甲项目、乙、丙等水库项目；丁工程。): (name, start, end) each; else nothing."""
    names: list[tuple[str, int, int]] = []
    start = depth = 0
    for i, c in enumerate(text):
        depth += (c in "（(") - (c in "）)")
        if depth == 0 and c in "、；;，。":
            piece = text[start:i]
            if _LISTED.search(piece) or c in "；;。":
                if piece.strip():
                    names.append((piece.strip(), start, i))
                start = i + 1
    if text[start:].strip():
        names.append((text[start:].strip(), start, len(text)))
    listed = sum(_LISTED.search(name) is not None and len(name) <= MAX_NAME for name, _, _ in names)
    return names if len(names) >= 2 and listed >= LISTED_SHARE * len(names) else []


def _outer_rank(paragraphs: list[Paragraph]) -> Rank | None:
    """The numbering style of the box's items: the first that counts from one; （1） inside items does not count."""
    for paragraph in paragraphs:
        marker = find_marker(paragraph.text)
        if marker is not None and marker.rank >= Rank.CHINESE and marker.ordinal == 1:
            return marker.rank
    return None


def _named(text: str) -> tuple[str, str]:
    label, rest = item_lead(text)
    if label:
        return label, rest
    match = _ITEM_NAME.match(text)
    return (match["name"].strip(), match["rest"].strip()) if match else (text[:60], text[60:])


def _project(
    box: Box, section: Section | None, programme: Draft, number: str | None, name: str, rest: str, start: int, end: int
) -> Draft:
    values = {"level": "project", "number_raw": number, "name": tidy(name), "content": tidy(rest) or None, "source": "box"}
    return Draft("projects", start, end, section, values, parent=programme)
