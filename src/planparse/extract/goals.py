"""Goals: overall ones by horizon, specific ones by label (annotation guide, goals)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from planparse.extract.leads import dash_item, find_leads, is_lone_lead, item_lead, numbered_item
from planparse.extract.lexicon import worded
from planparse.language.offices import opens_with_role
from planparse.language.shapes import find_marker
from planparse.language.tidy import tidy
from planparse.language.time import MID_CENTURY, parse_year, period_of
from planparse.model.document import Item, Outline, Paragraph, Section
from planparse.model.drafts import Clock, Draft
from planparse.model.records import SectionKind
from planparse.outline.kinds.by_title import kind_of_title, names_aims_and_work
from planparse.tables.captions import remains

_OVERALL = worded(r"(?:第?十[一二三四五六]五|十[一二三四五六]个五年|二[〇零]\d?[一二三四五六七八九〇零]{1,2}年|20\d\d年|<of_whole>)+(?:发展|工作)?<aims>")
_SPECIFIC = worded(r"<specific>")
# 工作目标：到2025年，… at the head of a paragraph of a chapter that has no section for its goals
_LABEL = worded(r"(?P<label><labels>*(?:目标|指标))(?:[：:。])\s?(?=.{8})")
_BESIDE = (SectionKind.GUIDING_IDEOLOGY, SectionKind.PRINCIPLES)
"""What stands beside the goals in 指导思想和发展目标, at whatever depth."""
# 今年经济社会发展主要预期目标是：… — a sentence that itself says so, wherever it stands
_STATES = re.compile(r"(?:^|(?<=[。；！]))(?P<intro>[^。；：]{0,40}目标(?:是|为))[：:]\s?(?P<text>(?:一是.{8,}|[^。]{8,}。?))", re.DOTALL)
_THIS_YEAR = worded(r"<this_year>")
_ALL_OVER = worded(r"<all_over>")
"""In chapters so named, paragraphs that begin with a year are goals where no section is of kind goals."""
_INTRO = re.compile(r"[：:]$|(?:如下|(?<!\d)以下(?![。；]|$)|见表).{0,12}[。：:]?$")
_COMMITS = worded(r"(?<![0-9])(?!20[0-9]{2}年)[0-9]+(?:\.[0-9]+)?\s?(?:[%％]|[万亿]|个(?!<rhetoric_of_goals>)|[家户条座亩吨人所]|公里|平方米)")
"""An introduction that states figures of its own is a goal, not only an introduction."""
_IN = r"(?:20\d\d|二[〇零○][〇零○一二三四五六七八九]{2})"
# A new sentence that turns to a year: 到2035年，… / 2030年前，… / 展望2035年，… / 在此基础上再奋斗五年，到2035年…
_TURN = re.compile(
    r"(?:(?<=[。；！])|^)(?:在此基础上[^，。；]{0,10}，?)?(?:再[^，。；]{1,12}，)?(?:力争)?"
    rf"(?:(?:展望|到|至)\s?(?P<to>{_IN})\s?年|(?P<year>{_IN})\s?年(?:底|末|前|之前|以前|左右|底前|年末)?[，,])"
)
# not 为2035年…打下基础, which is no year of the goal's own
_YEAR = re.compile(rf"(?<![较比与于从自\d])(?<!(?<![标限期分])为)(?P<to>到|至)?\s?(?P<year>{_IN})\s?年(?!以来|起|相比|的?基础|度?以来|为基|度?[至到—-]{{1,2}}{_IN}年)(?P<end>底|末|前)?")
_SINCE = worded(r"<since>\s?$")
_CENTURY = re.compile(r"本世纪中叶")
_PERIOD = worded(r"“?十[一二三四五六]五”?<of_period>?")


def extract_goals(outline: Outline, clock: Clock) -> list[Draft]:
    """Goals of all sections of kind goals, and those that other sections state, in order."""
    topmost = list(_goal_sections(outline))
    drafts = _labelled(outline.preamble, None, clock) + _stated_in(outline.preamble, None, clock)
    for chapter in outline.chapters:
        both = chapter.kind == SectionKind.TASKS and names_aims_and_work(chapter.title)
        if (chapter.kind == SectionKind.OTHER or both) and not chapter.children:
            drafts += _labelled(chapter.items, chapter, clock)
        for section in chapter.walk():
            if section.kind not in (SectionKind.GOALS, SectionKind.BACKGROUND, SectionKind.ANNEX):
                drafts += _stated_in(section.items, section, clock)
            if not topmost and (both or _ALL_OVER.search(chapter.title)):
                drafts += _dated(section, clock)
    for section in topmost:
        reader = _Reader(clock)
        reader.read(section)
        drafts += reader.drafts
    return _once(drafts)


def _once(drafts: list[Draft]) -> list[Draft]:
    """The drafts in the order of the text; what is stated within another goal is that one's."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        if not kept or draft.start >= kept[-1].end:
            kept.append(draft)
    return kept


def _goal_sections(outline: Outline) -> Iterator[Section]:
    """The topmost sections of kind goals."""
    for section in outline.sections():
        if section.kind == SectionKind.GOALS and (section.parent is None or section.parent.kind != SectionKind.GOALS):
            yield section


# ---- goals that stand in other sections ------------------------------------------------------------------------------


def _labelled(items: Iterable[Item], section: Section | None, clock: Clock) -> list[Draft]:
    """Paragraphs that say by a run-in label that they are goals: 工作目标：…, 具体指标：…"""
    reader = _Reader(clock)
    for item in items:
        if isinstance(item, Paragraph) and (match := _LABEL.match(item.text)):
            reader.labelled(match, item, section)
    return reader.drafts


def _stated_in(items: Iterable[Item], section: Section | None, clock: Clock) -> list[Draft]:
    """Sentences that say that they are goals."""
    drafts: list[Draft] = []
    for item in items:
        for match in _STATES.finditer(item.text) if isinstance(item, Paragraph) and "目标" in item.text else ():
            reader = _Reader(clock)
            if section is not None and not _THIS_YEAR.search(match["intro"]):
                reader.announce(section.title)
            reader.announce(match["intro"])
            reader.overall(Paragraph(match["text"], item.start + match.start("text"), item.start + match.end("text")), section)
            drafts += reader.drafts
    return drafts


def _dated(section: Section, clock: Clock) -> list[Draft]:
    """Paragraphs that begin with a year to come."""
    reader = _Reader(clock)
    now = clock.period_start or clock.issued_year
    for item in section.paragraphs:
        match = _TURN.match(item.text)
        if match and (match["to"] if now is None else _year(match["to"] or match["year"]) >= now):
            reader.overall(item, section)
    return reader.drafts


# ---- sections of goals -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    """Takes the goals of one section and all below it, in the order of the text."""

    clock: Clock
    drafts: list[Draft] = field(default_factory=list)
    announced: int | None = None
    """The year that an announcing sentence gives to what is listed below it."""
    overall_year: int | None = None
    """The (first) year of the overall goal that was read last."""

    def read(self, section: Section) -> None:
        begin = 0
        self.announce(section.title)
        if kind_of_title(section.title) != SectionKind.GOALS or _ALL_OVER.search(section.title):  # 总体要求和工作目标: what says so is the goal
            said = _labelled(section.items, section, self.clock) or _stated_in(section.items, section, self.clock)
            if said:
                self.drafts += said
                return
            begin = next((p.start for p in section.paragraphs if _TURN.match(p.text)), 0)
        self.prose(section, specific=_SPECIFIC.search(section.title) is not None, begin=begin)
        for child in section.children:
            if child.kind != SectionKind.GOALS or kind_of_title(child.title) in _BESIDE:
                continue
            if _SPECIFIC.search(child.title):
                self.prose(child, specific=True)
                self._items(child)
            elif not (_overall(child) or any(_overall(c) or _SPECIFIC.search(c.title) for c in child.children)):
                if child.children and not _own_text(child):  # each item is a goal in one sentence
                    self._items(child)
                else:
                    self._item(child)
            elif child.children:
                self.read(child)
            else:
                self.prose(child, specific=False, title_year=_stated(child.title))

    def _items(self, parent: Section) -> None:
        """The numbered items below a title that groups them."""
        before = self.announced
        self.announce(parent.title)
        for item in parent.children:
            self.specific(item.title, _own_text(item), item.start, _end(item), item, said="".join(p.text for p in item.paragraphs))
        self.announced = before

    def _item(self, child: Section) -> None:
        """A numbered item that runs on, and the items numbered like it that have no lead of their own and so stand in its text."""
        listed = [] if child.children else [p for p in child.paragraphs if _numbered_after(child, p)]
        if not listed:
            self.specific(child.title, _own_text(child), child.start, _end(child), child)
            return
        first = listed[0].start
        self.specific(child.title, "".join(p.text for p in child.paragraphs if p.start < first), child.start, first, child)
        for item in listed:
            label, rest = item_lead(item.text[marker.end :] if (marker := find_marker(item.text)) else item.text)
            self.specific(label, rest, item.start, item.end, child)

    def prose(self, section: Section, *, specific: bool, title_year: int | None = None, begin: int = 0) -> None:
        """A section's own paragraphs from ``begin`` on: items and leads are specific, other paragraphs overall, one a horizon."""
        paragraphs = list(section.paragraphs)
        of_tables = {paragraphs[n].start for n in remains(p.text for p in paragraphs)}
        leads = {lead.start: lead for lead in find_leads(section) if lead.start not in of_tables}
        covered = of_tables | {p.start for lead in leads.values() for p in lead.paragraphs}
        marked = any(dash_item(tidy(p.text)) is not None for p in section.paragraphs)  # what no —— marks is then no item
        itemised = len(leads) >= 2 or specific
        for n, item in enumerate(section.items):
            if not isinstance(item, Paragraph) or item.start < begin or (item.start in covered and item.start not in leads):
                continue
            text = tidy(item.text)
            if (dashed := dash_item(text)) is not None:
                covered |= self._dashed(dashed, item, section, n)
            elif item.start in leads and not marked and (itemised or not _stated(leads[item.start].title)):
                lead = leads[item.start]
                self.specific(lead.title, lead.text, lead.start, lead.end, section)
            elif numbered := numbered_item(text):
                self.specific(*item_lead(numbered[1]), item.start, item.end, section)
            elif match := _LABEL.match(item.text):
                self.labelled(match, item, section)
            elif len(text) > 8 and not (len(text) < 90 and _INTRO.search(text) and not _COMMITS.search(text)):
                self.overall(item, section, title_year)
            else:
                stop = item.text.rfind("。", 0, -1) + 1
                if _first_stated(item.text[:stop]):  # 到2025年，渔港基本建成。具体目标是：
                    self.overall(Paragraph(item.text[:stop], item.start, item.start + stop), section, title_year)
                self.announce(text)

    def announce(self, text: str) -> None:
        """“十四五”时期的主要目标是：… gives what is listed below it its year, as an overall goal would."""
        years = [(m.start(), _year(m["year"])) for m in _YEAR.finditer(text)]
        years += [(m.start(), period[1]) for m in _PERIOD.finditer(text) if (period := period_of(m[0]))]
        self.announced = max(years)[1] if years else self.announced

    def labelled(self, match: re.Match[str], item: Paragraph, section: Section | None) -> None:
        """A paragraph behind its run-in label."""
        start, text = item.start + match.end(), item.text[match.end() :]
        if _SPECIFIC.search(match["label"]):
            self.specific(match["label"], text, item.start, item.end, section)
        else:
            self.overall(Paragraph(text, start, item.end), section)

    def _dashed(self, text: str, item: Paragraph, section: Section, n: int) -> set[int]:
        """A —— item; where it is nothing but a lead, its text is the paragraph below, whose start is returned."""
        follower = section.items[n + 1] if n + 1 < len(section.items) else None
        if is_lone_lead(text) and isinstance(follower, Paragraph) and dash_item(follower.text) is None:
            self.specific(text.rstrip("。"), follower.text, item.start, follower.end, section)
            return {follower.start}
        self.specific(*item_lead(text), item.start, item.end, section)
        return set()

    def overall(self, item: Paragraph, section: Section | None, title_year: int | None = None) -> None:
        """One goal a horizon: a paragraph that turns to a later year in a new sentence is split there."""
        cuts: list[tuple[int, int]] = []
        for match in _TURN.finditer(item.text):
            turned = _year(match["to"] or match["year"])
            if turned > (cuts[-1][1] if cuts else 0):
                cuts.append((match.start(), turned))
        stated = _first_stated(item.text[: cuts[0][0]]) if cuts else None
        if stated and stated < cuts[0][1]:  # …，到2025年达到100亿元。到2035年，…
            cuts.insert(0, (0, stated))
        years: list[int | None] = [turned for _, turned in cuts] or [_first_stated(item.text) or title_year]
        bounds = [0, *(at for at, _ in cuts[1:]), len(item.text)]
        for (a, b), year in zip(pairwise(bounds), years, strict=True):
            if text := tidy(item.text[a:b]):
                horizon = year or self.announced or _default(self.clock)
                self.drafts.append(_draft("overall", None, text, item.start + a, item.start + b, section, horizon))
        self.overall_year = years[0] or self.announced or _default(self.clock)
        if years[0] is not None:
            self.announced = None

    def specific(self, label: str | None, text: str, start: int, end: int, section: Section | None, said: str = "") -> None:
        """An item; without a year of its own, or one in all that is ``said`` of it (完成时限：2024年), it has that of the announcement or of
        the overall goal above it."""
        if not tidy(text) or _names_units(text):  # a goal in one sentence, which leads nothing
            label, text = None, label or ""
        if not (text := tidy(text)):
            return  # a number alone is a cell of a table that has lost its form
        year = _last_stated(f"{label or ''}。{text}{said}") or self.announced or self._of_overall() or _default(self.clock)
        self.drafts.append(_draft("specific", label, text, start, end, section, year))

    def _of_overall(self) -> int | None:
        end = self.clock.period_end
        stated = any(d.values["kind"] == "overall" and d.values["horizon_year"] == end for d in self.drafts)
        return end if stated else self.overall_year


def _names_units(text: str) -> bool:
    """Whether a text is no more than who is responsible, in brackets or not."""
    return opens_with_role(tidy(text).lstrip("（〔【["))


def _overall(section: Section) -> bool:
    return _OVERALL.fullmatch(re.sub(r"[“”（）()、，\s]", "", section.title)) is not None


def _numbered_after(child: Section, line: Paragraph) -> bool:
    """Whether a line's number is of the section's own kind and goes on from it; 10 千伏… is no number of an item."""
    marker = find_marker(line.text)
    return marker is not None and marker.rank == child.rank and not marker.raw.isdecimal() and (marker.ordinal or 0) > (child.ordinal or 0)


def _own_text(section: Section) -> str:
    """The text of a goal, without the lines that say who answers for it."""
    return "".join(p.text for s in section.walk() for p in s.paragraphs if not _names_units(p.text))


def _end(section: Section) -> int:
    """Where the text of a goal ends, that of its sub-sections included."""
    return max(s.end for s in section.walk())


def _draft(kind: str, label: str | None, text: str, start: int, end: int, section: Section | None, year: int | None) -> Draft:
    values = {"kind": kind, "label": tidy(label) if label else None, "text": text, "horizon_year": year}
    return Draft("goals", start, end, section, values)


def _default(clock: Clock) -> int | None:
    return clock.annual_year or clock.period_end


def _year(wording: str) -> int:
    return parse_year(wording) or 0


def _years(text: str) -> list[int]:
    found = []
    for match in _YEAR.finditer(text):
        before = text[max(0, match.start() - 4) : match.start()]
        if not _SINCE.search(before):
            found.append(_year(match["year"]))
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


