"""Paragraph styles of a Word document: which are headings, and which are numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planparse.loaders.docx.numbering import Element, attribute, integer, local, val

_HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)


@dataclass(slots=True)
class Style:
    """What a paragraph style says, its ancestors included."""

    level: int | None = None
    """Depth of a heading, from 1."""
    number: str | None = None
    depth: int | None = None
    hidden: bool = False


def list_of(element: Element) -> tuple[str | None, int | None]:
    """List and level of a w:numPr."""
    level = element.find("{*}ilvl")
    return val(element, "{*}numId"), None if level is None else integer(attribute(level, "val"), 0)


def read_styles(root: Element | None) -> tuple[dict[str, Style], str | None]:
    """Paragraph styles of ``word/styles.xml`` by identifier, and the default one's identifier."""
    raw: dict[str, tuple[Style, str | None]] = {}
    default: str | None = None
    for element in root.iterfind("{*}style") if root is not None else ():
        if attribute(element, "type") not in ("paragraph", None):
            continue
        identifier = attribute(element, "styleId") or ""
        if attribute(element, "default") in ("1", "true"):
            default = identifier
        raw[identifier] = _style(element)
    return _resolved(raw), default


def _style(element: Element) -> tuple[Style, str | None]:
    style = Style()
    base: str | None = None
    for child in element.iter():
        name = local(child)
        value = attribute(child, "val")
        if name == "basedOn":
            base = value
        elif name == "name":
            heading = _HEADING_NAME.search(value or "")
            style.level = int(heading[1]) if heading else style.level
        elif name == "outlineLvl" and style.level is None:
            style.level = integer(value, 9) + 1
        elif name == "numPr":
            style.number, style.depth = list_of(child)
    return style, base


def _resolved(raw: dict[str, tuple[Style, str | None]]) -> dict[str, Style]:
    """Each style with what it does not say itself taken from the one that it is based on; a circle ends where it closes.

    Each is settled once, after its base: thousands of styles may stand in one chain.
    """
    done: dict[str, Style] = {}
    for identifier in raw:
        chain: dict[str, None] = {}
        current: str | None = identifier
        while current is not None and current in raw and current not in done and current not in chain:
            chain[current] = None
            current = raw[current][1]
        base = done.get(current or "", Style())
        for name in reversed(chain):
            own = raw[name][0]
            base = done[name] = Style(
                level=base.level if own.level is None else own.level,
                number=base.number if own.number is None else own.number,
                depth=base.depth if own.depth is None else own.depth,
            )
    return done
