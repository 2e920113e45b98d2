"""What the title of a chapter or sub-section says of itself: the kind that it names, or that one of its words leans to."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from planparse.data import alternation, vocabulary
from planparse.language.shapes.lines import is_front, is_glossary
from planparse.language.tidy import tidy
from planparse.model.records import SectionKind

ORDER: dict[str, int] = {
    SectionKind.BACKGROUND: 0, SectionKind.GUIDING_IDEOLOGY: 1, SectionKind.PRINCIPLES: 1, SectionKind.GOALS: 2,
    SectionKind.TASKS: 3, SectionKind.PROJECTS: 4, SectionKind.SAFEGUARDS: 5,
}  # fmt: skip
"""The usual order of chapters; ``other`` and ``annex`` stand anywhere."""
CHOICES = (*ORDER, SectionKind.OTHER)

_BEHIND = " \t\u3000，。：:；"
_CLAUSES = re.compile(r"[，、；：:\s]|和|与|及")
_MIXED = re.compile(
    r"^(?:总体要求|总体部署|总则|总论|(?:.{0,16}的)?指导思想.*(?:目标|原则)|总体要求.*|.*[和与及、]总体(?:要求|思路)|.*思路.*(?:目标|原则).*|基本原则.*目标|.{0,10}目标和任务)$"
)
_OWN = r"(?:主要|总体|工作|发展|行动|建设|战略|预期|规划|改革|年度|阶段|具体|重点|重大|时期|期间|20\d\d年|“?十[一二三四五六]五”?|的)*"
_AIMS_AND_WORK = re.compile(rf"^{_OWN}(?:目标[和与及、].*(?:任务|措施|举措|工作)|(?:任务|举措)[和与及、]{_OWN}目标)$")
"""Titles that name goals and tasks: 主要目标和重点任务, 战略任务和主要目标."""
_WHOSE = re.compile(
    r"^(?:20\d\d年度?)?(?:全[省市县区州])?(?:国民)?经济(?:和|与)?社会发展的?(?=(?:主要|重点|工作|预期)?(?:任务|目标|指标))"
)
"""What the title of a chapter of an annual plan has before its kind: 2024年经济社会发展主要任务."""
_OF_PROJECTS = re.compile(
    r"(?:重点|重大|投资|建设)[^，。《》]{0,8}(?:项目|工程)(?:建设|投资|年度)?(?:计划|安排|清单)(?:（[^（）]{1,12}）|的通知)?$"
)
"""What a plan is called that lists projects."""


@cache
def _rules() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all kinds, each row in a group of its own, and the kind of each group; the first row that matches decides."""
    rows = {f"row_{n}": row for n, row in enumerate(vocabulary("section_kinds")["kinds"])}
    united = "|".join(f"(?P<{group}>{'|'.join(row['patterns'])})" for group, row in rows.items())
    return re.compile(united), {group: row["kind"] for group, row in rows.items()}


@cache
def _leans() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(alternation(row["words"]))) for row in vocabulary("section_kinds")["leans"])


@cache
def _works() -> re.Pattern[str]:
    works = vocabulary("section_kinds")["works"]
    return re.compile(f"(?!{alternation(works['unless'])}){alternation(works['words'])}")


@cache
def _group(name: str) -> re.Pattern[str]:
    return re.compile("|".join(vocabulary("section_kinds")[name]["patterns"]))


def trimmed(title: str) -> str:
    """A title in the usual signs, without those behind it."""
    return tidy(title).rstrip(_BEHIND)


def is_among(group: str, title: str) -> bool:
    """Whether a title is one of a group: ``where``, ``policies`` and ``support``, whose kind depends on the other chapters, and ``effect``."""
    return _group(group).match(title) is not None


@lru_cache(maxsize=8192)
def kind_of_title(title: str) -> str | None:
    """The kind that a title names, or None where it says nothing (总体要求 says ``other``)."""
    title = _WHOSE.sub("", trimmed(title).replace(" ", ""))
    if (
        is_front(title)
        or title == "前述"
        or _MIXED.match(title)
        or names_aims_and_work(title)
        or is_among("effect", title)
    ):
        return SectionKind.OTHER
    if is_glossary(title):
        return SectionKind.ANNEX
    rules, kinds = _rules()
    named = rules.match(title)
    return kinds[named.lastgroup or ""] if named else None


def lists_projects(title: str) -> bool:
    """Whether a document's title says that it is a list of projects: 2024年重点建设项目计划."""
    return _OF_PROJECTS.search(title) is not None


def names_aims_and_work(title: str) -> bool:
    """Whether a title names goals and tasks: 主要目标和重点任务."""
    return _AIMS_AND_WORK.match(title) is not None


@lru_cache(maxsize=8192)
def leaning(title: str) -> str | None:
    """The kind that a title names or that one of its words leans to."""
    return kind_of_title(title) or next(iter(leans_of(title)), None)


def leans_of(title: str) -> list[str]:
    """All kinds that words of a title lean to."""
    return [kind for kind, words in _leans() if words.search(title)]


def clauses_of(title: str) -> list[str]:
    """What a title names one beside the other."""
    return [clause for clause in _CLAUSES.split(title) if clause]


def begins_with_work(title: str) -> bool:
    """Whether a title begins with what is to be done: 深化改革."""
    return _works().match(title) is not None
