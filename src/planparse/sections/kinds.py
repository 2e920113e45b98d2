"""What a section is, by its title: the vocabulary of ``data/section_kinds.yaml``, then what the place in the plan tells."""

from __future__ import annotations

import re
from functools import cache

from planparse.data import vocabulary
from planparse.language.offices import find_offices
from planparse.language.tidy import tidy
from planparse.model.document import Section
from planparse.model.records import SectionKind

_TRIM = re.compile(r"(?<![\s，。：:；])[\s，。：:；]+$")
_MIXED = re.compile(r"^(?:总体要求|总体部署|总则|总论|(?:.{0,16}的)?指导思想.*(?:目标|原则)|总体要求.*|.*[和与及、]总体(?:要求|思路)|.*思路.*(?:目标|原则).*|基本原则.*目标|(?:主要|总体|工作|发展|行动)*目标[和与及、].*(?:任务|措施|举措|工作))$")


_LEADERSHIP = re.compile(r"党(?:的|对.{1,20}的|中央).{0,6}领导|党建")
_BRACKETS = ("）", ")", "）。", ")。")
_OPENING = frozenset({SectionKind.GUIDING_IDEOLOGY, SectionKind.PRINCIPLES, SectionKind.GOALS})
"""A chapter with one of these below it opens the plan, whatever its title (第一篇 开启新征程)."""


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile("|".join(f"(?:{p})" for p in row["patterns"]))) for row in vocabulary("section_kinds")["kinds"])


_WHOSE = re.compile(r"^(?:20\d\d年度?)?(?:全[省市县区州])?(?:国民)?经济(?:和|与)?社会发展的?(?=(?:主要|重点|工作|预期)?(?:任务|目标|指标))")
"""What the title of a chapter of an annual plan has before its kind: 2024年经济社会发展主要任务."""


@cache
def kind_of_title(title: str) -> str | None:
    """The kind that a title names, or None where it says nothing (总体要求 says ``other``)."""
    title = _WHOSE.sub("", _TRIM.sub("", tidy(title)).replace(" ", ""))
    if _MIXED.match(title):
        return SectionKind.OTHER
    if title in ("前言", "序言", "引言", "导言", "导语", "结语", "结束语", "后记", "前述"):
        return SectionKind.OTHER
    for kind, pattern in _rules():
        if pattern.search(title):
            return kind
    return None


def assign_kinds(chapters: tuple[Section, ...], *, explains: bool = False) -> None:
    """Give every section its kind, in place. A text that only explains a plan (``explains``) has no tasks of its own.

    Chapters whose titles say nothing are the tasks themselves where no chapter is named as the tasks; else ``other``.
    A sub-section inherits its chapter's kind unless its own title says otherwise.
    """
    named = [kind_of_title(c.title) for c in chapters]
    _free_early_leadership(chapters, named)
    has_tasks = any(k == SectionKind.TASKS for k in named)
    for chapter, kind in zip(chapters, named, strict=True):
        if chapter.number_raw is None and kind is None:
            kind = SectionKind.ANNEX if chapter.title.startswith("附") else SectionKind.OTHER
        below = {kind_of_title(c.title) for c in chapter.children}
        if kind in (SectionKind.GUIDING_IDEOLOGY, SectionKind.PRINCIPLES, SectionKind.BACKGROUND) and SectionKind.GOALS in below:
            kind = SectionKind.OTHER  # 总体思路 with 主要目标 under it
        if kind is None:
            kind = _place_kind(below, has_tasks)
        if kind == SectionKind.OTHER and not chapter.children and re.search(r"目标$", chapter.title):
            kind = SectionKind.GOALS  # 总体要求和工作目标 without sub-sections that could carry the goals
        chapter.kind = kind
        for child in chapter.children:
            _assign_below(child, chapter)
        if kind == SectionKind.OTHER:
            _after_lost_chapter(chapter)
        if explains:
            for section in chapter.walk():
                section.kind = SectionKind.OTHER if section.kind == SectionKind.TASKS else section.kind


def _free_early_leadership(chapters: tuple[Section, ...], named: list[str | None]) -> None:
    """加强党的领导 safeguards a plan only at its end: with items of its own before chapters of work, it is work like them."""
    for n, (chapter, kind) in enumerate(zip(chapters, named, strict=True)):
        leads = kind == SectionKind.SAFEGUARDS and chapter.children and _LEADERSHIP.search(chapter.title)
        if leads and (named[n + 1 : n + 2] == [None] or (SectionKind.TASKS not in named and _shared_out(chapter))):
            named[n] = None


def _shared_out(chapter: Section) -> bool:
    """Whether the items of a chapter name who is responsible for them."""
    return any(item.text.endswith(_BRACKETS) and find_offices(item.text) for child in chapter.children for item in child.paragraphs)


def _after_lost_chapter(chapter: Section) -> None:
    """Sub-sections behind the goals whose numbers do not go on have lost their chapter's heading: what follows the goals are tasks."""
    goals = lost = False
    last = 0
    for child in chapter.children:
        lost = lost or (goals and child.kind == SectionKind.OTHER and child.ordinal is not None and child.ordinal != last + 1)
        if lost and kind_of_title(child.title) is None:
            for section in child.walk():
                section.kind = SectionKind.TASKS
        goals = goals or child.kind == SectionKind.GOALS
        last = child.ordinal or last


def _place_kind(children: set[str | None], has_tasks: bool) -> str:
    """A chapter without a telling title: the tasks themselves, where no chapter is named so."""
    if children & _OPENING:
        return SectionKind.OTHER
    return SectionKind.OTHER if has_tasks else SectionKind.TASKS


def _assign_below(section: Section, parent: Section) -> None:
    own = kind_of_title(section.title) if section.level <= 2 or parent.kind == SectionKind.OTHER else None
    section.kind = _believed(own, parent) or parent.kind
    for child in section.children:
        _assign_below(child, section)


def _believed(own: str | None, parent: Section) -> str | None:
    """Whether a sub-section's title outweighs its chapter: in the tasks, only its goals or safeguards would not be tasks."""
    if own is None:
        return None
    if parent.kind == SectionKind.PROJECTS and own == SectionKind.OTHER:
        return own  # 投资来源 names no projects
    if parent.kind in (SectionKind.TASKS, SectionKind.PROJECTS, SectionKind.SAFEGUARDS, SectionKind.BACKGROUND, SectionKind.ANNEX):
        return None
    if parent.kind in (SectionKind.GOALS, SectionKind.PRINCIPLES, SectionKind.GUIDING_IDEOLOGY):
        return own if own in (SectionKind.GUIDING_IDEOLOGY, SectionKind.PRINCIPLES, SectionKind.GOALS) else None
    return own
