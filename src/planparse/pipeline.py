"""One document's way from bytes to records: the only file that states the order of the stages."""

from __future__ import annotations

import hashlib
import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from planparse.checks import account_of, check, trust_of
from planparse.cleaning import clean
from planparse.concepts import link_drafts
from planparse.data import in_force
from planparse.extract import Extraction, extract
from planparse.language.likeness import sketch
from planparse.loaders import load
from planparse.model.document import CleanDocument, Outline
from planparse.model.drafts import Draft
from planparse.model.findings import Code, DocumentError, Note
from planparse.model.options import Options
from planparse.model.records import (
    SHARE_PLACES,
    Document,
    Finding,
    Goal,
    Indicator,
    Project,
    Record,
    Records,
    SectionRecord,
    Source,
    Target,
    Task,
)
from planparse.model.source import STRUCTURE_MARKS, SourceDocument
from planparse.outline import outline

MODELS: dict[str, tuple[type[Record], str, str]] = {
    "sections": (SectionRecord, "section_id", "s"),
    "goals": (Goal, "goal_id", "g"),
    "tasks": (Task, "task_id", "t"),
    "projects": (Project, "project_id", "p"),
    "indicators": (Indicator, "indicator_id", "i"),
    "targets": (Target, "target_id", "q"),
}
"""Model, identifier column and identifier letter of each record table, in the order in which identifiers are given."""


@dataclass(slots=True)
class Stages:
    """Every stage of one document, for a look inside, with the seconds each took."""

    source: SourceDocument | None = None
    clean: CleanDocument | None = None
    outlines: tuple[Outline, ...] = ()
    records: list[Records] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def process(data: bytes, path: str, options: Options = Options()) -> list[Records]:  # noqa: B008 (frozen)
    """The records of all documents in one file. A file that cannot be read gives one ``Records`` with its findings alone."""
    return stages(data, path, options).records


def stages(data: bytes, path: str, options: Options = Options()) -> Stages:  # noqa: B008 (frozen)
    """As ``process``, keeping what each stage gave."""
    with in_force(options.vocabulary):
        return _stages(data, path, options)


def _stages(data: bytes, path: str, options: Options) -> Stages:
    kept = Stages()
    try:
        with _timed(kept, "load"):
            kept.source = load(data, path, options)
        with _timed(kept, "clean"):
            kept.clean = clean(kept.source, options.thresholds)
        with _timed(kept, "outline"):
            kept.outlines = outline(kept.clean)
    except DocumentError as error:
        kept.records = [Records(findings=[_file_finding(error.note, hashlib.sha256(data).hexdigest()[:16], path)])]
        return kept
    with _timed(kept, "extract"):
        extractions = [extract(one, options.thresholds) for one in kept.outlines]
    with _timed(kept, "link"):
        for extraction in extractions:
            link_drafts(extraction.drafts)
    with _timed(kept, "validate"):
        longest = options.thresholds.excerpt_length
        found = zip(kept.outlines, extractions, strict=True)
        kept.records = [_records(one, extraction, kept.clean, longest) for one, extraction in found]
    return kept


@contextmanager
def _timed(kept: Stages, stage: str) -> Iterator[None]:
    begun = time.perf_counter()
    try:
        yield
    finally:
        kept.seconds[stage] = kept.seconds.get(stage, 0.0) + time.perf_counter() - begun


def _file_finding(note: Note, doc_id: str, path: str) -> Finding:
    return Finding(
        doc_id=None, finding_id=f"{doc_id}-f0001", source_path=path, **note.columns(),
        source_start=None, source_end=None, page=None, section_id=None, excerpt_raw=None,
    )  # fmt: skip


# ---- drafts → records ------------------------------------------------------------------------------------------------


def _records(one: Outline, found: Extraction, cleaned: CleanDocument, longest: int) -> Records:
    source = cleaned.source
    doc_id = source.sha256[:16] + (f"-{one.part}" if one.part > 1 else "")
    notes = [*(cleaned.notes if one.part == 1 else ()), *one.notes, *found.notes, *check(one, found)]
    maker = _Maker(doc_id, cleaned, notes)
    tables = {table: maker.table(table, found.drafts[table]) for table in MODELS}
    account = account_of(one, found)
    document = Document(
        doc_id=doc_id,
        source_path=source.path,
        source_sha256=source.sha256,
        source_bytes=source.size,
        media_type=source.media_type,
        encoding=source.encoding,
        char_count=max(0, one.end - one.start),
        body_sketch=sketch(cleaned.text.text[one.start : one.end]),
        outline_trust=round(one.trust, SHARE_PLACES),
        trust=trust_of(one, found, maker.notes, account),
        coverage=account.share,
        **found.document,
    )
    return Records(
        documents=[document],
        findings=maker.findings(longest),
        sources=[Source(doc_id=doc_id, text=source.text)],
        **tables,
    )


class _Maker:
    """Gives drafts their identifiers and source spans, validates them, and turns what does not validate into findings."""

    def __init__(self, doc_id: str, cleaned: CleanDocument, notes: list[Note]) -> None:
        self.doc_id, self.cleaned, self.notes = doc_id, cleaned, notes
        self.length = len(cleaned.source.text)
        text = cleaned.text
        self.span = text.span if all(a <= b for a, b in pairwise(text.sources)) else text.extent
        self.section_ids: dict[int, str] = {}
        self.sections: list[tuple[int, str]] = []
        self.ids: dict[int, str] = {}

    def table(self, table: str, drafts: list[Draft]) -> list[Any]:
        model, id_column, letter = MODELS[table]
        rows: list[Record] = []
        for draft in drafts:
            row = self._row(draft, model, id_column, f"{self.doc_id}-{letter}{len(rows) + 1:04d}", len(rows) + 1)
            if row is not None:
                rows.append(row)
        return rows

    def _row(self, draft: Draft, model: type[Record], id_column: str, identifier: str, seq: int) -> Record | None:
        start, end = self._inside(*self.span(self._first(draft), draft.end))
        values = {key: value for key, value in draft.values.items() if value is not None}
        values["doc_id"], values[id_column], values["seq"] = self.doc_id, identifier, seq
        values["source_start"], values["source_end"], values["page"] = start, end, self._page(start)
        table = draft.table
        if table == "indicators":
            values["table_id"] = f"{self.doc_id}-{draft.values['table_id']}"
        if table != "sections":
            values["section_id"] = self.section_ids.get(id(draft.section))
        if table in ("sections", "tasks", "projects"):
            values["parent_id"] = self.ids.get(id(draft.parent))
        if table == "targets":
            values["owner_id"] = self.ids.get(id(draft.owner))
        try:
            row: Record = model.__pydantic_validator__.validate_python(values)
        except ValidationError as error:
            self._reject(draft, error, start, end)
            return None
        self.ids[id(draft)] = identifier
        if table == "sections" and draft.section is not None:
            self.section_ids[id(draft.section)] = identifier
            self.sections.append((start, identifier))
        return row

    def _first(self, draft: Draft) -> int:
        """Where a draft's first character stands: the mark of a table's beginning, which some begin with, stands for all that was left out before it."""
        text, start = self.cleaned.text.text, draft.start
        while start < draft.end - 1 and text[start] in STRUCTURE_MARKS:
            start += 1
        return start

    def _reject(self, draft: Draft, error: ValidationError, start: int, end: int) -> None:
        reasons = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:3])
        self.notes.append(Note.of(Code.REJECTED_RECORD, "reasons", start, end, table=draft.table, reasons=reasons))

    def _inside(self, start: int, end: int) -> tuple[int, int]:
        """A span within the source: marks that loaders add at the end of the text stand behind its last character."""
        return min(start, self.length), min(end, self.length)

    def _note_inside(self, note: Note) -> Note:
        if note.start is None or note.end is None or note.end <= self.length:
            return note
        start, end = self._inside(note.start, note.end)
        return replace(note, start=start, end=end)

    def _page(self, start: int) -> int | None:
        pages = self.cleaned.source.pages
        return max(1, bisect_right(pages, start)) if pages else None

    def findings(self, longest: int) -> list[Finding]:
        """All notes as rows, in the order of the text, each with ``longest`` characters of its wording at most."""
        source = self.cleaned.source
        ordered = sorted(self.notes, key=lambda n: (n.start if n.start is not None else -1, n.code))
        rows = []
        for seq, note in enumerate(map(self._note_inside, ordered), 1):
            excerpt = source.text[note.start : note.end][:longest] if note.start is not None else None
            place = bisect_right(self.sections, (note.start, "\uffff")) if note.start is not None else 0
            rows.append(
                Finding(
                    doc_id=self.doc_id,
                    finding_id=f"{self.doc_id}-f{seq:04d}",
                    source_path=source.path,
                    **note.columns(),
                    source_start=note.start,
                    source_end=note.end,
                    page=self._page(note.start) if note.start is not None else None,
                    section_id=self.sections[place - 1][1] if place else None,
                    excerpt_raw=excerpt or None,
                )
            )
        return rows

