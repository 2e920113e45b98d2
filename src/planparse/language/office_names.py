"""Names of units as lists give them, and the words that head such lists: 责任单位：市教育局、市财政局等有关部门."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from planparse.data import alternation, vocabulary
from planparse.data.words import listed, members, worded
from planparse.language.regions import lookup
from planparse.language.tidy import tidy

_IN_BRACKETS = r"(?:[(（][^()（）]{1,8}[)）])?"


@dataclass(frozen=True, slots=True)
class Label:
    """A word with a colon that heads a list; ``kind`` is lead or support, "either" for one that heads persons or units, "other" for a word that no
    list holds, "none" for one that heads no units."""

    word: str
    kind: str
    start: int
    end: int


@cache
def role() -> re.Pattern[str]:
    """责任单位：市教育局、市财政局 → the word and its colon, in the group of its kind; so 牵头（责任）单位：, 责任部门（单位）：, 市级配合单位：."""
    lead, support = (alternation(vocabulary("offices")["roles"][kind]) for kind in ("lead", "support"))
    return re.compile(
        rf"(?:[国省市州县区镇乡][家级直属]{{1,2}})?(?:(?P<lead>{lead})|(?P<support>{support})){_IN_BRACKETS}{listed('bodies')}?{_IN_BRACKETS}"
        r"(?:(?:及|和|、)(?:责任|负责|联系)人)?(?:为|是)?\s?[:：]\s?"
    )


@cache
def role_hint() -> re.Pattern[str]:
    """What every role begins with, in a form that is found fast."""
    roles = vocabulary("offices")["roles"]
    return re.compile(alternation((*roles["lead"], *roles["support"])))


# 挂帅单位：市委组织部 → the word, of whatever meaning, at the beginning of a list
_WORD = re.compile(rf"(?:^|(?<=[；;，,。\s]))(?P<word>[\u4e00-\u9fff]{{1,8}}{_IN_BRACKETS}[\u4e00-\u9fff]{{0,4}})\s?[:：]\s?")


_NO_ROLE = worded(r"<no_roles>$")
@cache
def _unit() -> re.Pattern[str]:
    """How the name of a unit ends, or all of it."""
    data = vocabulary("offices")
    endings, words = (alternation(entry["text"] for entry in data[group]) for group in ("endings", "words"))
    return re.compile(rf"(?:{endings})(?:[(（〔〈][^()（）〔〕〈〉]{{1,30}}[)）〕〉])?等?$|^(?:{words})$")


def is_office(text: str) -> bool:
    """Whether the text reads as the name of one unit."""
    return 2 <= len(text) <= 40 and _unit().search(text) is not None


def opens_with_role(text: str) -> bool:
    """Whether a line begins with who leads or supports: 牵头单位：…, 配合单位：…"""
    return ("：" in text[:16] or ":" in text[:16]) and role().match(text) is not None


def labels_of(text: str) -> list[Label]:
    """The words before a colon that head the lists of a text, in order."""
    if "：" not in text and ":" not in text:
        return []
    known = [Label(m[0].rstrip(" ：:"), m.lastgroup or "", m.start(), m.end()) for m in role().finditer(text)]
    taken = {label.end for label in known}
    others = [m for m in _WORD.finditer(text) if m.end() not in taken]
    read = [Label(m["word"], _kind_of_word(m["word"]), m.start(), m.end()) for m in others]
    return sorted([*known, *read], key=lambda label: label.start)


def _kind_of_word(word: str) -> str:
    return "either" if word in members("either") else "none" if _NO_ROLE.search(word) else "other"


_SEPARATOR = re.compile(r"[、，,；;\s/\x0b]+")
_AND = r"(?:以及|和|及|与|会同)"
_CLASS = r"<all_of>"
# 扶贫办等部门 → 扶贫办; 银保监会等国务院相关部门 → 银保监会 · 国务院相关部门, a class of units (高等学校 has another 等)
_AND_OTHERS = worded(rf"(?<=..)(?<![高中初平])等(?:多?个?(?:<bodies>|机构))?(?=$|{_AND}|[\u4e00-\u9fff]{{0,4}}?{_CLASS})")
_BETWEEN = re.compile(rf"(?<=..){_AND}(?=..)")
_OF_CLASS = worded(rf"(?P<whose>[\u4e00-\u9fff]{{0,5}}?){_CLASS}")
_WHOLE = worded(r"..(?:[局厅委办部院署]|<bodies>|政府)$")
_PLACE = re.compile(r"(?:镇|乡|街道|管委会|公司)(?:(?:人民)?政府|办事处)?$")
_OF_PLACE = re.compile(r"(?:人民)?政府|管委会|办事处")
"""What the name of a place goes on with where its unit is broken over lines: 青石县⏎政府."""
_OWN = "省市县区州国"
PLACE_ENDS = "省市县区州旗盟镇乡道"
_KIND_OF_PLACE = r"(?:[省市县区州旗盟乡镇]|街道){1,2}(?:[(（〔〈][^()（）〔〕〈〉]{1,8}[)）〕〉])?"
_KINDS_OF_PLACES = rf"{_CLASS}{_KIND_OF_PLACE}(?:、{_KIND_OF_PLACE}){{1,3}}(?:人民)?政府"
"""One class of units, although a separator stands in it: 各县（市）、区人民政府."""
_PARTS = worded(rf"(?P<whole>{_KINDS_OF_PLACES})|[(（〔〈]|[)）〕〉]|{_SEPARATOR.pattern}")
LONGEST = 200
"""Characters between two separators; what is longer is no list of names."""


def split_offices(text: str) -> list[str]:
    """The units of a list, split at 、，； and blanks, line breaks inside a name closed up, as worded."""
    text = join_broken(text)
    depth = start = 0
    pieces: list[str] = []
    for match in _PARTS.finditer(text):
        if match["whole"]:
            continue
        if match[0] in "(（〔〈)）〕〉":
            depth = max(0, depth + (1 if match[0] in "(（〔〈" else -1))
        elif depth == 0:
            pieces.append(text[start : match.start()])
            start = match.end()
    pieces.append(text[start:])
    units = (unit for piece in pieces for unit in _members(re.split("[:：]", tidy(piece))[-1].strip("。. 　")))
    return [unit for unit in units if unit not in ("", "等", "及", "和")]


def _members(piece: str) -> list[str]:
    """The units that 等, 和 and 及 part: 人民银行等国务院相关部门及各地区 → 人民银行, 国务院相关部门, 各地区."""
    if len(piece) > LONGEST:
        return [piece]
    if (closed := _AND_OTHERS.search(piece)) is not None:
        rest = re.sub(rf"^{_AND}", "", piece[closed.end() :])
        return [*_members(piece[: closed.start()]), *(_members(rest) if rest else [])]
    for match in _BETWEEN.finditer(piece):
        left, right = piece[: match.start()], piece[match.end() :]
        if _are_two(left, right):
            return [left, *_members(right)]
    return [piece]


def _are_two(left: str, right: str) -> bool:
    """Whether 和 stands between two units, not inside a name (文化和旅游部)."""
    if (of_class := _OF_CLASS.match(right)) is not None and (not of_class["whose"] or is_office(left)):
        return True
    return _WHOLE.search(left) is not None and (right[0] in _OWN or _WHOLE.search(right) is not None)


_PERSON = re.compile(r"(?<![^\s、，,；;：:（）()])(?P<unit>[^\s、，,；;：:（）()]{2,40})(?P<mark>[\s：:（(/，,]+)(?P<person>[\u4e00-\u9fff]{2,3}(?:[、，,][\u4e00-\u9fff]{2,3})*)[）)]?(?=$|[\s、，,；;])")


_LABELLED = worded(r"(?:<either>|联系人|(?:分管|牵头|责任)领导)[：:][ \t]*[\u4e00-\u9fff]{2,4}(?:[、，][\u4e00-\u9fff]{2,4})*|(?<![0-9])(?:1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])")


def is_person(text: str) -> bool:
    """Whether a name in a list is a person's, not a unit's or a place's: 张三, 李明同志, 副县长张三, but not 余杭."""
    return _person().fullmatch(text) is not None and not is_office(text) and not any(lookup(text + kind) for kind in ("", *PLACE_ENDS[:6]))


@cache
def _person() -> re.Pattern[str]:
    data = vocabulary("offices")["persons"]
    return re.compile(rf"(?:[\u4e00-\u9fff]{{0,8}}(?:{alternation(data['posts'])}))?(?:[{''.join(data['surnames'])}][\u4e00-\u9fff]?[^{''.join(data['no_ends'])}]|[\u4e00-\u9fff]{{2,4}}(?=同志))(?:同志)?")


def without_persons(text: str) -> str:
    """A list of units without the persons who stand behind them and their telephones: 县水利局 李明, 县住建局（王小红）, 县林业局：张强."""
    text = _LABELLED.sub("", text).strip()
    return _PERSON.sub(lambda m: m[0] if not is_office(m["unit"]) or any(map(is_office, re.split("[、，,]", m["person"]))) else m["unit"], text)


def join_broken(text: str) -> str:
    """Close up line breaks (and blanks beside Chinese characters) that stand inside a name; a break after a whole name separates."""
    if not any(c in text for c in "\x0b\n "):
        return text
    lines = [line.strip() for line in re.split(r"[\x0b\n ]+", text) if line.strip()]
    if not lines:
        return ""
    out = [lines[0]]
    tail = lines[0]
    for line in lines[1:]:
        out += [_joint(tail, line), line]
        tail = "".join((tail, *out[-2:]))[-LONGEST:]
    return "".join(out)


def _joint(before: str, after: str) -> str:
    """What stands for a line break between two pieces of a list: nothing inside a name, else the sign that parts units or lists."""
    if before[-1] in "、，,；;" or after[0] in "、，,；;":
        return ""
    if opens_with_role(after) or ((label := _WORD.match(after)) is not None and _NO_ROLE.search(label["word"])):
        return "；"  # 县水利局 责任人：张三
    last = re.split(r"[、，,；;]", before)[-1]
    following = re.split(r"[、，,；;]", after)[0]
    if last[-1] in PLACE_ENDS and _OF_PLACE.fullmatch(following):
        return ""
    if last[0] in _OWN and following[0] not in _OWN + "各有相" and not _PLACE.search(following):
        return ""  # 县住房城乡⏎建设局: the other names say whose they are
    return "、" if _unit().search(last) and _unit().search(following) and (len(last) > 2 or last[0] == "各") else ""
