"""Names → concepts: whole names first, then without what stands around them, then by their parts; never by likeness.

What is left of a name when all that is known has been taken away is a word that may change its meaning, so that a name links
only when nothing is left: 森林覆盖率 links, 林草覆盖率 has its own concept, 乡镇驻地森林覆盖率 has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from planparse.concepts.catalogue import ADDED, CHANGE, CUMULATED, Concept, Part, concepts, names
from planparse.concepts.folding import fold, without, words
from planparse.language.conversion import Unit, alike, convert, unit_of
from planparse.language.quantity_grammar import CHANGES
from planparse.language.regions import leading_region
from planparse.model.drafts import Draft

"""Comparators of a value that is a change."""
OF, SHARE = "占", "比例"
"""装配式建筑占新建建筑 is said for 装配式建筑占新建建筑比例."""
KEPT = 1 << 15
"""Names that are kept with their links: the same ones come again and again."""
VALUE = "值"
"""文旅产业增加值 adds nothing."""
_CLAUSE = re.compile("[，。；：,;:]")
FAR = 10**6
"""A unit so much larger leaves nothing out (35毫克 of 微克/立方米 does): it measures another thing (9万吨)."""
PEELS = 6
"""Words that may stand around a name; more are a sentence."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a name may mean: concepts (told apart by the unit), the part that it is about (农村), and whether it is one year's."""

    concepts: tuple[str, ...] = ()
    scope: str | None = None
    yearly: bool = False
    people: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """The concept of one record, and what to multiply: ``unit`` is how its values are counted, None where that is not known."""

    concept: Concept
    scope: str | None
    unit: Unit | None

    def norm(self, value: Decimal | None, comparator: str | None) -> Decimal | None:
        """A value in the concept's unit; None for ranges, and for a change where the concept is none.

        A fall of what grows is negative (GDP 下降2% → -2), and so is a rise of what is to fall.
        """
        if value is None or self.unit is None or comparator == "range":
            return None
        if comparator in CHANGES:
            if self.concept.kind != CHANGE:
                return None
            if (comparator == "decrease") != self.concept.falls:
                value = -value
        return convert(value, self.unit, self.concept.measure)


@lru_cache(KEPT)
def meanings(name: str, cells: bool = True, counts: bool = True) -> Naming:
    """What a name may mean, whatever its unit; with ``cells``, the name of a table's row, with ``counts`` also without 数. 农村生活污水治理率（%） → rural_sewage; 城市PM2.5浓度 → pm25, of 城市."""
    folded, known = fold(name), names(cells, counts)
    for text, scope, yearly in _peeled(folded.text):
        shared = f"{text}{SHARE}" if OF in text and not text.endswith(SHARE) else text
        found = known.get(text) or known.get(shared) or tuple(_by_parts(shared))
        if found:
            kept = tuple(one for one in found if folded.text not in concepts()[one].unlike)
            return Naming(kept, scope, yearly, folded.people)
    return Naming(people=folded.people)


def _peeled(text: str) -> Iterator[tuple[str, str | None, bool]]:
    """The folded name as it is, then without one word around it after another: (rest, scope, whether of one year)."""
    for rest in (text, without(text, words("behind"), behind=True)):
        scope, yearly = "", False
        for _ in range(PEELS if rest else 0):
            yield rest or "", scope or None, yearly
            shorter = without(rest or "", _around()) or _without_place(rest or "")
            if shorter is None:
                break
            word = (rest or "").removesuffix(shorter)
            scope += word if word in words("part") else ""
            yearly = yearly or word in words("yearly")
            rest = shorter


@cache
def _around() -> tuple[str, ...]:
    """All that may stand before a name, the longest first."""
    every = {word for part in ("part", "whole", "before", "yearly") for word in words(part)}
    return tuple(sorted(every, key=lambda word: (-len(word), word)))


def _without_place(text: str) -> str | None:
    found = leading_region(text)
    return text[found[1] :] or None if found else None


def _by_parts(text: str) -> Iterator[str]:
    for name, parts, every in _with_parts():
        if _is_made_of(text, parts, every):
            yield name


@cache
def _with_parts() -> tuple[tuple[str, tuple[Part, ...], tuple[str, ...]], ...]:
    """The concepts that names are put together for: identifier, parts, and all their words, the longest first."""
    return tuple(
        (one.name, one.parts, tuple(sorted({word for part in one.parts for word in part.words}, key=lambda word: (-len(word), word))))
        for one in concepts().values()
        if one.parts
    )


def _is_made_of(text: str, parts: Sequence[Part], every: Sequence[str]) -> bool:
    """Whether the name is made of the words of the parts, the longest at each place, ends with the head, and has all that are needed."""
    needed = [part for part in parts if part.needed]
    if not text.endswith(needed[-1].words):
        return False
    at, held, last = 0, set(), ""
    while at < len(text):
        last = next((word for word in every if text.startswith(word, at)), "")
        if not last:
            return False
        held.add(last)
        at += len(last)
    return last in needed[-1].words and all(held & set(part.words) for part in needed)


@lru_cache(KEPT)
def link(name: str, unit: str | None, comparator: str | None = None, reached: bool = False) -> Link | None:
    """The concept of a name with this unit (and, of a target, this comparator; without, it is a table's row); None where none fits, or several do.

    地区生产总值 in 亿元 is gdp, in % gdp_growth; 地区生产总值 in 公顷 is none. A number of things that is ``reached`` (上市公司达到10家)
    is all that there are, as in a table; 培育上市公司10家 may be what is added.
    """
    naming = meanings(name, comparator is None, comparator is None or reached)
    fitting = [found for one in naming.concepts if (found := _fitting(concepts()[one], naming, unit, comparator))]
    return fitting[0] if len({found.concept.name for found in fitting}) == 1 else None


def _fitting(concept: Concept, naming: Naming, unit: str | None, comparator: str | None) -> Link | None:
    if naming.yearly and concept.kind == CUMULATED:
        return None
    measure = unit_of(concept.equivalents.get(unit, unit)) if unit else None
    counted = _counted(concept, naming, measure)
    may_be = concept.kind == CHANGE or comparator not in CHANGES
    if may_be and (measure is None or counted is not None):
        return _linked(concept, naming, counted)
    if concept.change and (unit is None or unit == "%"):
        other = concepts()[concept.change]
        return _linked(other, naming, _counted(other, naming, measure))
    return None


def _linked(concept: Concept, naming: Naming, counted: Unit | None) -> Link:
    return Link(concept, None if naming.scope in concept.scopes else naming.scope, counted)


def _counted(concept: Concept, naming: Naming, measure: Unit | None) -> Unit | None:
    """What the values are counted in: the unit stated, by as many people as the name says where it leaves them out."""
    to = concept.measure
    if measure is None:
        return Unit("number", None, Fraction(1)) if to.above == "number" else None
    if alike(measure, to):
        return measure
    if measure.below is None and to.below is not None and measure.above == to.above:
        people = naming.people
        size = Fraction(people) if people is not None and people > 1 else _below(concept)
        whole = Unit(measure.above, to.below, measure.size / size)
        return whole if whole.size < to.size * FAR else None
    return None


def _below(concept: Concept) -> Fraction:
    """How many of what stands below the slash of the concept's unit its values are for."""
    bottom = unit_of(concept.unit.partition("/")[2])
    return bottom.size if bottom else Fraction(1)


def link_drafts(drafts: dict[str, list[Draft]]) -> None:
    """Put concept, unit and values in its unit into the drafts of indicators and targets."""
    for table, link_values in LINKED.items():
        for draft in drafts[table]:
            link_values(draft.values)


def _link_indicator(values: dict[str, Any]) -> None:
    found = link(values.get("name") or "", values.get("unit"))
    if found:
        of_years = found.concept.kind == CUMULATED and values.get("basis") == "period_average"
        norms = ("baseline_norm", "baseline_value", None), ("target_norm", "target_value", values.get("comparator"))
        for norm, column, comparator in norms if not of_years else ():
            values[norm] = found.norm(values.get(column), comparator)
        _told(values, found)


def _link_target(values: dict[str, Any]) -> None:
    found = _of_target(values)
    if found:
        of_year = found.concept.kind == CUMULATED and values.get("per_year")
        values["value_norm"] = None if of_year else found.norm(values.get("value"), values["comparator"])
        _told(values, found)


LINKED = {"indicators": _link_indicator, "targets": _link_target}
"""What puts the concept, its unit and the values in it into the columns of a row, by table."""


def _told(values: dict[str, Any], found: Link) -> None:
    values["concept"], values["scope"], values["unit_norm"] = found.concept.name, found.scope, found.concept.unit


def _of_target(values: dict[str, Any]) -> Link | None:
    """The link of a target. What the sentence adds to what there is (新建高标准农田10万亩) is a sum of its own, or none."""
    unit, comparator, name = values.get("unit"), values["comparator"], values.get("subject")
    quantity = values["quantity_raw"]
    if not name or any(word in quantity for word in words("doubled")):
        return None
    called = ADDED + name[len(ADDED) :] if name.startswith("净增") else name
    found = link(called, unit, comparator, any(word in quantity for word in words("reached")))
    sentence = values["sentence"]
    at = max(sentence.find(f"{name}{quantity}"), sentence.find(name))
    if at < 0 or not _adds(sentence[:at]) or (found and found.concept.kind == CUMULATED):
        return found
    whole = link(f"{ADDED}{name}", unit, comparator)
    return whole if whole and whole.concept.kind == CUMULATED else None


def _adds(before: str) -> bool:
    """Whether what stands before a subject says that its number is added: directly (净增), or before others of one list (新增A80家、B)."""
    *others, last = _CLAUSE.split(before)[-1].split("、")
    if last or not others:
        return last.endswith(words("added"))
    return any(f"{word}{VALUE}" not in others[0] and word in others[0] for word in words("added") if len(word) > 1)
