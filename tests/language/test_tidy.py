"""Blanks of text columns."""

from __future__ import annotations

import pytest

from planparse.language.tidy import closed_up, tidy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("前  言", "前言"),
        ("GDP  growth", "GDP growth"),
        ("GDP\tgrowth", "GDP\tgrowth"),
        ("  建成 3 座  ", "建成3座"),
        ("a   ，b", "a，b"),
        ("a \u3000 b", "a b"),
        ("第一\n第二", "第一第二"),
        ("a \nb", "a b"),
        ("a\x0bb", "ab"),
        ("中 a  b 中", "中a b中"),
        ("", ""),
        (" ", ""),
    ],
)
def test_tidy(text: str, expected: str) -> None:
    assert tidy(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "part", "place"),
    [
        ("充电桩 15 万个，煤炭 1 亿吨", "充电桩15万个，煤炭1亿吨", "15万个", "15 万个"),
        ("加快 GDP  growth", "加快GDP growth", "GDP growth", "GDP  growth"),
        ("建成\n3 座", "建成3座", "3座", "3 座"),
        ("建成3座", "建成3座", "3座", "3座"),
    ],
)
def test_text_is_closed_up_and_knows_its_places(text: str, expected: str, part: str, place: str) -> None:
    read = closed_up(text, 100)
    start, end = read.span(expected.index(part), expected.index(part) + len(part))
    assert read.text == expected
    assert text[start - 100 : end - 100] == place
