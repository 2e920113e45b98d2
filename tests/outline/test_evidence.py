"""What speaks for and against each place, before and after the search: tests/cases/evidence.yaml, tests/cases/choices.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from plans import cases

from planparse.cleaning import clean
from planparse.loaders import load
from planparse.model.document import CleanDocument
from planparse.model.options import Options
from planparse.model.source import LineHint
from planparse.outline import read_evidence_of, read_places
from planparse.outline.blocks import find_blocks
from planparse.outline.evidence import read_evidence
from planparse.outline.places import Place
from planparse.outline.readings import readings_of
from planparse.outline.search import Choice
from planparse.outline.weights import Prices, weights


def rows(name: str) -> Iterator[Any]:
    """The cases of a table; those with ``open`` do not hold yet, and say why."""
    for case in cases(name):
        marks = [pytest.mark.xfail(strict=True, reason=case["open"])] if "open" in case else []
        yield pytest.param(case, id=case["name"], marks=marks)


def cleaned(case: dict[str, Any]) -> CleanDocument:
    return clean(load(case["text"].encode(), f"plan.{case.get('format', 'txt')}", Options()))


def row_of(place: Place, text: str) -> list[str]:
    """Number (or the form), what stands before it, its features, and the ends of its title, as the table has them."""
    ends = [f"{t.why}{''.join('+' + f for f in t.features)}{'+long' * t.size} {text[place.end : t.end][-4:]}" for t in place.titles]
    return [place.raw or place.form, place.before, " ".join(sorted(place.features)), " | ".join(ends)]


def taken(choice: Choice) -> list[str]:
    """Number (or the form) with the reading and level, and what its cost is made of but for looks and titles."""
    made_of = sorted(f for f in choice.features if not f.startswith(("before.", "title.", "mark.")))
    return [choice.place.raw or choice.place.form, f"{choice.reading.kind} {choice.level}".removesuffix(" 0"), " ".join(made_of)]


@pytest.mark.parametrize("case", list(rows("evidence")))
def test_evidence(case: dict[str, Any]) -> None:
    evidence = read_evidence_of(cleaned(case))
    assert [row_of(place, evidence.text) for place in evidence.places] == case["places"]


@pytest.mark.parametrize("case", list(rows("choices")))
def test_what_a_reading_is_made_of(case: dict[str, Any]) -> None:
    assert [taken(choice) for choice in read_places(cleaned(case)).choices] == case["choices"]


def test_readings() -> None:
    """tests/cases/readings.yaml: ways to read each place."""
    table: dict[str, Any] = cases("readings")  # type: ignore[assignment]
    found = [choice.place for choice in read_places(cleaned(table)).choices]
    ways = [[place.raw or place.form, *(f"{way.kind}: {' '.join(way.features)}".strip() for way in readings_of(place, Prices(weights())))] for place in found]
    assert ways == table["readings"]


def test_a_frame_around_lines() -> None:
    """Which lines a frame is drawn around, only the format knows."""
    doc = cleaned({"text": "一、主要任务\n专栏1：渔港工程\n1.疏浚航道。清理淤泥。\n二、保障措施\n"})
    lines = find_blocks(doc)[0]
    hints = {block.start: LineHint(frame=7) for block in lines[1:3]}
    places = read_evidence(doc.text.text, lines, hints).places
    assert [(p.raw, sorted(p.features)) for p in places] == [("一、", ["known"]), ("专栏1", ["framed"]), ("1.", ["framed"]), ("二、", ["known"])]
