"""Numbers of chapters that a page sets on lines of their own above the titles, or behind PART: afterwards they stand before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planparse.language.columns import role_of
from planparse.language.shapes import find_marker
from planparse.language.shapes.lines import line_above, line_below
from planparse.language.shapes.signs import CHINESE, ordinal
from planparse.model.text import Edit, MappedText

_NUMBER = re.compile(rf"^[ \t\u3000]*(?:(?P<part>PART[.·\s]?)(?P<counted>0?[1-9]|1[0-9])|(?P<padded>0[1-9]|1[0-9])|(?P<chinese>[{CHINESE}]{{1,2}}))[ \t\u3000]*(?P<gap>\n\s*|(?<=[0-9])[ \t]+|(?<=[0-9]))(?P<title>[^\n]{{2,30}})$", re.MULTILINE | re.IGNORECASE)
"""01⏎发展目标, 一⏎发展目标, PART.01 发展目标"""
_TEXT = re.compile(r"[。；，：:|\t\x1f]")
_ENDS = "。！？；”）"
_PROSE = 24
"""A paragraph below a title is longer, or begins with a number."""
MIN_NUMBERS = 2


def join_chapter_numbers(text: MappedText) -> MappedText:
    """No chapter's number stands alone on a line, or behind PART: several such count up from 1, each above a short line and a paragraph."""
    s = text.text
    if "01\n" not in s and "\n一\n" not in s and "PART" not in s and "Part" not in s:
        return text
    found: list[re.Match[str]] = []
    for match in _NUMBER.finditer(s):
        if not (match["part"] or "\n" in match["gap"]):
            continue  # 01 发展目标 stands as it is to stand
        number = int(match["counted"] or match["padded"] or ordinal(match["chinese"]) or 0)
        alike = not found or _kind(found[0]) == _kind(match)
        if number == len(found) + 1 and alike and _is_title(match["title"]) and _has_text_above(s, match.start(), first=not found) and _has_text_below(s, match.end()):
            found.append(match)
    apart = len({match["title"].strip() for match in found}) == len(found)
    return text.edit(list(_edits(found))) if len(found) >= MIN_NUMBERS and apart else text


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in ("counted", "padded", "chinese") if match[kind])


def _is_title(line: str) -> bool:
    return not _TEXT.search(line) and find_marker(line.strip()) is None


def _has_text_above(s: str, start: int, *, first: bool) -> bool:
    """Whether a sentence ends above a number, or, above the first, what is no header of a column: no cell of a table."""
    above = line_above(s, start)
    return role_of(above) is None if first else above[-1:] in _ENDS


def _has_text_below(s: str, end: int) -> bool:
    """Whether a paragraph stands below a title, not the next cell of a table."""
    below = line_below(s, end)
    return (len(below) > _PROSE and _TEXT.search(below) is not None) or find_marker(below) is not None


def _edits(found: list[re.Match[str]]) -> Iterator[Edit]:
    for match in found:
        if match["part"]:
            yield (*match.span("part"), "")
        yield (*match.span("gap"), "、" if match["chinese"] else " ")
