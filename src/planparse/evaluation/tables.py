"""What makes two rows of a table the same, and which fields are then compared: the annotation guide as a table.

``soft`` comparisons forgive what a reader would (a shortened subject, a slip in a long title); ``strict`` ones ask for
the exact wording after folding. A comparison gives None where it does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from planparse.evaluation.folding import alike, fold, fold_title, fold_unit, fold_value, likeness, names, same_number
from planparse.model.options import Scoring

Row = Mapping[str, Any]
Comparison = Callable[[Row, Row], bool | None]

SAME_PLACE = 0.9
"""Least likeness of an anchor and a sentence that are the same place."""
QUANTITY_ALIKE = 0.6
LONGEST_SENTENCE = 600
"""A target's sentence of more characters is a page, not a sentence."""
START_LENGTH = 12
"""Folded characters of ``text_start`` that identify a goal."""
SUBJECT_WEIGHT = 0.1
"""What the likeness of subjects adds to the score of two targets with the same number in the same place."""
HEADING_DEPTH = 3
"""Gold gives headings down to this level."""
KIND_DEPTH = 2
"""Gold gives kinds down to this level."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table: compared only where the gold row has ``key``."""

    name: str
    key: str
    soft: Comparison
    strict: Comparison | None = None

    def agrees(self, gold: Row, found: Row, strict: bool = False) -> bool | None:
        """Whether the field is right; None where the gold row does not state it, or it does not count."""
        if self.key not in gold:
            return None
        compare = self.strict if strict and self.strict else self.soft
        return compare(gold, found)


@dataclass(frozen=True, slots=True)
class TableRule:
    """How rows of one table are matched (best score first, nothing under ``floor``) and compared."""

    name: str
    same: Callable[[Row, Row], float]
    floor: float
    fields: tuple[Field, ...]
    strict_floor: float = 1.0
    keep: Callable[[Row], bool] = lambda row: True
    wording: str = "title"
    """The column that names a row."""

    def label(self, row: Row) -> str:
        """A row in a few words, for lists of misses."""
        if row.get("quantity_raw"):
            return f"{row['quantity_raw']} {row.get('subject')}"
        name = row.get("name") or row.get("title") or row.get("label")
        return str(name or (row.get("text") or row.get("text_start") or "")[:20])


# ---- comparisons -----------------------------------------------------------------------------------------------------


def _equal(name: str) -> Field:
    return Field(name, name, lambda gold, found: bool(gold[name] == found.get(name)))


def _value(name: str, key: str) -> Field:
    return Field(name, key, lambda gold, found: same_number(gold[key], found.get(key)))


def _cell(name: str) -> Field:
    return Field(name, name, lambda gold, found: fold_value(gold[name]) == fold_value(found.get(name)))


def _wording(name: str, floor: float, key: str = "") -> Field:
    key = key or name
    return Field(
        name,
        key,
        lambda gold, found: alike(gold[key], found.get(key), floor) >= floor,
        lambda gold, found: fold(gold[key]) == fold(found.get(key)),
    )


def _units(name: str) -> Field:
    def compare(gold: Row, found: Row) -> bool | None:
        wanted, got = names(gold.get(name)), names(found.get(name))
        return None if not wanted and not got else wanted == got

    return Field(name, name, compare)


def _same_kind(gold: Row, found: Row) -> bool | None:
    if gold["kind"] is None or gold["level"] > KIND_DEPTH:
        return None
    return bool(gold["kind"] == found.get("kind"))


def _same_label(floor: float) -> Comparison:
    return lambda gold, found: alike(gold["label"], found.get("label"), floor) >= floor if gold["label"] else None


def _same_years(gold: Row, found: Row) -> bool:
    return (gold["start_year"], gold.get("end_year")) == (found.get("start_year"), found.get("end_year"))


def _same_end(gold: Row, found: Row) -> bool | None:
    """An inline 完成时限 states an end alone; where a start is stated too, ``years`` compares both."""
    return None if "start_year" in gold else bool(gold["end_year"] == found.get("end_year"))


NUMBER = Field("number", "number_raw", lambda gold, found: fold(gold["number_raw"]) == fold(found.get("number_raw")))
UNIT = Field("unit", "unit", lambda gold, found: fold_unit(gold["unit"]) == fold_unit(found.get("unit")))
YEARS = Field("years", "start_year", _same_years)


# ---- rows ------------------------------------------------------------------------------------------------------------


def _same_section(floor: float) -> Callable[[Row, Row], float]:
    def same(gold: Row, found: Row) -> float:
        if gold["level"] != found.get("level"):
            return 0.0
        return likeness(fold_title(gold["title"]), fold_title(found.get("title")), floor)

    return same


def _same_goal(floor: float) -> Callable[[Row, Row], float]:
    def same(gold: Row, found: Row) -> float:
        if gold["kind"] != found.get("kind"):
            return 0.0
        start = fold(gold["text_start"])[:START_LENGTH]
        if start and start in fold(found.get("text")):
            return 1.0
        return alike(gold["label"], found.get("label"), floor) if gold.get("label") else 0.0

    return same


def _same_named(column: str, floor: float) -> Callable[[Row, Row], float]:
    def same(gold: Row, found: Row) -> float:
        if gold["level"] != found.get("level") or gold["source"] != found.get("source"):
            return 0.0
        return alike(gold[column], found.get(column), floor)

    return same


def same_place(gold: Row, found: Row) -> bool:
    """The found target's sentence holds the gold anchor, and is a sentence."""
    sentence = found.get("sentence") or ""
    if len(sentence) > LONGEST_SENTENCE:
        return False
    anchor, folded = fold(gold["anchor"]), fold(sentence)
    return anchor in folded or likeness(anchor, folded, SAME_PLACE) > SAME_PLACE


def _same_target(gold: Row, found: Row) -> float:
    numbers = all(same_number(gold.get(name), found.get(name)) for name in ("value", "value_max"))
    if not numbers or not same_place(gold, found):
        return 0.0
    return 1.0 + SUBJECT_WEIGHT * alike(gold["subject"], found.get("subject"))


@cache
def rules(scoring: Scoring = Scoring()) -> tuple[TableRule, ...]:  # noqa: B008 (frozen)
    """How the rows of each table are matched and compared."""
    return (*_named_rules(scoring.title_alike, scoring.goal_alike), *_measured_rules(scoring))


def _named_rules(title: float, goal: float) -> tuple[TableRule, ...]:
    return (
        TableRule(
            "sections",
            _same_section(title),
            title,
            (Field("kind", "kind", _same_kind), NUMBER),
            keep=lambda row: (row.get("level") or 9) <= HEADING_DEPTH,
        ),
        TableRule(
            "goals",
            _same_goal(goal),
            goal,
            (_equal("horizon_year"), Field("label", "label", _same_label(title), _same_label(1.0))),
            wording="text_start",
        ),
        TableRule(
            "tasks",
            _same_named("title", title),
            title,
            (NUMBER, YEARS, Field("end_year", "end_year", _same_end), _units("lead_units"), _units("support_units")),
        ),
        TableRule(
            "projects",
            _same_named("name", title),
            title,
            (NUMBER, YEARS, _value("investment", "investment_wan"), _units("lead_units"), _units("support_units")),
            wording="name",
        ),
    )


def _measured_rules(scoring: Scoring) -> tuple[TableRule, ...]:
    indicator = scoring.indicator_alike
    return (
        TableRule(
            "indicators",
            lambda gold, found: alike(gold["name"], found.get("name"), indicator),
            indicator,
            (
                *(_value(name, name) for name in ("baseline_value", "target_value")),
                *(_equal(name) for name in ("baseline_year", "target_year", "comparator", "property", "basis")),
                *(_cell(name) for name in ("baseline_raw", "target_raw")),
                NUMBER,
                UNIT,
            ),
            wording="name",
        ),
        TableRule(
            "targets",
            _same_target,
            0.5,
            (
                *(_equal(name) for name in ("comparator", "deadline_year", "approximate", "commitment", "per_year")),
                UNIT,
                _wording("quantity_raw", QUANTITY_ALIKE),
                _wording("subject", scoring.subject_alike),
            ),
            strict_floor=1.0 + SUBJECT_WEIGHT,
            wording="anchor",
        ),
    )


RULES = rules()


# ---- the document's own row ------------------------------------------------------------------------------------------

_LENIENT = ("title", "issuer")
_DATE_LENGTH = len("2021-05-10")


def same_document_field(field: str, wanted: Any, got: Any, floor: float = 0.0) -> bool:
    """Whether one field of ``documents`` is right; titles and names from a ``floor`` of likeness on, dates by their day."""
    if field in _LENIENT and wanted and floor:
        return alike(wanted, got, floor) >= floor
    if field.endswith("_date"):
        return str(wanted or "")[:_DATE_LENGTH] == str(got or "")[:_DATE_LENGTH]
    return fold(_text(wanted)) == fold(_text(got))


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
