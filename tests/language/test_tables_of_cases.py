"""Times, quantities, cells and headers, many at once: tests/cases/times.yaml, quantities.yaml, cells.yaml, headers.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from plans import cases

from planparse.language.cells import parse_cell
from planparse.language.columns import is_unit, role_of
from planparse.language.quantities import find_quantities
from planparse.language.time import find_times, parse_date, parse_years, period_of
from planparse.model.drafts import Clock

PLAN, ANNUAL = Clock(2021, 2025, None, 2022), Clock(2022, 2022, 2022, 2022)
TIMES: dict[str, Any] = cases("times")  # type: ignore[assignment]
HEADERS: dict[str, Any] = cases("headers")  # type: ignore[assignment]


def times(text: str, clock: Clock) -> list[list[Any]]:
    names = ("base", "until", "counted")
    return [[t.raw, t.year, " ".join(name for name in names if getattr(t, name))] for t in find_times(text, clock)]


@pytest.mark.parametrize("case", TIMES["times"], ids=lambda case: case["text"])
def test_times(case: dict[str, Any]) -> None:
    for clock, wanted in ((PLAN, case["plan"]), (ANNUAL, case.get("annual", case["plan"]))):
        assert times(case["text"], clock) == [[raw, year, what.strip()] for raw, year, what in wanted]


@pytest.mark.parametrize(("text", "day"), TIMES["dates"])
def test_dates(text: str, day: str) -> None:
    assert str(parse_date(text) or "") == day


@pytest.mark.parametrize(("text", "years"), TIMES["years"])
def test_years(text: str, years: list[int | None]) -> None:
    assert list(parse_years(text)) == years


@pytest.mark.parametrize(("text", "period"), TIMES["periods"])
def test_periods(text: str, period: list[int] | None) -> None:
    found = period_of(text)
    assert (list(found) if found else None) == period


@pytest.mark.parametrize("case", cases("quantities"), ids=lambda case: case["text"])
def test_quantities(case: dict[str, Any]) -> None:
    found = [f.quantity for f in find_quantities(case["text"])]
    rows = [[q.raw, q.comparator, *(None if v is None else float(v) for v in (q.value, q.value_max)), q.unit] for q in found]
    assert rows == case["found"]


@pytest.mark.parametrize("row", cases("cells"), ids=lambda row: str(row[0]))
def test_cells(row: list[Any]) -> None:
    cell = parse_cell(row[0])
    values = None if cell.value is None else [float(cell.value), None if cell.value_max is None else float(cell.value_max), cell.comparator, cell.unit, cell.mark]
    assert values == row[1]


@pytest.mark.parametrize(("role", "header"), [(role, header) for role, headers in HEADERS["roles"].items() for header in headers])
def test_roles(role: str, header: str) -> None:
    found = role_of(header)
    assert (found.value if found else "none") == role


@pytest.mark.parametrize("unit", HEADERS["units"])
def test_units(unit: str) -> None:
    assert is_unit(unit)


@pytest.mark.parametrize("text", HEADERS["no_units"])
def test_no_units(text: str) -> None:
    assert not is_unit(text)
