"""What the chapters of a document are: one best assignment over all of them, then their sub-sections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planparse.model.document import Section
from planparse.model.records import SectionKind
from planparse.outline.kinds.by_title import CHOICES, ORDER, begins_with_work, kind_of_title, lists_projects
from planparse.outline.kinds.costs import costs_of
from planparse.outline.kinds.named import kinds_named
from planparse.outline.kinds.subsections import after_lost_chapter, assign_below
from planparse.outline.weights import Weights, weights


def assign_kinds(chapters: Sequence[Section], title: str = "", *, plan: bool = True, law: bool = False) -> None:
    """Give every section its kind, in place; ``title`` is the document's. A text that is no plan has no goals, tasks or projects of its own; all of
    a law is ``other``."""
    body = [
        c
        for c in chapters
        if not ((c.number_raw is None and c.title.startswith("附")) or kind_of_title(c.title) == SectionKind.ANNEX)
    ]
    for chapter in chapters:
        chapter.kind = SectionKind.ANNEX
    for chapter, kind in zip(body, _best(body, weights(), lists_projects(title)), strict=True):
        chapter.kind = kind
    for chapter in chapters:
        for child in chapter.children:
            assign_below(child, chapter)
        if chapter.kind == SectionKind.OTHER:
            after_lost_chapter(chapter)
    if not plan:
        none_here = set(CHOICES) if law else {SectionKind.TASKS, SectionKind.GOALS, SectionKind.PROJECTS}
        for section in (s for c in chapters for s in c.walk() if s.kind in none_here):
            section.kind = SectionKind.OTHER


def _best(chapters: Sequence[Section], w: Weights, of_projects: bool) -> list[str]:
    """The cheapest kinds of all chapters together, ``of_projects``: of a list of projects. The state is the place in the usual order that was reached, and whether safeguards were."""
    states: dict[tuple[int, bool], tuple[float, tuple[Any, ...]]] = {(0, False): (0.0, ())}
    backwards, again = w["kind.backwards"], w["kind.again"]
    kinds = kinds_named(chapters)
    for n, chapter in enumerate(chapters):
        costs = costs_of(chapters, n, kinds, w)
        if of_projects and kind_of_title(chapter.title) is None and not begins_with_work(chapter.title):
            costs[SectionKind.PROJECTS] += w["kind.of_projects"]
        new: dict[tuple[int, bool], tuple[float, tuple[Any, ...]]] = {}
        options = [(kind, own, ORDER.get(kind, -1), kind == SectionKind.SAFEGUARDS) for kind, own in costs.items()]
        for (reached, safe), (cost, before) in states.items():
            for kind, own, place, safeguards in options:
                total = cost + own + (reached - place) * backwards if 0 <= place < reached else cost + own
                if safeguards and safe:
                    total += again
                state = (place if place > reached else reached, safe or safeguards)
                if state not in new or total < new[state][0]:
                    new[state] = (total, (kind, before))
        states = new
    found: list[str] = []
    link = min(states.values(), key=lambda s: s[0])[1]
    while link:
        kind, link = link
        found.append(kind)
    return found[::-1]
