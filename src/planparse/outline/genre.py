"""Whether a document is a plan at all: a law, a call for applications, an answer to the press, a novel or source code is none."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from planparse.data.words import worded
from planparse.language.tidy import tidy
from planparse.model.document import Section
from planparse.model.records import SectionKind
from planparse.outline.kinds.by_title import ORDER, kind_of_title
from planparse.outline.weights import weights

MIN_ARTICLES = 3
"""A text that counts so many 第X条 is a law."""
MIN_CHINESE = 0.3
"""Share of Chinese characters below which a text is none of the kind."""
PLAN_WORDS = 4.0
"""Words of plans per 1,000 characters; of 217 documents with plans the poorest has 11, and no novel, recipe or e-mail that was tried more than 2."""
SAMPLE = 5_000
MIN_LENGTH = 40
"""A shorter text is not judged by its words."""

_BRACKETS = re.compile(r"[（(〔][^（）()]{1,24}[）)〕]$")
MIN_QUESTIONS = 3
"""A text of which so many lines end in a question is an interview, or answers what is often asked; of 180 plans none has more than two."""
MANY_EVENTS = 8
"""A text that tells so many dated events, and three times as many as aims, reports what was done."""

# A column of a site: its headings are links with their dates
_LINK = re.compile(r"[\[（(【]?\s?20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s?[\]）)】]?$")
_NO_PLAN = worded(r"<no_plan>$")
_RULES = worded(r"<rules>$")
_WORKS = worded(r"<annual_works>(?:清单|名单)?的?公告$")
_MEASURING = worded(r"<measuring>")
_BY_YEAR = worded(r"[到至]\s?20[0-9]{2}年")
_GENERAL = worded(r"<general_chapters>")
_PRAISES = worded(r"<praises>[^《》]{0,40}决定$")
# What a notice calls for, where it manages it by no rule; what a guide's lines begin with; what a notice that sets up a body is called
_CALLING = worded(r"(?:<notices>|启事)$")
_CALLS = worded(r"<calls>")
_MANAGES = worded(r"关于<for_region>?<manages>")
_LINE = worded(r"\n[^\n\u4e00-\u9fff]{0,6}(?:[一二三四五六七八九十]{1,3}[）)]?[、.．]?\s?)?(<services>)")
_SET_UP = worded(r"(?:<founding>|建立)[^《》]{0,60}<sets_up>[^《》，]{0,12}<sent>$")
_CALL = worded(r"申报[^《》]{0,60}<notices>$")
_BENEFITS = worded(r"<benefits>$")
_PRESS = worded(r"<press>")
_PLAN_WORDS = worded(r"<plan_words>")
MIN_LINKS = 3
"""From so many chapters on, a list of links or of benefits is told by two thirds of them."""
MIN_SERVICES = 3
MANY_SERVICES = 6
"""A text of which so many different lines or headings (or so many in all) begin as those of a guide for applicants do is one; of 180 plans none has
more than one."""
MIN_REPORTED = 2
"""A text without numbered chapters that quotes reporters so often is their report."""

_EXPLAINS = worded(r"解读《|(?:同志|专家|一图|图文|<officials>|负责人).{0,4}解读|^(?:问答实录|政策问答)|答记者问")
_DRAFTING = worded(r"<drafting>")
_QUESTION = re.compile(r"^[^\n：]{0,6}问：.{4}|？[ \t]*$", re.MULTILINE)
_QUESTION_SIGNS = ("问：", "？")
_ASKED = re.compile(r"\s*[^\n。]{4,120}[？?][ \t]*\n")
"""A text that begins with a question answers it: 《甲方案》包括哪些内容？"""
# 2024年8月，三部门印发…: what happened in a month that is told; not 到2024年8月, 2024年8月底前, （2024年3月—5月）
_EVENT = re.compile(r"20(?<![到至前自从于（(]20)[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?(?=，|[\u4e00-\u9fff])(?![底前末份起至到中上下以之])")
_AIMED = worded(r"[到至]\s?20[0-9]{2}年|20[0-9]{2}年(?:底|前|末)|力争|[0-9]月底?前|十[三四五六]五[”\"]?<of_period>")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")



@dataclass(frozen=True, slots=True)
class Genre:
    """What a text is: a plan, or one with chapters as plans have them."""

    plan: bool
    """Goals, tasks, projects and targets are to be read from it."""
    chapters: bool
    """Its chapters may be of the kinds that plans have: not those of a law, or of what only serves readers."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What signs are looked for in."""

    name: str
    """Its title without the brackets at its end."""
    chapters: Sequence[Section]
    text: str
    articles: int


def genre_of(title: str | None, chapters: Sequence[Section], text: str, articles: int) -> Genre:
    """Whether a text is a plan, from all signs together: their costs (weights.yaml) are added up, and what costs anything is none."""
    here = _Text(_bare(title), chapters, text, articles)
    found = tuple(name for name, says in (*_SIGNS.items(), *_SERVES.items()) if says(here))
    costs = {name: weights()[f"genre.{name}"] for name in found}
    serving = [cost for name, cost in costs.items() if name in _SERVES or cost < 0]
    return Genre(sum(costs.values()) <= 0, "law" not in found and sum(serving) <= 0)


def _bare(title: str | None) -> str:
    """A title without the brackets at its end."""
    name = tidy(title or "")
    while _BRACKETS.search(name):
        name = _BRACKETS.sub("", name)
    return name


# ---- signs of a text that is a plan, or none -------------------------------------------------------------------------


def _is_law(here: _Text) -> bool:
    return here.articles >= MIN_ARTICLES


def _speaks_otherwise(here: _Text) -> bool:
    return not speaks_as_plans(here.text)


def _is_called_otherwise(here: _Text) -> bool:
    return _NO_PLAN.search(here.name) is not None or "！" in here.name


def _explains(here: _Text) -> bool:
    """Whether a title says so, or a text without one tells how another was drafted, and what it says."""
    if here.name:
        return _EXPLAINS.search(here.name) is not None
    titles = [tidy(chapter.title) for chapter in here.chapters]
    return any(_DRAFTING.match(title) for title in titles) and any("主要内容" in title for title in titles)


def _answers(here: _Text) -> bool:
    asked = sum(map(here.text.count, _QUESTION_SIGNS)) >= MIN_QUESTIONS and len(_QUESTION.findall(here.text)) >= MIN_QUESTIONS
    return asked or _ASKED.match(here.text) is not None


def _praises(here: _Text) -> bool:
    return _PRAISES.search(here.name) is not None or (here.name.endswith("决定") and not here.chapters)


def _reports(here: _Text) -> bool:
    events = len(_EVENT.findall(here.text))
    return events >= MANY_EVENTS and events >= 3 * len(_AIMED.findall(here.text))


def _calls(here: _Text) -> bool:
    called = _CALLING.search(here.name) is not None and _CALLS.search(here.name) is not None
    return called and _MANAGES.search(here.name) is None


def _names_tasks(here: _Text) -> bool:
    return _named_as_tasks(here.chapters)


def _aims(here: _Text) -> bool:
    """Whether what is called rules is written as a plan is: with chapters of goals, or of what is required in general, and of tasks, and a year by
    when; or announces works of a year."""
    if _WORKS.search(here.name):
        return True
    if not _RULES.search(here.name) or _MEASURING.search(here.name) or not _named_as_tasks(here.chapters):
        return False
    titles = [tidy(c.title) for c in here.chapters]
    return any(kind_of_title(title) == SectionKind.GOALS or _GENERAL.match(title) for title in titles) and _BY_YEAR.search(here.text) is not None


def _named_as_tasks(chapters: Sequence[Section]) -> bool:
    return any(kind_of_title(s.title) == SectionKind.TASKS for c in chapters for s in (c, *c.children))


# ---- signs of a text that only serves its readers --------------------------------------------------------------------


def _lists(pattern: re.Pattern[str], here: _Text) -> bool:
    """Whether two thirds of the chapters, three at least, end as the pattern says."""
    count = sum(pattern.search(tidy(c.title)) is not None for c in here.chapters)
    return count >= MIN_LINKS and 2 * len(here.chapters) <= 3 * count


def _links(here: _Text) -> bool:
    return _lists(_LINK, here)


def _lists_benefits(here: _Text) -> bool:
    return _lists(_BENEFITS, here)


def _calls_for_applications(here: _Text) -> bool:
    """A call's 工作安排 arranges the call; an annex may hold the plan."""
    return _CALL.search(here.name) is not None and not _named_as_tasks([c for c in here.chapters if c.title.startswith("附")])


def _guides(here: _Text) -> bool:
    lines = _LINE.findall("\n" + here.text)
    return len(set(lines)) >= MIN_SERVICES or len(lines) >= MANY_SERVICES


def _sets_up(here: _Text) -> bool:
    return _SET_UP.search(here.name) is not None


def _quotes_reporters(here: _Text) -> bool:
    headed = any(c.number_raw or kind_of_title(c.title) in ORDER for c in here.chapters)
    return not headed and len(_PRESS.findall(here.text)) >= MIN_REPORTED


_Sign = Callable[[_Text], bool]
_SIGNS: dict[str, _Sign] = {
    "law": _is_law, "words": _speaks_otherwise, "name": _is_called_otherwise, "explains": _explains, "answers": _answers,
    "praises": _praises, "reports": _reports, "calls": _calls, "tasks": _names_tasks, "aims": _aims,
}  # fmt: skip
_SERVES: dict[str, _Sign] = {
    "links": _links, "benefits": _lists_benefits, "applications": _calls_for_applications,
    "guides": _guides, "sets_up": _sets_up, "press": _quotes_reporters,
}  # fmt: skip


@lru_cache(maxsize=4)
def speaks_as_plans(text: str) -> bool:
    """Whether a text is Chinese and holds the words that plans are made of; a novel, a recipe or source code does not."""
    sample = "".join(text[:SAMPLE].split())  # blanks lay columns out, and say nothing
    if len(sample) < MIN_LENGTH:
        return _CHINESE.search(sample) is not None
    chinese = sum(map(len, _CHINESE.findall(sample)))
    enough = math.ceil(PLAN_WORDS * chinese / 1000)
    return chinese >= MIN_CHINESE * len(sample) and sum(1 for _ in islice(_PLAN_WORDS.finditer(sample), enough)) == enough
