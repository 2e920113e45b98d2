"""Who leads and who supports, by the closing words of a paragraph: tests/cases/offices.yaml and offices_of_items.yaml (the harder ones: units.yaml)."""

from __future__ import annotations

from typing import Any

import pytest
from plans import cases

from planparse.language.offices import Offices, find_all_offices, find_offices, offices_of


def row_of(found: Offices | None) -> list[Any]:
    return [list(found.lead), list(found.support), found.end_year] if found else [None]


@pytest.mark.parametrize("row", cases("offices"), ids=lambda row: row[0])
def test_offices(row: list[Any]) -> None:
    text, *wanted = row
    found = find_all_offices(text)
    assert row_of(found) == wanted
    if found is not None and found.start:
        assert text[found.start :].startswith(("（", "(", "【", "[", "〔", "责任", "完成时限", "牵头", "由", "县")), text[found.start :]


@pytest.mark.parametrize("row", cases("offices_of_items"), ids=lambda row: row[0][0])
def test_offices_of_items(row: list[Any]) -> None:
    paragraphs, *wanted = row
    assert row_of(offices_of(paragraphs)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "疏浚航道。县水利局、县财政局负责实施。",
        "疏浚航道。县水利局、县财政局负责推进。",
        "疏浚航道。县水利局、县财政局负责落实。",
    ],
)
def test_a_last_sentence_that_says_who(text: str) -> None:
    found = find_offices(text)
    assert row_of(found) == [["县水利局", "县财政局"], [], None]
    assert found is not None
    assert text[found.start : found.end] == text.removeprefix("疏浚航道。")
