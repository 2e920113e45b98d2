"""What chapters are: one best assignment over the document, from titles, what stands below them, and their places; then their sub-sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from planparse.data import alternation, vocabulary
from planparse.language.offices import find_offices, opens_with_role
from planparse.language.shapes.lines import is_front, is_glossary
from planparse.language.tidy import tidy
from planparse.model.document import Section
from planparse.model.records import SectionKind
from planparse.outline.weights import Weights, weights

ORDER: dict[str, int] = {
    SectionKind.BACKGROUND: 0, SectionKind.GUIDING_IDEOLOGY: 1, SectionKind.PRINCIPLES: 1, SectionKind.GOALS: 2,
    SectionKind.TASKS: 3, SectionKind.PROJECTS: 4, SectionKind.SAFEGUARDS: 5,
}  # fmt: skip
"""The usual order of chapters; ``other`` and ``annex`` stand anywhere."""
CHOICES = (*ORDER, SectionKind.OTHER)
OPENING = frozenset((SectionKind.GUIDING_IDEOLOGY, SectionKind.PRINCIPLES, SectionKind.GOALS))
"""A chapter with one of these below it states what the plan wants as a whole, whatever its title (第一篇 开启新征程)."""
MANY_CHAPTERS = 3
SHORT = 8
"""A title of so few characters without a verb only names something."""

_TRIM = re.compile(r"[\s，。：:；]{0,20}$")
_CLAUSES = re.compile(r"[，、；：:\s]|和|与|及")
_MIXED = re.compile(r"^(?:总体要求|总体部署|总则|总论|(?:.{0,16}的)?指导思想.*(?:目标|原则)|总体要求.*|.*[和与及、]总体(?:要求|思路)|.*思路.*(?:目标|原则).*|基本原则.*目标|.{0,10}目标和任务)$")
_OWN = r"(?:主要|总体|工作|发展|行动|建设|战略|预期|规划|改革|年度|阶段|具体|重点|重大|时期|期间|20\d\d年|“?十[一二三四五六]五”?|的)*"
_AIMS_AND_WORK = re.compile(rf"^{_OWN}(?:目标[和与及、].*(?:任务|措施|举措|工作)|(?:任务|举措)[和与及、]{_OWN}目标)$")
"""Titles that name goals and tasks: 主要目标和重点任务, 战略任务和主要目标."""
_WHOSE = re.compile(r"^(?:20\d\d年度?)?(?:全[省市县区州])?(?:国民)?经济(?:和|与)?社会发展的?(?=(?:主要|重点|工作|预期)?(?:任务|目标|指标))")
"""What the title of a chapter of an annual plan has before its kind: 2024年经济社会发展主要任务."""
_OF_PROJECTS = re.compile(r"(?:重点|重大|投资|建设)[^，。《》]{0,8}(?:项目|工程)(?:建设|投资|年度)?(?:计划|安排|清单)(?:（[^（）]{1,12}）|的通知)?$")
"""What a plan is called that lists projects."""
_HISTORY = re.compile(r"已经?|取得|截至|同比|[比较]20\d\d年|累计(?:完成|建成)|期间[，,].{0,20}[了]|了\d|存在|不足|仍然|尚未|薄弱|面临|成效|达到了|实现了")
_LEADERSHIP = re.compile(r"党(?:的|对.{1,20}的|中央).{0,6}领导|党建")
_MEASURES = re.compile(r"(?:主要|工作|具体|实施|推进)?(?:措施|举措)")
_HOW = re.compile(r"组织|领导|措施|实施|落实|要求")
"""Words of chapters that say how a plan is carried out, whoever is named below them (强化组织保障)."""
_CLOSERS = ("）", ")", "）。", ")。")


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile("|".join(f"(?:{p})" for p in row["patterns"]))) for row in vocabulary("section_kinds")["kinds"])


@cache
def _leans() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(alternation(row["words"]))) for row in vocabulary("section_kinds")["leans"])


@cache
def _beside(group: str) -> re.Pattern[str]:
    """Titles of a group: ``where`` and ``support``, whose kind depends on the other chapters, and ``effect``."""
    return re.compile("|".join(vocabulary("section_kinds")[group]["patterns"]))


@cache
def _works() -> re.Pattern[str]:
    return re.compile(alternation(vocabulary("section_kinds")["works"]["words"]))


@lru_cache(maxsize=8192)
def kind_of_title(title: str) -> str | None:
    """The kind that a title names, or None where it says nothing (总体要求 says ``other``)."""
    title = _WHOSE.sub("", _TRIM.sub("", tidy(title)).replace(" ", ""))
    if is_front(title) or title == "前述" or _MIXED.match(title) or names_aims_and_work(title) or _beside("effect").match(title):
        return SectionKind.OTHER
    if is_glossary(title):
        return SectionKind.ANNEX
    return next((kind for kind, pattern in _rules() if pattern.search(title)), None)


def lists_projects(title: str) -> bool:
    """Whether a document's title says that it is a list of projects: 2024年重点建设项目计划."""
    return _OF_PROJECTS.search(title) is not None


def names_aims_and_work(title: str) -> bool:
    """Whether a title names goals and tasks: 主要目标和重点任务."""
    return _AIMS_AND_WORK.match(title) is not None


@lru_cache(maxsize=8192)
def leaning(title: str) -> str | None:
    """The kind that a title names or that one of its words leans to."""
    return kind_of_title(title) or next((kind for kind, words in _leans() if words.search(title)), None)


def assign_kinds(chapters: Sequence[Section], title: str = "", *, plan: bool = True, law: bool = False) -> None:
    """Give every section its kind, in place; ``title`` is the document's. A text that is no plan has no goals, tasks or projects of its own; all of
    a law is ``other``."""
    body = [c for c in chapters if not ((c.number_raw is None and c.title.startswith("附")) or kind_of_title(c.title) == SectionKind.ANNEX)]
    for chapter in chapters:
        chapter.kind = SectionKind.ANNEX
    for chapter, kind in zip(body, _best(body, weights(), lists_projects(title)), strict=True):
        chapter.kind = kind
    for chapter in chapters:
        for child in chapter.children:
            _assign_below(child, chapter)
        if chapter.kind == SectionKind.OTHER:
            _after_lost_chapter(chapter)
    if not plan:
        none_here = set(CHOICES) if law else {SectionKind.TASKS, SectionKind.GOALS, SectionKind.PROJECTS}
        for section in (s for c in chapters for s in c.walk() if s.kind in none_here):
            section.kind = SectionKind.OTHER


# ---- chapters --------------------------------------------------------------------------------------------------------


def _best(chapters: Sequence[Section], w: Weights, of_projects: bool) -> list[str]:
    """The cheapest kinds of all chapters together, ``of_projects``: of a list of projects. The state is the place in the usual order that was reached, and whether safeguards were."""
    states: dict[tuple[int, bool], tuple[float, tuple[Any, ...]]] = {(0, False): (0.0, ())}
    backwards, again = w["kind.backwards"], w["kind.again"]
    named = {kind_of_title(c.title) for c in chapters if not any(_beside(group).search(tidy(c.title)) for group in ("where", "policies"))}
    for n, chapter in enumerate(chapters):
        costs = _costs(chapter, n, len(chapters), named, w, _beside_others(chapters, n))
        if of_projects and kind_of_title(chapter.title) is None and not _works().match(chapter.title):
            costs[SectionKind.PROJECTS] += w["kind.of_projects"]
        new: dict[tuple[int, bool], tuple[float, tuple[Any, ...]]] = {}
        options = [(kind, own, ORDER.get(kind, -1), kind == SectionKind.SAFEGUARDS) for kind, own in costs.items()]
        for (reached, safe), (cost, before) in states.items():
            for kind, own, place, safeguards in options:
                total = cost + own + (reached - place) * backwards if 0 <= place < reached else cost + own
                if safeguards and safe:
                    total += again
                state = (place if place > reached else reached, safe or safeguards)
                if state not in new or total < new[state][0]:
                    new[state] = (total, (kind, before))
        states = new
    kinds: list[str] = []
    link = min(states.values(), key=lambda s: s[0])[1]
    while link:
        kind, link = link
        kinds.append(kind)
    return kinds[::-1]


def _beside_others(chapters: Sequence[Section], n: int) -> str | None:
    """The kind that a title of 保障 or 措施 has beside the other chapters, if they decide it.

    强化要素保障 is work where all its items say who does them; 工作措施 behind 主要任务 closes a plan without safeguards.
    """
    title, kinds = tidy(chapters[n].title), [kind_of_title(c.title) for c in chapters]
    if kinds[n] == SectionKind.SAFEGUARDS and _works().match(title) and not _HOW.search(title) and chapters[n].children:
        return SectionKind.TASKS if all(map(_says_who, chapters[n].children)) else None
    closes = n + 1 == len(chapters) and _MEASURES.fullmatch(title) is not None and SectionKind.SAFEGUARDS not in kinds
    return SectionKind.SAFEGUARDS if closes and SectionKind.TASKS in kinds[:n] else None


def _says_who(section: Section) -> bool:
    return find_offices(section.title) is not None or any(find_offices(p.text) for s in section.walk() for p in s.paragraphs[-2:])


def _costs(chapter: Section, n: int, count: int, kinds: set[str | None], w: Weights, beside: str | None) -> dict[str, float]:
    """What each kind costs for one chapter by itself; ``kinds``: those that titles of the document name; ``beside``: what the others decide."""
    costs = {str(kind): w[f"kind.is_{kind}"] for kind in CHOICES}
    title = _TRIM.sub("", tidy(chapter.title))
    named = beside or _named(chapter, title, last=n + 1 == count)
    if named == SectionKind.OTHER and names_aims_and_work(title) and not {kind_of_title(c.title) for c in chapter.children} & OPENING:
        named = SectionKind.GOALS if SectionKind.TASKS in kinds and not _works_below(chapter) else SectionKind.TASKS
    if named in (None, SectionKind.TASKS) and SectionKind.TASKS in kinds and _beside("where").search(title):
        named = SectionKind.OTHER
    if SectionKind.SAFEGUARDS in kinds and _beside("policies").search(title):
        named = SectionKind.TASKS
    if named is None and _beside("support").search(title):
        named = SectionKind.TASKS if SectionKind.SAFEGUARDS in kinds else SectionKind.SAFEGUARDS
    if named is not None:
        for kind in costs:
            costs[kind] += w["kind.named_otherwise"] if kind != named else 0.0
        return costs
    clauses = [c for c in _CLAUSES.split(title) if c]
    found = next((k for c in clauses if (k := kind_of_title(c)) is not None), None)
    for kind in costs:
        costs[kind] += w["kind.clause_otherwise"] if found is not None and kind != found else 0.0
    works = _works().match(title) is not None
    for kind, words in _leans():
        if words.search(title) and not (works and kind == SectionKind.OTHER):  # 改善办学条件 is no chapter of conditions
            costs[kind] += w["kind.lean"] + (w["kind.first"] if n == 0 and kind == SectionKind.BACKGROUND else 0.0)
    if SectionKind.TASKS in kinds and len(title) <= SHORT and not works and not _works_below(chapter):
        costs[SectionKind.TASKS] += w["kind.no_work"]
    _by_place(costs, title, n, count, w)
    _by_what_stands_below(costs, chapter, w)
    return costs


def _named(chapter: Section, title: str, *, last: bool) -> str | None:
    """The kind that the title names, with what stands below it in mind."""
    named = kind_of_title(title)
    if named is not None and _LEADERSHIP.search(title) and not last and chapter.children:
        return None  # 加强党的领导 safeguards a plan only at its end
    below = {kind_of_title(c.title) for c in chapter.children}
    if named in (SectionKind.GUIDING_IDEOLOGY, SectionKind.PRINCIPLES, SectionKind.BACKGROUND) and SectionKind.GOALS in below:
        return SectionKind.OTHER  # 总体思路 with 主要目标 under it
    if named == SectionKind.BACKGROUND and _opens_below(chapter):
        return SectionKind.OTHER  # 迈上新征程 over 发展基础 and 总体要求
    if named == SectionKind.BACKGROUND and _goes_further(chapter, title):
        return SectionKind.TASKS  # 发展成就和主要目标任务 with what is to be done under it
    if named == SectionKind.GOALS and below & {SectionKind.TASKS, SectionKind.GUIDING_IDEOLOGY, SectionKind.PRINCIPLES}:
        return SectionKind.OTHER  # 目标任务 with both below it, 明确指导思想和工作目标 likewise
    if named == SectionKind.GOALS and SectionKind.GOALS in below and len(below) > 1 and (title.endswith("任务") or SectionKind.BACKGROUND in below):
        return SectionKind.OTHER  # 目标任务 with 主要目标 and what is to be done below it, 发展形势和主要目标 with both
    if named == SectionKind.GOALS and title.endswith("任务") and _works_below(chapter):
        return SectionKind.TASKS
    return SectionKind.GOALS if _carries_goals(chapter, named, title) and not names_aims_and_work(title) else named


def _opens_below(chapter: Section) -> bool:
    """Whether a sub-section 总体要求 holds what opens a plan."""
    return any(kind_of_title(c.title) == SectionKind.OTHER and OPENING & {kind_of_title(s.title) for s in c.children} for c in chapter.children)


def _carries_goals(section: Section, named: str | None, title: str) -> bool:
    """Whether a title that names goals last has no sub-sections that could carry them: 总体要求和工作目标."""
    return named == SectionKind.OTHER and not section.children and title.endswith("目标")


def _goes_further(chapter: Section, title: str) -> bool:
    """Whether a title names goals or tasks behind what was reached, and most sub-sections begin with what is to be done."""
    if not any(leaning(clause) in (SectionKind.GOALS, SectionKind.TASKS, SectionKind.OTHER) for clause in _CLAUSES.split(title)[1:] if clause):
        return False
    return _works_below(chapter)


def _works_below(chapter: Section) -> bool:
    """Whether most sub-sections begin with what is to be done."""
    return 2 * sum(_works().match(child.title) is not None for child in chapter.children) > max(1, len(chapter.children))


def _by_place(costs: dict[str, float], title: str, n: int, count: int, w: Weights) -> None:
    if _works().match(title):
        costs[SectionKind.TASKS] += w["kind.works"]
    if n and n + 1 == count:
        costs[SectionKind.SAFEGUARDS] += w["kind.last"]
    if count >= MANY_CHAPTERS and n * 3 >= count * 2:
        costs[SectionKind.SAFEGUARDS] += w["kind.after_all"]


def _by_what_stands_below(costs: dict[str, float], chapter: Section, w: Weights) -> None:
    below = [leaning(c.title) for c in chapter.children]
    named = {kind_of_title(c.title) for c in chapter.children}
    answered = _answered(chapter)
    if (named & OPENING or _opens_below(chapter)) and not answered:
        costs[SectionKind.OTHER] += w["kind.below_opens"]
    for kind in (SectionKind.SAFEGUARDS, SectionKind.BACKGROUND, SectionKind.PROJECTS):
        if below:
            costs[kind] += w["kind.below_leans"] * below.count(kind) / len(below)
    if answered:
        costs[SectionKind.TASKS] += w["kind.answered"]
    told = "".join(p.text[:200] for s in chapter.walk() for p in s.paragraphs[:2])[:1500]
    if told and len(_HISTORY.findall(told)) * 120 >= len(told):
        costs[SectionKind.BACKGROUND] += w["kind.history"]


def _answered(chapter: Section) -> bool:
    """Whether items of a chapter name who is responsible for them."""
    closing = [p for s in chapter.walk() for p in s.paragraphs if p.text.endswith(_CLOSERS)]
    return any(find_offices(p.text) for p in closing[:6]) or any(opens_with_role(child.title) for child in chapter.children)


# ---- what stands below chapters --------------------------------------------------------------------------------------


def _assign_below(section: Section, parent: Section) -> None:
    own = kind_of_title(section.title) if section.level <= 2 or parent.kind == SectionKind.OTHER else None
    own = SectionKind.GOALS if _carries_goals(section, own, section.title) else own
    section.kind = SectionKind.OTHER if _beside("effect").match(section.title) else _believed(own, parent) or parent.kind
    for child in section.children:
        _assign_below(child, section)


def _believed(own: str | None, parent: Section) -> str | None:
    """Whether a sub-section's title outweighs its chapter's kind."""
    if own is None or parent.kind in (SectionKind.TASKS, SectionKind.SAFEGUARDS, SectionKind.BACKGROUND, SectionKind.ANNEX):
        return None
    if parent.kind == SectionKind.PROJECTS:
        return own if own == SectionKind.OTHER else None  # 投资来源 names no projects
    if parent.kind in OPENING:
        return own if own in OPENING else None
    return own


def _after_lost_chapter(chapter: Section) -> None:
    """Sub-sections behind the goals whose numbers do not go on have lost their chapter's heading: what follows the goals are tasks, as they are
    in a chapter that names both."""
    goals = lost = False
    both = "任务" in chapter.title and not any(c.kind == SectionKind.TASKS for c in chapter.children)
    last = 0
    for child in chapter.children:
        lost = lost or (goals and child.kind == SectionKind.OTHER and child.ordinal is not None and (both or child.ordinal != last + 1))
        if lost and kind_of_title(child.title) is None:
            for section in child.walk():
                section.kind = SectionKind.TASKS
        goals = goals or child.kind == SectionKind.GOALS
        last = child.ordinal or last
