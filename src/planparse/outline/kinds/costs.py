"""What each kind costs for one chapter, by its title, its place and what stands below it."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.model.document import Section
from planparse.model.records import SectionKind
from planparse.outline.kinds.by_content import (
    OPENING,
    is_answered,
    kinds_below,
    opens_below,
    tells_history,
    works_below,
)
from planparse.outline.kinds.by_title import (
    CHOICES,
    begins_with_work,
    clauses_of,
    kind_of_title,
    leaning,
    leans_of,
    trimmed,
)
from planparse.outline.kinds.named import named_beside
from planparse.outline.weights import Weights

MANY_CHAPTERS = 3
SHORT = 8
"""A title of so few characters without a verb only names something."""


def costs_of(chapters: Sequence[Section], n: int, kinds: set[str | None], w: Weights) -> dict[str, float]:
    """What each kind costs for the ``n``-th chapter by itself; ``kinds``: those that titles of the document name."""
    chapter, title = chapters[n], trimmed(chapters[n].title)
    costs = {str(kind): w[f"kind.is_{kind}"] for kind in CHOICES}
    if (named := named_beside(chapters, n, kinds)) is not None:
        _all_but(costs, named, w["kind.named_otherwise"])
        return costs
    if (found := next(filter(None, map(kind_of_title, clauses_of(title))), None)) is not None:
        _all_but(costs, found, w["kind.clause_otherwise"])
    works = begins_with_work(title)
    for kind in leans_of(title):
        if not (works and kind == SectionKind.OTHER):  # 改善办学条件 is no chapter of conditions
            costs[kind] += w["kind.lean"] + (w["kind.first"] if n == 0 and kind == SectionKind.BACKGROUND else 0.0)
    if works:
        costs[SectionKind.TASKS] += w["kind.works"]
    elif SectionKind.TASKS in kinds and len(title) <= SHORT and not works_below(chapter):
        costs[SectionKind.TASKS] += w["kind.no_work"]
    _by_place(costs, n, len(chapters), w)
    _by_what_stands_below(costs, chapter, w)
    return costs


def _all_but(costs: dict[str, float], named: str, cost: float) -> None:
    for kind in costs.keys() - {named}:
        costs[kind] += cost


def _by_place(costs: dict[str, float], n: int, count: int, w: Weights) -> None:
    if n and n + 1 == count:
        costs[SectionKind.SAFEGUARDS] += w["kind.last"]
    if count >= MANY_CHAPTERS and n * 3 >= count * 2:
        costs[SectionKind.SAFEGUARDS] += w["kind.after_all"]


def _by_what_stands_below(costs: dict[str, float], chapter: Section, w: Weights) -> None:
    below = [leaning(c.title) for c in chapter.children]
    answered = is_answered(chapter)
    if (kinds_below(chapter) & OPENING or opens_below(chapter)) and not answered:
        costs[SectionKind.OTHER] += w["kind.below_opens"]
    for kind in (SectionKind.SAFEGUARDS, SectionKind.BACKGROUND, SectionKind.PROJECTS):
        if below:
            costs[kind] += w["kind.below_leans"] * below.count(kind) / len(below)
    if answered:
        costs[SectionKind.TASKS] += w["kind.answered"]
    if tells_history(chapter):
        costs[SectionKind.BACKGROUND] += w["kind.history"]
