"""All tables of a document."""

from __future__ import annotations

from planparse.model.document import Box, Grid, Outline


def grids(outline: Outline) -> list[Grid]:
    """All tables of a document in the order of the text, those in boxes too."""
    found = []
    for item in (*outline.preamble, *(item for top in outline.chapters for s in top.walk() for item in s.items)):
        inside = item.items if isinstance(item, Box) else [item]
        found += [part for part in inside if isinstance(part, Grid)]
    return found
