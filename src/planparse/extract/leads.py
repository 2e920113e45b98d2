"""Lead sentences: the short first sentence of a paragraph that names what the paragraph is about (annotation guide, tasks)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from planparse.language.offices import opens_with_role
from planparse.language.shapes import Rank, find_marker
from planparse.model.document import Item, Paragraph, Section

MAX_LEAD = 30
MOST_UNITS = 12
"""No more lines below a lead say who is responsible for it."""
_LEAD = re.compile(r"(?P<lead>[^。！？，,；;：:\n]{2,30})。(?P<rest>.*)", re.DOTALL)
_ENUMERATED = re.compile(r"[一二三四五六七八九十]{1,2}(?:是|要)|第[一二三四五六七八九十]，|其[一二三四]")
_DASH = re.compile(r"^(?:[—\-–―─]{1,4}|[●•◆■▲★※◇○])\s?")
# ——事故防控。全面… / ——创新能力：到2025年… → what stands before the first 。 or ：
_ITEM_LEAD = re.compile(r"(?P<lead>[^。：:；\n]{2,40})(?P<close>[。：:])(?P<rest>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead and the text that it leads; ``start``/``end`` span both."""

    title: str
    text: str
    start: int
    end: int
    number_raw: str | None = None
    paragraphs: tuple[Paragraph, ...] = ()


def lead_of(text: str) -> tuple[str, str] | None:
    """(lead, rest) of a paragraph that begins with a lead and goes on after it, else None."""
    match = _LEAD.match(text)
    if match is None or not match["rest"].strip() or match["rest"].lstrip()[0] in "（(【〔" or opens_with_role(match["rest"].lstrip()) or _ENUMERATED.match(text) or find_marker(text):
        return None
    return _DASH.sub("", match["lead"].strip()), match["rest"].strip()


def is_lone_lead(text: str) -> bool:
    """Whether a line is nothing but a lead sentence (its paragraph follows on the next line)."""
    text = text.strip()
    return (
        3 <= len(text) <= MAX_LEAD + 1
        and text.endswith("。")
        and not re.search(r"[，,；;：:。！？]", text[:-1])
        and not _ENUMERATED.match(text)
        and find_marker(text) is None
    )


def prose(section: Section) -> Sequence[Item]:
    """What stands under a heading, without what a run-in heading runs on into: that is its own text, not a paragraph's beginning."""
    return section.items[1:] if section.run_in else section.items


def find_leads(section: Section) -> list[Lead]:
    """The lead paragraphs of a section, in order, lone leads joined with what follows."""
    return leads_among(prose(section))


def leads_among(items: Sequence[Item]) -> list[Lead]:
    """The lead paragraphs among items in order; where several have a line 责任单位：… of their own, with it."""
    leads = list(_leads(items))
    if len(leads) < 2:
        return leads
    place = {item.start: n for n, item in enumerate(items)}
    owned = [_with_units(lead, items[(at := place[lead.paragraphs[-1].start] + 1) : at + MOST_UNITS]) for lead in leads]
    return owned if sum(one is not lead for one, lead in zip(owned, leads, strict=True)) > 1 else leads


def _with_units(lead: Lead, following: Sequence[Item]) -> Lead:
    """The lead with the lines right below it that say who is responsible."""
    units = list(takewhile(lambda item: isinstance(item, Paragraph) and opens_with_role(item.text), following))
    if not units:
        return lead
    lines = [item for item in units if isinstance(item, Paragraph)]
    text = "；".join(line.text.rstrip("。；;") for line in lines)
    return replace(lead, text=f"{lead.text.rstrip('。')}。{text}", end=lines[-1].end, paragraphs=(*lead.paragraphs, *lines))


def _leads(items: Sequence[Item]) -> Iterator[Lead]:
    n = 0
    while n < len(items):
        item = items[n]
        follower = items[n + 1] if n + 1 < len(items) else None
        if not isinstance(item, Paragraph):
            n += 1
            continue
        found = lead_of(item.text)
        if found:
            yield Lead(found[0], found[1], item.start, item.end, paragraphs=(item,))
        elif is_lone_lead(item.text) and isinstance(follower, Paragraph) and not (is_lone_lead(follower.text) or opens_with_role(follower.text) or find_marker(follower.text)):
            yield Lead(item.text.strip().rstrip("。"), follower.text, item.start, follower.end, paragraphs=(item, follower))
            n += 1
        n += 1


def dash_item(text: str) -> str | None:
    """The text of an item that begins with —— or a bullet, without it; None where it is none."""
    match = _DASH.match(text)
    return text[match.end() :] if match and len(text) > match.end() + 4 else None


def item_lead(text: str) -> tuple[str | None, str]:
    """(label, text) of an item: its phrase before the first 。 or ： where that is short and one clause; else (None, text)."""
    match = _ITEM_LEAD.match(text)
    if match and len(match["lead"]) <= MAX_LEAD and match["rest"].strip() and (match["close"] == "。" or "，" not in match["lead"]):
        return match["lead"].strip(), match["rest"].strip()
    return None, text


def numbered_item(text: str) -> tuple[str, str] | None:
    """(marker, text) of a paragraph that begins with a marker of an item: 1. / （1） / ①, or （一） and 一、, or 一是."""
    if match := _ENUMERATED.match(text):
        return match[0], text[match.end() :]
    marker = find_marker(text)
    if marker is None or marker.rank < Rank.CHINESE:
        return None
    return marker.raw, text[marker.end :]
