"""The site shows how far each document can be trusted, in both languages, to filter and to sort by."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import datasets as made
import pytest

from planparse.data import vocabulary
from planparse.model.records import Trust
from planparse.report.catalogue import Entry, catalogue, entry

pytest.importorskip("jinja2", reason="the report needs Jinja2: run make setup")
from planparse.report.documents import page
from planparse.report.site import document_body, index_html

NAMES = ("sections", "goals", "tasks", "projects", "indicators", "targets", "findings", "sources")
NONE: dict[str, list[Any]] = {name: [] for name in NAMES}


def listed(trust: str, outline: float, number: int = 0) -> Entry:
    row = made.document(f"d{number}", trust=trust, outline_trust=outline).model_dump()
    return entry(row, NONE, f"documents/{number}.html", None)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_index_shows_filters_and_sorts_by_trust(language: str) -> None:
    entries = [listed(word.value, 0.5, number) for number, word in enumerate(Trust)]
    html = index_html(catalogue(entries, Counter(), []), language=language)
    for word in Trust:
        shown = vocabulary("interface")["values"][word.value][language == "en"]
        assert f'data-trust="{word.value}"' in html
        assert f'<option value="={word.value}" data-t="values.{word.value}">{shown}</option>' in html
        assert f'<span class="chip {word.value}">' in html
        assert re.search(rf'data-facet="trust" data-value="{word.value}"', html)
    assert 'data-sort="trust"' in html
    ranks = [float(values.split()[-1]) for values in re.findall(r'data-v="([^"]+)"', html)]
    assert ranks == [one.rank for one in entries]


def test_what_to_look_at_first_ranks_lowest() -> None:
    worst_first = [
        listed("poor", 0.1),
        listed("poor", 1.0),
        listed("doubtful", 0.3),
        listed("doubtful", 0.9),
        listed("not_a_plan", 0.2),
        listed("sound", 0.8),
        listed("sound", 1.0),
    ]
    assert [one.rank for one in worst_first] == sorted({one.rank for one in worst_first})


@pytest.mark.parametrize(("trust", "shown"), [(0.2, True), (0.74, True), (0.75, False), (1.0, False)])
def test_a_document_shows_its_trust_and_that_of_its_weak_sections(trust: float, shown: bool) -> None:
    document = made.document("a", trust="doubtful", outline_trust=0.61, coverage=0.25).model_dump()
    tables = NONE | {
        "sources": [made.source("a", "一、总则\n").model_dump()],
        "sections": [made.section("a", 1, "总则", trust=trust).model_dump()],
    }
    made_page = page(document, tables)
    html = document_body(made_page, "en")
    assert '<span class="chip doubtful">' in html
    about = {value.column: value.text for value in made_page.about}
    assert (about["trust"], about["outline_trust"], about["coverage"]) == ("doubtful", "0.61", "0.25")
    assert [value.text for card in made_page.cards for value in card.values if value.column == "trust"] == (
        [str(trust)] if shown else []
    )


def test_every_word_has_its_colour() -> None:
    style = (Path(__file__).parents[2] / "src/planparse/report/assets/style.css").read_text(encoding="utf-8")
    assert all(f".{word.value} > .dot" in style for word in Trust)
