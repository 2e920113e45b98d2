"""Outline → drafts of all records. Each table has its module; this one says in which order they are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from planparse.extract.documents import extract_document
from planparse.extract.genre import no_plan
from planparse.extract.goals import extract_goals
from planparse.extract.headings import extract_sections
from planparse.extract.lost_breaks import find_lost_breaks, with_breaks
from planparse.extract.projects import box_projects, extract_prose_projects
from planparse.extract.target_rows import extract_targets
from planparse.extract.tasks import extract_tasks
from planparse.language.offices import FIRST_LEADS, lead_by_first
from planparse.model.document import Box, Grid, Outline, Section
from planparse.model.drafts import Clock, Draft
from planparse.model.findings import Code, Note
from planparse.model.options import USUAL, Thresholds

__all__ = ["Extraction", "clock_of", "extract"]

ONLY_OF_PLANS = ("goals", "tasks", "projects", "targets")
"""Tables that stay empty for a document that is no plan; its sections and indicator tables are kept."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one document: the columns of its own row, and drafts in reading order per table."""

    document: dict[str, Any]
    drafts: dict[str, list[Draft]]
    notes: tuple[Note, ...]


def extract(outline: Outline, thresholds: Thresholds = USUAL) -> Extraction:
    """All records of one outline, as drafts in clean offsets."""
    notes: list[Note] = []
    document = extract_document(outline, notes, thresholds)
    clock = clock_of(document)
    sections = extract_sections(outline)
    goals = extract_goals(outline, clock)
    tasks = extract_tasks(outline, clock)
    projects = extract_prose_projects(outline)
    rows: list[Draft] = []
    boxes: list[Draft] = []
    found = _tables_and_boxes(outline)
    doubts: list[Note] = []
    parts = find_lost_breaks(item.items for _, item in found if isinstance(item, Box))
    for section, item in found:
        if isinstance(item, Box):
            boxes += _of_box(replace(item, items=tuple(with_breaks(item.items, parts))), section, clock, rows, doubts)
        else:
            rows += _of_grid(item, section, clock, doubts)
    for note in doubts:
        start, end = outline.clean.text.span(note.start or 0, note.end or 0)
        notes.append(replace(note, start=start, end=end))
    answered = [*tasks, *projects, *boxes, *rows]
    _let_first_lead([draft for draft in answered if len(draft.values.get("lead_units") or ()) > 1], outline)
    notes += [_unknown_role(outline, draft, word) for draft in answered for word in draft.unknown]
    targets = extract_targets(outline, [*goals, *tasks, *projects, *boxes], [r for r in rows if r.table != "indicators"], clock)
    drafts = {
        "sections": sections,
        "goals": goals,
        "tasks": _ordered(tasks, rows, "tasks"),
        "projects": _ordered([*projects, *boxes], rows, "projects"),
        "indicators": _number_tables(_ordered([], rows, "indicators")),
        "targets": targets,
    }
    if not outline.plan:
        notes.append(no_plan(outline))
        drafts |= {table: [] for table in ONLY_OF_PLANS}
    return Extraction(document, drafts, tuple(notes))


def _let_first_lead(drafts: list[Draft], outline: Outline) -> None:
    """Where the document says that of each list the first unit leads (责任单位中排在第一位的为牵头单位)."""
    text = outline.clean.text.text
    if drafts and FIRST_LEADS.search(text, outline.start, outline.end):
        for draft in drafts:
            lead, support = draft.values["lead_units"], draft.values.get("support_units") or []
            draft.values["lead_units"], draft.values["support_units"] = lead_by_first(lead, support, text[draft.start : draft.end])


def _unknown_role(outline: Outline, draft: Draft, word: str) -> Note:
    """The finding that units stand behind a word that no list of roles holds."""
    at = outline.clean.text.text.find(word, draft.start, draft.end)
    span = outline.clean.text.span(*((at, at + len(word)) if at >= 0 else (draft.start, draft.end)))
    return Note.of(Code.UNKNOWN_ROLE_WORD, "word", *span, word=word)


def _ordered(drafts: list[Draft], rows: list[Draft], table: str) -> list[Draft]:
    return sorted([*drafts, *(r for r in rows if r.table == table)], key=lambda d: d.start)


def _number_tables(indicators: list[Draft]) -> list[Draft]:
    """Tables are numbered b01, b02 … in reading order."""
    places = sorted({d.values["table_id"] for d in indicators})
    for draft in indicators:
        draft.values["table_id"] = f"b{places.index(draft.values['table_id']) + 1:02d}"
    return indicators


def clock_of(document: Mapping[str, Any]) -> Clock:
    """The years that relative time means in a document, by its own columns."""
    start, end = document["period_start"], document["period_end"]
    issued = document["issued_date"]
    return Clock(
        period_start=start,
        period_end=end,
        annual_year=start if start is not None and start == end else None,
        issued_year=issued.year if issued else None,
    )


def _tables_and_boxes(outline: Outline) -> list[tuple[Section | None, Grid | Box]]:
    found: list[tuple[Section | None, Grid | Box]] = [(None, i) for i in outline.preamble if isinstance(i, Grid | Box)]
    for section in outline.sections():
        found += [(section, item) for item in section.items if isinstance(item, Grid | Box)]
    return found


def _of_grid(grid: Grid, section: Section | None, clock: Clock, doubts: list[Note], box: Box | None = None) -> list[Draft]:
    """What a table says. What reads tables is loaded with the first of them: many documents have none."""
    from planparse.extract.tables import extract_grid

    return extract_grid(grid, section, clock, doubts, box=box)


def _of_box(box: Box, section: Section | None, clock: Clock, rows: list[Draft], doubts: list[Note]) -> list[Draft]:
    """A box that holds an indicator table is that table; else a programme, whose tables list its projects."""
    grids = [item for item in box.items if isinstance(item, Grid)]
    inner = [draft for grid in grids for draft in _of_grid(grid, section, clock, doubts, box)]
    if inner and all(d.table == "indicators" for d in inner):
        rows += inner
        return []
    programme, *projects = box_projects(box, section)
    for draft in inner:
        if draft.table == "projects":
            draft.parent = programme
            draft.values["source"] = "box"
    rows += inner
    return [programme, *projects]
