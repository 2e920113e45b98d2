"""Markup → its stretches of text, each with its place, and a skeleton of the markup in which numbers stand for them.

lxml parses the skeleton, so it mends the tree and never sees a character of the text: no offset can be lost in it.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple

Piece = tuple[str, int]
"""A string that stands, character by character, in the source text from an offset on."""

# A tag, comment, CDATA section, declaration or processing instruction: <p class="a">, </p>, <!-- … -->, <!DOCTYPE html>
_TOKEN = re.compile(
    r"""
      <(/?)([A-Za-z][A-Za-z0-9:_-]*)(?![A-Za-z0-9:_-])       # 1 the slash of an end tag, 2 the tag's name
       [^<>=]* (?: =\s*(?: "[^"]{0,20000}" | '[^']{0,20000}' | (?!\s|"[^"]{0,20000}"|'[^']{0,20000}') ) [^<>=]* )* >
    | <!--.*?(?:-->|\Z)
    | <[!?][^>]*>
    """,
    re.VERBOSE | re.DOTALL,
)
# One attribute: class="a b", rowspan=2, hidden.
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
# A tag that every parser reads alike: <p class="a b" hidden>.
_WELL_FORMED = re.compile(r"<[a-zA-Z]+[0-9]?(?:\s+[A-Za-z-]+(?:=\"[^\"<>]*\")?)*\s*>")
_READ_ATTRIBUTES = frozenset(
    ("class", "id", "style", "rowspan", "colspan", "href", "hidden", "role", "start", "type")
)
_EMPTY_ELEMENT = re.compile(r"(?:[\s\"']|^<[\w:-]+)/>$")
# Elements whose content is no text of the page; of <title>, <style> and JSON-LD it is kept apart.
_RAW = frozenset(
    ("script", "style", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "textarea", "template")
)
_RAW_END = {tag: re.compile(rf"</{tag}\b[^>]*>", re.IGNORECASE) for tag in _RAW}
_DROPPED = frozenset(("html", "head", "body"))
_VOID = frozenset(
    (
        "br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "embed", "param",
        "source", "track",
    )
)
# Elements that a next one of their kind ends, where the end tag is missing.
_SELF_ENDING = frozenset(("p", "li", "td", "th", "tr", "dt", "dd", "option"))
_BLANKS = " \t\r\n\f"
# Inside a stretch of text: a line break with its indentation, a run of blanks, a character reference.
_INNER = re.compile(
    r"[ \t\f]*[\r\n][ \t\r\n\f]*|[ \t\f]{2,}|&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});?"
)
_NARROW = re.compile(r"[0-9A-Za-z,.;:)(%-]")


@dataclass(slots=True)
class Skeleton:
    """What ``cut`` gives. ``spans`` are the stretches of text; ``markup`` names them by their index."""

    text: str
    markup: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)
    title: str | None = None
    styles: list[str] = field(default_factory=list)
    linked_data: list[str] = field(default_factory=list)
    images: set[int] = field(default_factory=set)
    """Which of the stretches are <img> tags."""
    unclosed: set[str] = field(default_factory=set)
    flattened: int | None = None
    """Where elements were first nested deeper than allowed; their tags were left out."""

    def pieces(self, number: int) -> tuple[list[Piece], bool, bool]:
        """The characters of one stretch as a browser shows them, and whether blanks stand before and after it."""
        start, end = self.spans[number]
        raw = self.text[start:end]
        inner = raw.strip(_BLANKS)
        if not inner:
            return [], True, False
        offset = start + raw.find(inner[0])
        blank_before = raw[0] == " " and "\n" not in raw[: offset - start]
        blank_after = raw[-1] == " " and "\n" not in raw[offset - start + len(inner) :]
        if "&" not in inner and "\n" not in inner and "\r" not in inner and "  " not in inner and "\t" not in inner:
            return [(inner, offset)], blank_before, blank_after
        return _decoded(inner, offset), blank_before, blank_after


def cut(text: str, max_depth: int) -> Skeleton:
    """Cut ``text`` into stretches. Guarantees: the skeleton holds every tag of the page but <html>, <head> and <body>,
    nests no deeper than ``max_depth`` (tags beyond it are left out, but lines stay lines), and holds no text but numbers.
    """
    skeleton = Skeleton(text)
    spans = skeleton.spans
    nesting = _Nesting(max_depth)
    known: dict[str, _Tag] = {}  # pages repeat their tags
    out: list[str] = ["<html><body>"]
    position = 0
    while True:
        match = _next_token(text, position)
        end = match.start() if match else len(text)
        if end > position and not _is_layout(text, position, end):
            out.append(f" {len(spans)} ")
            spans.append((position, end))
        if not match:
            break
        position = match.end()
        raw = match[0]
        tag = known.get(raw)
        if tag is None:
            tag = known[raw] = _read_tag(raw, match[2], match[1])
        if tag.kind == "element":
            if nesting.allows(tag.name, tag.closes):
                out.append(tag.written)
            else:
                if skeleton.flattened is None:
                    skeleton.flattened = match.start()
                if tag.name in _LINES:
                    out.append("<br>")
        elif tag.kind == "img":
            skeleton.images.add(len(spans))
            out.append(f" {len(spans)} ")
            spans.append(match.span())
        elif tag.kind == "empty":
            out.append(tag.written)
        elif tag.kind == "raw":
            position = _raw(skeleton, tag.name, match, position)
    out.append("</body></html>")
    skeleton.markup = "".join(out)
    return skeleton


def _next_token(text: str, position: int) -> re.Match[str] | None:
    """The next tag or comment; str.find takes a tenth of what a pattern's search from character to character takes."""
    closed = text.rfind(">")
    while (position := text.find("<", position)) >= 0:
        if position > closed and not text.startswith("<!--", position):
            position += 1  # nothing closes it: to look for that at each of many costs the square of their number
            continue
        match = _TOKEN.match(text, position)
        if match:
            return match
        position += 1
    return None


class _Tag(NamedTuple):
    """A tag: whether it is an ``element``'s, ``empty``, ``img``, ``raw`` or to be dropped, and how the skeleton has it."""

    kind: str
    name: str = ""
    closes: bool = False
    written: str = ""


def _read_tag(raw: str, name: str | None, slash: str | None) -> _Tag:
    """Read a tag and write it anew, with the attributes that matter, so that lxml sees it as it was cut."""
    name = (name or "").lower()
    if not name or name in _DROPPED:
        return _Tag("dropped")
    if name == "img":
        return _Tag("img")
    if name in _RAW:
        return _Tag("dropped" if slash else "raw", name)
    if slash:
        if name == "br":  # browsers break the line at </br> too
            return _Tag("empty", name, False, "<br>")
        return _Tag("dropped" if name in _VOID else "element", name, True, f"</{name}>")
    words = [name]
    if _WELL_FORMED.fullmatch(raw):
        return _Tag("empty", name, False, f"<{name}>") if name in _VOID else _Tag("element", name, False, raw)
    for match in _ATTRIBUTE.finditer(raw, len(name) + 1):
        attribute, double, single, bare = match.groups()
        if attribute.lower() in _READ_ATTRIBUTES:
            value = (double or single or bare or "").replace('"', "&quot;").replace("<", "&lt;")
            words.append(f'{attribute.lower()}="{value}"')
    written = f"<{' '.join(words)}>"
    if name in _VOID:
        return _Tag("empty", name, False, f"<{name}>")
    if raw.endswith("/>") and _EMPTY_ELEMENT.search(raw):
        return _Tag("empty", name, False, f"{written}</{name}>")
    return _Tag("element", name, False, written)


_LINES = frozenset(("p", "div", "li", "tr", "table", "section", "h1", "h2", "h3", "h4", "h5", "h6"))
"""Elements whose tags, where they are left out, still end a line."""


class _Nesting:
    """Which elements are open, as far as it takes to know how deep the tree will be."""

    def __init__(self, max_depth: int) -> None:
        self.max_depth = max_depth
        self.open: list[str] = []
        self.left_out: dict[str, int] = {}

    def allows(self, tag: str, closing: bool) -> bool:
        """Whether the tag goes into the skeleton; the end tags of elements that were left out do not."""
        if not closing:
            if self.open and self.open[-1] == tag and tag in _SELF_ENDING:
                return True
            if len(self.open) >= self.max_depth:
                self.left_out[tag] = self.left_out.get(tag, 0) + 1
                return False
            self.open.append(tag)
            return True
        if self.left_out.get(tag):
            self.left_out[tag] -= 1
            return False
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place] == tag:
                del self.open[place:]
                break
        return True


def _is_layout(text: str, start: int, end: int) -> bool:
    """Blanks between two tags that only lay the markup out: those with a line end."""
    raw = text[start:end]
    return raw.isspace() and ("\n" in raw or "\r" in raw)


def _raw(skeleton: Skeleton, tag: str, match: re.Match[str], position: int) -> int:
    """Pass an element whose content is no text; returns where it ends. One that never ends holds nothing."""
    end = None if tag in skeleton.unclosed else _RAW_END[tag].search(skeleton.text, position)
    if not end:
        skeleton.unclosed.add(tag)  # and never search to the end of the page again
        return position
    content = skeleton.text[position : end.start()]
    if tag == "title" and skeleton.title is None:
        skeleton.title = html.unescape(content).strip() or None
    elif tag == "style":
        skeleton.styles.append(content)
    elif tag == "script" and "ld+json" in match[0]:
        skeleton.linked_data.append(content)
    return end.end()


def _decoded(raw: str, offset: int) -> list[Piece]:
    """Character references decoded, line breaks closed up (one blank between Latin characters), blanks made one."""
    pieces: list[Piece] = []
    position = 0
    for match in _INNER.finditer(raw):
        start, end = match.span()
        if start > position:
            pieces.append((raw[position:start], offset + position))
        if raw[start] == "&":
            character = html.unescape(match[0])
            if character < " " or character == "\x7f":
                character = " "
            pieces.append((character, offset + start))
        elif _shows_blank(raw, start, end):
            pieces.append((" ", offset + start))
        position = end
    if position < len(raw):
        pieces.append((raw[position:], offset + position))
    return pieces


def _shows_blank(raw: str, start: int, end: int) -> bool:
    """Whether blanks show: without a line end always, with one only between Latin characters."""
    blanks = raw[start:end]
    if "\n" not in blanks and "\r" not in blanks:
        return True
    return bool(start and _NARROW.match(raw[start - 1]) and _NARROW.match(raw[end : end + 1]))
