"""One document of a dataset as its records are checked: its source text, its years, and the rows that others name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from planparse.data.words import worded
from planparse.dataset.verification.wording import SourceWording, Stretch, characters, places, stands_in, stands_whole
from planparse.language.numerals import parse_int
from planparse.language.offices import is_office
from planparse.language.time import PERIOD, YEAR, find_times, five_year_period, parse_date
from planparse.model.drafts import Clock

Row = dict[str, Any]
_YEARS = re.compile(rf"(?<![0-9.])(?P<year>{YEAR})|(?P<period>{PERIOD})")
SHOWN = 30
"""Characters of the source that a fault shows."""
LONGEST_DATE = 16


class Grids:
    """The rows of a section's tables as its text has them: a line each, its cells parted by tabs."""

    def __init__(self, text: str) -> None:
        self.lines = [line.split("\t") for line in text.split("\n") if "\t" in line]
        self.holding: dict[str, set[int]] = {}
        for number, line in enumerate(self.lines):
            for cell in line:
                self.holding.setdefault(cell, set()).add(number)

    def __contains__(self, cell: str) -> bool:
        return cell in self.holding

    def rows(self, cells: Iterable[str]) -> list[list[str]]:
        """The lines that hold all these cells."""
        found = [self.holding.get(cell, set()) for cell in cells]
        return [self.lines[number] for number in sorted(set.intersection(*found))] if found else self.lines


@dataclass(slots=True)
class Checked:
    """A document while it is checked. ``rows`` are its rows by table, ``named`` all of them by their keys."""

    row: Row
    source: SourceWording
    rows: dict[str, list[Row]]
    named: dict[str, tuple[str, Row]]
    clock: Clock
    bounds: Counter[int]
    """How many rows begin or end at each place."""
    _years: dict[tuple[int, int], frozenset[int]] = field(default_factory=dict)
    read: dict[tuple[str, int | None, str | None], list[dict[str, Any]]] = field(default_factory=dict)
    """What a paragraph commits to, under a horizon and a topic."""
    paragraphs: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """What targets may have been read from, by section or owner, with its characters."""
    _grids: dict[str, Grids] = field(default_factory=dict)

    @property
    def plan_years(self) -> set[int]:
        """The years that wordings such as 规划期末, 年底前 and 三年内 are counted from."""
        clock = self.clock
        return {year for year in (clock.period_start, clock.period_end, clock.annual_year, clock.issued_year) if year}

    def own(self, row: Row) -> str:
        """The characters of a row's span."""
        return self.source.between(row["source_start"], row["source_end"])

    def around(self, row: Row) -> tuple[int, int]:
        """From the head of the row's section to the end of both."""
        section = self.section(row)
        if section is None:
            return 0, max(row["source_end"], self._first_section())
        return min(section["source_start"], row["source_start"]), max(section["source_end"], row["source_end"])

    def _first_section(self) -> int:
        sections = self.rows.get("sections")
        return int(sections[0]["source_start"]) if sections else self.source.length

    def section(self, row: Row) -> Row | None:
        """The section that a row stands in."""
        return self.named.get(row["section_id"] or "", ("", None))[1]

    def grids(self, row: Row) -> Grids:
        """The tables of a row's section."""
        section = self.section(row) or {}
        key = section.get("section_id", "")
        if key not in self._grids:
            self._grids[key] = Grids(section.get("text") or "")
        return self._grids[key]

    def holds(self, row: Row, wording: str, *, ordered: bool = True) -> bool:
        """Whether a wording stands in the row's span, whole or parted where the source has a gap or another cell begins or ends."""
        found, stretch = characters(wording), self.source.stretch(row["source_start"], row["source_end"])
        if stands_whole(found, stretch):
            return True
        title = row.get("title") if wording != row.get("title") and wording.endswith(row.get("title") or "\n") else None  # looked for with its number
        others = _bounds(stretch.text, (one for one in self._beside(row) if one != title), found)
        if found in stretch.text:
            return stands_whole(found, stretch, others)
        lone = self.source.lone(row["source_start"], row["source_end"])
        return stands_in(found, stretch.text, ordered=ordered, lone=lone, gaps=stretch.gaps | others)

    def _beside(self, row: Row) -> Iterator[str]:
        """What may stand beside a wording without a blank: the row's other wordings, and all lines and cells of a section."""
        yield from _cells(row)
        if "path" in row:
            yield from re.split("[\t\n]", row["text"] or "")

    def names(self, row: Row, unit: str) -> bool:
        """Whether a responsible unit stands in the row's span: by itself, behind 由, 等 and the like, before what it is to do."""
        span = (row["source_start"], row["source_end"])
        found, stretch, lone = characters(unit), self.source.stretch(*span), self.source.lone(*span)
        return _is_named(found, stretch, _cells(row)) or (found not in stretch.text and stands_in(found, stretch.text, ordered=False, lone=lone))

    def numbers(self, row: Row, number: str) -> bool:
        """Whether a row's number stands at its head, or by itself in a cell that may span rows."""
        found = characters(number)
        if self.own(row).removeprefix(characters(row.get("category") or "")).startswith(found):
            return True
        around = self.source.stretch(*self.around(row))
        return any({at, at + len(found)} <= around.gaps for at in places(found, around.text))

    def states(self, document: Row, wording: str) -> bool:
        """Whether a field of a document stands in its text, or in its page, maybe beside other fields."""
        found, others = characters(wording), [document[column] or "" for column in ("title", "doc_number", "index_number", "issuer")]
        stretches = (self.source.stretch(0, self.source.length), self.source.raw)
        return any(_is_named(found, one, others) or (found not in one.text and stands_in(found, one.text, gaps=one.gaps)) for one in stretches)

    def says(self, wording: str, row: Row) -> bool:
        """Whether a wording stands in the row's section or, as a caption or a heading above may, elsewhere in the document."""
        found = characters(wording)
        for span in (self.around(row), (0, self.source.length)):
            stretch = self.source.stretch(*span)
            if stands_whole(found, stretch) or (found not in stretch.text and stands_in(found, stretch.text, lone=self.source.lone(*span), gaps=stretch.gaps)):
                return True
            if found in stretch.text and stands_whole(found, stretch, _bounds(stretch.text, (*_cells(row), *self.grids(row).holding), found)):
                return True
        return False

    def years(self, start: int, end: int) -> frozenset[int]:
        """All years that a stretch of the source speaks of."""
        found = self._years.get((start, end))
        if found is None:
            text = self.source.plain(start, end)
            found = self._years[start, end] = frozenset(years_in(text, self.clock) | years_in(characters(text), self.clock))
        return found


_JOINED = worded("(?:[由及等和与复]|<sent>|<issuing>)$")
"""What a unit or a number stands behind: 由市水利局牵头, 市水利局等和各乡镇, …的通知甲政发〔2021〕1号."""
_SENDS = worded(r"<sending>|各|的|\w{1,8}\[(?:19|20)")


def _is_named(wording: str, stretch: Stretch, others: Iterable[str]) -> bool:
    """Whether the name of an office, a title or a number stands in a stretch with bounds of its own, beside others or between such words."""
    if stands_whole(wording, stretch):
        return True
    office, text, bounds = is_office(wording), stretch.text, None
    for start in places(wording, text):
        bounds = _bounds(text, others, wording) if bounds is None else bounds
        end = start + len(wording)
        begins = stretch.parts(start) or start in bounds or _JOINED.search(text, max(0, start - 2), start)
        if begins and (office or stretch.parts(end) or end in bounds or _SENDS.match(text, end)):
            return True
    return False


def _cells(row: Row) -> Iterator[str]:
    """The wordings of a row, which may stand side by side without a blank."""
    columns = ("number_raw", "name", "title", "category", "unit", "baseline_raw", "target_raw", "investment_raw", "label", "content")
    yield from filter(None, map(row.get, columns))
    yield (row.get("text") or "").split("\n")[0]
    yield from (cell for _, cell in row.get("other_cells") or ())
    yield from (*row.get("lead_units", ()), *row.get("support_units", ()))


def _bounds(text: str, wordings: Iterable[str], but: str) -> set[int]:
    """Where wordings begin and end in a text, one aside."""
    found = {characters(wording) for wording in wordings} - {but}
    return {at for wording in found if wording for place in places(wording, text) for at in (place, place + len(wording))}


def dates_in(text: str) -> set[date]:
    """All full dates of a text."""
    found = (parse_date(text[match.start() : match.start() + LONGEST_DATE]) for match in _YEARS.finditer(text) if match["year"])
    return {day for day in found if day is not None}


def years_in(text: str, clock: Clock) -> set[int]:
    """The years of a text: as written, the ends of periods, and what relative wordings mean."""
    years = {time.year for time in find_times(text, clock)}
    for match in _YEARS.finditer(text):
        year = parse_int(match["year"].replace("○", "〇")) if match["year"] else None
        years |= {year} if year else set(five_year_period(match["period"] or "") or ())
    return years
