"""The source text of a document in a form in which its records' wording can be looked for.

Normalising takes blanks, furniture and marks out and changes widths and script; what it leaves stands in the source in the
same order. So both sides are compared without what carries nothing, and a wording may have what was taken out between its pieces.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from planparse.cleaning.characters import MIN_READINGS, READING
from planparse.language.script import to_simplified, traditional_share
from planparse.loaders.html.segments import cut
from planparse.loaders.pdf.characters import readable
from planparse.loaders.text import blank_controls
from planparse.model.findings import Code
from planparse.model.options import Limits
from planparse.model.records import Script

_SEEDS = (48, 12, 5, 3, 2)
"""Lengths at which the next piece of a wording is looked for; one character alone proves nothing."""
NEAR = 5
"""So near before the next piece a single character may stand: 可进行局部改陈 is 可局部改陈 in a subject."""
MOST_PIECES = 2000
"""A wording in more pieces is none of the text: it bounds the cost."""
_LAYOUT = re.compile(r"[-—–0-9·.,]*")
"""What may part a single character from the rest: a page number."""
_NUMBER_CUT = re.compile(r"(?:[0-9]|(?<=[0-9])\.)[0-9]")
"""No piece ends within a number."""
_RULE = re.compile("[\u2500-\u257f:：]")
_IN_NUMBER = re.compile(r"[0-9][.,][0-9].?|.[0-9][.,][0-9]")
"""What stands around a place within a number: one character or two before it, two behind."""
_THOUSAND = re.compile(r",[0-9]{3}(?![0-9])")
"""A comma within a number; any other parts two: 90,95."""
_MARKER = r"[(\[]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)\].、]"
_MARKER_NEXT, _MARKER_LAST = re.compile(_MARKER), re.compile(rf"{_MARKER}(?:[^.]{{1,40}}\.)?$")
"""The number of an item, as ``characters``, maybe with its title: the text goes on without them."""
_LONE = re.compile(r"(?<![^\s\u2500-\u257f|])(\S)(?![^\s\u2500-\u257f|])")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,400}>")
_REPAIR = re.compile(r" → (?P<wording>.*)\Z", re.DOTALL)
_UNKNOWN = "\ufffe"
"""Stands for source text whose repair the findings do not spell out."""

_FOLDED: dict[int, int | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLDED |= {ord(a): ord(b) for a, b in ("。.", "∶:", "︰:", "○〇", "〔[", "〕]", "【[", "】]", "［[", "］]")}
_FOLDED |= dict.fromkeys(map(ord, " \xa0\u3000\u00ad\u2028\u2029\ufeff*_#|\\`“”„‟\"‘’'《》<>「」『』"))
_FOLDED |= dict.fromkeys(map(ord, "－—–―─━‑‐−～~"), 0x2D)
_FOLDED |= dict.fromkeys([*range(0x2000, 0x2010), *range(0x202A, 0x2030), *range(0x205F, 0x2070), *range(0xFE00, 0xFE10)])
_FOLDED |= dict.fromkeys([*range(0x20), *range(0xE000, 0xF900)])


_NOTHING = re.compile("[" + "".join(re.escape(chr(code)) for code, kept in _FOLDED.items() if kept is None) + "]+")
"""What ``characters`` takes out: blanks, tags, quotation marks."""


def characters(text: str) -> str:
    """A wording without blanks, quotation marks, marks of emphasis and invisible characters, in half width."""
    return text.translate(_FOLDED)


def _gaps(text: str) -> frozenset[int]:
    """Where, in the characters of a text, blanks, tags, colons and the rules of tables were, and where it begins and ends."""
    pieces = _NOTHING.split(_RULE.sub(lambda rule: f" {rule[0]} ", text))
    return frozenset(accumulate(map(len, pieces), initial=0))


class Stretch(NamedTuple):
    """A span of the source as ``characters``, and the places in it where a blank, a tag or a line break was."""

    text: str
    gaps: frozenset[int]

    def parts(self, at: int) -> bool:
        """Whether a word may begin or end at a place: at a gap, beside a mark or a sign, before and behind a number, but not within one."""
        if at in self.gaps:
            return True
        kinds = [sign.isdecimal() - (not sign.isalpha() and not sign.isdecimal()) for sign in self.text[max(0, at - 1) : at + 1]]
        comma = self.text.find(",", max(0, at - 1), at + 1)
        listed = comma >= 0 and not _THOUSAND.match(self.text, comma)
        return (-1 in kinds or sum(kinds) == 1) and (listed or not _IN_NUMBER.fullmatch(self.text[max(0, at - 2) : at + 2]))


class SourceWording:
    """One document's source text; offsets are those of ``sources.text``."""

    def __init__(self, text: str, media_type: str, script: str, findings: Iterable[dict[str, Any]] = ()) -> None:
        self.length = len(text)
        self.text = text
        plain = _shown(text) if media_type == "text/html" else text
        if media_type == "text/markdown" or "</" in plain:
            plain = _TAG.sub(lambda match: " " * len(match[0]), plain)
        if len(READING.findall(plain)) >= MIN_READINGS:
            plain = READING.sub(lambda match: " " * len(match[0]), plain)
        self._plain = readable(_repaired(plain, findings))
        self._simplified = to_simplified(self._plain) if traditional_share(self._plain) else self._plain
        if script != Script.HANS:
            self._plain = self._simplified
        self._spans: dict[tuple[int, int], str] = {}
        self._stretches: dict[tuple[int, int], Stretch] = {}

    def between(self, start: int, end: int) -> str:
        """The characters of a span; where a page that is mostly simplified has traditional ones, in both scripts."""
        found = self._spans.get((start, end))
        if found is None:
            plain, simplified = self._plain[max(0, start) : end], self._simplified[max(0, start) : end]
            found = characters(plain) if plain == simplified else f"{characters(simplified)}\n{characters(plain)}"
            self._spans[start, end] = found
        return found

    def stretch(self, start: int, end: int) -> Stretch:
        """``between`` with its gaps."""
        found = self._stretches.get((start, end))
        if found is None:
            text = self.between(start, end)
            places = _gaps(self._plain[max(0, start) : end])
            behind = max(places) + 1
            twice = len(text) > behind  # both scripts, one behind the other
            found = Stretch(text, frozenset([*places, *(behind + place for place in places)] if twice else places))
            self._stretches[start, end] = found
        return found

    @cached_property
    def raw(self) -> Stretch:
        """All of the source with its markup, where a page may say what its text does not."""
        return Stretch(characters(self.text), _gaps(self.text))

    @property
    def whole(self) -> str:
        """The characters of all of it."""
        return self.between(0, self.length)

    def lone(self, start: int, end: int) -> frozenset[str]:
        """The characters of a span that stand alone on their line, as the last one of a narrow cell may."""
        return frozenset(_LONE.findall(self._plain[max(0, start - 1) : end + 1]))

    def plain(self, start: int, end: int) -> str:
        """The span with its blanks."""
        return self._plain[max(0, start) : end]


def _shown(page: str) -> str:
    """A web page with blanks for all that is no text of it; every character stays in its place."""
    skeleton = cut(blank_controls(page), Limits().max_depth)
    parts: list[str] = []
    length = 0
    for number in range(len(skeleton.spans)):
        opened = page.rfind("<", 0, skeleton.spans[number][0])
        if number in skeleton.images or page.startswith(("<rt", "<rp"), max(0, opened)):
            continue  # a reading beside its character is none of the text
        for text, start in skeleton.pieces(number)[0]:
            parts += (" " * (start - length), text)
            length = start + len(text)
    return "".join(parts).ljust(len(page))


def _repaired(text: str, findings: Iterable[dict[str, Any]]) -> str:
    """The text with the repairs that its findings tell of; every other character stays in its place."""
    parts: list[str] = []
    at = 0
    for finding in findings:
        if finding["code"] != Code.REPAIRED_TEXT or finding["source_start"] is None or finding["source_start"] < at:
            continue
        start, end = finding["source_start"], finding["source_end"]
        told = _REPAIR.search(finding["message"])
        wording = told["wording"] if told else _UNKNOWN * (end - start)
        parts += (text[at:start], wording.ljust(end - start)[: end - start])
        at = end
    return "".join([*parts, text[at:]])


def stands_in(wording: str, text: str, *, ordered: bool = True, lone: Collection[str] = (), gaps: Collection[int] | None = None) -> bool:
    """Whether a wording stands in a text, both as ``characters``: whole, or in pieces of two characters and more.

    With ``ordered`` the pieces follow each other as in the wording; without, as the cells of a row may, in any order.
    ``lone`` are characters that may be a piece by themselves. ``gaps`` are the places where pieces may be parted; None: anywhere.
    """
    if wording in text or _UNKNOWN in text:
        return True
    at = position = pieces = 0
    while at < len(wording) and pieces < MOST_PIECES:
        place, length = _next_piece(wording, at, text, position, gaps)
        if place < 0 and not ordered:
            place, length = _next_piece(wording, at, text, 0, gaps)
        if place < 0 and wording[at] in lone:
            place, length = position, 1
        if place < 0:
            return False
        at, position, pieces = at + length, place + length, pieces + 1
    return at >= len(wording)


def places(wording: str, text: str) -> Iterator[int]:
    """Where a wording begins in a text."""
    place = text.find(wording)
    while place >= 0:
        yield place
        place = text.find(wording, place + 1)


def stands_whole(wording: str, stretch: Stretch, beside: Collection[int] = ()) -> bool:
    """Whether a wording stands in a stretch with a beginning and an end of its own: 阅读设施 does not in 完善阅读设施建设.

    ``beside`` are further places where it may begin and end.
    """
    ends = ((place, place + len(wording)) for place in places(wording, stretch.text))
    return any(all(at in beside or stretch.parts(at) for at in both) for both in ends)


def _next_piece(wording: str, at: int, text: str, position: int, gaps: Collection[int] | None) -> tuple[int, int]:
    """The next piece of the wording in the text from a position on, as long as it goes on: (place, length)."""
    for seed in _SEEDS:
        piece = wording[at : at + seed]
        if len(piece) < 2:
            break
        place = text.find(piece, position)
        while place >= 0:
            length = _common(wording, at, text, place, gaps)
            if length > 1:
                return place, length
            place = text.find(piece, place + 1) if gaps is not None else -1
    if _NUMBER_CUT.match(wording, at) or _NUMBER_CUT.match(wording, at - 1):
        return -1, 0
    tails = (text.find(wording[at + 1 : at + 1 + seed], position) for seed in _SEEDS[1:] if at + 2 < len(wording))
    following = next((place for place in tails if place >= 0), -1)
    place = text.rfind(wording[at], max(position, following - NEAR), following) if following >= 0 else text.find(wording[at], position)
    near = place >= 0 and (following >= 0 or _LAYOUT.fullmatch(text, position, place) is not None)
    if near and gaps is not None and not (place in gaps and place + 1 in gaps):
        near = False
    return (place, 1) if near else (-1, 0)


def _common(wording: str, at: int, text: str, place: int, gaps: Collection[int] | None) -> int:
    """How many characters wording and text have in common from two places on, to a gap, and not to within a number."""
    if gaps is not None and at and place not in gaps and not _MARKER_LAST.search(text, max(0, place - 48), place):
        return 0
    length = 0
    while at + length < len(wording) and text.startswith(wording[at + length], place + length):
        length += 1
    while length > 1 and at + length < len(wording) and gaps is not None and place + length not in gaps and not _MARKER_NEXT.match(text, place + length):
        length -= 1
    if _NUMBER_CUT.match(wording, at + length - 1):
        length = len(wording[at : at + length].rstrip("0123456789."))
    return length
