"""Rows and fields that differ from gold: what, on which line, of which cause. Causes are told apart mechanically."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from planparse.evaluation.folding import alike, fold, likeness, same_number
from planparse.evaluation.found import Found
from planparse.evaluation.gold import Gold
from planparse.evaluation.tables import RULES, Row, TableRule, same_place

TITLE_ALIKE, SUBJECT_ALIKE, PARTLY_ALIKE = 0.9, 0.6, 0.5
"""Likeness from which a wording is taken for the same one cut elsewhere."""
SHORTEST_PART = 4
"""Folded characters from which a wording inside another is a part of it, not chance."""


class Cause(StrEnum):
    """Why a row or field differs."""

    NOT_FOUND = "not found"
    WRONG_LEVEL = "wrong level"
    WRONG_SOURCE = "wrong source (prose, table, box)"
    WRONG_KIND = "wrong kind"
    WRONG_BOUNDARY = "wrong boundary"
    WRONG_VALUE = "wrong value"
    WRONG_PLACE = "wrong place"
    OTHER_TABLE = "in another table"
    TWICE = "read twice"
    NOT_IN_GOLD = "not in gold"
    FIELD_MISSING = "field empty"
    FIELD_INVENTED = "field filled where gold has none"
    FIELD_WRONG = "field differs"


class Side(StrEnum):
    MISSED = "missed"
    EXTRA = "extra"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference from gold. ``line`` is the line of the source text, from 1."""

    document: str
    table: str
    side: Side
    cause: Cause
    wording: str
    line: int | None
    field: str | None = None
    wanted: Any = None
    got: Any = None

    @property
    def name(self) -> str:
        """Cause with its table (and field), by which misses are counted."""
        return f"{self.table}.{self.field}: {self.cause}" if self.field else f"{self.table}: {self.cause}"


def wrong_field(gold: Gold, table: str, name: str, wording: str, wanted: Any, got: Any, line: int | None) -> Miss:
    """A field of a matched row that differs."""
    cause = Cause.FIELD_WRONG
    if got in (None, [], ""):
        cause = Cause.FIELD_MISSING
    elif wanted in (None, [], ""):
        cause = Cause.FIELD_INVENTED
    return Miss(gold.name, table, Side.FIELD, cause, wording, line, name, wanted, got)


def missed_row(gold: Gold, rule: TableRule, row: Row, unused: Sequence[Row], found: Found) -> Miss:
    """A gold row that nothing answers; ``unused`` are the found rows of its table that answer nothing."""
    cause = next((cause for other in unused if (cause := _difference(rule, row, other))), None)
    if cause is None:
        cause = Cause.OTHER_TABLE if _elsewhere(rule, row, found) else Cause.NOT_FOUND
    line = found.locate(row.get(rule.wording) or row.get("label"))
    return Miss(gold.name, rule.name, Side.MISSED, cause, _described(rule, row), line)


def extra_row(
    gold: Gold, rule: TableRule, row: Row, unanswered: Sequence[Row], wanted: Sequence[Row], found: Found
) -> Miss:
    """A found row that answers no gold row; of the ``wanted`` rows of its table, nothing answers ``unanswered``."""
    cause = next((cause for other in unanswered if (cause := _difference(rule, other, row))), None)
    if cause is None:
        twice = any(rule.same(other, row) >= rule.floor for other in wanted)
        cause = Cause.TWICE if twice else Cause.NOT_IN_GOLD
    return Miss(gold.name, rule.name, Side.EXTRA, cause, _described(rule, row), found.line_of(row))


def _described(rule: TableRule, row: Row) -> str:
    sort = row.get("level") or row.get("kind")
    return f"[{sort}] {rule.label(row)}" if sort else rule.label(row)


def _difference(rule: TableRule, gold: Row, row: Row) -> Cause | None:
    """What keeps a found row from answering a gold row, if it is about the same thing."""
    if rule.name == "targets":
        return _target_difference(gold, row)
    wanted, got = fold(_wording(rule, gold)), fold(_wording(rule, row))
    near = likeness(wanted, got, PARTLY_ALIKE)
    if near >= TITLE_ALIKE:
        if gold.get("level") != row.get("level"):
            return Cause.WRONG_LEVEL
        if gold.get("source") != row.get("source"):
            return Cause.WRONG_SOURCE
        if rule.name == "goals" and gold.get("kind") != row.get("kind"):
            return Cause.WRONG_KIND
        return Cause.WRONG_BOUNDARY
    return Cause.WRONG_BOUNDARY if near >= PARTLY_ALIKE or _inside(wanted, got) else None


def _wording(rule: TableRule, row: Row) -> str | None:
    if rule.name == "goals":
        start: str | None = row.get("text_start") or (row.get("text") or "")[:20]
        return start
    wording: str | None = row.get(rule.wording)
    return wording


def _inside(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST_PART and short in long


def _target_difference(gold: Row, row: Row) -> Cause | None:
    subjects = alike(gold["subject"], row.get("subject"), SUBJECT_ALIKE) >= SUBJECT_ALIKE
    number = same_number(gold["value"], row.get("value"))
    if same_place(gold, row):
        quantities = alike(gold["quantity_raw"], row.get("quantity_raw"), SUBJECT_ALIKE) >= SUBJECT_ALIKE
        return Cause.WRONG_VALUE if subjects or quantities else None
    return Cause.WRONG_PLACE if subjects and number else None


def _elsewhere(rule: TableRule, row: Row, found: Found) -> bool:
    """Whether another table holds a row of the gold row's name."""
    wanted = fold(_wording(rule, row) if rule.name != "targets" else row.get("subject"))
    for other in RULES:
        if other.name in (rule.name, "sections", "goals", "targets"):
            continue
        if any(likeness(wanted, fold(r.get(other.wording)), TITLE_ALIKE) for r in found.tables[other.name]):
            return True
    return False
