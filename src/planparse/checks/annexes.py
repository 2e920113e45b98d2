"""A task that stands in the body and again in a table or an annex, with another year or other numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from planparse.extract import Extraction
from planparse.language.tidy import fold
from planparse.model.document import Outline, Section
from planparse.model.drafts import Draft
from planparse.model.findings import Code, Note
from planparse.model.records import Origin, SectionKind

LEAST_TITLE = 6
"""A shorter title may be that of two tasks."""


def against_annex(outline: Outline, found: Extraction) -> Iterator[Note]:
    """Tasks of one title, once in the body and once in a table or an annex: their years, and targets of one subject, unit and year."""
    copies: dict[str, tuple[list[Draft], list[Draft]]] = defaultdict(lambda: ([], []))
    for task in found.drafts["tasks"]:
        copies[fold(task.values["title"])][_is_annexed(task)].append(task)
    pairs = {title: (body[0], annex[0]) for title, (body, annex) in copies.items() if len(title) >= LEAST_TITLE and len(body) == len(annex) == 1}
    if not pairs:
        return
    targets: dict[int, list[Draft]] = defaultdict(list)
    for target in found.drafts["targets"]:
        targets[id(target.owner)].append(target)
    for body, annex in pairs.values():
        years = (body.values.get("end_year"), annex.values.get("end_year"))
        if all(years) and years[0] != years[1]:
            yield _note(outline, body, annex, body.values["title"], *years)
        ours, theirs = (_once(targets[id(task)]) for task in (body, annex))
        for key in ours.keys() & theirs.keys():
            one, other = ours[key], theirs[key]
            if (one.values["value"], one.values["value_max"]) != (other.values["value"], other.values["value_max"]):
                yield _note(outline, one, other, one.values["subject"], one.values["quantity_raw"], other.values["quantity_raw"])


def _note(outline: Outline, one: Draft, other: Draft, name: str, said: Any, again: Any) -> Note:
    place, beside = (outline.clean.text.span(*(draft.number or (draft.start, draft.end))) for draft in (one, other))
    return Note.of(Code.PROSE_TABLE_MISMATCH, "annex", *place, name=name, body=said, annex=again).beside(*beside)


def _once(targets: list[Draft]) -> dict[tuple[Any, ...], Draft]:
    """Targets by what they measure, those that are alone in it."""
    by_measure: dict[tuple[Any, ...], list[Draft]] = defaultdict(list)
    for target in targets:
        said = target.values
        by_measure[fold(said["subject"]), said["unit"], said["comparator"], said["deadline_year"], said["per_year"]].append(target)
    return {key: alike[0] for key, alike in by_measure.items() if len(alike) == 1}


def _is_annexed(task: Draft) -> bool:
    section: Section | None = task.section
    return task.values["source"] == Origin.TABLE or (section is not None and section.kind == SectionKind.ANNEX)
