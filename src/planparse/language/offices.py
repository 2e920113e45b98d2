"""Responsible units: who leads and who supports, as plans word it, inline in brackets or in a table cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from planparse.data.words import worded
from planparse.language.office_names import (
    is_office,
    is_person,
    join_broken,
    labels_of,
    opens_with_role,
    role,
    role_hint,
    split_offices,
    without_persons,
)

__all__ = [
    "FIRST_LEADS", "THIS_YEAR", "Offices", "find_all_offices", "find_offices", "is_office", "lead_by_first", "offices_of", "opening_offices",
    "opens_with_role", "parse_offices", "split_offices", "without_persons",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offices:
    """Units found at the end of a stretch of text; ``start`` is where their bracket or clause begins."""

    lead: tuple[str, ...]
    support: tuple[str, ...]
    start: int
    end: int
    end_year: int | None = None
    """Year by which the task is due; THIS_YEAR for a deadline that names only a month, 全年 or 年底."""
    unknown: tuple[str, ...] = ()
    """Words before a colon that were read as a role, although no list holds them."""


THIS_YEAR = 0
_WITHIN = re.compile(r"月|全年|年[底内末终]|季度")
_AGAIN = re.compile(r"每[一个两半]{0,2}[年月季周旬日]")
"""What comes round again (每季度末月25日前, 每月调度) sets no year."""
FIRST_LEADS = worded(r"(?:排|列)(?:在|名)?(?:第一|首)位?(?:的|者)?(?:责任)?<bodies>?(?:为|是)(?:牵头|(?:主要|第一)责任)")
"""A document may say once for all lists: 责任单位中排在第一位的为牵头单位."""
_BRACKET = re.compile(
    r"[(（【\[〔]([^()（）【】\[\]〔〕]*(?:[(（][^()（）]{0,40}[)）][^()（）【】\[\]〔〕]*){0,12})[)）】\]〕]\s?[。；;，]?\s*$"
)
# （市发展改革委牵头，市财政局、市交通局配合） → lead list before 牵头, support list before 配合.
_DUTY = r"按(?:照)?(?:各自)?(?:职责|职能)(?:分工|职责)?"
_LEADS = worded(r"^(?P<lead>.{2,200}?)<together>?牵头<answers_for>?$")
_SUPPORTS = worded(rf"^(?P<units>.{{2,400}}?)(?:{_DUTY})?<together>?<takes_part>(?:<answers_for>|指导|<bodies>)?$")
_BY_DUTY = worded(rf"(?:{_DUTY}<together>?(?:负责)?<answers_for>?|(?:<together>|分工)?负责<answers_for>?|组织实施|抓好落实|落实)$")
# What a list says about itself: 逗号前为牵头单位, 下同
_ASIDE = worded(r"^(?:下同|分别负责(?:为|是|指).*|.*前的?为(?:牵头|主要|第一)(?:责任)?<bodies>?|排名不分先后)$")
_ASIDE_SENTENCE = re.compile(r"[。；;，,]?\s?以下[^。]{0,60}(?:落实|负责|参与|配合|列出|相同)[^。]{0,30}$|[（(][^（）()]{0,40}(?:下同|不再(?:单独)?列出)[）)]?$|。[^。：:]{4,80}(?:下同|不再[^，。；]{1,8})$")
_FIRST_LEADS = re.compile(r"(?:排在?第一|列在?第一|排名第一|排首位|列首位)")
_DUE_FORM = r"<due_called>\s?[:：]\s?(?P<due>[^，；。;)）】]{2,30})"
_DUE = worded(_DUE_FORM)
_DUE_AHEAD = worded(rf"{_DUE_FORM}[。；;，,]?\s?$")
"""完成时限：6月底前。 before 责任单位：县水利局"""
# A clause that only says by when: 2024年12月底前完成, 长期坚持
_WHEN = worded(
    r"(?:^|(?<=[，,；;]))\s?(?:(?:于|在|力争)?(?P<due>(?:19|20)\d\d年(?:[^，,；;。]{0,10})?)(?:完成|前|底|启动|印发|<answers_for>)?|<ongoing>|全年|(?:年|\d{1,2}月)底前[^，,；;。、]{0,8})(?=$|[，,；;。])"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_CLAUSE = re.compile(r"[，,；;。\x0b]")


def parse_offices(text: str) -> tuple[list[str], list[str]]:
    """Lead and support units of a list as it stands in a bracket or a table cell.

    Of a list with 牵头 on one, that one leads and the rest support. An unmarked list is all lead (责任单位).
    """
    lead, support, _ = _parse(text)
    return lead, support


_SUPPORTING = worded(r"(?<=..)[(（](<takes_part><bodies>?[:：][^()（）]{2,200}|[^()（）]{2,200}<takes_part>)[)）]$")
"""县水利局（县财政局配合）"""


def _listed(match: re.Match[str]) -> str:
    """What stands in the bracket as a list of its own, if it names units."""
    lead, support = parse_offices(match[1])
    return f"；{match[1]}" if any(map(is_office, lead + support)) else match[0]


def _parse(text: str) -> tuple[list[str], list[str], list[str]]:
    """Lead units, support units, and words that were read as a role although no list holds them."""
    text = _SUPPORTING.sub(_listed, join_broken(text.strip().strip("。；;")))
    if "下" in text or "不再" in text:
        text = _ASIDE_SENTENCE.sub("", text)
    labels = labels_of(text)
    if not labels:
        return (*_parse_clauses(text), [])
    head = text[: labels[0].start]
    before = [unit for unit in _parse_clauses(head)[0] if is_office(unit)]
    lead = before if "牵头" in head else []
    support: list[str] = []
    unknown: list[str] = []
    one_leads = bool(lead) or any(label.kind == "lead" and "牵头" in label.word for label in labels)
    for label, end in zip(labels, [*(label.start for label in labels[1:]), len(text)], strict=True):
        listed = text[label.end : end].strip(" ，；,;。")
        leads, supports = _parse_clauses(listed) if label.kind in ("lead", "either", "other") else ([], _plain_units(listed))
        if label.kind == "none" or (label.kind in ("either", "other") and not all(map(is_office, leads + supports))):
            continue
        if label.kind == "other":
            unknown.append(label.word)
        leading = label.kind != "support" and (not one_leads or "牵头" in label.word)
        lead += leads if leading else []
        support += supports if leading else leads + supports
    return lead or before, support, unknown


def _plain_units(text: str) -> list[str]:
    return [unit for unit in split_offices(_BY_DUTY.sub("", text)) if not (is_person(unit) or _ASIDE.match(unit))]


_MARKED = worded(r"([^、，,；;()（）\s]{1,60})[(（]牵头<bodies>?[)）]")
_MARK = worded(r"[(（]牵头<bodies>?[)）]")


def _parse_clauses(text: str) -> tuple[list[str], list[str]]:
    """Read 甲局牵头，乙局、丙局配合 and plain lists; brackets after a name may carry 牵头 themselves."""
    first_leads = _FIRST_LEADS.search(text) is not None
    marked = _MARKED.findall(text) if "牵头" in text else None
    if marked:
        rest = _MARK.sub("", text)
        return marked, [u for u in _plain_units(rest) if u not in marked]
    lead: list[str] = []
    support: list[str] = []
    unmarked: list[str] = []
    for clause in _CLAUSE.split(text):
        clause = clause.strip().removeprefix("由")
        if not clause or _FIRST_LEADS.search(clause) or _ASIDE.match(clause):
            continue
        if match := _LEADS.match(clause):
            units = _plain_units(match["lead"])
            # 甲局、乙局、丙局牵头 after unmarked names in the same list all lead
            lead += unmarked + units
            unmarked = []
        elif match := _SUPPORTS.match(clause):
            helps = lead or unmarked or support or _GUIDES.search(clause)  # who only guides or takes part leads nothing
            (support if helps else lead).extend(_plain_units(match["units"]))
        else:
            plain = _plain_units(clause)
            (support if lead else unmarked).extend(plain)
    if not lead:
        lead, unmarked = unmarked, []
    if first_leads and len(lead) > 1 and not support:
        lead, support = lead_by_first(lead, support, text)
    return lead, support + unmarked


_GUIDES = worded(r"<guides>$")
_HELPS = worded(r"(?:配合|<guides>)$")
_CLOSERS = tuple(")）】]〕〉")


_INNER_BRACKETS = str.maketrans("〔〕〈〉", "（）（）")
"""Brackets inside those of a list, as others: （责任单位：各县〔市、区〕政府〈含管委会〉）."""


def find_offices(text: str) -> Offices | None:
    """The units that a paragraph closes with, as worded, whichever brackets stand inside those of their list."""
    return _as_worded(_find_offices, text)


def _as_worded(find: Callable[[str], Offices | None], text: str) -> Offices | None:
    """What is found in a text whose inner brackets are as others, with those that it has in the names of units."""
    if not any(map(text.__contains__, "〔〕〈〉")):
        return find(text)
    found = find(text.translate(_INNER_BRACKETS))
    if found is None:
        return None
    words = [(word.translate(_INNER_BRACKETS), word) for word in _BRACKETED.findall(text)]

    def worded(unit: str) -> str:
        return next((unit.replace(plain, word) for plain, word in words if plain in unit and plain not in text), unit)

    return replace(found, lead=tuple(map(worded, found.lead)), support=tuple(map(worded, found.support)))


_BRACKETED = re.compile(r"[〔〈][^〔〕〈〉（）()]{1,40}[〕〉]")


def _find_offices(text: str) -> Offices | None:
    """The units that a paragraph closes with: （责任单位：…）, （X牵头，Y配合）, （各部门按职责分工负责）, a bare list in brackets,
    or a last clause 责任单位：… without brackets. None where there are none."""
    tail = text[-600:]
    if not (tail.rstrip().rstrip("。；;,，")[-1:] in _CLOSERS or "：" in tail or ":" in tail or "牵头" in tail or "负责" in tail):
        return None  # most texts say nothing of units
    tail = _ANNOUNCES.sub("", tail) if tail.rstrip().endswith(("：", ":")) else tail
    shift = max(0, len(text) - 600)
    if tail.rstrip().rstrip("。；;，").endswith((")", "）", "】", "]", "〕")) and (match := _BRACKET.search(tail)) and not _of_list(tail, match.start()):
        found = _read_bracket(match[1], closes=tail[: match.start()].rstrip()[-1:] in ("。", "；", ""))
        if found:
            return replace(found, start=shift + match.start(), end=len(text))
    headed = "：" in tail or ":" in tail
    for match in role().finditer(tail) if headed and role_hint().search(tail) else ():
        if without_persons(tail[: match.start()]).rstrip()[-1:] not in ("", *"。；;，,(（【[") or _is_enclosed(tail, match.start()):
            continue
        stretch, year = _without_due(tail[match.start() :])
        lead, support, unknown = _parse(_balanced(stretch.rstrip("。 ")))
        if (lead or support) and all(len(u) <= 40 for u in lead):
            ahead = _DUE_AHEAD.search(tail, 0, match.start())
            year = _year_of(ahead) if ahead and year is None else year
            return Offices(tuple(lead), tuple(support), shift + (ahead or match).start(), len(text), year, tuple(unknown))
        break
    due = _DUE.fullmatch(tail.strip().rstrip("。；")) if headed else None
    return Offices((), (), 0, len(text), _year_of(due)) if due else _last_sentence(tail, shift)


def _of_list(text: str, at: int) -> bool:
    """Whether the bracket at a place says who supports the units of a list before it: 责任单位：县水利局（县财政局配合）."""
    begins = max(text.rfind(sign, 0, at) for sign in "。；;") + 1
    return _SUPPORTING.match(text.rstrip("。；;， "), at) is not None and role().search(text, begins, at) is not None


def _is_enclosed(text: str, at: int) -> bool:
    """Whether a bracket that is open at a place is closed and text follows: …（责任单位：县水利局；配合单位：各镇）各镇要…"""
    if _OPENED.search(text, 0, at) is None:
        return False
    closed = _CLOSES.search(text, at)
    return closed is not None and text[closed.end() :].strip(" 。；;") != ""


_OPENED = re.compile(r"[(（【\[][^()（）【】\[\]]{0,400}$")
_CLOSES = re.compile(r"[)）】\]](?![：:单部])")
"""The end of a bracket, but for one inside a role word: 责任部门（单位）：…"""
# …（县财政局负责）具体措施： — what only announces the list below does not close the paragraph
_ANNOUNCES = re.compile(r"(?<=[)）】\]〕])[。；;，]?\s?[\u4e00-\u9fff]{2,10}[:：]\s*$")
_BELOW = worded(r"(?<=[)）】\]〕])[。；;，,]?\s?(?:<weighty>|工作)(?:<tasks_called>|要求|内容)[:：]\s?(?=\S)")
"""（县财政局负责）具体措施：修好码头。（县水利局负责）: units behind it are those of the measures."""
_INNER = re.compile(r"[（(【〔]([^()（）【】〔〕]{2,300}(?:[（(][^()（）]{0,40}[)）][^()（）【】〔〕]{0,200}){0,8})[)）】〕](?=[。；;]?\s*\S|[。；;]?\s*$)")


def find_all_offices(text: str) -> Offices | None:
    """All units of a text in which several sentences close with their own: a unit that leads one of them is a lead unit."""
    return _as_worded(_find_all_offices, text)


def _find_all_offices(text: str) -> Offices | None:
    if (below := _BELOW.search(text)) and (own := _find_all_offices(text[: below.start()])):
        return own
    last = _find_offices(text)
    if last is not None and last.start == 0:
        return last
    inner: list[Offices] = []
    for match in _INNER.finditer(text, 0, last.start if last else len(text)):
        closes = text[match.start() - 1 : match.start()] in ("。", "；", ";")
        says = _says_who(match[1])
        if (closes or says) if last else (closes and says):
            found = _read_bracket(match[1])
            inner += [replace(found, start=match.start(), end=match.end())] if found else []
    return merge_offices([*inner, last] if last else inner)


# 由市城管局牵头，市公安局、市交通局配合，开展… at the beginning of a clause → lead, support
_OPENING = worded(r"(?:^|(?<=[，；。]))由(?P<lead>[^，。；：]{2,60}?)(?:负责)?牵头(?:负责)?[，,](?:(?P<support>[^，。；：]{2,120}?)<together>?<takes_part>[，,])?")


_HEADING = worded(r"(?P<lead>[^，。；：]{2,40}?)(?:牵头|负责)<answers_for>?的?<tasks_called>(?:[（(]共?\d{1,3}[项个条件][)）])?")
"""县水利局牵头工作（4项）"""


def opening_offices(text: str) -> Offices | None:
    """The units that clauses begin with: 由甲局牵头，乙局配合，开展…, or that a heading of tasks names; None where none does."""
    found: list[Offices] = []
    heading = _HEADING.fullmatch(text)
    for match in [heading] if heading else _OPENING.finditer(text) if "牵头" in text else ():
        lead, support = split_offices(match["lead"]), split_offices(match.groupdict().get("support") or "")
        if lead and all(map(is_office, (*lead, *support))):
            found.append(Offices(tuple(lead), tuple(support), match.start(), match.end()))
    return merge_offices(found)


def merge_offices(found: Sequence[Offices]) -> Offices | None:
    """Units of several paragraphs of one task: a unit that leads one of them is a lead unit."""
    if len(found) < 2:
        return found[0] if found else None
    lead = tuple(dict.fromkeys(u for one in found for u in one.lead))
    support = tuple(u for u in dict.fromkeys(u for one in found for u in one.support) if u not in lead)
    years = [one.end_year for one in found if one.end_year is not None]
    return Offices(lead, support, found[0].start, found[-1].end, years[-1] if years else None, tuple(u for one in found for u in one.unknown))


_OPEN = worded(r"(?:<bodies>|<due_called>|期限|时间)[:：]\s*$")


def offices_of(paragraphs: Sequence[str]) -> Offices | None:
    """The units that several paragraphs of one item close with; 牵头单位：甲 and 配合单位：乙, one below the other, are one list."""
    joined: list[str] = []
    for text in paragraphs:
        if joined and _OPEN.search(joined[-1]):
            joined[-1] += text
        elif joined and opens_with_role(text) and opens_with_role(joined[-1]):
            joined[-1] = f"{joined[-1].rstrip('。；;')}；{text}"
        else:
            joined.append(text)
    return merge_offices([found for text in joined if (found := find_all_offices(text) or opening_offices(text))])


_BEARS = worded("<bears>$")
_WHO = worded(r".{2,120}(?:牵头<answers_for>?|<bears>|<takes_part>|落实)")


def _last_sentence(tail: str, shift: int) -> Offices | None:
    """A closing sentence that only says who leads and who supports: 由市住建局牵头，市财政局配合。 市教育局、市财政局负责落实。"""
    body = tail.rstrip().rstrip("。；;")
    if "牵头" not in tail and "负责" not in tail:
        return None
    start = body.rfind("。") + 1
    sentence, year = _without_due(body[start:])
    if not _WHO.fullmatch(sentence) or not ("牵头" in sentence or _BEARS.search(sentence)):
        return None
    lead, support = parse_offices(sentence)
    if lead and all(is_office(u) for u in lead + support):
        return Offices(tuple(lead), tuple(support), shift + start, shift + len(tail), year)
    return None


def _balanced(text: str) -> str:
    """Without a closing bracket that nothing in the text opens."""
    while text and text[-1] in ")）】]〕" and sum(text.count(c) for c in "(（【[〔") < sum(text.count(c) for c in ")）】]〕"):
        text = text[:-1].rstrip("。 ")
    return text


def _without_due(text: str) -> tuple[str, int | None]:
    """The text without what says by when, and the year that it says."""
    year = None
    text = text.replace("底前由", "底前，由")
    for pattern in (_DUE, _WHEN):
        for match in pattern.finditer(text):
            found = _year_of(match)
            year = year if found is None else found
        text = pattern.sub("", text)
    return text.strip(" ，；,;"), year


def _year_of(due: re.Match[str]) -> int | None:
    wording = due["due"] or due[0]
    years = _YEAR.findall(wording)
    if years:
        return int(years[-1])
    return THIS_YEAR if _WITHIN.search(wording) and not _AGAIN.search(wording) else None


def _says_who(inner: str) -> bool:
    """Whether a bracket says in words that it names who is responsible."""
    return role().search(inner) is not None or "牵头" in inner or _BY_DUTY.search(inner.rstrip("。")) is not None or _HELPS.search(inner) is not None


def _read_bracket(inner: str, *, closes: bool = False) -> Offices | None:
    """Units of a closing bracket, or None where it holds something else (a definition, a reference).

    ``closes``: it stands behind the last sentence, where one name without 市 or 县 is a unit, too: …。（计财科）
    """
    body, year = _without_due(inner)
    if not body:
        return Offices((), (), 0, 0, year) if _DUE.search(inner) else None
    lead, support, unknown = _parse(body)
    units = lead + support
    if not units:
        return None
    named = sum(map(is_office, units))
    explicit = _says_who(body)
    plain = named == len(units) and (bool(unknown) or len(units) > 1 or closes or _looks_public(units[0]))
    return Offices(tuple(lead), tuple(support), 0, 0, year, tuple(unknown)) if plain or (explicit and named * 2 >= len(units)) else None


def lead_by_first(lead: Sequence[str], support: Sequence[str], text: str) -> tuple[list[str], list[str]]:
    """The units of lists of which the document says that the first leads; of lists that ； parts in their ``text``, each first."""
    first = [unit for n, unit in enumerate(lead) if n == 0 or re.search(rf"[；;]\s?{re.escape(unit)}", text)]
    return first, [*(unit for unit in lead if unit not in first), *support]


def _looks_public(unit: str) -> bool:
    return unit[0] in "省市县区州国各本自乡镇" and len(unit) >= 3 and not unit.endswith(("区", "县", "市", "省", "镇", "乡"))
