"""Rows of ``sections``: the heading tree with its paths."""

from __future__ import annotations

from planparse.language.tidy import tidy
from planparse.model.document import Box, Grid, Outline, Section
from planparse.model.drafts import Draft
from planparse.model.records import SHARE_PLACES

_MARKS = " 、.．:：,，"


def extract_sections(outline: Outline) -> list[Draft]:
    """One draft a section, in order, each with its parent's draft."""
    drafts: list[Draft] = []
    for chapter in outline.chapters:
        _descend(chapter, None, "", drafts)
    return drafts


def _descend(section: Section, parent: Draft | None, above: str, drafts: list[Draft]) -> None:
    own = step(section.number_raw, section.title)
    path = f"{above}/{own}" if above else own
    values = {
        "level": section.level,
        "number_raw": section.number_raw,
        "ordinal": section.ordinal,
        "title": section.title,
        "kind": section.kind,
        "path": path,
        "text": own_text(section) or None,
        "trust": round(section.trust, SHARE_PLACES),
    }
    draft = Draft("sections", section.start, max(section.end, section.title_end), section, values, parent=parent)
    drafts.append(draft)
    for child in section.children:
        _descend(child, draft, path, drafts)


def step(number_raw: str | None, title: str) -> str:
    """What a section adds to the path of the one above: its number without marks, or the beginning of its title."""
    return (number_raw or title[:20]).strip(_MARKS) or title[:20]


def own_text(section: Section) -> str:
    """Paragraphs, boxes and tables under the heading, one a line, without sub-sections."""
    lines: list[str] = []
    for item in section.items:
        if isinstance(item, Grid):
            lines += _grid_lines(item)
        elif isinstance(item, Box):
            lines.append(tidy(f"{item.number_raw or ''} {item.caption}"))
            for inner in item.items:
                lines += _grid_lines(inner) if isinstance(inner, Grid) else [tidy(inner.text)]
        else:
            lines.append(tidy(item.text))
    return "\n".join(lines)


def _grid_lines(grid: Grid) -> list[str]:
    return ["\t".join(tidy(cell.text) for cell in row if not cell.propagated) for row in grid.rows]
