"""Figures as JSON, Markdown, JUnit XML, and tables for the terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree

from planparse.evaluation.figures import Interval, SetScore, TableFigures, as_plain, exact_documents
from planparse.evaluation.floors import Check
from planparse.evaluation.misses import Miss, Side

COLUMNS = (
    "table, field", "gold", "found", "precision", "recall", "F1", "95%", "strict F1", "records exact", "documents exact",
)  # fmt: skip
Cells = tuple[str, ...]
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def percent(value: float | None) -> str:
    """A share with three places, as the literature gives F1; nothing for None."""
    return "" if value is None else f"{value:.3f}"


def between(interval: Interval) -> str:
    """An interval; nothing where there is none."""
    return "" if interval is None else f"{interval[0]:.3f}–{interval[1]:.3f}"


def rows(figures: dict[str, TableFigures]) -> Iterator[Cells]:
    """One row a table and one a field, of ``COLUMNS``; in a field's row F1 stands beside the share right."""
    for table, given in figures.items():
        found = map(percent, (given.precision, given.recall, given.f1))
        exact = map(percent, (given.strict_f1, given.record_exact, given.document_exact))
        yield (table, str(given.gold), str(given.found), *found, between(given.interval), *exact)
        for name, item in given.fields.items():
            numbers = (percent(item.precision), percent(item.recall), percent(item.f1))
            right = (between(item.interval), percent(item.right_strict))
            yield (f"  {name}: {percent(item.right)} right", str(item.stated), "", *numbers, *right, "", "")


def summary(result: SetScore) -> str:
    """A set in one line: documents, exact documents, and what was left out."""
    text = f"{len(result.scores)} documents, {percent(exact_documents(result.scores))} of them exact in every table"
    left_out = "; ".join(f"{name}: {reason}" for name, reason in result.skipped.items())
    return f"{text}; left out: {left_out}" if left_out else text


# ---- terminal --------------------------------------------------------------------------------------------------------


def as_table(results: Sequence[SetScore], misses: bool) -> str:
    """Tables in plain columns, one a set."""
    from io import StringIO

    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(file=StringIO(), width=132, color_system=None)
    for result in results:
        table = Table(title=result.name, caption=summary(result), box=box.SIMPLE_HEAD, title_justify="left")
        for i, column in enumerate(COLUMNS):
            table.add_column(column, justify="right" if i else "left", no_wrap=not i)
        for cells in rows(result.figures()):
            table.add_row(*cells)
        console.print(table)
        for miss in _misses(result) if misses else ():
            console.print(miss_line(miss), soft_wrap=True, markup=False, highlight=False)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text.rstrip("\n")


def _misses(result: SetScore) -> Iterator[Miss]:
    for score in result.scores:
        yield from score.misses


def miss_line(miss: Miss) -> str:
    """One difference as a line: place, table, what, cause, wording, and for a field both values."""
    place = f"{miss.document}:{miss.line or '?'}"
    if miss.side is Side.FIELD:
        values = f"gold {miss.wanted!r}, found {miss.got!r}"
        return f"{place}: {miss.table}.{miss.field}: {miss.cause}: {miss.wording}: {values}"
    return f"{place}: {miss.table}: {miss.side} ({miss.cause}): {miss.wording}"


# ---- Markdown --------------------------------------------------------------------------------------------------------


def table_lines(header: Sequence[str], body: Sequence[Cells]) -> list[str]:
    """A Markdown table; all columns but the first are numbers."""
    lines = [f"| {' | '.join(header)} |", f"| --- |{' ---: |' * (len(header) - 1)}"]
    return lines + [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |" for cells in body]


def as_markdown(results: Sequence[SetScore], misses: bool) -> str:
    """A heading and a table for each set."""
    lines: list[str] = []
    for result in results:
        lines += [f"## {result.name}", "", f"{summary(result)}.", ""]
        lines += table_lines(COLUMNS, [(_indented(cells[0]), *cells[1:]) for cells in rows(result.figures())])
        lines.append("")
        if misses:
            lines += [f"- {miss_line(miss)}" for miss in _misses(result)]
            lines.append("")
    return "\n".join(lines).rstrip("\n")


def _indented(cell: str) -> str:
    return f"· {cell.strip()}" if cell.startswith(" ") else f"**{cell}**"


# ---- JSON ------------------------------------------------------------------------------------------------------------


def as_json(results: Sequence[SetScore], misses: bool, checks: Sequence[Check] = ()) -> str:
    """One object: figures by set, table and field; floors where they were checked; misses where they are asked for."""
    content: dict[str, Any] = {"sets": {result.name: _plain_set(result, misses) for result in results}}
    if checks:
        content["floors"] = [{**asdict(item), "holds": item.holds} for item in checks]
    return json.dumps(as_plain(content), ensure_ascii=False, indent=1, default=str)


def _plain_set(result: SetScore, misses: bool) -> dict[str, Any]:
    content: dict[str, Any] = {
        "documents": [score.gold.name for score in result.scores],
        "documents_exact": exact_documents(result.scores),
        "skipped": result.skipped,
        "tables": {table: asdict(given) for table, given in result.figures().items()},
    }
    if misses:
        content["misses"] = [asdict(miss) for miss in _misses(result)]
    return content


# ---- JUnit -----------------------------------------------------------------------------------------------------------


def as_junit(results: Sequence[SetScore], checks: Sequence[Check]) -> str:
    """A test suite a set: a case for each floor, or, where none is kept, for each table of each document."""
    root = ElementTree.Element("testsuites", name="planparse evaluate")
    for result in results:
        floors = [item for item in checks if item.set == result.name]
        suite = ElementTree.SubElement(root, "testsuite", name=result.name)
        cases = list(_floor_cases(floors)) if floors else list(_document_cases(result))
        for owner, name, problem in cases:
            case = ElementTree.SubElement(suite, "testcase", classname=f"{result.name}.{owner}", name=name)
            if problem:
                problem = _NOT_XML.sub("", problem)
                ElementTree.SubElement(case, "failure", message=problem.splitlines()[0]).text = problem
        for name, reason in result.skipped.items():
            case = ElementTree.SubElement(suite, "testcase", classname=result.name, name=name)
            ElementTree.SubElement(case, "skipped", message=reason)
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
        suite.set("skipped", str(len(result.skipped)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def _floor_cases(checks: Sequence[Check]) -> Iterator[tuple[str, str, str]]:
    for item in checks:
        yield item.figure.partition(".")[0], item.figure, "" if item.holds else below(item)


def _document_cases(result: SetScore) -> Iterator[tuple[str, str, str]]:
    for score in result.scores:
        for table in score.counts:
            yield score.gold.name, table, "\n".join(miss_line(m) for m in score.misses if m.table == table)


def below(item: Check) -> str:
    """A floor that does not hold, in words."""
    value = "is not measured any more" if item.value is None else f"is {item.value:.4f}"
    return f"{item.set}: {item.figure} {value}, its floor is {item.floor:.4f}"
