"""Clean text → places: where something may begin, and what speaks for it. Nothing is decided here.

A place is a line's start (behind decoration or a page number), or a spot inside a paragraph where a line break may have been lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planparse.language.shapes.lines import (
    MIN_TITLE,
    annex_caption,
    begins_with_date,
    box_caption,
    box_words,
    is_front,
    is_glossary,
    is_note,
    is_organ,
    known_title,
    reads_as_title,
    signs,
)
from planparse.language.shapes.markers import Marker, marker_of, may_begin, patterns
from planparse.language.shapes.signs import BLANK
from planparse.language.tidy import tidy
from planparse.model.document import Paragraph
from planparse.model.source import LineHint
from planparse.outline.blocks import Block
from planparse.outline.marked import marked
from planparse.outline.places import BEHIND, HEAVY, Line, Place, begins
from planparse.outline.titles import Title, title_ends
from planparse.outline.unnumbered import with_unnumbered

MAX_STYLED = 80
MAX_CAPTION = 70
MAX_BROKEN = 30
"""The line above the last word or two of a title is no longer."""
MAX_SIGNER = 12
"""The name of a body that signs is no longer where only the date below it tells it from a title."""
LONGEST_QUOTATION = 30
LONGEST_LABEL = 40
"""Between two markers of which the second follows the title of the first: 一、总体要求（一）指导思想."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All places of a text in order, and the lines that they stand in."""

    text: str
    lines: tuple[Line, ...]
    places: tuple[Place, ...]


def read_evidence(text: str, blocks: Sequence[Block], hints: Mapping[int, LineHint]) -> Evidence:
    """The places of all paragraphs, in order of the text."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(_line(len(lines), block, hints))
        elif lines:
            lines[-1].above_table = True
    _mark_quoted(text, lines)
    places: list[Place] = []
    counted: set[int] = set()
    signs = [sign.start() for sign in may_begin().finditer(text)]
    boxes = [box.start() for box in box_words().finditer(text)]
    for line in lines:
        found = _places_of(text, line, lines, counted, _between(signs, line), _between(boxes, line))
        if found and found[0].style == "1":
            counted.add(found[0].ordinals[0])
        if len(found) > 3:
            for place in found[1:]:
                place.features.add("crowded")
        places += found
    places = with_unnumbered(text, lines, places)
    for place, following in zip(places, [*(p.start for p in places[1:]), len(text)], strict=False):
        if place.form == "mark":
            place.titles = title_ends(text, place.end, _title_line_end(place, lines), following)
            place.features.update(_of_title(text, place, following))
    return Evidence(text, tuple(lines), tuple(places))


_CONDITION = re.compile(r"[^。；;\n]{2,200}(?<!目)的[。；;]?\s?$")
"""（1）连续降雨超过三天的。: what a rule holds for, no title."""


def _of_title(text: str, place: Place, following: int) -> Iterator[str]:
    """What the words behind a number say of it, the next place being at ``following``."""
    if any((known := known_title(text, place.end, t.end)) and known.end == t.end for t in place.titles):
        yield "known"
    if _CONDITION.match(text, place.end, min(following, place.line.end)):
        yield "condition"
    if following <= place.line.end and text[following - 1 : following] in ("；", ";"):
        yield "ends_open"


def _between(places: Sequence[int], line: Line) -> Sequence[int]:
    """The places of a line."""
    first = bisect_left(places, line.start)
    return places[first : bisect_left(places, line.end, first)] if first < len(places) and places[first] < line.end else ()


def _title_line_end(place: Place, lines: Sequence[Line]) -> int:
    return lines[place.line.number + 1].end if "alone" in place.features else place.line.end


def _line(number: int, paragraph: Paragraph, hints: Mapping[int, LineHint]) -> Line:
    hint = hints.get(paragraph.start)
    frame, style, heavy = (hint.frame, hint.heading_level, hint.heavy) if hint else (None, None, None)
    return Line(paragraph.start, paragraph.end, number, frame, style, heavy, is_row(paragraph.text))


def _mark_quoted(text: str, lines: Sequence[Line]) -> None:
    """Say of lines that they stand in a quotation over several lines: opened, and closed within ``LONGEST_QUOTATION`` lines."""
    opened: int | None = None
    for n, line in enumerate(lines):
        balance = text.count("“", line.start, line.end) - text.count("”", line.start, line.end)
        if opened is not None and balance < 0 and n - opened <= LONGEST_QUOTATION:
            for inner in lines[opened + 1 : n + 1]:
                inner.quoted = True
        opened = n if balance > 0 else None if balance < 0 else opened


_CELL_GAP = re.compile(rf"\S[{BLANK}]+(?=\S)")


def is_row(line: str) -> bool:
    """Whether a line is of a table: bars, tabs, or many cells set apart by blanks."""
    if line.count("\t") > 1 or line.count("|") > 2:
        return True
    return " " in line[:200] and "。" not in line and len(_CELL_GAP.findall(line[:200])) > 4


# ---- the places of one line ------------------------------------------------------------------------------------------


def _places_of(text: str, line: Line, lines: Sequence[Line], counted: Container[int], signs: Sequence[int], box_signs: Sequence[int]) -> list[Place]:
    """``counted``: numbers that lines above began with; ``signs``, ``box_signs``: where a marker and a box's caption may begin."""
    start = begins(text, line)
    head = text[start : line.end].rstrip(BEHIND) if line.end - start <= 120 else ""
    found: list[Place] = []
    markers = _markers(text, _behind_page_digits(text, start, line.end, counted), line.end, signs)
    special = _special(text, start, line, head, lines)
    boxes = _boxes(text, start, line, markers, box_signs) if box_signs else []
    if special is not None:
        found.append(special)
        if special.form in ("annex", "front"):
            return found
    for marker in markers:
        if special is not None and marker.start == start:
            continue
        while boxes and boxes[0].start < marker.start:
            found.append(boxes.pop(0))
        place = marked(text, marker, start, line, lines)
        if place is None:
            continue
        if found and place.before in ("glued", "blank") and _follows_a_title(text, found[-1], place):
            place.before = "title"
        found.append(place)
    found += boxes
    if not found and head:
        found += _unmarked(text, start, line, head, lines)
    if found and line.style and found[0].form == "mark" and found[0].start == start:
        found[0].features.add("styled")
    return found


def _markers(text: str, start: int, end: int, signs: Sequence[int]) -> list[Marker]:
    """Every marker from ``start`` on; ``signs`` of the line tell where one may begin inside it."""
    marker, first = patterns()
    found: list[Marker] = []
    at = start
    for begin in (start, *signs) if first.match(text, start, end) else signs:
        if begin < at or (begin > start and text[begin - 1].isascii() and text[begin].isascii() and text[begin - 1].isalnum()):
            continue  # inside a number or a word of Latin letters
        match = marker.match(text, begin, end)
        if match is not None and match.lastgroup == "named" and begin > start and "\u4e00" <= text[begin - 1] <= "\u9fff":
            continue  # 建设任务1.…: a word and a number
        if match is not None and (read := marker_of(match)) is not None:
            found.append(read)
            at = match.end()
    return found


_PAGE_THEN_NUMBER = re.compile(
    r"\d{1,3}(?=\d(?:[.．]\d{1,2}){1,3}(?![\d.．])|(?<=\d\d)\d[.．、](?!\d))|(?:[4-9]|\d\d)(?=\d[ \t\u3000]+[\u4e00-\u9fff])"
)


def _behind_page_digits(text: str, start: int, end: int, counted: Container[int]) -> int:
    """Where the number begins on a line whose first digits are a page number glued to it: 173.1 深化改革, 121.加强领导 (but not behind 120.)."""
    match = _PAGE_THEN_NUMBER.match(text, start, end)
    if match is None:
        return start
    whole = _DIGITS.match(text, start, end)
    return start if whole and int(whole[0]) - 1 in counted else match.end()


_DIGITS = re.compile(r"[0-9]{1,4}")


def _follows_a_title(text: str, above: Place, place: Place) -> bool:
    between = text[above.end : place.start]
    return above.form == "mark" and 2 <= len(between) <= LONGEST_LABEL and not re.search("[。；，：]", between)


def _special(text: str, start: int, line: Line, head: str, lines: Sequence[Line]) -> Place | None:
    """An annex title, a box caption, a note, 前言: what lines tell by their words."""
    if is_note(head or text[start : start + 20]):
        return Place(start, start + 1, "note", "note", (), "", "start", line)
    if head and (annex := _annex(text, start, line, head, lines)):
        return annex
    if head and is_front(head):
        return Place(start, start, "front", "front", (), "", "start", line, titles=[Title(line.end, "line")])
    if head and is_glossary(head):
        return Place(start, start, "annex", "annex", (0,), "", "start", line, features={"glossary"}, titles=[Title(line.end, "line")])
    return None


def _boxes(text: str, start: int, line: Line, markers: Sequence[Marker], signs: Sequence[int]) -> list[Place]:
    """Captions of boxes at the line's start, or behind a sentence; each reaches to what stands numbered in the box, or to the line's end."""
    found: list[Place] = []
    for match in (box_words().match(text, sign, line.end) for sign in signs if sign >= start):
        if match is None:
            continue
        at = match.start()
        inside = at > start and text[start:at].strip(BLANK + HEAVY) != ""
        if inside and text[line.start : at].rstrip(BLANK)[-1:] not in "。；！？":
            continue
        behind = (m.start for m in markers if m.start > at + 1 and text[match.end() : m.start].strip())  # the box's own number is none
        stop = min(behind, default=line.end)
        caption = box_caption(text[at:stop].rstrip(BEHIND)) if stop - at <= MAX_CAPTION else None
        if caption is None or (inside and caption.number is None):
            continue
        features = {f for f, there in (("unnumbered", caption.number is None), ("inside", inside), ("framed", line.frame is not None)) if there}
        found.append(Place(at, stop, "box", "box", (caption.number or 0,), "", "stop" if inside else "start", line, caption.raw, features))
    return found


def _annex(text: str, start: int, line: Line, head: str, lines: Sequence[Line]) -> Place | None:
    caption = annex_caption(head)
    if caption is None:
        return None
    below = [text[x.start : x.end] for x in lines[line.number + 1 : line.number + 4]]
    end, title = start + caption.start, line.end
    features: set[str] = set()
    if not caption.title and not line.above_table:  # the title stands on the next line, or on the next two
        features.add("title_below")
        if below:
            following = lines[line.number + 1]
            end, title = following.start, following.end
            if len(below) > 1 and _goes_on(below[0], below[1]):
                title = lines[line.number + 2].end
    if _lists(caption.title, below, line):
        features.add("listed")
    return Place(start, end, "annex", "annex", (caption.number or 0,), "", "start", line, caption.raw, features, [Title(title, "line")])


def _goes_on(title: str, below: str) -> bool:
    """Whether a title goes on in the line below it."""
    if len(title) > 40 or len(below) > 20 or not reads_as_title(title + below):
        return False
    return not reads_as_title(title) or len(below) <= 8


def _lists(title: str, below: Sequence[str], line: Line) -> bool:
    """Whether an annex line only says what is attached: a signature, a list or nothing stands below it, or below the line that its title goes on in."""
    if line.above_table:
        return False
    if _FIRST_OF_LIST.match(title or (below[0] if below else "")):
        return True
    first, *rest = [tidy(x) for x in below] or [""]
    signed = len(first) <= MAX_SIGNER and signs(first) and bool(rest) and begins_with_date(rest[0])  # 国家教委
    if not first or signed or begins_with_date(first) or is_organ(first) or first.startswith(("抄送", "附件")):
        return True
    return bool(title) and len(rest) > 1 and is_organ(rest[0]) and begins_with_date(rest[1])


_FIRST_OF_LIST = re.compile(r"\d{1,2}(?:[-—]\d{1,2})?\s?[.．、]")
"""What the files of a list are counted by: 附件：1．…, and of an annex that has files of its own: 附件：2-1．…"""


def _unmarked(text: str, start: int, line: Line, head: str, lines: Sequence[Line]) -> list[Place]:
    """A line that a style makes a heading, or that reads as a document's title."""
    if line.style and len(head) <= MAX_STYLED and "。" not in head:
        title = {"titled"} if reads_as_title(head) else set()
        return [Place(start, start, "style", f"h{line.style}", (), "", "start", line, features=title, titles=[Title(line.end, "line")])]
    if not line.row and (reads_as_title(head) or (len(head) < MIN_TITLE and line.number > 1 and _ends_title(text, lines[line.number - 2 : line.number], head))):
        return [Place(start, start, "title", "title", (), "", "start", line, titles=[Title(line.end, "line")])]
    return []


def _ends_title(text: str, above: Sequence[Line], head: str) -> bool:
    """Whether a line is the last word of a title that began on the line above, behind the end of a sentence: …。 ⏎ 禾阳县渔港 ⏎ 改造方案."""
    last, begun = above
    broken = text[begun.start : begun.end]
    return text[last.end - 1] == "。" and MIN_TITLE <= len(broken) <= MAX_BROKEN and patterns()[0].match(broken) is None and reads_as_title(broken + head)
