"""Goals: overall ones by horizon, specific ones by label (annotation guide, goals)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from planparse.extract.leads import dash_item, find_leads, is_lone_lead, item_lead, numbered_item
from planparse.language.markers import find_marker
from planparse.language.offices import opens_with_role
from planparse.language.tidy import tidy
from planparse.language.time import period_of
from planparse.model.document import Item, Outline, Paragraph, Section
from planparse.model.drafts import Clock, Draft
from planparse.model.records import SectionKind
from planparse.sections.kinds import kind_of_title

_OVERALL = re.compile(r"(?:第?十[一二三四五六]五|十[一二三四五六]个五年|时期|期间|规划|二[〇零]\d?[一二三四五六七八九〇零]{1,2}年|总体|总的?|战略|远景|愿景|长远|中长期|奋斗|主要|近期|中期|远期|阶段性?|发展|展望|20\d\d年)+(?:发展|工作)?(?:目标|展望|愿景)")
_SPECIFIC = re.compile(r"(?:分项|分类|具体|分领域|专项|细化|分阶段|主要指标|量化)")
# 工作目标：到2025年，… at the head of a paragraph of a chapter that has no section for its goals
_LABEL = re.compile(r"(?P<label>(?:总体|工作|主要|发展|创建|具体|年度|行动|总体要求与|总体要求和)*(?:目标|指标))(?:[：:。])\s?(?=.{8})")
_INTRO = re.compile(r"[：:]$|(?:如下|(?<!\d)以下(?![。；]|$)|见表).{0,12}[。：:]?$")
_COMMITS = re.compile(r"(?<![0-9])(?!20[0-9]{2}年)[0-9]+(?:\.[0-9]+)?\s?(?:[%％]|[万亿]|个(?!五年|方面|领域|目标|体系|重点|新)|[家户条座亩吨人所]|公里|平方米)")
"""An introduction that states figures of its own is a goal, not only an introduction."""
# A new sentence that turns to a year: 到2035年，… / 2030年前，… / 展望2035年，…
_TURN = re.compile(
    r"(?:(?<=[。；！])|^)(?:在此基础上，?)?(?:再[经用]过.{1,12}，)?(?:展望|力争)?(?:到|至)?\s?(?P<year>20\d\d)\s?年(?:底|末|前|左右|底前|年末)?[，,]"
    r"|(?:(?<=[。；！])|^)(?:展望|到|至)\s?(?P<later>20\d\d)\s?年"
)
_YEAR = re.compile(r"(?<![较比与于从自\d])(?P<to>到|至)?\s?(?P<year>20\d\d)\s?年(?!以来|相比|的?基础|度?以来|为基)(?P<end>底|末|前)?")
_SINCE = re.compile(r"(?:截至|截止|自|从|较|比|与|相对|对比|在)\s?$")
_CENTURY = re.compile(r"本世纪中叶")
_PERIOD = re.compile(r"“?十[一二三四五六]五”?(?:期间|时期|期末|末)?")
MID_CENTURY = 2050


def extract_goals(outline: Outline, clock: Clock) -> list[Draft]:
    """Goals of all sections of kind goals, in order."""
    drafts = _labelled(outline, clock)
    for section in _goal_sections(outline):
        drafts += _goals_of(section, clock)
    return drafts


def _labelled(outline: Outline, clock: Clock) -> list[Draft]:
    """Goals before the first chapter, or in a mixed chapter without sub-sections, by their run-in label."""
    drafts = _of_labels(None, outline.preamble, clock)
    for chapter in outline.chapters:
        if chapter.kind == SectionKind.OTHER and not chapter.children:
            drafts += _of_labels(chapter, chapter.items, clock)
    return drafts


def _of_labels(section: Section | None, items: Sequence[Item], clock: Clock) -> list[Draft]:
    """Paragraphs that say by a run-in label that they are goals: 工作目标：…, 具体指标：…"""
    drafts: list[Draft] = []
    for item in items:
        if not isinstance(item, Paragraph) or (match := _LABEL.match(item.text)) is None:
            continue
        start, text = item.start + match.end(), item.text[match.end() :]
        if _SPECIFIC.search(match["label"]):
            drafts.append(_specific(match["label"], text, item.start, item.end, section, clock, drafts))
        else:
            drafts += _overall(Paragraph(text, start, item.end), section, clock, None)
    return drafts


def _goal_sections(outline: Outline) -> Iterator[Section]:
    """The topmost sections of kind goals."""
    for chapter in outline.chapters:
        for section in chapter.walk():
            if section.kind == SectionKind.GOALS and (section.parent is None or section.parent.kind != SectionKind.GOALS):
                yield section


def _goals_of(section: Section, clock: Clock) -> list[Draft]:
    if kind_of_title(section.title) != SectionKind.GOALS and (labelled := _of_labels(section, section.items, clock)):
        return labelled  # 总体要求和工作目标: the paragraph that says so is the goal
    drafts = _prose_goals(section, clock, specific=_SPECIFIC.search(section.title) is not None)
    for child in section.children:
        if _SPECIFIC.search(child.title):
            drafts += _specific_children(child, clock, drafts) or _prose_goals(child, clock, specific=True, before=drafts)
        elif _OVERALL.fullmatch(re.sub(r"[“”（）()、，\s]", "", child.title)):
            drafts += _goals_of(child, clock) if child.children else _prose_goals(child, clock, specific=False, title_year=_stated(child.title))
        else:
            drafts += _of_child(child, clock, drafts)
    return drafts


def _of_child(child: Section, clock: Clock, known: list[Draft]) -> list[Draft]:
    """A numbered item that runs on, and the items numbered like it that have no lead of their own and so stand in its text."""
    listed = [] if child.children else [p for p in child.paragraphs if _numbered_after(child, p)]
    if not listed:
        return [_specific(child.title, _own_text(child), child.start, child.end, child, clock, known)]
    first = listed[0].start
    own = "".join(p.text for p in child.paragraphs if p.start < first)
    drafts = [_specific(child.title, own, child.start, first, child, clock, known)]
    for item in listed:
        label, rest = item_lead(item.text[marker.end :] if (marker := find_marker(item.text)) else item.text)
        drafts.append(_specific(label, rest, item.start, item.end, child, clock, known))
    return drafts


def _numbered_after(child: Section, line: Paragraph) -> bool:
    """Whether a line's number is of the section's own kind and goes on from it; 10 千伏… is no number of an item."""
    marker = find_marker(line.text)
    return marker is not None and marker.rank == child.rank and not marker.raw.isdecimal() and (marker.ordinal or 0) > (child.ordinal or 0)


def _specific_children(section: Section, clock: Clock, before: list[Draft]) -> list[Draft]:
    drafts = [_specific(c.title, _own_text(c), c.start, c.end, c, clock, before) for c in section.children]
    return [*_prose_goals(section, clock, specific=True, before=before), *drafts] if drafts else []


def _own_text(section: Section) -> str:
    """The text of a goal, without the lines that say who answers for it."""
    return "".join(p.text for s in section.walk() for p in s.paragraphs if not opens_with_role(p.text))


def _prose_goals(
    section: Section, clock: Clock, *, specific: bool, before: list[Draft] | None = None, title_year: int | None = None
) -> list[Draft]:
    """Goals of a section's own paragraphs: items and leads are specific, other paragraphs overall, one a horizon."""
    drafts: list[Draft] = []
    known = before or []
    leads = {lead.start: lead for lead in find_leads(section)}
    covered: set[int] = {p.start for lead in leads.values() for p in lead.paragraphs}
    itemised = len(leads) >= 2 or specific
    for n, item in enumerate(section.items):
        if not isinstance(item, Paragraph) or (item.start in covered and item.start not in leads):
            continue
        text = tidy(item.text)
        if (dashed := dash_item(text)) is not None:
            drafts.append(_dashed(dashed, item, section, n, clock, known + drafts, covered))
        elif item.start in leads and (itemised or not _stated(leads[item.start].title)):
            lead = leads[item.start]
            drafts.append(_specific(lead.title, lead.text, lead.start, lead.end, section, clock, known + drafts))
        elif numbered := numbered_item(text):
            label, rest = item_lead(numbered[1])
            drafts.append(_specific(label, rest, item.start, item.end, section, clock, known + drafts))
        elif len(text) > 8 and not (len(text) < 90 and _INTRO.search(text) and not _COMMITS.search(text)):
            drafts += _overall(item, section, clock, title_year)
        else:
            clock = _announced(text, clock)
    return drafts


def _announced(text: str, clock: Clock) -> Clock:
    """“十四五”时期的主要目标是：… gives the items below it their year, as an overall goal would."""
    years = [(m.start(), int(m["year"])) for m in _YEAR.finditer(text)]
    years += [(m.start(), period[1]) for m in _PERIOD.finditer(text) if (period := period_of(m[0]))]
    return replace(clock, horizon=max(years)[1]) if years else clock


def _dashed(
    text: str, item: Paragraph, section: Section, n: int, clock: Clock, known: list[Draft], covered: set[int]
) -> Draft:
    """A —— item; where it is nothing but a lead, its text is the paragraph below."""
    follower = section.items[n + 1] if n + 1 < len(section.items) else None
    if is_lone_lead(text) and isinstance(follower, Paragraph) and dash_item(follower.text) is None:
        covered.add(follower.start)
        return _specific(text.rstrip("。"), follower.text, item.start, follower.end, section, clock, known)
    label, rest = item_lead(text)
    return _specific(label, rest, item.start, item.end, section, clock, known)


def _overall(item: Paragraph, section: Section | None, clock: Clock, title_year: int | None) -> list[Draft]:
    """One goal a horizon: a paragraph that turns to a later year in a new sentence is split there."""
    cuts: list[tuple[int, int]] = []
    latest = 0
    for match in _TURN.finditer(item.text):
        year = int(match["year"] or match["later"])
        if year > latest and not _SINCE.search(item.text[: match.start("year") if match["year"] else match.start()]):
            cuts.append((match.start(), year))
            latest = year
    bounds = [0, *(at for at, _ in cuts[1:]), len(item.text)]
    drafts = []
    for n, (a, b) in enumerate(pairwise(bounds)):
        text = tidy(item.text[a:b])
        if not text:
            continue
        horizon = cuts[n][1] if cuts else _first_stated(text) or title_year or _default(clock)
        drafts.append(_draft("overall", None, text, item.start + a, item.start + b, section, horizon))
    return drafts


def _specific(label: str | None, text: str, start: int, end: int, section: Section | None, clock: Clock, known: list[Draft]) -> Draft:
    if not tidy(text):  # a goal in one sentence, which leads nothing
        label, text = None, label or ""
    text = tidy(text)
    year = _last_stated(f"{label or ''}。{text}")
    if year is None:
        overall = [d.values["horizon_year"] for d in known if d.values["kind"] == "overall"]
        own = clock.period_end if clock.period_end in overall else overall[-1] if overall else None
        year = clock.horizon or own or _default(clock)
    return _draft("specific", label, text, start, end, section, year)


def _draft(kind: str, label: str | None, text: str, start: int, end: int, section: Section | None, year: int | None) -> Draft:
    values = {"kind": kind, "label": tidy(label) if label else None, "text": text, "horizon_year": year}
    return Draft("goals", start, end, section, values)


def _default(clock: Clock) -> int | None:
    return clock.annual_year or clock.period_end


def _years(text: str) -> list[int]:
    found = []
    for match in _YEAR.finditer(text):
        before = text[max(0, match.start() - 4) : match.start()]
        if not _SINCE.search(before):
            found.append(int(match["year"]))
    if _CENTURY.search(text):
        found.append(MID_CENTURY)
    return found


def _stated(text: str) -> int | None:
    years = _years(text)
    return years[0] if years else None


def _first_stated(text: str) -> int | None:
    if years := _years(text):
        return years[0]
    match = _PERIOD.search(text)
    period = period_of(match[0]) if match else None
    return period[1] if period else None


def _last_stated(text: str) -> int | None:
    years = _years(text)
    return years[-1] if years else None


