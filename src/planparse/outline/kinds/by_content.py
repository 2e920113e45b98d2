"""What stands below a chapter and tells its kind: goals, what opens a plan, work, who answers for it, what was reached."""

from __future__ import annotations

from planparse.language.offices import find_offices, opens_with_role
from planparse.model.document import Section
from planparse.model.records import SectionKind
from planparse.outline.kinds.by_title import begins_with_work, kind_of_title, patterns_of

OPENING = frozenset((SectionKind.GUIDING_IDEOLOGY, SectionKind.PRINCIPLES, SectionKind.GOALS))
"""A chapter with one of these below it states what the plan wants as a whole, whatever its title (第一篇 开启新征程)."""

_CLOSERS = ("）", ")", "）。", ")。")


def kinds_below(section: Section) -> set[str | None]:
    """The kinds that titles of sub-sections name."""
    return {kind_of_title(child.title) for child in section.children}


def carries_goals(section: Section, named: str | None, title: str) -> bool:
    """Whether a title that names goals last has no sub-sections that could carry them: 总体要求和工作目标."""
    return named == SectionKind.OTHER and not section.children and title.endswith("目标")


def opens_below(chapter: Section) -> bool:
    """Whether a sub-section 总体要求 holds what opens a plan."""
    return any(kind_of_title(c.title) == SectionKind.OTHER and OPENING & kinds_below(c) for c in chapter.children)


def works_below(chapter: Section) -> bool:
    """Whether most sub-sections begin with what is to be done."""
    return 2 * sum(begins_with_work(child.title) for child in chapter.children) > max(1, len(chapter.children))


def is_answered(chapter: Section) -> bool:
    """Whether items of a chapter name who is responsible for them."""
    closing = [p for s in chapter.walk() for p in s.paragraphs if p.text.endswith(_CLOSERS)]
    return any(find_offices(p.text) for p in closing[:6]) or any(
        opens_with_role(child.title) for child in chapter.children
    )


def all_say_who(chapter: Section) -> bool:
    """Whether each item of a chapter names an office, in its title or at the end of a section of it."""
    return all(map(_says_who, chapter.children))


def _says_who(section: Section) -> bool:
    return find_offices(section.title) is not None or any(
        find_offices(p.text) for s in section.walk() for p in s.paragraphs[-2:]
    )


def tells_history(chapter: Section) -> bool:
    """Whether a chapter tells again and again what was done."""
    told = "".join(p.text[:200] for s in chapter.walk() for p in s.paragraphs[:2])[:1500]
    return bool(told) and len(patterns_of("history").findall(told)) * 120 >= len(told)
