"""Responsible units: who leads and who supports, as plans word it, inline in brackets or in a table cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from planparse.data import vocabulary
from planparse.language.tidy import tidy


@dataclass(frozen=True, slots=True)
class Offices:
    """Units found at the end of a stretch of text; ``start`` is where their bracket or clause begins."""

    lead: tuple[str, ...]
    support: tuple[str, ...]
    start: int
    end: int
    end_year: int | None = None
    """Year by which the task is due; THIS_YEAR for a deadline that names only a month, 全年 or 年底."""


THIS_YEAR = 0
_WITHIN = re.compile(r"月|全年|年底|年内|季度|年末|年终")
_AGAIN = re.compile(r"每[一个两半]{0,2}[年月季周旬日]")
"""What comes round again (每季度末月25日前, 每月调度) sets no year."""
FIRST_LEADS = re.compile(r"(?:排|列)(?:在|名)?(?:第一|首)位?(?:的|者)?(?:责任)?(?:单位|部门)?(?:为|是)(?:牵头|主要责任|第一责任)")
"""A document may say once for all lists: 责任单位中排在第一位的为牵头单位."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = vocabulary("offices")
    endings = sorted({e["text"] for e in data["endings"]}, key=len, reverse=True)
    roles = data["roles"]
    lead, support = ("|".join(sorted(roles[k], key=len, reverse=True)) for k in ("lead", "support"))
    # 责任单位：市教育局、市财政局 → role "责任单位", then the list.
    role = re.compile(rf"(?:(?P<lead>{lead})|(?P<support>{support}))(?:单位|部门)?(?:(?:及|和|、)(?:责任|负责|联系)人)?(?:为|是)?\s?[:：]\s?")
    unit = re.compile(rf"(?:{'|'.join(endings)})(?:[(（][^()（）]{{1,30}}[)）])?等?$")
    words = re.compile("|".join(sorted((e["text"] for e in data["words"]), key=len, reverse=True)))
    return role, unit, words


@cache
def _role_hint() -> re.Pattern[str]:
    """What every role begins with, in a form that is found fast."""
    roles = vocabulary("offices")["roles"]
    return re.compile("|".join(sorted({role[:2] for role in (*roles["lead"], *roles["support"])})))


def opens_with_role(text: str) -> bool:
    """Whether a line begins with who leads or supports: 牵头单位：…, 配合单位：…"""
    return ("：" in text[:12] or ":" in text[:12]) and _patterns()[0].match(text) is not None


_SEPARATOR = re.compile(r"[、，,；;\s/\x0b]+|(?<=[局厅委办部院])(?:和|及|与|会同)(?=[各省市县区州国])|(?<=部门|单位|政府)(?:和|及|与)(?=各)|以及")
_BRACKET = re.compile(
    r"[(（【\[〔]([^()（）【】\[\]〔〕]*(?:[(（][^()（）]{0,40}[)）][^()（）【】\[\]〔〕]*){0,12})[)）】\]〕]\s?[。；;，]?\s*$"
)
# （市发展改革委牵头，市财政局、市交通局配合） → lead list before 牵头, support list before 配合.
_LEADS = re.compile(r"^(?:由)?(?P<lead>.{2,200}?)(?:共同|联合|分别)?(?:牵头)(?:负责|落实|实施|推进|组织实施|督导|推动|协调|统筹|办理|抓落实|组织推进)?$")
_SUPPORTS = re.compile(r"^(?P<units>.{2,400}?)(?:等(?:有关|相关)?(?:单位|部门)?)?(?:按(?:照)?(?:各自)?(?:职责|职能)(?:分工|职责)?)?(?:分别|共同|协同|积极)?(?:配合|参与|参加|协助|协同|支持)(?:落实|推进|实施|单位|部门)?$")
_BY_DUTY = re.compile(r"(?:按(?:照)?(?:各自)?(?:职责|职能)(?:分工|职责)?(?:分别|共同|协同)?(?:负责|落实|实施|推进|抓好落实)?|共同负责|分别负责|分工负责|负责(?:落实)?|组织实施|抓好落实|落实)$")
# What a list says about itself: 逗号前为牵头单位, 下同
_ASIDE = re.compile(r"^(?:下同|分别负责(?:为|是|指).*|.*前的?为(?:牵头|主要|第一)(?:责任)?(?:单位|部门)?|排名不分先后)$")
_ASIDE_SENTENCE = re.compile(r"[。；;，,]?\s?以下[^。]{0,60}(?:落实|负责|参与|配合|列出|相同)[^。]{0,30}$|[（(][^（）()]{0,40}(?:下同|不再(?:单独)?列出)[）)]?$")
_FIRST_LEADS = re.compile(r"(?:排在?第一|列在?第一|排名第一|排首位|列首位)")
_DUE = re.compile(r"(?:时间要求|办结时限|工作时限|时间进度|完成时限|完成时间|时间节点|时限要求|时限|完成期限|实施期限)\s?[:：]\s?(?P<due>[^，；。;)）】]{2,30})")
# A clause that only says by when: 2024年12月底前完成, 长期坚持
_WHEN = re.compile(
    r"(?:^|(?<=[，,；;]))\s?(?:(?:于|在|力争)?(?P<due>(?:19|20)\d\d年(?:[^，,；;。]{0,10})?)(?:完成|前|底|启动|实施|印发|落实)?|长期坚持|持续推进|持续实施|常态化推进|全年推进|全年|年底前(?:完成)?|\d{1,2}月底前(?:完成)?)(?=$|[，,；;。])"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_CLAUSE = re.compile(r"[，,；;。\x0b]")


def split_offices(text: str) -> list[str]:
    """The units of a list, split at 、，； and blanks, line breaks inside a name closed up, as worded."""
    text = _join_broken(text)
    units, depth, start = [], 0, 0
    pieces: list[str] = []
    for match in re.finditer(r"[(（]|[)）]|" + _SEPARATOR.pattern, text):
        token = match[0]
        if token in "(（":
            depth += 1
        elif token in ")）":
            depth = max(0, depth - 1)
        elif depth == 0:
            pieces.append(text[start : match.start()])
            start = match.end()
    pieces.append(text[start:])
    for piece in pieces:
        unit = tidy(piece).strip("。.:： 　")
        unit = _AND_OTHERS.sub("", unit) if "等" in unit[2:] else unit
        if unit and unit not in ("等", "及", "和"):
            units.append(unit)
    return units


_AND_OTHERS = re.compile(r"(?<=..)等(?:有关|相关)?(?:单位|部门)?$")
_OWN = "省市县区州国"


def _join_broken(text: str) -> str:
    """Close up line breaks (and blanks beside Chinese characters) that stand inside a name; a break after a whole name separates."""
    if not any(c in text for c in "\x0b\n "):
        return text
    _, unit, _ = _patterns()
    lines = [line.strip() for line in re.split(r"[\x0b\n ]+", text) if line.strip()]
    if not lines:
        return ""
    out = lines[0]
    for line in lines[1:]:
        whole = out[-1] in "、，,；;" or line[0] in "、，,；;"
        last = re.split(r"[、，,；;]", out)[-1]
        following = re.split(r"[、，,；;]", line)[0]
        complete = not whole and unit.search(last) and unit.search(following) and len(last) > 2
        if complete and last[0] in _OWN and following[0] not in _OWN + "各有相":
            complete = None  # 县住房城乡⏎建设局: the other names say whose they are
        out += ("、" if complete else "") + line
    return out


def is_office(text: str) -> bool:
    """Whether the text reads as the name of one unit."""
    _, unit, words = _patterns()
    return 2 <= len(text) <= 40 and (unit.search(text) is not None or words.fullmatch(text) is not None)


def parse_offices(text: str) -> tuple[list[str], list[str]]:
    """Lead and support units of a list as it stands in a bracket or a table cell.

    Of a list with 牵头 on one, that one leads and the rest support. An unmarked list is all lead (责任单位).
    """
    text = _join_broken(text.strip().strip("。；;"))
    if "下" in text or "不再" in text:
        text = _ASIDE_SENTENCE.sub("", text)
    role, _, _ = _patterns()
    roles = list(role.finditer(text))
    lead: list[str] = []
    support: list[str] = []
    one_leads = any(r["lead"] and r["lead"].startswith("牵头") for r in roles)
    if roles:
        ends = [*(m.start() for m in roles[1:]), len(text)]
        head = text[: roles[0].start()].strip(" ，；,;")
        for match, end in zip(roles, ends, strict=True):
            units = text[match.end() : end].strip(" ，；,;。")
            if match["support"] or (one_leads and not match["lead"].startswith("牵头")):
                support += _plain_units(units)
            else:
                inner_lead, inner_support = _parse_clauses(units)
                lead += inner_lead
                support += inner_support
        if head and not lead and is_office(head):
            lead = [head]
        return lead, support
    return _parse_clauses(text)


def _plain_units(text: str) -> list[str]:
    return [u for u in split_offices(_BY_DUTY.sub("", text)) if u]


def _parse_clauses(text: str) -> tuple[list[str], list[str]]:
    """Read 甲局牵头，乙局、丙局配合 and plain lists; brackets after a name may carry 牵头 themselves."""
    first_leads = _FIRST_LEADS.search(text) is not None
    marked = re.findall(r"([^、，,；;()（）\s]+)[(（]牵头(?:单位|部门)?[)）]", text)
    if marked:
        rest = re.sub(r"[(（]牵头(?:单位|部门)?[)）]", "", text)
        return marked, [u for u in _plain_units(rest) if u not in marked]
    lead: list[str] = []
    support: list[str] = []
    unmarked: list[str] = []
    for clause in _CLAUSE.split(text):
        clause = clause.strip()
        if not clause or _FIRST_LEADS.search(clause) or _ASIDE.match(clause):
            continue
        if match := _LEADS.match(clause):
            units = split_offices(match["lead"])
            # 甲局、乙局、丙局牵头 after unmarked names in the same list all lead
            lead += unmarked + units
            unmarked = []
        elif match := _SUPPORTS.match(clause):
            target = support if lead or unmarked else lead
            target += split_offices(match["units"])
        else:
            plain = _plain_units(clause)
            (support if lead else unmarked).extend(plain)
    if not lead:
        lead, unmarked = unmarked, []
    if first_leads and len(lead) > 1 and not support:
        lead, support = lead[:1], lead[1:]
    return lead, support + unmarked


def find_offices(text: str) -> Offices | None:
    """The units that a paragraph closes with: （责任单位：…）, （X牵头，Y配合）, （各部门按职责分工负责）, a bare list in brackets,
    or a last clause 责任单位：… without brackets. None where there are none."""
    role, _, _ = _patterns()
    tail = text[-600:]
    shift = len(text) - len(tail)
    if tail.rstrip().rstrip("。；;，").endswith((")", "）", "】", "]", "〕")):
        match = _BRACKET.search(tail)
        if match:
            closes = tail[: match.start()].rstrip()[-1:] in ("。", "；", "")
            found = _read_bracket(match[1], closes=closes)
            if found:
                lead, support, year = found
                return Offices(tuple(lead), tuple(support), shift + match.start(), len(text), year)
    match = role.search(tail) if ("：" in tail or ":" in tail) and _role_hint().search(tail) else None
    if match:
        first = match.start()
        before = tail[:first].rstrip()
        if not before or before[-1] in "。；;，, (（【[":
            stretch, year = _without_due(tail[first:])
            lead, support = parse_offices(_balanced(stretch.rstrip("。 ")))
            if (lead or support) and all(len(u) <= 40 for u in lead):
                return Offices(tuple(lead), tuple(support), shift + first, len(text), year)
    due = _DUE.fullmatch(tail.strip().rstrip("。；"))
    return Offices((), (), 0, len(text), _year_of(due)) if due else _last_sentence(tail, shift)


_INNER = re.compile(r"[（(【〔]([^()（）【】〔〕]{2,300}(?:[（(][^()（）]{0,40}[)）][^()（）【】〔〕]{0,200}){0,8})[)）】〕](?=[。；;]?\s*\S|[。；;]?\s*$)")


def find_all_offices(text: str) -> Offices | None:
    """All units of a text in which several sentences close with their own: a unit that leads one of them is a lead unit."""
    last = find_offices(text)
    if last is None or last.start == 0:
        return last
    lead, support, year, start = list(last.lead), list(last.support), last.end_year, last.start
    for match in _INNER.finditer(text, 0, last.start):
        if text[match.start() - 1 : match.start()] not in "。；;" and not _BY_DUTY.search(match[1]) and "牵头" not in match[1]:
            continue
        found = _read_bracket(match[1])
        if found:
            lead += found[0]
            support += found[1]
            year = found[2] if year is None else year
            start = min(start, match.start())
    lead = list(dict.fromkeys(lead))
    support = [u for u in dict.fromkeys(support) if u not in lead]
    return Offices(tuple(lead), tuple(support), start, last.end, year)


# 由市城管局牵头，市公安局、市交通局配合，开展… at the beginning of a task → lead, support
_OPENING = re.compile(r"由(?P<lead>[^，。；：]{2,60}?)(?:负责)?牵头(?:负责)?[，,](?:(?P<support>[^，。；：]{2,120}?)(?:积极|共同|协同)?(?:配合|参与|协助)[，,])?")


def opening_offices(text: str) -> Offices | None:
    """The units that a task begins with: 由甲局牵头，乙局配合，开展…; None where it does not."""
    match = _OPENING.match(text) if text.startswith("由") else None
    if match is None:
        return None
    lead, support = split_offices(match["lead"]), split_offices(match["support"] or "")
    named = all(map(is_office, (*lead, *support)))
    return Offices(tuple(lead), tuple(support), 0, match.end()) if named and lead else None


def merge_offices(found: list[Offices]) -> Offices | None:
    """Units of several paragraphs of one task: a unit that leads one of them is a lead unit."""
    if len(found) < 2:
        return found[0] if found else None
    lead = list(dict.fromkeys(u for one in found for u in one.lead))
    support = [u for u in dict.fromkeys(u for one in found for u in one.support) if u not in lead]
    years = [one.end_year for one in found if one.end_year is not None]
    return Offices(tuple(lead), tuple(support), found[0].start, found[-1].end, years[-1] if years else None)


_BEARS = ("负责", "负责落实", "负责实施", "负责推进")
_WHO = re.compile(r".{2,120}(?:牵头(?:负责|落实|实施)?|配合|参与|负责(?:落实|实施|推进)?|落实)")


def _last_sentence(tail: str, shift: int) -> Offices | None:
    """A closing sentence that only says who leads and who supports: 由市住建局牵头，市财政局配合。 市教育局、市财政局负责落实。"""
    body = tail.rstrip().rstrip("。；;")
    if "牵头" not in tail and not body.endswith(_BEARS):
        return None
    start = body.rfind("。") + 1
    sentence, year = _without_due(body[start:])
    if not _WHO.fullmatch(sentence) or not ("牵头" in sentence or sentence.endswith(_BEARS)):
        return None
    lead, support = parse_offices(sentence.removeprefix("由"))
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


def _read_bracket(inner: str, *, closes: bool = False) -> tuple[list[str], list[str], int | None] | None:
    """Units of a closing bracket, or None where it holds something else (a definition, a reference).

    ``closes``: it stands behind the last sentence, where one name without 市 or 县 is a unit, too: …。（计财科）
    """
    role, _, _ = _patterns()
    body, year = _without_due(inner)
    if not body:
        return ([], [], year) if _DUE.search(inner) else None
    explicit = role.search(body) is not None or "牵头" in body or _BY_DUTY.search(body.rstrip("。")) is not None or body.endswith("配合")
    lead, support = parse_offices(body)
    units = lead + support
    if not units:
        return None
    named = sum(is_office(u) for u in units)
    if explicit and named * 2 >= len(units):
        return lead, support, year
    if named == len(units) and all(len(u) >= 2 for u in units) and (len(units) > 1 or closes or _looks_public(units[0])):
        return lead, support, year
    return None


def lead_by_first(lead: list[str], support: list[str]) -> tuple[list[str], list[str]]:
    """The lists of a document that says that the first unit leads."""
    return lead[:1], [*lead[1:], *support]


def _looks_public(unit: str) -> bool:
    return unit[0] in "省市县区州国各本自乡镇" and len(unit) >= 3 and not unit.endswith(("区", "县", "市", "省", "镇", "乡"))
