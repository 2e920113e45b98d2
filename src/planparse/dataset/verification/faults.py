"""What does not hold of a dataset."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple


class Failed(NamedTuple):
    """One column of one row that does not hold: what it says, and what the source says, "" where that is not one thing."""

    column: str
    said: Any
    source: Any = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A ``Failed`` with the row that it is of; ``record_id`` is its key, or its ``doc_id`` where the table has none."""

    table: str
    record_id: str
    column: str
    said: str
    source: str = ""


Failures = Iterator[Failed]
_PLACES = Decimal("0.000001")


def same(said: Any, other: Any) -> bool:
    """Whether two values are one, as numbers are stored."""
    if isinstance(said, Decimal) and isinstance(other, Decimal):
        return said == other.quantize(_PLACES)
    return bool(said == other)


def fault(table: str, record_id: str | None, failed: Failed) -> Fault:
    """The fault of a row, in words."""
    return Fault(table, record_id or "", failed.column, _told(failed.said), _told(failed.source))


def _told(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, (set, frozenset, list, tuple)):
        return " | ".join(sorted(_told(one) for one in value)) or "nothing"
    return str(value)
