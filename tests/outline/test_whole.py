"""All that an outline holds, not its headings alone: tests/cases/whole_outlines.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from plans import cases

from planparse.cleaning import clean
from planparse.loaders import load
from planparse.model.document import Box, Grid, Item, Outline, Paragraph
from planparse.model.options import Options
from planparse.outline import outline


def told(item: Item) -> str:
    """A paragraph as it is; a box and a table by what they are called and what they hold."""
    if isinstance(item, Paragraph):
        return item.text
    if isinstance(item, Grid):
        return f"[{item.number_raw or ''}{item.caption or ''}: {len(item.rows)} rows]"
    return f"<{item.number_raw or ''} {item.caption}: {' / '.join(map(told, item.items))}>"


def lines(one: Outline) -> Iterator[str]:
    """Title, front, preamble, each section with its text, and what signs it; a run-in heading ends in a bar."""
    yield f"title: {one.title}"
    for name, items in (("front", one.front), ("preamble", one.preamble)):
        if items:
            yield f"{name}: {' / '.join(map(told, items))}"
    for section in one.sections():
        head = f"{section.level} {section.number_raw or ''} {section.title} ({section.kind}){' |' * section.run_in}"
        yield f"{head}: {' / '.join(map(told, section.items))}" if section.items else head
    if one.back:
        yield f"back: {' / '.join(map(told, one.back))}"


def spans(one: Outline) -> Iterator[tuple[str, Any]]:
    """What a part says, and where it says that it stands."""
    for section in one.sections():
        yield section.number_raw or section.title[:2], section
        for item in section.items:
            if isinstance(item, Paragraph):
                yield item.text, item
            for inner in item.items if isinstance(item, Box) else ():
                if isinstance(inner, Paragraph):
                    yield inner.text, inner


@pytest.mark.parametrize("case", cases("whole_outlines"), ids=lambda case: case["name"])
def test_whole_outlines(case: dict[str, Any]) -> None:
    doc = clean(load(case["text"].encode(), f"plan.{case.get('format', 'txt')}", Options()))
    found = outline(doc)
    assert [line for one in found for line in lines(one)] == case["is"]
    for one in found:
        assert all(doc.text.text[part.start : part.end].startswith(wording) for wording, part in spans(one))
        assert all(section.title_end <= section.end for section in one.sections())
