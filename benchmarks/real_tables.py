"""Tables of published documents against gold by reading: ``python -m benchmarks.real_tables [--split dev] [--misses]``.

Prints how many cells of the gold grids stand in the same row and column of a grid that was read (blank cells left out), and how many rows have
a record with the same name, and with every value, year and unit that gold states. A table that gives no records (lists, points of an
assessment) has no rows; a record made of it counts as one too many. The split ``test`` is not for looking at: ``--misses`` refuses it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from planparse.evaluation.folding import alike, fold, fold_value
from planparse.evaluation.gold import find_source
from planparse.evaluation.matching import match
from planparse.evaluation.tables import RULES, TableRule
from planparse.model.document import Box, Grid, Outline, Section
from planparse.pipeline import stages

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold" / "tables"
SHARED = ROOT.parent / "shared"
SOURCES = (ROOT / "corpus", SHARED, SHARED / "documents" / "more")
TABLES = {"indicators": "indicators", "achieved": "indicators", "projects": "projects", "tasks": "tasks"}
SAME_NAME = 0.9
STATED = ("baseline_value", "target_value", "baseline_year", "target_year", "comparator", "property", "unit", "years", "investment", "lead_units", "support_units")
"""The fields that are compared, by the rules of the evaluation."""

Row = dict[str, Any]


@dataclass
class Count:
    """What one gold table states, and what of it came back."""

    cells: int = 0
    same_cells: int = 0
    rows: int = 0
    found: int = 0
    named: int = 0
    exact: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(**{name: value + getattr(other, name) for name, value in vars(self).items()})

    def share(self, right: int) -> float:
        """What is right of the rows, counting rows too many as rows that are wrong."""
        return right / max(self.rows, self.found, 1)


@dataclass(frozen=True)
class Read:
    """A grid that was read, with the records made of it."""

    cells: list[list[str]]
    records: dict[str, list[Row]]


def grids_of(item: Outline | Section | Box | object) -> Iterator[Grid]:
    """All grids below an outline, a section or a box, in reading order."""
    if isinstance(item, Grid):
        yield item
        return
    for name in ("preamble", "chapters", "items", "children"):
        for one in getattr(item, name, ()) or ():
            yield from grids_of(one)


@cache
def read(path: Path) -> list[Read]:
    """The grids of a file, each with its indicators, projects and tasks."""
    kept = stages(path.read_bytes(), path.name)
    found = []
    for outline, records in zip(kept.outlines, kept.records, strict=False):  # of what cannot be read there is a finding alone
        rows = {name: [row.model_dump() for row in getattr(records, name)] for name in set(TABLES.values())}
        for grid in grids_of(outline):
            start, end = outline.clean.text.span(grid.start, grid.end)
            own = {name: [r for r in all_ if start <= r["source_start"] and r["source_end"] <= end] for name, all_ in rows.items()}
            cells = [list(grid.header), *([cell.text for cell in row] for row in grid.body)]
            found.append(Read(_once(cells), own))
    return found


def _once(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Folded cells; of a cell over several columns the first."""
    folded = [[fold_value(text) for text in row] for row in rows]
    return [[text if text != before else "" for before, text in zip(["", *row], row, strict=False)] for row in folded]


def aligned(gold: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> int:
    """How many cells are the same where rows are paired in order as well as they can be."""
    best = [0] * (len(found) + 1)
    for wanted in gold:
        row = [0]
        for number, got in enumerate(found, 1):
            same = sum(bool(a) and a == b for a, b in zip(wanted, got, strict=False))
            row.append(max(best[number], row[-1], best[number - 1] + same))
        best = row
    return best[-1]


def score(gold: Row, path: Path) -> tuple[Count, list[str]]:
    """The count of one gold table, and its rows that are missing or wrong."""
    wanted = _once([gold["header"], *gold["grid"]])
    best = max(read(path), key=lambda one: aligned(wanted, one.cells), default=Read([], {}))
    if not aligned(wanted, best.cells):
        best = Read([], {})
    count = Count(cells=sum(bool(text) for row in wanted for text in row), same_cells=aligned(wanted, best.cells), rows=len(gold["rows"]))
    rule = _rule(TABLES.get(gold["kind"], "indicators"))
    found = best.records.get(TABLES.get(gold["kind"], ""), [])
    pairs = dict(match(gold["rows"], found, rule, rule.floor))
    count.named = len(pairs)
    misses = [f"lost   {rule.label(row)}" for number, row in enumerate(gold["rows"]) if number not in pairs]
    for number, other in pairs.items():
        row, same = gold["rows"][number], found[other]
        wrong = [field for field in rule.fields if field.agrees(row, same) is False]
        misses += [f"wrong  {rule.label(row)}: {field.name} {same.get(field.key)} for {row[field.key]}" for field in wrong]
        count.exact += not wrong
    extra = [row for rows in best.records.values() for row in rows if not any(row is found[other] for other in pairs.values())]
    if len(best.cells) > len(wanted):  # of a table over several pages gold may hold one
        held = fold(" ".join(text for row in gold["grid"] for text in row))
        extra = [one for one in extra if fold(rule.label(one)) in held]
    count.found = count.named + len(extra)
    return count, misses + [f"extra  {rule.label(one)}" for one in extra]


@cache
def _rule(table: str) -> TableRule:
    """The rule of the evaluation, for rows that are named more exactly and whose level is not stated."""
    rule = next(rule for rule in RULES if rule.name == table)
    fields = tuple(field for field in rule.fields if field.name in STATED)
    return replace(rule, same=lambda gold, found: alike(rule.label(gold), rule.label(found), SAME_NAME), floor=SAME_NAME, fields=fields)


def scored(split: str) -> Iterator[tuple[str, str, Count, list[str]]]:
    """Name, surface, count and misses of each gold table of a split whose document is here."""
    for file in sorted(GOLD.glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        path = find_source(gold["source_file"], SOURCES) if gold["split"] == split else None
        if path is not None:
            yield file.stem, gold["surface"], *score(gold, path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    tables: Counter[str] = Counter()
    counts: dict[str, Count] = {}
    for stem, surface, count, misses in scored(options.split):
        for name in (surface, "all"):
            tables[name] += 1
            counts[name] = counts.get(name, Count()) + count
        if options.misses and options.split == "dev" and misses:
            print(stem, *misses, sep="\n    ")
    if not counts:
        parser.error(f"no document of {GOLD} is in {SHARED}")
    print(f"{'surface':16}{'tables':>8}{'cells':>8}{'same':>8}{'rows':>7}{'named':>8}{'exact':>8}")
    for name, one in counts.items():
        print(f"{name:16}{tables[name]:8}{one.cells:8}{one.same_cells / one.cells:8.3f}{one.rows:7}{one.share(one.named):8.3f}{one.share(one.exact):8.3f}")


if __name__ == "__main__":
    main()
