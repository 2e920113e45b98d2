"""Numbers of one sentence that do not agree: parts with the total that is said to be theirs, a growth with its ends or with that of one year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import accumulate, takewhile
from typing import Any

from planparse.checks.changes import rounding
from planparse.checks.coverage import paragraphs_of
from planparse.checks.totals import NO_SUM
from planparse.data import alternation
from planparse.data.words import worded
from planparse.extract import Extraction
from planparse.language.numerals import ARABIC, parse_number
from planparse.language.quantities import FoundQuantity, find_quantities
from planparse.language.quantity_grammar import CHANGES, grammar
from planparse.language.tidy import closed_up
from planparse.language.time import YEAR, parse_year
from planparse.model.document import Outline
from planparse.model.findings import Code, Note
from planparse.model.text import MappedText

LEAST_SPAN = 2
"""A rate over fewer years is the change of the whole."""
_WORTH = worded("<summed>|分别|分为|其余|年均")
"""Without one of these a paragraph says nothing that is checked here."""
_TOTAL = worded("<summed>")
_BEHIND = worded("[，、]?<summed>(?:为|达|约)?$")
"""甲40个、乙50个，合计90个: what stands before a total behind its parts."""
_AHEAD = re.compile("(?:[，、：:（]|的)(?:分别[为是]|分为)|[，：（]其中[^。；]{1,120}其余(?=[^，。；]{0,12}[0-9])")
"""共90个，分别为甲40个、乙50个 and 共90个，其中甲40个，其余50个: what stands behind a total whose parts are said to be all."""
_BREAK = re.compile("[。；\n]|以上|以下|左右|至少|不少于|超过|约|近")
"""No part of a total is reached across these."""
_NESTED = re.compile("其中|等|各")
_SENTENCE = re.compile("[。；\n]")
_CLAUSE = re.compile("[。；\n，、：]")
_FIGURE = re.compile(ARABIC)


@cache
def _growth_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """由2020年的400家增加到2025年的600家，年均增长8.4%; and 到2025年，…比2020年累计下降12.5%，年均下降2.6%. None of them a floor or about so much."""
    rules = grammar()
    moves, reaching = (alternation(word for word, how in rules.comparators.items() if how in kinds) for kinds in (CHANGES, ("eq",)))
    plain = f"%(?!左右|上下|{alternation(rules.afters)})"
    ends = (
        rf"[由从](?P<first>{YEAR})年底?的?(?P<base>{ARABIC})(?P<unit>[^0-9，。；]{{1,8}}?){reaching}(?P<last>{YEAR})年底?的?(?P<target>{ARABIC})(?P=unit)"
        rf"，年均{moves}(?:率?[为达])?(?P<yearly>{ARABIC}){plain}"
    )
    whole = rf"到(?P<last>{YEAR})年[^。；]{{0,60}}比(?P<first>{YEAR})年(?:累[计积])?(?P<move>{moves})(?P<whole>{ARABIC})%，年均(?P=move)(?P<yearly>{ARABIC}){plain}"
    return re.compile(ends), re.compile(whole)


def sums(outline: Outline, found: Extraction) -> Iterator[Note]:
    """Notes with both places: that of the total or the stated growth, and that of what it is made of."""
    for item in paragraphs_of(outline):
        if _WORTH.search(item.text):
            read = closed_up(item.text, item.start)
            yield from (*_totals(outline, read), *_growths(outline, read))


def _note(outline: Outline, read: MappedText, wording: str, place: tuple[int, int], other: tuple[int, int], **stated: Any) -> Note:
    first, second = (outline.clean.text.span(*read.span(*one)) for one in (place, other))
    return Note.of(Code.ARITHMETIC_MISMATCH, wording, *first, **stated).beside(*second)


def _totals(outline: Outline, read: MappedText) -> Iterator[Note]:
    if not _TOTAL.search(read.text) and not _AHEAD.search(read.text):
        return
    quantities = list(find_quantities(read.text))
    for index, total in enumerate(quantities):
        before, behind = read.text[: total.number_start], read.text[total.quantity.end :]
        rest = _AHEAD.match(behind)
        if NO_SUM.search(_CLAUSE.split(before)[-1] + total.quantity.raw):
            continue
        if _BEHIND.search(before[-8:]) and not _NESTED.search(_SENTENCE.split(before)[-1]):
            parts = _parts(read.text, quantities[:index][::-1], total)
        elif rest and not _BREAK.search(total.quantity.raw) and not _NESTED.search(_SENTENCE.split(behind, maxsplit=1)[0].replace("其中", "", rest[0].endswith("其余"))):
            parts = _parts(read.text, quantities[index + 1 :], total)
        else:
            continue
        values = [part.quantity.value or Decimal(0) for part in parts]
        wanted = total.quantity.value
        slack = sum(map(_rounding, (total, *parts)))
        if len(values) > 1 and wanted is not None and all(abs(wanted - reached) > slack for reached in list(accumulate(values))[1:]):
            place = (min(part.quantity.start for part in parts), max(part.quantity.end for part in parts))
            stated = {"total": total.quantity.raw, "parts": len(parts), "summed": sum(values) / _scale(total)}
            yield _note(outline, read, "parts", (total.quantity.start, total.quantity.end), place, **stated)


def _scale(found: FoundQuantity) -> Decimal:
    """What the figure of a quantity is multiplied by: 3.5万 has 10000."""
    figure = _FIGURE.search(found.quantity.raw)
    number = parse_number(figure[0]) if figure else None
    return found.quantity.value / number if number and found.quantity.value else Decimal(1)


def _rounding(found: FoundQuantity) -> Decimal:
    """How far a quantity may be rounded; one that is counted by ones is not."""
    scale = _scale(found)
    return rounding(found.quantity.raw) * scale if scale != 1 or "." in found.quantity.raw else Decimal(0)


def _parts(text: str, quantities: Sequence[FoundQuantity], total: FoundQuantity) -> list[FoundQuantity]:
    """The quantities next to a total, on one side of it, that may be its parts: of its unit, in one sentence, each stated plainly."""
    ends = [total, *quantities]

    def plain(index: int) -> bool:
        one, other = sorted((ends[index], ends[index + 1]), key=lambda found: found.number_start)
        part = ends[index + 1].quantity
        return part.unit == total.quantity.unit and part.comparator == "eq" and _BREAK.search(text, one.quantity.end, other.quantity.end) is None

    return [quantities[index] for index in takewhile(plain, range(len(quantities)))]


def _growths(outline: Outline, read: MappedText) -> Iterator[Note]:
    ends, whole = _growth_patterns()
    for match in ends.finditer(read.text):
        base, target = (parse_number(match[name]) or Decimal(0) for name in ("base", "target"))
        if base and target:
            slack = (rounding(match["base"]) + rounding(match["target"])) / base * 200
            if _disagrees(match, change := (target / base - 1) * 100, slack):
                wanted = round(((1 + float(change) / 100) ** (1 / _years(match)) - 1) * 100, 2)
                stated = {"stated": match["yearly"], "base": match["base"], "target": match["target"], "wanted": wanted}
                yield _note(outline, read, "growth", match.span("yearly"), (match.start("base"), match.end("target")), **stated)
    for match in whole.finditer(read.text):
        sign = -1 if grammar().comparators[match["move"]] == "decrease" else 1
        if wanted := _disagrees(match, sign * (parse_number(match["whole"]) or Decimal(0)), rounding(match["whole"])):
            stated = {"stated": match["yearly"], "whole": match["whole"], "years": _years(match), "wanted": round(wanted, 1)}
            yield _note(outline, read, "yearly", match.span("yearly"), match.span("whole"), **stated)


def _years(match: re.Match[str]) -> int:
    return (parse_year(match["last"]) or 0) - (parse_year(match["first"]) or 0)


def _disagrees(match: re.Match[str], change: Decimal, slack: Decimal) -> Decimal | None:
    """What a stated yearly rate comes to, in percent, where that is not the change of the whole, neither compound nor added up."""
    years, yearly, whole = _years(match), parse_number(match["yearly"]) or Decimal(0), abs(change)
    if years < LEAST_SPAN:
        return None
    compound = abs((1 + yearly.copy_sign(change) / 100) ** years - 1) * 100
    slack += rounding(match["yearly"]) * years * (1 + whole / 100)
    return compound if all(abs(way - whole) > slack for way in (compound, yearly * years)) else None
