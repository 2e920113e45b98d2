"""Names of indicators in one form, so that wordings of one thing are equal: 单位GDP能源消耗降低（%） → 单位地区生产总值能耗下降."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from planparse.data import alternation, vocabulary
from planparse.data.words import worded
from planparse.language.conversion import scale_number, unit_of
from planparse.language.numerals import half_width, parse_number

LONGEST = 80
"""A longer name is a sentence."""
_DROPPED = re.compile(r"[\s“”\"'‘’「」《》*＊#△▲★☆①-⑳\u200b]+")
_BRACKET = re.compile(r"[（(〔\[【]([^（）()〔〕\[\]【】]{0,40})[）)〕\]】]")
_LETTERS = re.compile(r"[\x21-\x7e³²µμ℃‰]*")
_JOINTS = re.compile(r"[、，,；;:：和与及的。]|以及")
# People that something is counted by. Examples: 每千人口 · 万人 (发明专利) · 每百万人口 · 每10万常住人口; not 万人次, 百人均
_PEOPLE = re.compile(r"每?(?P<scale>\d{0,3}[十百千万亿]{1,3})(?:名)?(?:常住|户籍)?(?:人口|人(?![次均员才]))|每(?:常住)?人(?:口)?(?![次均员才])")
# A year or a period that a name begins with. Examples: 到2025年， · “十四五”期间 · 2025年
_WHEN = worded(r"^<until>?(?:20\d\d年?(?:[底末]前?)?|十[一二三四五]五<of_period>?)[,，：:]?")
_TOTALS = re.compile(r"累计(?!增)")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded name; ``people`` is how many people it counts by (每千人 1000), where it does."""

    text: str
    people: Decimal | None = None


@cache
def words(part: str) -> tuple[str, ...]:
    """A list of ``data/concept_words.yaml``, the longest first."""
    return tuple(sorted(vocabulary("concept_words")[part], key=lambda word: (-len(word), word)))


@cache
def _same() -> tuple[re.Pattern[str], dict[str, str]]:
    one = {word: group[0] for group in vocabulary("concept_words")["same"] for word in group}
    return re.compile(alternation(one)), one


@cache
def _within() -> re.Pattern[str]:
    return re.compile(f"占{alternation(words('whole'))}")


@lru_cache(1 << 12)
def fold(name: str) -> Folded:
    """The name without blanks, brackets that change nothing, joints and years, with the one wording for each of several."""
    text = _WHEN.sub("", _DROPPED.sub("", half_width(name[:LONGEST])))
    text = _BRACKET.sub(_inner, text)
    text = _TOTALS.sub("", _JOINTS.sub("", text))
    people = _PEOPLE.search(text)
    scale = (parse_number(scale_number(people["scale"])) if people["scale"] else Decimal(1)) if people else None
    if people:
        text = f"{text[: people.start()]}每人{text[people.end() :]}"
    pattern, one = _same()
    text = _within().sub("占", text)
    return Folded(pattern.sub(lambda found: one[found[0]], text), scale)


def _inner(found: re.Match[str]) -> str:
    """What stays of brackets: nothing of a unit, of letters (EQI) and of remarks."""
    inside = found[1]
    beside = _LETTERS.fullmatch(inside) or unit_of(inside) or inside in words("aside")
    return "" if beside else inside


def without(text: str, ends: tuple[str, ...], *, behind: bool = False) -> str | None:
    """The text without the first of the words that it begins (or ends) with; None if there is none, or nothing else."""
    stands = text.endswith if behind else text.startswith
    word = next((word for word in ends if stands(word) and word != text), None) if stands(ends) else None
    if word is None:
        return None
    return text[: -len(word)] if behind else text[len(word) :]
