"""Which kind the title of a chapter names, with what stands below it and the document's other titles in mind."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.language.tidy import tidy
from planparse.model.document import Section
from planparse.model.records import SectionKind
from planparse.outline.kinds.by_content import (
    OPENING,
    all_say_who,
    carries_goals,
    kinds_below,
    opens_below,
    works_below,
)
from planparse.outline.kinds.by_title import (
    begins_with_work,
    clauses_of,
    is_among,
    kind_of_title,
    leaning,
    names_aims_and_work,
    trimmed,
)


def kinds_named(chapters: Sequence[Section]) -> set[str | None]:
    """The kinds that titles of a document name whatever the others are."""
    titles = (c.title for c in chapters if not any(is_among(group, tidy(c.title)) for group in ("where", "policies")))
    return set(map(kind_of_title, titles))


def named_beside(chapters: Sequence[Section], n: int, kinds: set[str | None]) -> str | None:
    """The kind that the title of the ``n``-th chapter names beside the ``kinds`` that titles of the document name."""
    chapter, title = chapters[n], trimmed(chapters[n].title)
    named = _beside_others(chapters, n) or _named(chapter, title, last=n + 1 == len(chapters))
    if named == SectionKind.OTHER and names_aims_and_work(title) and not kinds_below(chapter) & OPENING:
        named = SectionKind.GOALS if SectionKind.TASKS in kinds and not works_below(chapter) else SectionKind.TASKS
    if named in (None, SectionKind.TASKS) and SectionKind.TASKS in kinds and is_among("where", title):
        named = SectionKind.OTHER
    if SectionKind.SAFEGUARDS in kinds and is_among("policies", title):
        named = SectionKind.TASKS
    if named is None and is_among("support", title):
        named = SectionKind.TASKS if SectionKind.SAFEGUARDS in kinds else SectionKind.SAFEGUARDS
    return named


def _beside_others(chapters: Sequence[Section], n: int) -> str | None:
    """The kind that a title of 保障 or 措施 has beside the other chapters, if they decide it.

    强化要素保障 is work where all its items say who does them; 工作措施 behind 主要任务 closes a plan without safeguards.
    """
    title, kinds = tidy(chapters[n].title), [kind_of_title(c.title) for c in chapters]
    if kinds[n] == SectionKind.SAFEGUARDS and begins_with_work(title) and not is_among("carrying_out", title) and chapters[n].children:
        return SectionKind.TASKS if all_say_who(chapters[n]) else None
    closes = n + 1 == len(chapters) and is_among("measures", title) and SectionKind.SAFEGUARDS not in kinds
    return SectionKind.SAFEGUARDS if closes and SectionKind.TASKS in kinds[:n] else None


def _named(chapter: Section, title: str, *, last: bool) -> str | None:
    """The kind that the title names, with what stands below it in mind."""
    named = kind_of_title(title)
    if named is not None and is_among("leadership", title) and not last and chapter.children:
        return None  # 加强党的领导 safeguards a plan only at its end
    below = kinds_below(chapter)
    if (
        named in (SectionKind.GUIDING_IDEOLOGY, SectionKind.PRINCIPLES, SectionKind.BACKGROUND)
        and SectionKind.GOALS in below
    ):
        return SectionKind.OTHER  # 总体思路 with 主要目标 under it
    if named == SectionKind.BACKGROUND and opens_below(chapter):
        return SectionKind.OTHER  # 迈上新征程 over 发展基础 and 总体要求
    if named == SectionKind.BACKGROUND and _goes_further(chapter, title):
        return SectionKind.TASKS  # 发展成就和主要目标任务 with what is to be done under it
    if named == SectionKind.GOALS and below & {SectionKind.TASKS, SectionKind.GUIDING_IDEOLOGY, SectionKind.PRINCIPLES}:
        return SectionKind.OTHER  # 目标任务 with both below it, 明确指导思想和工作目标 likewise
    if (
        named == SectionKind.GOALS
        and SectionKind.GOALS in below
        and len(below) > 1
        and (title.endswith("任务") or SectionKind.BACKGROUND in below)
    ):
        return SectionKind.OTHER  # 目标任务 with 主要目标 and what is to be done below it, 发展形势和主要目标 with both
    if named == SectionKind.GOALS and title.endswith("任务") and works_below(chapter):
        return SectionKind.TASKS
    return SectionKind.GOALS if carries_goals(chapter, named, title) and not names_aims_and_work(title) else named


def _goes_further(chapter: Section, title: str) -> bool:
    """Whether a title names goals or tasks behind what was reached, and most sub-sections begin with what is to be done."""
    further = (SectionKind.GOALS, SectionKind.TASKS, SectionKind.OTHER)
    return any(leaning(clause) in further for clause in clauses_of(title)[1:]) and works_below(chapter)
