"""What the extractors give: rows in clean offsets, before they are validated and get their identifiers and source spans."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from planparse.model.document import Section


@dataclass(slots=True)
class Draft:
    """A row of one table on its way to validation; ``start``/``end`` are its clean span.

    ``values`` are the columns by name; ``parent`` and ``owner`` point at other drafts and become identifiers.
    """

    table: str
    start: int
    end: int
    section: Section | None
    values: dict[str, Any]
    parent: Draft | None = None
    owner: Draft | None = None
    unknown: tuple[str, ...] = ()
    """Words before a colon that were read as a role (归口单位：…), although no list holds them."""
    number: tuple[int, int] | None = None
    """Clean span of the quantity of a target in prose."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The years that relative time in one place means. All None where the document does not say."""

    period_start: int | None = None
    period_end: int | None = None
    annual_year: int | None = None
    """The year of an annual document: what 今年, 年内, 全年, 年底前 mean."""
    issued_year: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a clause commits to, as found in one paragraph (offsets within that paragraph)."""

    start: int
    end: int
    raw: str
    comparator: str
    value: Decimal | None
    value_max: Decimal | None = None
    unit: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class FoundTarget:
    """One quantified commitment in one paragraph (offsets within that paragraph)."""

    subject: str
    quantity: Quantity
    sentence_start: int
    sentence_end: int
    deadline_year: int | None = None
    deadline_raw: str | None = None
    commitment: str = "plain"
    per_year: bool = False
    notes: tuple[str, ...] = field(default_factory=tuple)
