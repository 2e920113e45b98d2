"""Projects in prose and in boxes: programmes and the projects in them (annotation guide, projects)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from planparse.data.words import worded
from planparse.extract.leads import item_lead, leads_among, numbered_item
from planparse.extract.terms import terms_of
from planparse.language.offices import Offices, offices_of
from planparse.language.shapes import Rank, find_marker
from planparse.language.tidy import tidy
from planparse.model.document import Box, Outline, Paragraph, Section
from planparse.model.drafts import Draft
from planparse.model.records import SectionKind
from planparse.outline.kinds.by_title import kind_of_title, lists_projects

_COLON_LEAD = re.compile(r"(?P<lead>[^。：:，；\n]{2,30})[：:](?=.{8})")
# Two columns without a header, as rows of a text: 空港渔市 建设码头5处，更换缆桩。
_BESIDE = re.compile(r"\|?[ \t]*(?P<name>[^\s。，；：:|]{2,20})(?:[ \t]*\|[ \t]*|[ \t]+)(?P<rest>[^|\n]*[，。；][^|\n]*)\|?")
_NAME_ALONE = re.compile(r"[^\s。，；：:|]{2,20}")
_LISTED = worded(r"<listed_projects>(?:（[^（）]{1,30}）|[一二三四五六七八九十]期)?$")
MAX_NAME = 60
LISTED_SHARE = 0.7
"""Of the pieces of a list of projects, so many end as names of projects do."""
_ITEM_NAME = re.compile(r"(?P<name>[^。：:\n]{2,60})[。：:]?(?P<rest>.*)", re.DOTALL)


def extract_prose_projects(outline: Outline) -> list[Draft]:
    """Numbered headings of chapters of kind projects: the deepest are projects, those with numbered children programmes."""
    drafts: list[Draft] = []
    for chapter in outline.chapters:
        if chapter.kind == SectionKind.PROJECTS and lists_projects(outline.title or "") and kind_of_title(chapter.title) is None:
            _descend(chapter, None, drafts)  # 一、码头扩建项目
        elif chapter.kind == SectionKind.PROJECTS:
            for section in chapter.children:
                if section.kind == SectionKind.PROJECTS:
                    _descend(section, None, drafts)
    return drafts


def _descend(section: Section, parent: Draft | None, drafts: list[Draft]) -> None:
    below = [c for c in section.children if c.rank < Rank.DECIMAL_PAREN]
    level = "programme" if below else "project"
    paragraphs = section.paragraphs
    text = tidy("\n".join(p.text for p in paragraphs)) or None
    values = {"level": level, "number_raw": section.number_raw, "name": section.title, "content": text, "source": "prose"}
    end = max([section.end, *(p.end for p in paragraphs)])
    draft = _draft(section.start, end, section, values, offices_of([p.text for p in paragraphs]), parent)
    drafts.append(draft)
    for child in below:
        _descend(child, draft, drafts)


def _draft(start: int, end: int, section: Section | None, values: dict[str, Any], offices: Offices | None, parent: Draft | None) -> Draft:
    """A project with who answers for it, and with what it costs and when it is built where its text says so."""
    if offices is not None:
        values |= {"lead_units": list(offices.lead), "support_units": list(offices.support), "end_year": offices.end_year or None}
    if values["level"] == "project":
        values |= terms_of(values["content"])
    return Draft("projects", start, end, section, values, parent=parent, unknown=offices.unknown if offices else ())


@dataclass(slots=True)
class _Named:
    """A project of a box as it is found: its number, its name, and the texts that say more of it."""

    number: str | None
    name: str
    texts: list[str]
    start: int
    end: int


def box_projects(box: Box, section: Section | None) -> list[Draft]:
    """A box is a programme named by its caption; each numbered item, or each lead, is a project of it."""
    values = {"level": "programme", "number_raw": box.number_raw, "name": tidy(box.caption), "source": "box"}
    programme = Draft("projects", box.start, box.end, section, values)
    paragraphs = [p for p in box.items if isinstance(p, Paragraph)]
    return [programme, *(_in_box(one, section, programme) for one in _numbered(paragraphs) or _unnumbered(box, paragraphs))]


def _in_box(one: _Named, section: Section | None, programme: Draft) -> Draft:
    values = {"level": "project", "number_raw": one.number, "name": tidy(one.name), "content": tidy("".join(one.texts)) or None, "source": "box"}
    return _draft(one.start, one.end, section, values, offices_of(one.texts), programme)


def _numbered(paragraphs: list[Paragraph]) -> list[_Named]:
    """The items of the outermost numbering; further paragraphs go on the item above."""
    outer = _outer_rank(paragraphs)
    found: list[_Named] = []
    for paragraph in paragraphs if outer is not None else ():
        marker = find_marker(paragraph.text)
        if marker is not None and marker.rank == outer and (numbered := numbered_item(paragraph.text)):
            name, rest = _named(numbered[1])
            found.append(_Named(numbered[0], name, [rest], paragraph.start, paragraph.end))
        elif found:
            found[-1].texts.append(paragraph.text)
            found[-1].end = paragraph.end
    return found


def _unnumbered(box: Box, paragraphs: list[Paragraph]) -> list[_Named]:
    """Projects of a box without numbers: names beside or above what is said of them, its leads, its items 甲示范：…, or the names that its
    paragraphs list."""
    if paired := _paired(paragraphs):
        return paired
    led = [_Named(None, lead.title, [lead.text], lead.start, lead.end) for lead in leads_among(box.items)]
    led = led or [one for p in paragraphs if (m := _COLON_LEAD.match(p.text)) for one in _alike(p, m, paragraphs)]
    return led or [_Named(None, name, [], p.start + start, p.start + end) for p in paragraphs for name, start, end in listed_names(p.text)]


def _alike(paragraph: Paragraph, led: re.Match[str], paragraphs: list[Paragraph]) -> list[_Named]:
    """What a paragraph's lead leads (甲市率先达标：…), and what further leads in it do that end as all others of the box: …。乙市同步达标：…"""
    text, leads = paragraph.text, [m["lead"] for p in paragraphs if (m := _COLON_LEAD.match(p.text))]
    ends = {lead[-2:] for lead in leads}
    cuts = [0]
    if len(leads) > 1 and len(ends) == 1:
        further = re.compile(rf"(?<=。)[^。：:，；\n]{{2,30}}{re.escape(ends.pop())}[：:](?=.{{8}})")
        cuts += [match.start() for match in further.finditer(text, led.end())]
    parts = [(a, b, text[a:b].partition("：" if "：" in text[a:b] else ":")) for a, b in pairwise([*cuts, len(text)])]
    return [_Named(None, name, [rest], paragraph.start + a, paragraph.start + b) for a, b, (name, _, rest) in parts]


def _paired(paragraphs: list[Paragraph]) -> list[_Named]:
    """The rows of a box that is a table of two columns without a header: all its lines hold a name and a text, or texts stand below names."""
    beside = [_BESIDE.fullmatch(p.text) for p in paragraphs]
    if len(paragraphs) > 1 and all(beside):
        return [_Named(None, m["name"], [m["rest"].strip()], p.start, p.end) for p, m in zip(paragraphs, beside, strict=True) if m]
    found: list[_Named] = []
    for paragraph in paragraphs:
        if _NAME_ALONE.fullmatch(paragraph.text):
            found.append(_Named(None, paragraph.text, [], paragraph.start, paragraph.end))
        elif found:
            found[-1].texts.append(paragraph.text)
            found[-1].end = paragraph.end
        else:
            return []
    return found if all(re.search("[，。；]", "".join(one.texts)) for one in found) else []


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
