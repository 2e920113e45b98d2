"""What the title of a chapter or sub-section says of itself: the kind that it names, or that one of its words leans to."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from planparse.data import alternation, vocabulary
from planparse.data.words import worded
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
_WORKS = worded(r"<works_begin>")



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
def patterns_of(group: str) -> re.Pattern[str]:
    """One pattern for all of a group of data/section_kinds.yaml."""
    return re.compile("|".join(vocabulary("section_kinds")[group]["patterns"]))


def trimmed(title: str) -> str:
    """A title in the usual signs, without those behind it."""
    return tidy(title).rstrip(_BEHIND)


def is_among(group: str, title: str) -> bool:
    """Whether a title is one of a group of data/section_kinds.yaml, such as ``where``, whose kind depends on the other chapters."""
    return patterns_of(group).search(title) is not None


@lru_cache(maxsize=8192)
def kind_of_title(title: str) -> str | None:
    """The kind that a title names, or None where it says nothing (总体要求 says ``other``)."""
    title = patterns_of("before_kinds").sub("", trimmed(title).replace(" ", ""))
    if is_front(title) or title == "前述" or any(is_among(group, title) for group in ("mixed", "aims_and_work", "effect")):
        return SectionKind.OTHER
    if is_glossary(title):
        return SectionKind.ANNEX
    rules, kinds = _rules()
    named = rules.match(title)
    return kinds[named.lastgroup or ""] if named else None


def lists_projects(title: str) -> bool:
    """Whether a document's title says that it is a list of projects: 2024年重点建设项目计划."""
    return is_among("project_lists", title)


def names_aims_and_work(title: str) -> bool:
    """Whether a title names goals and tasks: 主要目标和重点任务."""
    return is_among("aims_and_work", title)


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
    return _WORKS.match(title) is not None
