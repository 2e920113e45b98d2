"""The kinds of sub-sections: their titles against the kind of their chapter."""

from __future__ import annotations

from planparse.model.document import Section
from planparse.model.records import SectionKind
from planparse.outline.kinds.by_content import OPENING, carries_goals
from planparse.outline.kinds.by_title import is_among, kind_of_title


def assign_below(section: Section, parent: Section) -> None:
    """Give a sub-section and those below it their kinds."""
    own = kind_of_title(section.title) if section.level <= 2 or parent.kind == SectionKind.OTHER else None
    own = SectionKind.GOALS if carries_goals(section, own, section.title) else own
    section.kind = SectionKind.OTHER if is_among("effect", section.title) else _believed(own, parent) or parent.kind
    for child in section.children:
        assign_below(child, section)


def _believed(own: str | None, parent: Section) -> str | None:
    """Whether a sub-section's title outweighs its chapter's kind."""
    if own is None or parent.kind in (
        SectionKind.TASKS,
        SectionKind.SAFEGUARDS,
        SectionKind.BACKGROUND,
        SectionKind.ANNEX,
    ):
        return None
    if parent.kind == SectionKind.PROJECTS:
        return own if own == SectionKind.OTHER else None  # 投资来源 names no projects
    if parent.kind in OPENING:
        return own if own in OPENING else None
    return own


def after_lost_chapter(chapter: Section) -> None:
    """Sub-sections behind the goals whose numbers do not go on have lost their chapter's heading: what follows the goals are tasks, as they are
    in a chapter that names both."""
    goals = lost = False
    both = "任务" in chapter.title and not any(c.kind == SectionKind.TASKS for c in chapter.children)
    last = 0
    for child in chapter.children:
        lost = lost or (
            goals
            and child.kind == SectionKind.OTHER
            and child.ordinal is not None
            and (both or child.ordinal != last + 1)
        )
        if lost and kind_of_title(child.title) is None:
            for section in child.walk():
                section.kind = SectionKind.TASKS
        goals = goals or child.kind == SectionKind.GOALS
        last = child.ordinal or last
