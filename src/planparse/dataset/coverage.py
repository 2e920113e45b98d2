"""Which numbers of a document its records claim: the dataset's own account of what it may have missed.

Numbers are looked for in the source text by a plain rule, not by the grammar that reads quantities, so that what the
grammar does not know shows up here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from planparse.language.numbers import HALF_WIDTH, Span, begins_within, find_names, find_numbers, merged, touches
from planparse.language.script import to_simplified

Row = Mapping[str, Any]

# Markup of a source that is HTML: its numbers are nobody's. Example: <td width="120">
_MARKUP = re.compile(
    r"<(?P<raw>script|style)\b[^<>]{0,500}>(?:(?!<(?P=raw)\b).){0,100000}?</(?P=raw)\s*>|<!--(?:(?!<!--).){0,20000}?-->|</?[a-z!][^<>]{0,2000}>|&\#?\w{1,8};",
    re.IGNORECASE | re.DOTALL,
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


class Claim(StrEnum):
    """What became of a number."""

    CLAIMED = "claimed"
    BACKGROUND = "background"
    """It stands in a chapter that looks back; such numbers are no targets."""
    UNCLAIMED = "unclaimed"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the source text, with its unit sign."""

    start: int
    end: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class Coverage:
    """The numbers of one document's body."""

    numbers: tuple[Number, ...]

    def count(self, claim: Claim) -> int:
        return sum(number.claim == claim for number in self.numbers)

    @property
    def share(self) -> float | None:
        """Claimed numbers among those outside background chapters, 0 to 1; None where there are none."""
        claimed, unclaimed = self.count(Claim.CLAIMED), self.count(Claim.UNCLAIMED)
        return claimed / (claimed + unclaimed) if claimed + unclaimed else None


def coverage(text: str, tables: Mapping[str, Sequence[Row]]) -> Coverage:
    """Find the numbers of one document's body and who claims them. ``tables``: its rows by table."""
    sections = sorted(tables.get("sections", ()), key=lambda row: row["source_start"])
    start = sections[0]["source_start"] if sections else 0
    end = max((row["source_end"] for row in sections), default=len(text))
    claims = merged(_claims(text, tables))
    starts = [row["source_start"] for row in sections]
    found: list[Number] = []
    for first, last in _numbers(text, start, end, sections):
        at = bisect_right(starts, first) - 1
        if begins_within(claims, first):
            claim = Claim.CLAIMED
        elif at >= 0 and sections[at]["kind"] == "background":
            claim = Claim.BACKGROUND
        else:
            claim = Claim.UNCLAIMED
        found.append(Number(first, last, claim))
    return Coverage(tuple(found))


def locate(text: str, wording: str | None, start: int, end: int) -> Span | None:
    """Where a normalised wording stands in ``text[start:end]``; blanks, markup, width and script do not count."""
    wanted = re.sub(r"\s+", "", wording or "").translate(HALF_WIDTH)
    if not wanted:
        return None
    plain = to_simplified(text[start:end]).translate(HALF_WIDTH)
    at = plain.find(wanted)
    if at >= 0:
        return start + at, start + at + len(wanted)
    plain = _MARKUP.sub(lambda match: " " * len(match[0]), plain) if "<" in plain or "&" in plain else plain
    kept = [index for index, character in enumerate(plain) if not character.isspace()]
    at = "".join(plain[index] for index in kept).find(wanted)
    return (start + kept[at], start + kept[at + len(wanted) - 1] + 1) if at >= 0 else None


def target_places(text: str, targets: Iterable[Row]) -> list[Span | None]:
    """Where each target's quantity stands; the same wording twice in one sentence takes its places in order."""
    after: dict[tuple[int, int, str], int] = {}
    places: list[Span | None] = []
    for row in targets:
        start, end, raw = int(row["source_start"]), int(row["source_end"]), str(row["quantity_raw"])
        key: tuple[int, int, str] = (start, end, raw)
        place = locate(text, raw, after.get(key, start), end) or locate(text, raw, start, end)
        if place is None and (digits := _DIGITS.search(raw.translate(HALF_WIDTH))):
            place = locate(text, digits[0], start, end)
        if place:
            after[key] = place[1]
        places.append(place)
    return places


def markup(text: str) -> list[Span]:
    """Spans of HTML markup in a source text."""
    return [match.span() for match in _MARKUP.finditer(text)] if "<" in text or "&" in text else []


def _claims(text: str, tables: Mapping[str, Sequence[Row]]) -> Iterable[Span]:
    targets = tables.get("targets", ())
    for row, place in zip(targets, target_places(text, targets), strict=True):
        yield place or (row["source_start"], row["source_end"])
    for row in tables.get("indicators", ()):
        yield row["source_start"], row["source_end"]
    for table in ("tasks", "projects"):
        for row in tables.get(table, ()):
            for wording in (row["number_raw"], row.get("investment_raw")):
                place = locate(text, wording, row["source_start"], row["source_end"])
                if place:
                    yield place


def _numbers(text: str, start: int, end: int, sections: Sequence[Row]) -> Iterable[Span]:
    """Spans of the numbers that may measure something, in order."""
    plain = text.translate(HALF_WIDTH)
    spans = [*find_names(plain), *markup(text)]
    for row in sections:  # a marker in the middle of a line, where line breaks were lost
        first = row["source_start"]
        spans.append((first, first + len(row["number_raw"] or "") + 1 if row["number_raw"] else first))
    barred = merged(spans)
    yield from (span for span in find_numbers(plain, start, end) if not touches(barred, *span))
