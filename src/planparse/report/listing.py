"""What the page of all records holds: columns, from which its script draws the rows that are in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from planparse.dataset.search import PLACES
from planparse.model.safe import cut
from planparse.report.catalogue import Entry
from planparse.report.documents import SINGULAR, in_order, name_of
from planparse.report.gold import TABLES, plain

Row = Mapping[str, Any]

LISTED = tuple(table for table in TABLES if table != "sections")
WORDING_LENGTH = 160
"""Characters of a record's wording that are shown and searched."""


class Listing:
    """The records of all documents, sections apart, in the order of the documents and of their texts."""

    def __init__(self) -> None:
        self.documents: list[list[Any]] = []
        self.rows: list[tuple[int, int, int, str, str, float | None, int | None, str]] = []

    def add(self, entry: Entry, tables: Mapping[str, Sequence[Row]]) -> None:
        """Take in the records of one document."""
        row = entry.document
        facets = [row["region"] or "", row["plan_kind"], entry.period, row["domain"] or "", row["trust"]]
        self.documents.append([entry.title, entry.file, *facets])
        for number, (table, record) in enumerate(in_order(tables)):
            if table in LISTED:
                self.rows.append((LISTED.index(table), len(self.documents) - 1, number, *_said(table, record)))

    def columns(self) -> dict[str, Any]:
        """For the script: documents, and the columns of the rows; ``rank`` is the place of a row's name in the order of names."""
        kinds, documents, numbers, names, values, amounts, years, wordings = (
            zip(*self.rows, strict=True) if self.rows else ((),) * 8
        )
        places = {name: place for place, name in enumerate(sorted(set(names), key=_pinyin))}
        return {
            "kinds": [SINGULAR[table] for table in LISTED],
            "documents": self.documents,
            "kind": kinds,
            "document": documents,
            "number": numbers,
            "name": names,
            "rank": [places[name] for name in names],
            "value": values,
            "amount": amounts,
            "year": years,
            "wording": wordings,
        }


def _said(table: str, row: Row) -> tuple[str, str, float | None, int | None, str]:
    """Name, value as worded, number, year and wording of a record."""
    place = PLACES[table]
    shown = cut((row.get(place.text) or "").replace("\n", " "), WORDING_LENGTH)
    return name_of(table, row), _value(table, row), plain(row.get(place.value or "")), row.get(place.year or ""), shown


def _value(table: str, row: Row) -> str:
    if table == "targets":
        return str(row["quantity_raw"])
    if table == "indicators":
        values = [row[name] for name in ("baseline_raw", "target_raw") if row[name]]
        return " → ".join(values) + (f" {row['unit']}" if values and row["unit"] else "")
    return row["investment_raw"] or "" if table == "projects" else "、".join(row.get("lead_units") or ())


def _pinyin(name: str) -> bytes:
    """A key that sorts common characters by their sound, as GB 2312 does."""
    return name.encode("gb18030", "replace")
