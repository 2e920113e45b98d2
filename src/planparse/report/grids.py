"""Tables drawn again from their rows: what each column and each row was taken for, the cells as worded, and what they became."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from planparse.dataset.coverage import locate
from planparse.report.gold import plain

Row = Mapping[str, Any]
Record = tuple[int, str, Row]
"""A record's number, its table and its row."""
DRAWN = {
    "indicators": ("number_raw", "category", "name", "unit", "baseline_raw", "target_raw", "property"),
    "projects": ("number_raw", "category", "name", "content", "start_year", "end_year", "investment_raw", "lead_units", "support_units"),
    "tasks": ("number_raw", "title", "text", "start_year", "end_year", "lead_units", "support_units"),
}
"""The columns of the dataset that a table's columns may have been taken for, in the order in which plans have them."""
OPENING = ("number_raw", "category")
"""The first cells of a row, wherever their wording stands again."""
PROPERTIES = {"binding": "约束性", "expected": "预期性"}


@dataclass(frozen=True, slots=True)
class Became:
    """One thing that a cell became: a value, or a value of a closed list (``choice``)."""

    value: str
    choice: bool = False


@dataclass(slots=True)
class Cell:
    """A cell's wording, and what it became; nothing for a cell that is kept as it is worded."""

    raw: str
    became: list[Became] = field(default_factory=list)
    unread: bool = False


@dataclass(slots=True)
class Drawn:
    """One table: its columns (a column of the dataset, or the header as worded) and its rows, each with its record's number and with
    what it was taken for."""

    kind: str
    caption: str | None
    columns: list[tuple[str | None, str]]
    rows: list[tuple[int, str | None, list[Cell]]]


def drawn_tables(text: str, records: Iterable[Record]) -> list[Drawn]:
    """The tables of one document, in order, from its records in order."""
    tables: list[list[Record]] = []
    last: dict[str, list[Record]] = {}
    for record in records:
        _, kind, row = record
        if kind not in DRAWN or (kind != "indicators" and row["source"] != "table"):
            last.pop(kind, None)
            continue
        if kind in last and _goes_on(kind, last[kind][-1][2], row):
            last[kind].append(record)
        else:
            last[kind] = [record]
            tables.append(last[kind])
    return [_drawn(text, rows[0][1], [(number, row) for number, _, row in rows]) for rows in tables]


def _goes_on(kind: str, above: Row, row: Row) -> bool:
    """Whether a row is of the table of the row above. Tables of tasks and projects have no identifier: a count that begins anew is another."""
    if kind == "indicators":
        return bool(above["table_id"] == row["table_id"])
    first, second = (str(one["number_raw"] or "") for one in (above, row))
    anew = first.isdecimal() and second.isdecimal() and int(second) < int(first)
    return bool(above["section_id"] == row["section_id"]) and not anew


def _drawn(text: str, kind: str, rows: Sequence[tuple[int, Row]]) -> Drawn:
    others = list(dict.fromkeys(header for _, row in rows for header, _ in pairs(row)))
    used = [column for column in DRAWN[kind] if any(row[column] not in (None, []) for _, row in rows)]
    if "unit" in used and not any(_unit_has_a_cell(text, row) for _, row in rows):
        used.remove("unit")  # it was read from a bracket in the name, or from the values
    columns: list[tuple[str | None, str]] = [(key, "") for key in used] + [(None, header) for header in others]
    columns = _in_order(text, columns, [row for _, row in rows])
    drawn = [(number, row.get("level"), [_cell(row, key, header) for key, header in columns]) for number, row in rows]
    return Drawn(kind, rows[0][1].get("caption"), columns, drawn)


def _unit_has_a_cell(text: str, row: Row) -> bool:
    """The unit stands in the row beside its name and values."""
    worded = [row[name] or "" for name in ("name", "baseline_raw", "target_raw")] + [cell for _, cell in pairs(row)]
    unit = row["unit"]
    if not unit or any(unit in words for words in worded):
        return False
    return locate(text, unit, row["source_start"], row["source_end"]) is not None


def pairs(row: Row) -> Iterable[tuple[str, str]]:
    """The other cells of a row, as Arrow gives them: pairs, or a mapping."""
    cells = row.get("other_cells") or ()
    return cells.items() if isinstance(cells, Mapping) else cells


def _wording(row: Row, key: str | None, header: str) -> str | None:
    if key is None:
        return next((cell for name, cell in pairs(row) if name == header), None)
    value = row[key]
    if isinstance(value, list):
        return "、".join(value) or None
    return PROPERTIES.get(value, value) if key == "property" else None if value is None else str(value)


def _in_order(
    text: str, columns: Sequence[tuple[str | None, str]], rows: Sequence[Row]
) -> list[tuple[str | None, str]]:
    """Columns by where their cells stand in the rows' wording; one that is never found stays behind the one before it."""
    keys: list[tuple[float, int]] = []
    before = -1.0
    for index, (key, header) in enumerate(columns):
        places = []
        for row in rows:
            place = locate(text, _wording(row, key, header), row["source_start"], row["source_end"])
            if place:
                places.append(place[0] - row["source_start"])
        opening = key in OPENING
        before = sum(places) / len(places) if places and not opening else before
        keys.append((before, index))
    return [columns[index] for _, index in sorted(keys)]


def _cell(row: Row, key: str | None, header: str) -> Cell:
    raw = _wording(row, key, header)
    if raw is None:
        return Cell("")
    cell = Cell(raw)
    if key == "property":
        cell.became = [Became(row["property"], choice=True)]
    elif key == "baseline_raw":
        cell.became = _value(row, "baseline")
        cell.unread = row["baseline_value"] is None
    elif key == "target_raw":
        comparator = [Became(row["comparator"], choice=True)] if row["comparator"] else []
        basis = [Became(row["basis"], choice=True)] if row["basis"] else []
        year, *value = _value(row, "target") or [Became("")]
        cell.became = [year, *comparator, *value, *basis]
        cell.unread = row["target_value"] is None
    elif key == "investment_raw":
        cell.became = [Became(f"{plain(row['investment_wan'])} 万元")] if row["investment_wan"] is not None else []
        cell.unread = row["investment_wan"] is None
    elif key == "name" and row.get("unit"):
        cell.became = [Became(row["unit"])]
    return cell


def _value(row: Row, which: str) -> list[Became]:
    year, value = row[f"{which}_year"], row[f"{which}_value"]
    return [Became("" if year is None else str(year)), *([] if value is None else [Became(str(plain(value)))])]
