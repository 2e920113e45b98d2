"""Targets: the quantified commitments of every paragraph that may hold one, each with the record that it stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from planparse.extract.targets import find_targets
from planparse.language.quantities import may_hold_quantities
from planparse.language.tidy import tidy
from planparse.model.document import Box, Outline, Paragraph, Section
from planparse.model.drafts import Clock, Draft
from planparse.model.records import Context, SectionKind

_SILENT = frozenset({SectionKind.BACKGROUND})
_CONTEXT = {"goals": Context.GOAL, "tasks": Context.TASK, "projects": Context.PROJECT}
_KIND_CONTEXT = {
    SectionKind.GOALS: Context.GOAL,
    SectionKind.TASKS: Context.TASK,
    SectionKind.PROJECTS: Context.PROJECT,
    SectionKind.SAFEGUARDS: Context.SAFEGUARD,
}


def extract_targets(outline: Outline, owners: list[Draft], rows: list[Draft], clock: Clock) -> list[Draft]:
    """Targets in reading order. ``owners`` are the drafts of prose and boxes, ``rows`` those of tables (their text is a cell's)."""
    by_section: dict[int, list[Draft]] = defaultdict(list)
    for draft in owners:
        by_section[id(draft.section)].append(draft)
    drafts: list[Draft] = []
    for section, paragraph in _pieces(outline, by_section):
        if not may_hold_quantities(paragraph.text):
            continue
        owner = _owner(section, paragraph, by_section)
        horizon = owner.values.get("horizon_year") if owner is not None and owner.table == "goals" else None
        drafts += _in_text(paragraph.text, paragraph.start, None, section, owner, clock, horizon)
    for row in rows:
        for text in _texts(row):
            drafts += _in_text(text, row.start, row.end, row.section, row, clock, None)
    return sorted(drafts, key=lambda d: (d.start, d.end))


def _texts(row: Draft) -> list[str]:
    """What a row says: what a task's title commits to (新建泵站2座), and its contents. A project's name commits to nothing."""
    values = row.values
    title = values["title"] if row.table == "tasks" and may_hold_quantities(values["title"]) else None
    return [text for text in (title, values.get("text") or values.get("content")) if text]


def _pieces(outline: Outline, by_section: dict[int, list[Draft]]) -> Iterator[tuple[Section | None, Paragraph]]:
    """Paragraphs, cut where a goal of a later horizon begins inside one."""
    for section, paragraph in _paragraphs(outline):
        inside = {d.start for d in by_section.get(id(section), ()) if paragraph.start < d.start < paragraph.end}
        if not inside:
            yield section, paragraph
            continue
        bounds = [paragraph.start, *sorted(inside), paragraph.end]
        for a, b in pairwise(bounds):
            yield section, Paragraph(paragraph.text[a - paragraph.start : b - paragraph.start], a, b)


def _paragraphs(outline: Outline) -> Iterator[tuple[Section | None, Paragraph]]:
    """Paragraphs that may commit: all but those of background chapters. The notice and the preamble may, too."""
    yield from ((None, p) for p in (*outline.front, *outline.preamble) if isinstance(p, Paragraph))
    for section in outline.sections():
        if section.kind in _SILENT:
            continue
        head = section.number_raw is not None and section.run_in
        for n, item in enumerate(section.items):
            if isinstance(item, Paragraph):
                if n == 0 and head:  # a run-in heading is the first sentence of its paragraph
                    text = outline.clean.text.text[section.title_end - len(section.title) : item.end]
                    yield section, Paragraph(text, section.title_end - len(section.title), item.end)
                else:
                    yield section, item
            elif isinstance(item, Box):
                yield from ((section, inner) for inner in item.items if isinstance(inner, Paragraph))


def _owner(section: Section | None, paragraph: Paragraph, by_section: dict[int, list[Draft]]) -> Draft | None:
    """The smallest record that holds the paragraph, in its section or one above."""
    while section is not None:
        holding = [d for d in by_section.get(id(section), ()) if d.start <= paragraph.start and paragraph.end <= d.end]
        if holding:
            return min(holding, key=lambda d: d.end - d.start)
        section = section.parent
    return None


def _in_text(
    text: str, start: int, end: int | None, section: Section | None, owner: Draft | None, clock: Clock, horizon: int | None
) -> Iterator[Draft]:
    """Targets of one text. A paragraph's are placed by offset; a cell's (``end`` given) by the row."""
    context = _CONTEXT[owner.table] if owner else _KIND_CONTEXT.get(SectionKind(section.kind), Context.OTHER) if section else Context.OTHER
    topic = owner.values.get("name") if owner is not None and owner.table == "projects" else None
    for found in find_targets(text, clock, horizon, topic):
        quantity = found.quantity
        values = {
            "context": context,
            "subject": found.subject,
            "quantity_raw": quantity.raw,
            "comparator": quantity.comparator,
            "value": quantity.value,
            "value_max": quantity.value_max,
            "unit": quantity.unit,
            "deadline_year": found.deadline_year,
            "deadline_raw": found.deadline_raw,
            "approximate": quantity.approximate,
            "commitment": found.commitment,
            "per_year": found.per_year,
            "sentence": tidy(text[found.sentence_start : found.sentence_end]),
        }
        at = (start + found.sentence_start, start + found.sentence_end) if end is None else (start, end)
        yield Draft("targets", at[0], at[1], section, values, owner=owner)
