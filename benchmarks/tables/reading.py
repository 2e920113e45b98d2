"""What is read back from a document with a made table, compared with what stands in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from benchmarks.tables.made import Table
from benchmarks.tables.surfaces import Surface
from planparse.pipeline import process

NAMED = {"indicators": "name", "projects": "name", "tasks": "title"}
TOLD = frozenset({"unread_table"})
"""Findings that tell the user that a table was not read, or not surely."""


@dataclass(slots=True)
class Result:
    """One table read back: rows that stand in it, rows found, rows that are right in every field; whether a finding tells of trouble."""

    stated: int
    found: int
    exact: int
    told: bool
    wrong: list[tuple[dict[str, Any], dict[str, Any]]]
    """Rows of which something is wrong: what is stated and what was found, the differing fields only."""

    @property
    def whole(self) -> bool:
        """Whether every row is right, and there is none too many."""
        return self.exact == self.stated == self.found


def read_back(table: Table, surface: Surface) -> Result:
    """Read the table's document, and compare row by row in order; a lost or an extra row does not shift the others."""
    data, name = surface(table)
    records = [r for r in process(data, name) if r.documents]
    rows = [row for r in records for row in getattr(r, table.kind)]
    if table.kind != "indicators":
        rows = [row for row in rows if row.source == "table"]
    told = any(f.code in TOLD for r in records for f in r.findings)
    wrong: list[tuple[dict[str, Any], dict[str, Any]]] = []
    exact = at = 0
    for want in table.records:
        key = _folded(want[NAMED[table.kind]])
        place = next((i for i in range(at, min(at + 6, len(rows))) if _folded(getattr(rows[i], NAMED[table.kind])) == key), None)
        if place is None:
            wrong.append((want, {}))
            continue
        differing = {k for k, v in want.items() if not _same(k, v, getattr(rows[place], k))}
        exact += not differing
        if differing:
            wrong.append(({k: want[k] for k in sorted(differing)}, {k: getattr(rows[place], k) for k in sorted(differing)}))
        at = place + 1
    return Result(len(table.records), len(rows), exact, told, wrong)


def _folded(value: Any) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", str(value or ""))).lower()


def _same(field: str, want: Any, found: Any) -> bool:
    if isinstance(want, Decimal) or isinstance(found, Decimal):
        return want is not None and found is not None and Decimal(want) == Decimal(found)
    if isinstance(want, list):
        return [_folded(v) for v in want] == [_folded(v) for v in found]
    if field in ("baseline_raw", "target_raw", "unit"):
        return _bare(want) == _bare(found)
    return _folded(want) == _folded(found) if isinstance(want, str) or isinstance(found, str) else want == found


def _bare(value: str | None) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", value or ""))
