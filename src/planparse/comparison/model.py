"""What a comparison says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

Row = dict[str, Any]
Kind = Literal["came", "went", "changed"]
KINDS: tuple[Kind, ...] = ("came", "went", "changed")


@dataclass(frozen=True, slots=True)
class Field:
    """One column that differs."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """A record that came, went or changed; ``fields`` are what differs (of one that came or went: what it says)."""

    table: str
    kind: Kind
    name: str
    old_id: str | None
    new_id: str | None
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that both have. ``alike`` counts the records of each table that are the same in both."""

    old_path: str
    new_path: str
    title: str
    fields: tuple[Field, ...]
    changes: tuple[Change, ...]
    alike: dict[str, int]

    @property
    def differs(self) -> bool:
        return bool(self.fields or self.changes)

    def of(self, table: str) -> list[Change]:
        """The changes of one table."""
        return [change for change in self.changes if change.table == table]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs between two versions."""

    old: str
    new: str
    documents: tuple[DocumentChange, ...]
    came: tuple[Row, ...]
    """Documents (their rows) that only the new one has."""
    went: tuple[Row, ...]

    @property
    def differs(self) -> bool:
        return bool(self.came or self.went or any(document.differs for document in self.documents))

    def counts(self) -> dict[str, dict[str, int]]:
        """By table, how many records came, went, changed or are the same."""
        found: dict[str, Counter[str]] = {}
        for document in self.documents:
            for table, count in document.alike.items():
                found.setdefault(table, Counter(dict.fromkeys(KINDS, 0)))["alike"] += count
            for change in document.changes:
                found[change.table][change.kind] += 1
        return {table: dict(counter) for table, counter in found.items()}
