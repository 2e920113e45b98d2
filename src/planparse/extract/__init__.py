"""Outline → drafts of all records. Each table has its module; this one says in which order they are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planparse.extract.documents import extract_document
from planparse.extract.goals import extract_goals
from planparse.extract.headings import extract_sections
from planparse.extract.projects import box_projects, extract_prose_projects
from planparse.extract.tables import extract_grid
from planparse.extract.target_rows import extract_targets
from planparse.extract.tasks import extract_tasks
from planparse.language.offices import FIRST_LEADS, lead_by_first
from planparse.model.document import Box, Grid, Outline, Section
from planparse.model.drafts import Clock, Draft
from planparse.model.findings import Note
from planparse.model.options import USUAL, Thresholds

__all__ = ["Extraction", "extract"]


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
    clock = _clock(document)
    sections = extract_sections(outline)
    goals = extract_goals(outline, clock)
    tasks = extract_tasks(outline, clock)
    projects = extract_prose_projects(outline)
    rows: list[Draft] = []
    boxes: list[Draft] = []
    for section, item in _tables_and_boxes(outline):
        if isinstance(item, Box):
            boxes += _of_box(item, section, clock, rows)
        else:
            rows += extract_grid(item, section, clock)
    if FIRST_LEADS.search(outline.clean.text.text, outline.start, outline.end):
        _let_first_lead([*tasks, *projects, *rows])
    targets = extract_targets(outline, [*goals, *tasks, *projects, *boxes], [r for r in rows if r.table != "indicators"], clock)
    drafts = {
        "sections": sections,
        "goals": goals,
        "tasks": _ordered(tasks, rows, "tasks"),
        "projects": _ordered([*projects, *boxes], rows, "projects"),
        "indicators": _number_tables(_ordered([], rows, "indicators")),
        "targets": targets,
    }
    return Extraction(document, drafts, tuple(notes))


def _let_first_lead(drafts: list[Draft]) -> None:
    """The document says that of each list the first unit leads (责任单位中排在第一位的为牵头单位)."""
    for draft in drafts:
        lead, support = draft.values.get("lead_units") or [], draft.values.get("support_units") or []
        if len(lead) > 1:
            draft.values["lead_units"], draft.values["support_units"] = lead_by_first(lead, support)


def _ordered(drafts: list[Draft], rows: list[Draft], table: str) -> list[Draft]:
    return sorted([*drafts, *(r for r in rows if r.table == table)], key=lambda d: d.start)


def _number_tables(indicators: list[Draft]) -> list[Draft]:
    """Tables are numbered b01, b02 … in reading order."""
    places = sorted({d.values["table_id"] for d in indicators})
    for draft in indicators:
        draft.values["table_id"] = f"b{places.index(draft.values['table_id']) + 1:02d}"
    return indicators


def _clock(document: dict[str, Any]) -> Clock:
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


def _of_box(box: Box, section: Section | None, clock: Clock, rows: list[Draft]) -> list[Draft]:
    """A box that holds an indicator table is that table; else a programme, whose tables list its projects."""
    grids = [item for item in box.items if isinstance(item, Grid)]
    inner = [draft for grid in grids for draft in extract_grid(grid, section, clock, box=box)]
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
