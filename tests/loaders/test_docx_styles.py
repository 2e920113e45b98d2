"""Styles of a Word document: what they do not say themselves they have from those that they are based on."""

from __future__ import annotations

import pytest
from lxml import etree

from planparse.loaders.docx.styles import read_styles

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLE = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/>{}{}</w:style>'


def styles(*told: tuple[str, str, str, str]) -> dict[str, tuple[int | None, str | None, int | None]]:
    """Identifier, name, base and list (``numId/ilvl``) of each style → its level, number and depth."""
    made = ""
    for identifier, name, base, listed in told:
        number, _, depth = listed.partition("/")
        pr = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>' if listed else ""
        made += STYLE.format(identifier, name, f'<w:basedOn w:val="{base}"/>' if base else "", pr)
    found, _ = read_styles(etree.fromstring(f'<w:styles xmlns:w="{W}">{made}</w:styles>'))
    return {name: (style.level, style.number, style.depth) for name, style in found.items()}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("a", "heading 1", "", "")], {"a": (1, None, None)}),
        ([("a", "正文", "b", ""), ("b", "heading 2", "", "5/1")], {"a": (2, "5", 1), "b": (2, "5", 1)}),
        ([("b", "heading 2", "", "5/1"), ("a", "heading 3", "b", "6/0")], {"b": (2, "5", 1), "a": (3, "6", 0)}),
        ([("a", "x", "b", ""), ("b", "y", "c", "7/2"), ("c", "标题 1", "", "8/3")], {"a": (1, "7", 2), "b": (1, "7", 2), "c": (1, "8", 3)}),
        ([("a", "x", "nowhere", "")], {"a": (None, None, None)}),
        ([("a", "x", "a", "3/0")], {"a": (None, "3", 0)}),
        ([("a", "x", "b", "3/0"), ("b", "heading 1", "a", "")], {"a": (1, "3", 0), "b": (1, None, None)}),
    ],
)  # fmt: skip
def test_styles(told: list[tuple[str, str, str, str]], expected: dict[str, tuple[int | None, str | None, int | None]]) -> None:
    assert styles(*told) == expected
