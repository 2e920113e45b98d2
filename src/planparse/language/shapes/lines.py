"""What a whole line is by its form: a date, an organ, a caption, an entry of a table of contents, a title, a note, a signature, a page number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from planparse.data import alternation, vocabulary
from planparse.data.words import listed, members, worded
from planparse.language.shapes.signs import BLANK, CHINESE, DASH, HAN, NUMBER_BEHIND, NUMBER_YEAR, YEAR_MONTH, ordinal

_NO = rf"[\d{CHINESE}]{{0,3}}(?:[{DASH}.]\d{{1,2}})?"
_DATE = re.compile(rf"[（(]?(?:{YEAR_MONTH}(?:.{{1,3}}日)?|(?:19|20|一九|二[〇○零O0])[\d〇○零O一二三四五六七八九]{{2}}年)(?:印发|发布)?[）)]?[?？]{{0,20}}|20\d\d(?: \d{{1,2}} \d{{1,2}}|[./-]\d{{1,2}}[./-]\d{{1,2}})")
_FULL_DATE = re.compile(rf"{YEAR_MONTH}.{{1,3}}日(?:印发)?")
# What may stand behind a title on its line: 国办发〔2014〕69号各省、自治区、直辖市人民政府： (the letters before the year are cut off by trying)
_DOC_NUMBER_BEHIND = re.compile(rf"{NUMBER_YEAR}{NUMBER_BEHIND}(?:[）)]?(?:[^。；]{{0,80}}[：:])?$|(?=各|[\u4e00-\u9fff]{{2,24}}关于))")
_ADDRESSEES_BEHIND = worded(r"的(?P<kind><sent_out>)(?:各[^。；]{1,200}(?:[：:]|[局厅府位门委会司院业构员])|[\u4e00-\u9fff（）()、]{2,40}[局厅府位门委会司院业站][，、：:](?:[^。；]{0,200}[：:])?)$")
LONGEST_SERIES = 8
"""The letters of a document number: 国办发, 工信厅联消费函."""
_ORGAN = re.compile(r"(?!.*[，。：；])[\u4e00-\u9fff（）()、 ]{2,36}(?:人民政府|(?<=.{4})(?:办公[厅室]|办事处|委员会|银行|[局厅委部院署]))")
_DOC_NUMBER = re.compile(rf"[（(]?[\u4e00-\u9fffA-Za-z]{{1,14}}[〔\[（(【]?(?:19|20)\d\d[〕\]）)】]?{NUMBER_BEHIND}[）)]?")
_ASIDE = re.compile(r"[（(][^（）()]{1,16}[）)]")
_PERIOD = re.compile(r"[（(]\s?(?:19|20)\d\d\s?年?\s?[—\-–~～至－一]{1,2}\s?(?:19|20)\d\d\s?年?\s?[）)]")
# What stands at the end of an entry of the contents: a page number right behind its title (总则12, 总则 - 6 -), or a field without its mark.
_PAGE_BEHIND = re.compile(rf"错误[！!]未定义书签[。.]?$|(?<=[{HAN}”）)》])[{BLANK}]{{0,40}}[-—(（]?\s?\d{{1,4}}\s?[-—)）]?$")
_DOTS, _DASHES, _BLANKS = ".·•…．⋯_‧", "-—", " \t\u3000\xa0"
_ENTRY_ENDS = frozenset("0123456789IVXivx)）" + _DOTS + _DASHES)
_PAGE_AT_END = re.compile(r"(?:\d{1,4}|[IVXivx]{1,5})$")
PAGE_ALONE = rf"[{BLANK}]*[{DASH}─·]{{0,2}}[{BLANK}]?(?P<number>[1-9]\d{{0,2}})[{BLANK}]?[{DASH}─·]{{0,2}}[{BLANK}]*"
"""A pattern for a page number that is the whole of its line: — 12 —, 12."""
_PAGE = re.compile(PAGE_ALONE)
_SENTENCE = re.compile(r"[。；！？]")
_ENCLOSED = re.compile(r"(?:《(?P<a>[^《》]+)》|【(?P<b>[^【】]+)】)(?P<behind>(?:[（(][^（）()]{1,20}[）)])?)")
MIN_TITLE, MAX_TITLE = 5, 90
MAX_GLOSSARY = 14
LEAST_LEADERS, MAX_BEHIND = 3, 60
"""So many leaders make a row of them; within so many characters of the line's end stands a page number without leaders."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A line that names what stands below it: ``raw`` its marker as found, ``number`` its ordinal, ``title`` from ``start`` on in the line."""

    raw: str
    number: int | None
    title: str
    start: int


@cache
def _captions() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    def spaced(group: str) -> str:
        words = sorted(vocabulary("shapes")[group]["words"], key=len, reverse=True)
        return "|".join(rf"[{BLANK}]?".join(map(re.escape, word)) for word in words)

    box = re.compile(rf"(?P<mark>(?:{spaced('box')})\s?(?P<no>[\d{CHINESE}]{{0,3}})(?:[-—–－]\d{{1,2}}(?![\d年])|[.．]\d{{1,2}}(?=[\s:：]))?)(?P<sep>\s?[-—:：.、】〗]?\s?)(?P<title>.{{0,60}})$")
    annex = re.compile(rf"(?P<mark>(?:{spaced('annex')})\s?(?P<no>{_NO}))\s?(?P<sep>[:：.、]|\s|$)\s*(?P<title>.{{0,80}})$")
    note = re.compile(rf"{listed('note')}\s?[\d①]?\s?[:：]|附\s?件\s?[:：]\s?\d\s?[.、]")
    return box, annex, note


_PHASE = rf"(?!第)[{HAN}]{{2,12}}阶段[（(][^（）()]{{1,30}}[）)]"
_TITLE_END = worded(r"<plan_nouns><models>?(?:[（(〔][^（）()]{1,24}[）)〕]){0,2}$")
_KNOWN = worded(rf"(?:<known>|{_PHASE})(?![和与及、的])(?P<on><going_on>|(?<=[）)])[{HAN}])?")


@cache
def _contents_head() -> re.Pattern[str]:
    return re.compile(rf"[\s#*【\[]{{0,12}}(?:{_contents()})[\s\]】*：:]*")


@cache
def box_words() -> re.Pattern[str]:
    """The words that captions of boxes begin with."""
    return re.compile("|".join(rf"[{BLANK}]?".join(map(re.escape, word)) for word in vocabulary("shapes")["box"]["words"]))


@cache
def _box_begins() -> re.Pattern[str]:
    box = vocabulary("shapes")["box"]
    return re.compile(rf"\s*(?:{alternation([*box['words'], *box['traditional']])})")


def begins_box(text: str) -> bool:
    """Whether a text, of either script, begins as the caption of a box does."""
    return _box_begins().match(text) is not None


@cache
def note_words() -> str:
    """A pattern of the words that notes below tables begin with, which may be set apart by blanks (备 注)."""
    return "|".join(r"\s*".join(map(re.escape, word)) for word in sorted(vocabulary("shapes")["note"]["words"], key=len, reverse=True))


def box_caption(line: str) -> Caption | None:
    """专栏3 甲工程 → (专栏3, 甲工程); None where the line is none."""
    match = _captions()[0].match(line.strip(" |"))
    if not match or _SENTENCE.search(match["title"][:-1]) or match["title"].startswith(("，", "的", "、")):
        return None
    if not match["no"] and match["title"] and not match["sep"].strip() and " " not in line:
        return None  # 专栏作家
    return Caption(re.sub(r"\s", "", match["mark"]), _number(match["no"]), match["title"].strip(" |：:。"), match.start("title"))


def annex_caption(line: str) -> Caption | None:
    """附件2：甲 → (附件2, 甲); None where the line is none."""
    if line.lstrip(" |")[:1] not in _annex_begins():
        return None
    match = _captions()[1].match(line.strip(" |"))
    if not match or _SENTENCE.search(match["title"]) or match["title"].endswith(("；", "，")):
        return None
    if not match["no"] and not match["sep"].strip() and match["title"]:
        return None
    return Caption(match["mark"].strip(), _number(match["no"]), match["title"].strip(" |"), match.start("title"))


def _number(text: str) -> int | None:
    return ordinal(text) if text else None


def is_note(line: str) -> bool:
    """Whether the line begins a note (注：…) or a list of attachments (附件：1.…)."""
    return line[:1] in _note_begins() and _captions()[2].match(line) is not None


@cache
def _note_begins() -> frozenset[str]:
    return frozenset(word[0] for word in vocabulary("shapes")["note"]["words"]) | _annex_begins()


@cache
def _annex_begins() -> frozenset[str]:
    return frozenset(word[0] for word in vocabulary("shapes")["annex"]["words"])


def is_front(line: str) -> bool:
    """Whether the line heads a chapter that never has a number: 前言, 结束语."""
    return len(line) <= 8 and re.sub(r"[\s:：]", "", line) in members("front")


def is_glossary(line: str) -> bool:
    """Whether the line heads the explanation of words: 名词解释, （名词解释和说明）."""
    return len(line) <= MAX_GLOSSARY and _GLOSSARY.fullmatch(re.sub(r"[\s:：]", "", line).strip(_AROUND)) is not None


_AROUND = " \t\u3000:：（）()【】"
_GLOSSARY = worded(r"<glossary>(?:[和与及]说明)?")


@cache
def _contents() -> str:
    return "|".join(rf"{re.escape(w[0])}\s*{re.escape(w[1:])}" for w in vocabulary("shapes")["contents"]["words"]) + "|CONTENTS|Contents"


@cache
def _contents_words() -> re.Pattern[str]:
    return re.compile(_contents())


def names_contents(text: str) -> bool:
    """Whether a text holds the word that a table of contents is headed by."""
    return _contents_words().search(text) is not None


def is_contents_head(line: str) -> bool:
    """Whether the line heads a table of contents and holds nothing else."""
    return len(line) <= 30 and _contents_head().fullmatch(line) is not None


def contents_head(line: str) -> int | None:
    """Where the entries begin on a line that begins with 目录; None where it does not."""
    match = _contents_head().match(line)
    return match.end() if match else None


def leaders(line: str) -> int | None:
    """Where the leaders and the page number of an entry of the contents begin; None where it has none. From the end: …12, ...- 6 -, 1411, ———."""
    line = line.rstrip()
    if line[-1:] not in _ENTRY_ENDS and "书签" not in line[-4:]:
        return None
    behind = _PAGE_BEHIND.search(line, max(0, len(line) - MAX_BEHIND))
    body = line.rstrip(_BLANKS + _DASHES + ")）")
    page = _PAGE_AT_END.search(body, max(0, len(body) - 5))
    bare = line if page is None else body[: page.start()]
    start = len(bare.rstrip(_DOTS + _DASHES + _BLANKS + "(（)）"))
    run = bare[start:]
    dots = sum(run.count(sign) for sign in _DOTS + _DASHES)
    if dots >= LEAST_LEADERS or (page is not None and page[0].isdigit() and "…" in run):
        return start + next(n for n, sign in enumerate(run) if sign in _DOTS + _DASHES)
    return behind.start() if behind else None


_LEAD_IN = re.compile(r"根据|按照|依据|现将|现就|(?:为|经(?![济营贸]))[^《》]{2,60}?[，、]")


def is_lead_in(line: str) -> bool:
    """Whether the line is the first sentence of a notice, which no title is: 为落实…，根据…"""
    return _LEAD_IN.match(line) is not None


def reads_as_title(line: str) -> bool:
    """Whether the line, or a text that its 《》 or 【】 enclose, ends as titles of plans do."""
    line = line.strip("|　 *#")
    if is_lead_in(line):
        return False
    line = unquoted(without_number(line))
    if not MIN_TITLE <= len(line) <= MAX_TITLE or _SENTENCE.search(line):
        return False
    noun = _TITLE_END.search(line)
    return noun is not None and noun.start() >= 2


def unquoted(title: str) -> str:
    """A title without the marks that enclose the whole of it, or all but a bracket behind: 《甲规划》（征求意见稿）."""
    match = _ENCLOSED.fullmatch(title)
    return f"{match['a'] or match['b']}{match['behind']}" if match else title


def without_number(title: str) -> str:
    """A title without the document number and the addressees that stand behind it on its line; one that stands there twice, once."""
    if behind := _ADDRESSEES_BEHIND.search(title):
        title = title[: behind.end("kind")]
    return _once(_without_number(title))


def _once(title: str) -> str:
    half = len(title) // 2
    return title[:half] if half >= MIN_TITLE and title[:half] == title[half:] else title


def _without_number(title: str) -> str:
    number = _DOC_NUMBER_BEHIND.search(title) if "号" in title[8:] else None
    if number is None:
        return title
    bare = (title[: number.start() - cut] for cut in range(2, min(number.start(), LONGEST_SERIES) + 1))
    return next((t for t in bare if len(t) >= MIN_TITLE and _TITLE_END.search(t)), title)


class KnownTitle(NamedTuple):
    """Where a title ends, and whether a sentence is glued on right behind it (指导思想坚持以人为本)."""

    end: int
    glued: bool


def known_title(text: str, start: int, end: int) -> KnownTitle | None:
    """A title that is whole by itself (指导思想), however the text goes on."""
    match = _KNOWN.match(text, start, end)
    if match is None:
        return None
    return KnownTitle(match.start("on") if match["on"] else match.end(), bool(match["on"]))


def is_date(line: str) -> bool:
    """Whether the line is a date and nothing else."""
    return _DATE.fullmatch(line) is not None


def is_full_date(line: str) -> bool:
    """The same, of a date with its day, as under a signature."""
    return _FULL_DATE.fullmatch(line) is not None


def begins_with_date(line: str) -> bool:
    """Whether the line begins with a date with its day: 2021年1月26日（此件公开发布）."""
    return len(line) <= 60 and _FULL_DATE.match(line) is not None


def is_organ(line: str) -> bool:
    """Whether the line is the name of an organ, or several, and nothing else."""
    return 5 <= len(line) <= 44 and _ORGAN.fullmatch(line) is not None


_SIGNER = worded(r"<organs>$")
LONGEST_SIGNER = 30
"""The name of a body that signs is no longer."""
_APART = re.compile(r"[\s、]+")


def signs(text: str) -> bool:
    """Whether a text ends as the names of bodies do."""
    return _SIGNER.search(text) is not None


def many_sign(line: str) -> bool:
    """Whether a line is of several names of bodies set apart, and nothing else: 甲厅 乙厅 丙厅."""
    names = _APART.split(line.strip())
    return len(names) > 1 and all(len(name) <= LONGEST_SIGNER and "，" not in name and signs(name) for name in names)


def line_above(text: str, start: int) -> str:
    """The nearest line above the one at ``start`` that is not blank, without the blanks around it."""
    end = start
    while end > 0:
        begin = text.rfind("\n", 0, end - 1) + 1
        if line := text[begin:end].strip():
            return line
        end = begin
    return ""


def line_below(text: str, end: int) -> str:
    """The nearest line below the one that ends at ``end`` that is not blank, without the blanks around it."""
    while 0 <= (begin := text.find("\n", end)) < len(text) - 1:
        end = text.find("\n", begin + 1)
        end = len(text) if end < 0 else end
        if line := text[begin:end].strip():
            return line
    return ""


def is_doc_number(line: str) -> bool:
    """Whether the line is a document number and nothing else: 晋政办〔2022〕21号."""
    return _DOC_NUMBER.fullmatch(line) is not None


def is_period(line: str) -> bool:
    """Whether the line is the period of a plan in brackets: （2021—2025年）."""
    return _PERIOD.fullmatch(line) is not None


def is_aside(line: str) -> bool:
    """Whether the line is a bracket and nothing else, as below a title: （试行）."""
    return _ASIDE.fullmatch(line) is not None


def is_page_number(line: str) -> bool:
    """Whether the line is a page number and nothing else: — 12 —."""
    return _PAGE.fullmatch(line) is not None
