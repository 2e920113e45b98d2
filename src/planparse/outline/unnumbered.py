"""Lines that head the chapters of a document without numbers: by what they name, by the sign before them, or by heavy type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from planparse.language.offices import is_office
from planparse.language.shapes.lines import reads_as_title
from planparse.language.shapes.markers import Rank, find_marker, rank_of
from planparse.language.shapes.signs import CHINESE, ordinal
from planparse.outline.kinds.by_title import ORDER, kind_of_title
from planparse.outline.places import AT_START, BEHIND, Line, Place, begins
from planparse.outline.titles import Title

MAX_NAMED, MAX_MARKED = 24, 40
"""Lines that name a chapter, and those that a sign or heavy type marks, are no longer."""
MIN_ALIKE = 2
"""So many lines that look alike, each with text below it, head the chapters of a document that does not number them; one alone is a label, or a title."""
MOST = 2 / 3
"""Share of the lines of one look that have text below them: the lines of a list stand below each other."""
LEAST_BELOW = 30
"""A paragraph below a line that nothing marks is longer, unless several lines name chapters."""
NAMED = ("", "：")
"""The looks of lines that tell by their words alone that they head chapters."""
MIN_COUNTED = 3
_SENTENCE = re.compile(rf"(?P<number>[{CHINESE}]{{1,3}})是(?=[\u4e00-\u9fff])")
_SIGNS = frozenset("※§")
_BRACKETS = {"【": "】", "〖": "〗"}
"""What a whole line stands in that heads a chapter: 【重点任务】"""
_HEAVY = "heavy "
_UNIT = "unit"
"""A unit's name above the first of its own tasks: 县水利局 ⏎ 1. …"""
_COLONS = "：:"
_OPEN = "。；，、;," + _COLONS
"""What no heading ends in."""
_DONE = "。！？：）"
"""What the paragraph above a heading ends in."""


def with_unnumbered(text: str, lines: Sequence[Line], places: list[Place]) -> list[Place]:
    """The places, with those of lines that head a chapter, if no chapter has a number: depths by the order in which the looks first stand."""
    if any(p.form == "mark" and p.before in AT_START and rank_of(p.style) <= Rank.CHINESE for p in places):
        return places
    if counted := _counted_sentences(text, lines, places):
        return sorted([*(p for p in places if p.line.number not in {c.line.number for c in counted}), *counted], key=lambda p: p.start)
    taken = {p.line.number for p in places if p.form != "title"}
    free = [line for line in lines[1:-1] if line.number not in taken]
    looks: dict[str, list[Line]] = {}
    for line in free:
        if (look := _look(text, line, lines)) is not None:
            looks.setdefault(look, []).append(line)
    _forget_unnamed(text, looks)
    for look in NAMED:
        if len(looks.get(look, ())) >= MIN_ALIKE:
            looks[look] = [line for line in free if _look(text, line, lines, 0) == look or (not look and _heads_a_count(text, line, lines))]
    found = [alike for look, lines_of in looks.items() if len(alike := _with_text_below(look, lines_of, lines)) >= max(MIN_ALIKE, MOST * len(lines_of))]
    if not found:
        return places
    heads = {line.number: _place(text, line, depth) for depth, alike in enumerate(found) for line in alike}
    return sorted([*(p for p in places if p.line.number not in heads), *heads.values()], key=lambda p: p.start)


def _counted_sentences(text: str, lines: Sequence[Line], places: Sequence[Place]) -> list[Place]:
    """Paragraphs that begin with 一是, 二是, 三是, of a document with no other numbers or styles, that counts so once and answers nobody."""
    if sum(p.form == "style" or (p.form == "mark" and p.before in AT_START) for p in places[1:]) or any(text[line.end - 1] in "？?" for line in lines):
        return []
    found: list[Place] = []
    for line in lines:
        match = _SENTENCE.match(text, begins(text, line), line.end)
        if match and ordinal(match["number"]) != len(found) + 1:
            return []
        if match:
            found.append(Place(match.start(), match.end(), "mark", "一", (len(found) + 1,), "是", "start", line, match[0]))
    return found if len(found) >= MIN_COUNTED else []


def _heads_a_count(text: str, line: Line, lines: Sequence[Line]) -> bool:
    """Whether a short line behind the end of a sentence stands above a number one, as the chapters do that several lines name."""
    head = text[begins(text, line) : line.end].rstrip(BEHIND)
    if not 2 <= len(head) <= MAX_NAMED or line.row or head[-1] in _OPEN or text[lines[line.number - 1].end - 1] != "。" or kind_of_title(head) in ORDER:
        return False
    marker = find_marker(text, lines[line.number + 1].start)
    return marker is not None and marker.ordinal == 1


def _forget_unnamed(text: str, looks: dict[str, list[Line]]) -> None:
    """Heavy type marks titles, warnings and names, too: it heads chapters where several lines of the outermost such look name what chapters are."""
    heavy = [look for look in looks if look.startswith(_HEAVY)]
    outermost = looks[heavy[0]] if heavy else []
    if sum(kind_of_title(text[begins(text, line) : line.end].rstrip(BEHIND)) in ORDER for line in outermost) < MIN_ALIKE:
        for look in heavy:
            del looks[look]


def _place(text: str, line: Line, depth: int) -> Place:
    """A heading above all that a style of the format marks (h1, h2)."""
    start = begins(text, line)
    end = start + len(text[start : line.end].rstrip(BEHIND + _sign(text, line, start) + _COLONS))
    features = {"titled"} if line.heavy is not None and reads_as_title(text[start : line.end].rstrip(BEHIND)) else set()
    return Place(start, start, "style", f"h0{depth or ''}", (), "", "start", line, features=features, titles=[Title(end, "line")])


def _sign(text: str, line: Line, start: int) -> str:
    """The decoration before a line's text."""
    return text[line.start : start].strip(BEHIND)[:1]


def _look(text: str, line: Line, lines: Sequence[Line], least: int = LEAST_BELOW) -> str | None:
    """What a line looks like as a heading: its sign, its heavy type, or one of ``NAMED`` where it stands between paragraphs, more than
    ``least`` characters below it, and names what chapters of plans are."""
    start = begins(text, line)
    head = text[start : line.end].rstrip(BEHIND)
    if head[-1:] in _COLONS and not line.row:
        return "：" if _names_a_chapter(text, line, head.rstrip(_COLONS), lines, least) else None
    if not 2 <= len(head) <= MAX_MARKED or line.row or "。" in head or head[-1] in _OPEN:
        return None
    sign = _sign(text, line, start)
    if sign and (unicodedata.category(sign) == "So" or sign in _SIGNS or (_BRACKETS.get(sign) == head[-1] and kind_of_title(head[:-1]) in ORDER)):
        return sign
    if is_office(head) and (marker := find_marker(text, lines[line.number + 1].start)) is not None and marker.ordinal == 1:
        return _UNIT
    if line.heavy is not None:
        return f"{_HEAVY}{line.heavy}"
    return "" if _names_a_chapter(text, line, head, lines, least) else None


def _names_a_chapter(text: str, line: Line, head: str, lines: Sequence[Line], least: int) -> bool:
    """Whether a line between paragraphs names what chapters of plans are."""
    if not 2 <= len(head) <= MAX_NAMED or kind_of_title(head) not in ORDER:
        return False
    above, below = lines[line.number - 1], lines[line.number + 1]
    if text[above.end - 1] not in _DONE and not reads_as_title(text[above.start : above.end]):
        return False
    counted = (marker := find_marker(text, below.start)) is not None and marker.ordinal == 1
    return counted or (below.end - below.start > least and "。" in text[below.start : below.end])


def _with_text_below(look: str, alike: Sequence[Line], lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of one look that have something below them that does not look so."""
    numbers = {line.number for line in alike}
    return alike if not look else [line for line in alike if line.number + 1 not in numbers and not _in_the_same_type(line, lines[line.number + 1])]


def _in_the_same_type(line: Line, below: Line) -> bool:
    return line.heavy is not None and line.heavy == below.heavy
