"""Indicators: the cells of a row, and what is read from them."""

from __future__ import annotations

import re

from planparse.dataset.verification.context import SHOWN, Checked, Row
from planparse.dataset.verification.faults import Failed, Failures, same
from planparse.dataset.verification.rows import bounded, elsewhere, number, wordings, year
from planparse.dataset.verification.wording import characters
from planparse.extract.indicators import unit_in
from planparse.language.cells import CellValue, in_unit, parse_cell
from planparse.language.quantity_grammar import CHANGES

_FIGURE = re.compile("[0-9]")
_VALUE = re.compile("[<>≥≤]?[0-9]+(?:[.,][0-9]+|[^0-9.、)）])")
_BASES = {"period_average": re.compile("均"), "period_total": re.compile(r"累计|合计|总|[〔\[［【(（]"), "end_of_period": re.compile("")}
"""What says of a row, its notes or its table what its values are of."""


def indicators(row: Row, doc: Checked) -> Failures:
    """Cells stand in one row of a table of the section; values are read from them again; the rest stands in the document."""
    word = {"binding": "约束", "expected": "预期"}.get(row["property"] or "")
    names = (*row["name"].split(), *(row["category"] or "").split(), word and f"{word}性")
    yield from bounded(row, doc, row["number_raw"], *names, row["unit"], row["baseline_raw"], row["target_raw"], *(cell for _, cell in row["other_cells"]))
    yield from _wordings(row, doc)
    yield from elsewhere(row, doc, ("category", "caption"))
    yield from number(row, doc)
    if row["unit"] and not doc.holds(row, row["unit"]) and not _states_unit(row["unit"], row, doc):
        yield Failed("unit", row["unit"], doc.own(row)[:SHOWN])
    for column in ("baseline", "target"):
        yield from _cell(row, column)
    around = doc.years(*doc.around(row)) | doc.plan_years
    for column in ("baseline_year", "target_year"):
        yield from year(row, column, around | {year - 1 for year in doc.plan_years})
    if word and word not in doc.source.whole:
        yield Failed("property", row["property"])
    if row["basis"] not in _BASES or not _BASES[row["basis"]].search(doc.source.plain(*doc.around(row))):
        yield Failed("basis", row["basis"])


def _wordings(row: Row, doc: Checked) -> Failures:
    """The name and the cells: in one line of a table of the section, or each in the row's span where the section has none."""
    grids, name = doc.grids(row), row["name"]
    figures = [column for column in ("baseline_raw", "target_raw") if row[column]]
    if grids.lines:
        yield from (Failed(column, row[column], "a cell of the table") for column in figures if row[column] not in grids)
        others = {other["name"] for other in doc.rows["indicators"]}
        lines = [line for line in grids.rows(row[column] for column in figures) if _is_of(name, line)]
        beside = lines or any(others.isdisjoint(line) for line in grids.rows(row[column] for column in figures))
        if row["number_raw"] and lines and all(row["number_raw"] not in line and line[0].strip("().（）、").isdigit() for line in lines):
            yield Failed("number_raw", row["number_raw"], {line[0] for line in lines})
        if not beside and not any(not any(map(_VALUE.match, line)) for line in grids.rows([name])):  # a name or a value may stand over several rows
            yield Failed("name", name, "the row of its values")
    else:
        yield from wordings(row, doc, [column for column in figures if _FIGURE.search(row[column])])
        yield from elsewhere(row, doc, [column for column in figures if not _FIGURE.search(row[column])])
    for part in name.split():  # 公共图书馆 人均藏书量: the first cell stands over several rows; 总氮6 has the number of a note
        if not any(cell.rstrip("0123456789") == part for cell in grids.holding) and not doc.holds(row, part, ordered=False) and not doc.says(part, row):
            yield Failed("name", name, doc.own(row)[:SHOWN])
    for header, cell in row["other_cells"]:
        if cell not in grids and not doc.holds(row, cell, ordered=False) and (_FIGURE.search(cell) or not doc.says(cell, row)):
            yield Failed("other_cells", f"{header}: {cell}")
        if not all(part in grids or doc.says(part, row) for part in ([header] if header in grids else header.split())):
            yield Failed("other_cells", header, "a header of the table")


def _is_of(name: str, line: list[str]) -> bool:
    """Whether a row of a table has the name, or a part of it, among its cells."""
    return any(cell == name or (len(cell) > 1 and (cell in name or name in cell)) for cell in line)


def _states_unit(unit: str, row: Row, doc: Checked) -> bool:
    """Whether a header, a caption or a merged cell states a unit: 总投资（亿元）, 单位：万元, 百分比."""
    if any(parse_cell(raw).unit == unit for raw in (row["target_raw"], row["baseline_raw"]) if raw):
        return True
    wording = "百分比" if unit == "%" and "百分比" in doc.source.whole else characters(unit)
    return unit in doc.source.lone(*doc.around(row)) or any(f"{sign}{wording}" in doc.source.whole for sign in "(:,、/") or (len(wording) > 1 and doc.says(unit, row))


def _cell(row: Row, column: str) -> Failures:
    """A value of an indicator against the wording of its cell."""
    raw, value = row[f"{column}_raw"], row[f"{column}_value"]
    if raw is None:
        yield from (Failed(name, row[name], None) for name in (f"{column}_value", f"{column}_year") if row[name] is not None)
        return
    if row[f"{column}_year"] is None:
        yield Failed(f"{column}_year", None)
    cell = parse_cell(raw)
    grows = column == "target" and row["comparator"] in CHANGES and cell.unit == "%"  # a share of whatever unit
    wanted = cell.value if grows else in_unit(cell, row["unit"] or None)
    if not same(value, wanted):
        yield Failed(f"{column}_value", value, wanted)
    if row["unit"] is None and (unit := unit_in(row["name"]) or (cell.unit if cell.comparator not in CHANGES else None)):
        yield Failed("unit", None, unit)
    if column == "target":
        yield from _comparator(row, cell)


def _comparator(row: Row, cell: CellValue) -> Failures:
    told = {cell.comparator or "eq"} if cell.comparator or cell.value is not None else {None, "eq"}
    if told & {"eq"}:
        told.update(CHANGES)  # of a column of growth, and of what falls
    if row["comparator"] not in told:
        yield Failed("comparator", row["comparator"], told)
