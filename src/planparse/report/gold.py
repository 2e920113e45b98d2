"""Records in the form of a gold file, and which of its fields can be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from planparse.dataset.export.cells import number
from planparse.model.records import (
    DOCUMENT_FIELDS,
    Document,
    Goal,
    Indicator,
    Project,
    Record,
    SectionRecord,
    Target,
    Task,
)
from planparse.model.schema import columns

Row = Mapping[str, Any]
FORMS = {"list": "list", "int": "number", "decimal": "number", "date": "date"}
"""How a value of an Arrow type is corrected."""

ANCHOR_LENGTH = 20
START_LENGTH = 15
KIND_DEPTH = 2
TABLES: dict[str, tuple[type[Record], tuple[str, ...]]] = {
    "sections": (SectionRecord, ("level", "number_raw", "title", "kind")),
    "goals": (Goal, ("kind", "label", "horizon_year", "text_start")),
    "tasks": (Task, ("level", "number_raw", "title", "source", "start_year", "end_year", "lead_units", "support_units")),
    "projects": (Project, (
        "level", "number_raw", "name", "source", "start_year", "end_year", "investment_wan", "lead_units", "support_units",
    )),
    "indicators": (Indicator, (
        "number_raw", "name", "unit", "baseline_raw", "baseline_value", "baseline_year", "target_raw", "target_value",
        "target_year", "comparator", "property", "basis",
    )),
    "targets": (Target, (
        "subject", "quantity_raw", "comparator", "value", "value_max", "unit", "deadline_year", "anchor",
    )),
}  # fmt: skip
NEEDED = {"title", "name", "level", "kind", "source", "text_start", "subject", "quantity_raw", "comparator", "anchor"}
MAY_LACK = ((SectionRecord, "kind"),)
"""Gold gives no kind below the second level."""
ONLY_WHERE_STATED = ("value_max", "start_year", "end_year", "investment_wan", "lead_units", "support_units")
"""Left out of a gold row that does not have them, as the annotation guide does; years go together."""


def gold_row(table: str, row: Row) -> dict[str, Any]:
    """One record as a row of a gold file."""
    fields = TABLES[table][1]
    values = dict(row)
    if table == "sections" and row["level"] > KIND_DEPTH:
        values["kind"] = None
    if table == "goals":
        values["text_start"] = row["text"].replace("\n", "")[:START_LENGTH]
    if table == "targets":
        values["anchor"] = anchor(row["sentence"], row["quantity_raw"])
    years = any(values.get(name) is not None for name in ("start_year", "end_year"))
    gold = {}
    for name in fields:
        value = plain(values.get(name))
        stated = value not in (None, []) or (years and name.endswith("_year"))
        if stated or name not in ONLY_WHERE_STATED:
            gold[name] = value
    return gold


def anchor(sentence: str, quantity: str) -> str:
    """10 to 20 characters of the sentence that hold the quantity (all of it, where it is longer)."""
    at = sentence.find(quantity)
    if at < 0:
        return sentence[:ANCHOR_LENGTH]
    start = max(0, at + len(quantity) - ANCHOR_LENGTH) if len(quantity) < ANCHOR_LENGTH else at
    return sentence[start : max(at + len(quantity), start + ANCHOR_LENGTH)]


def plain(value: Any) -> Any:
    """A value as JSON has it: decimals as numbers, dates as ISO dates."""
    if isinstance(value, Decimal):
        return number(value)
    return value.isoformat() if isinstance(value, date) else value


def period_of(document: Row) -> str:
    """The years of a document's period: 2021—2025, blank for none."""
    years = [str(document[name]) for name in ("period_start", "period_end") if document[name] is not None]
    return "—".join(dict.fromkeys(years))


def gold_head(document: Row) -> dict[str, Any]:
    """What a gold file says before its tables."""
    return {
        "source_file": PurePosixPath(str(document["source_path"])).name,
        "split": "dev",
        "document": {name: plain(document[name]) for name in DOCUMENT_FIELDS},
    }


def specifications() -> dict[str, list[dict[str, Any]]]:
    """By table, the fields of a gold row: name, type (text, long, number, list, choice, date), choices, whether needed."""
    tables = {name: (model, fields) for name, (model, fields) in TABLES.items()}
    return {
        name: [_specification(model, field) for field in fields]
        for name, (model, fields) in (tables | {"document": (Document, DOCUMENT_FIELDS)}).items()
    }


def _specification(model: type[Record], name: str) -> dict[str, Any]:
    if name in ("anchor", "text_start"):
        return {"name": name, "type": "long", "needed": True}
    column = next(one for one in columns(model) if one.name == name)
    kind = "choice" if column.values else next((form for begun, form in FORMS.items() if column.kind.startswith(begun)), "text")
    needed = name in NEEDED and (model, name) not in MAY_LACK
    return {"name": name, "type": kind, "needed": needed} | ({"choices": list(column.values)} if column.values else {})
