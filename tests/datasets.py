"""Small datasets made of records, for tests of what reads datasets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from planparse.dataset.columns import encode
from planparse.dataset.writer import Take, write_tables
from planparse.model.findings import SEVERITY, Code
from planparse.model.records import (
    TABLES,
    Document,
    Finding,
    Goal,
    Indicator,
    Records,
    SectionRecord,
    Source,
    Target,
    Task,
)


class Memory:
    """Records as a source of rows."""

    def __init__(self, records: Records) -> None:
        self.rows = {model.table: getattr(records, model.table) for model in TABLES}

    def take(self, table: str, start: int, stop: int) -> Iterator[pa.RecordBatch]:
        model = next(model for model in TABLES if model.table == table)
        yield encode(model, self.rows[table][start:stop])

    def release(self) -> None: ...


def write(folder: Path, *found: Records, digest: str = "d") -> Path:
    """The dataset of these records."""
    folder.mkdir(parents=True, exist_ok=True)
    none = (0,) * len(TABLES)
    parts = [Take(Memory(one), none, tuple(len(getattr(one, m.table)) for m in TABLES)) for one in found]
    write_tables(folder, parts, {"planparse_version": "0", "corpus_digest": digest})
    return folder


def document(name: str = "a1", **more: Any) -> Document:
    about: dict[str, Any] = {"source_path": f"{name}.txt", "title": "禾阳县规划", "region": "禾阳县"}
    about |= {"outline_trust": 1.0, "trust": "sound"} | more
    return Document(
        doc_id=name, source_sha256=name * 8, source_bytes=9, media_type="text/plain", script="hans",
        plan_kind="five_year_plan", char_count=9, **about,
    )  # fmt: skip


def place(name: str, number: int = 1, **more: Any) -> dict[str, Any]:
    return {"doc_id": name, "source_start": 0, "source_end": 2, "seq": number, "section_id": None} | more


def section(name: str, number: int, title: str, **more: Any) -> SectionRecord:
    about = {"level": 1, "title": title, "kind": "tasks", "path": title, "trust": 1.0} | more
    return SectionRecord(**place(name, number) | {"section_id": f"{name}-s{number:04}"}, **about)


def finding(name: str, number: int, code: Code, message: str = "Look at it.") -> Finding:
    return Finding(
        doc_id=name, finding_id=f"{name}-f{number:04}", source_path=f"{name}.txt", code=code, severity=SEVERITY[code],
        message=message,
    )  # fmt: skip


def goal(name: str, number: int, text: str, **more: Any) -> Goal:
    return Goal(**place(name, number), goal_id=f"{name}-g{number:04}", **({"kind": "overall", "text": text} | more))


def task(name: str, number: int, title: str, **more: Any) -> Task:
    about = {"level": "task", "title": title, "source": "prose"} | more
    return Task(**place(name, number), task_id=f"{name}-t{number:04}", **about)


def indicator(name: str, number: int, what: str, **more: Any) -> Indicator:
    about = {"table_id": f"{name}-table1", "name": what} | more
    return Indicator(**place(name, number), indicator_id=f"{name}-i{number:04}", **about)


def target(name: str, number: int, subject: str, **more: Any) -> Target:
    about = {
        "context": "goal",
        "subject": subject,
        "quantity_raw": "5个",
        "comparator": "eq",
        "sentence": "一句。",
    } | more
    return Target(
        **place(name, number, **{k: about.pop(k) for k in ("source_start", "source_end") if k in about}),
        target_id=f"{name}-q{number:04}",
        **about,
    )


def source(name: str, text: str = "原文在此。") -> Source:
    return Source(doc_id=name, text=text)
