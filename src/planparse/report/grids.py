"""Indicator tables drawn again from their rows: the cells as worded, and beneath each what it became."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from planparse.dataset.coverage import locate
from planparse.report.gold import plain

Row = Mapping[str, Any]
WORDED = {
    "cell_number": "number_raw",
    "cell_category": "category",
    "cell_name": "name",
    "cell_unit": "unit",
    "cell_baseline": "baseline_raw",
    "cell_target": "target_raw",
    "cell_property": "property",
}
"""Column of the drawing → column of the dataset with its wording, in the order in which plans have them."""
OPENING = ("cell_number", "cell_category")
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
    kept: bool = False
    unread: bool = False


@dataclass(slots=True)
class Drawn:
    """One table: its columns (a key of the interface, or the header as worded) and rows with their record's number."""

    caption: str | None
    columns: list[tuple[str | None, str]]
    rows: list[tuple[int, list[Cell]]]


def drawn_tables(text: str, indicators: Sequence[tuple[int, Row]]) -> list[Drawn]:
    """The indicator tables of one document, in order; each row comes with the number of its record."""
    tables: dict[str, list[tuple[int, Row]]] = {}
    for number, row in indicators:
        tables.setdefault(row["table_id"], []).append((number, row))
    return [_drawn(text, rows) for rows in tables.values()]


def _drawn(text: str, rows: Sequence[tuple[int, Row]]) -> Drawn:
    others = list(dict.fromkeys(header for _, row in rows for header, _ in pairs(row)))
    used = [key for key, column in WORDED.items() if any(row[column] is not None for _, row in rows)]
    if "cell_unit" in used and not any(_unit_has_a_cell(text, row) for _, row in rows):
        used.remove("cell_unit")  # it was read from a bracket in the name, or from the values
    columns: list[tuple[str | None, str]] = [(key, "") for key in used] + [(None, header) for header in others]
    columns = _in_order(text, columns, [row for _, row in rows])
    drawn = [(number, [_cell(row, key, header) for key, header in columns]) for number, row in rows]
    return Drawn(rows[0][1]["caption"], columns, drawn)


def _unit_has_a_cell(text: str, row: Row) -> bool:
    """The unit stands in the row beside its name and values."""
    worded = [row[name] or "" for name in ("name", "baseline_raw", "target_raw")] + [cell for _, cell in pairs(row)]
    unit = row["unit"]
    if not unit or any(unit in words for words in worded):
        return False
    return locate(text, unit, row["source_start"], row["source_end"]) is not None


def pairs(row: Row) -> Iterable[tuple[str, str]]:
    """The other cells of a row, as Arrow gives them: pairs, or a mapping."""
    cells = row["other_cells"] or ()
    return cells.items() if isinstance(cells, Mapping) else cells


def _wording(row: Row, key: str | None, header: str) -> str | None:
    if key is None:
        return next((cell for name, cell in pairs(row) if name == header), None)
    value = row[WORDED[key]]
    return PROPERTIES.get(value, value) if key == "cell_property" else value


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
    if key is None:
        return Cell(raw, kept=True)
    cell = Cell(raw)
    if key == "cell_property":
        cell.became = [Became(row["property"], choice=True)]
    elif key == "cell_baseline":
        cell.became = _value(row, "baseline")
        cell.unread = row["baseline_value"] is None
    elif key == "cell_target":
        comparator = [Became(row["comparator"], choice=True)] if row["comparator"] else []
        basis = [Became(row["basis"], choice=True)] if row["basis"] else []
        year, *value = _value(row, "target") or [Became("")]
        cell.became = [year, *comparator, *value, *basis]
        cell.unread = row["target_value"] is None
    elif key == "cell_name" and row["unit"]:
        cell.became = [Became(row["unit"])]
    return cell


def _value(row: Row, which: str) -> list[Became]:
    year, value = row[f"{which}_year"], row[f"{which}_value"]
    return [Became("" if year is None else str(year)), *([] if value is None else [Became(str(plain(value)))])]
