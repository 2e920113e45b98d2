"""What the columns of a plan's tables are called: header → role. The words are data (``data/columns.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache

from planparse.data import alternation, vocabulary
from planparse.data.words import listed, members, worded
from planparse.language.time import PERIOD, YEAR


class Role(StrEnum):
    """What a column holds. A value column is one that is named by a year, a period or words such as 目标, 基数, 完成情况."""

    NUMBER = "number"
    CATEGORY = "category"
    NAME = "name"
    UNIT = "unit"
    PROPERTY = "property"
    GROWTH = "growth"
    VALUE = "value"
    INVESTMENT = "investment"
    LEAD = "lead"
    SUPPORT = "support"
    START = "start"
    END = "end"
    YEARS = "years"
    CONTENT = "content"
    TASK = "task"
    PROJECT = "project"
    PLACE = "place"
    REMARK = "remark"
    NATURE = "nature"
    SCORE = "score"


OPENING = (Role.NUMBER, Role.CATEGORY, Role.NAME, Role.TASK, Role.PROJECT)
"""Roles that a table's first column has."""
KNOWN = 8192
"""Headers whose roles are remembered: every short line of a text may be asked about."""
LONGEST_WORD = 12
"""A longer header cell is a sentence, and tells nothing by its end."""
NAMING = (Role.NAME, Role.PROJECT, Role.TASK)
"""Roles of a column that says what its row is about."""

_FOLD = re.compile(r"[\s“”\"'‘’「」]+")
_QUALIFIER = worded(rf"^(?:{PERIOD}(?:<of_period>|规划)?|<weighty>)(?=..)")
_BRACKETS = re.compile(r"[（(〔\[【][^（）()〔〕\[\]【】]*[）)〕\]】]$")
# A header that names a value column: years or a period or a region with words that say what the number is.
#   2020年基数   “十三五”末完成情况   云南省“十四五”规划目标   2025年目标值   规划目标（2025年）   “十四五”时期累计
_VALUE = worded(
    r"(?:(?:<whose_values>|[\u4e00-\u9fff]{2,7}[省市州县区盟](?=.)))?的?"
    rf"(?:<until>?(?:{YEAR}|{PERIOD}|规划)年?度?(?:[-—–~～至到](?:{YEAR})年?)?(?:底|末期|规划|<of_period>)?)?"
    r"(?:<value_states>|下达|省?市?|的|数|年均|累计|新增|总)*"
)
_DATED = re.compile(rf"(?:(?<![0-9.]){YEAR}|{PERIOD})")
_STATED = worded("<value_states>")
_SENTENCE = re.compile("[，。；]")
_GROWN = worded(r"<grown_yearly>|年均.{0,2}累计")


def fold_header(text: str) -> str:
    """A header without blanks, quotes and closing brackets: 总投资（亿元） → 总投资, “十四五” 规划目标 → 十四五规划目标."""
    text = _FOLD.sub("", text)
    while True:
        shorter = _BRACKETS.sub("", text)
        if shorter == text or not shorter:
            return text
        text = shorter


@cache
def _words() -> dict[str, Role]:
    table: dict[str, Role] = {}
    for entry in vocabulary("columns"):
        role = Role(entry["role"])
        for word in entry["words"]:
            table.setdefault(fold_header(word), role)
        for head in entry.get("heads", ()):
            for tail in entry.get("tails", ()):
                table.setdefault(head + tail, role)
    return table


@lru_cache(maxsize=KNOWN)
def role_of(header: str) -> Role | None:
    """The role of a column by its header, or None where the header is none that plans use."""
    folded = fold_header(header)
    if not folded or len(folded) > 40:
        return None
    role = _words().get(folded) or _words().get(_QUALIFIER.sub("", folded))
    if role is not None:
        return role
    if _GROWN.search(folded) and len(folded) <= 20:
        return Role.GROWTH
    if "投资" in folded and len(folded) <= 16:
        return Role.INVESTMENT
    if _VALUE.fullmatch(folded) or (len(folded) <= 30 and "%" not in folded and _DATED.search(folded) and _STATED.search(folded)):
        return Role.VALUE
    return _role_of_parts(folded)


_OPENS = worded(r"<opened>|起")
_CLOSES = worded(r"<finishing>|[止终]|完成|结束")
_WHOLE = re.compile(r"总|合计|小计")


def opens(header: str) -> bool:
    """Whether the header is of a beginning (开工, 起)."""
    return _OPENS.search(header) is not None


def closes(header: str) -> bool:
    """Whether the header, or a cell of years, is of an end (竣工, 止)."""
    return _CLOSES.search(header) is not None


def is_whole(header: str) -> bool:
    """Whether the header is of a sum (总投资, 合计)."""
    return _WHOLE.search(header) is not None


@cache
def _also() -> dict[str, dict[Role, bool]]:
    """Words that are of several roles, each with its further ones."""
    table: dict[str, dict[Role, bool]] = {}
    for entry in vocabulary("columns"):
        for role, words in entry.get("also", {}).items():
            for word in words:
                table.setdefault(word, {})[Role(role)] = True
    return table


@lru_cache(maxsize=KNOWN)
def other_roles(header: str) -> dict[Role, bool]:
    """Further roles that a column of this name may have: True where the vocabulary says so of the word, False by how a word of the
    document's own ends (改革举措 → task)."""
    folded = _QUALIFIER.sub("", fold_header(header))
    found: dict[Role, bool] = {}
    if not folded or len(folded) > LONGEST_WORD:
        return found
    if folded in _also() or folded.endswith(stems_of(*Role)):
        found |= _also().get(folded, {})
        for role in Role:
            if folded.endswith(stems_of(role)):
                found.setdefault(role, False)
    if _DATED.match(fold_header(header)):
        found.setdefault(Role.VALUE, True)  # 2025年装机
    if folded.endswith(("目标", "值", "标准")):
        found.setdefault(Role.VALUE, False)
    return found


HEADS = 3
"""So many names of columns beside or below each other head a table."""


def names_column(line: str) -> bool:
    """Whether a line is the name of one column, in the words of plans or in words of its own that end as such names do."""
    return len(line) <= LONGEST_WORD and (role_of(line) is not None or bool(other_roles(line)))


def are_columns(words: Sequence[str]) -> bool:
    """Whether words are all names of columns: one at least in the words of plans, or two that end as what is done and who does it."""
    if len(words) < 2 or not all(map(names_column, words)):
        return False
    own = {role for word in words for role in other_roles(word)}
    return any(map(role_of, words)) or (not own.isdisjoint(NAMING) and Role.LEAD in own)


def names_columns(line: str) -> bool:
    """Whether a line holds the names of several columns with blanks between, 序号 主要任务 责任单位, or of two and nothing else."""
    if " " not in line or _SENTENCE.search(line):
        return False
    words = line.split()
    return sum(map(names_column, words)) >= HEADS or (len(words) == 2 and are_columns(words))


@lru_cache(maxsize=KNOWN)
def strict_role(header: str) -> Role | None:
    """The role of a header that is nothing but a name or a value header, as pieces of a broken cell must make one."""
    folded = fold_header(header)
    role = _words().get(folded) or _words().get(_QUALIFIER.sub("", folded))
    return role or (Role.VALUE if folded and _VALUE.fullmatch(folded) else None)


def _role_of_parts(folded: str) -> Role | None:
    """A header of two names (序号/类别, 建设内容及进度) has the role of its first part, or of the second beside a remark (分管领导及责任单位)."""
    for mark in ("/", "及", "和", "与", "、"):
        head, found, tail = folded.partition(mark)
        if found and head and tail:
            first, second = _words().get(head), _words().get(tail)
            if first is not None and second is not None:
                return second if first is Role.REMARK else first
    return None


@cache
def opening_words() -> str:
    """An alternation of the words that a table's header may begin with."""
    return alternation(word for word, role in _words().items() if role in OPENING)


@cache
def header_words() -> str:
    """An alternation of all header words and of the fragments that value headers are made of."""
    return alternation([*_words(), *(w for w in members("value_states") if len(w) > 1)])


@cache
def own_words(*roles: Role) -> str:
    """A pattern of words that a document has for a column of its own, by how they end (改革举措, 攻坚事项; 督办单位), with a blank behind."""
    return rf"[\u4e00-\u9fff]{{2,4}}(?:{alternation(stems_of(*roles))})(?=[\s|])"


@cache
def stems_of(*roles: Role) -> tuple[str, ...]:
    """What names of columns end in that a document has of its own for one of the roles."""
    return tuple(stem for entry in vocabulary("columns") if Role(entry["role"]) in roles for stem in entry.get("stems", ()))


@cache
def _unit() -> re.Pattern[str]:
    units = alternation([unit for group in vocabulary("units") for unit in group["units"]] + ["％"])
    latin = r"(?:[μµmkMGT]|ha|hm)?(?:g|m|L|W|Wh|V|VA|t|h|s|B|bps|Hz|Pa|J|K)"
    scaled = rf"(?:[十百千]?[万亿]{{0,2}}{units}|[十百千]?[万亿]|倍|{latin}[²³23]?)"
    per = r"(?:每?(?:[十百千万亿]{0,2}|10+)?)"
    return re.compile(rf"{scaled}(?:[/／·](?=.){per}{scaled}?(?:{listed('per_unit_of')}|产值|增加值|人口)?)*(?:当量)?|1?[/／][0-9]*[十百千万亿]+人?")


def is_unit(text: str) -> bool:
    """Whether the text is a unit of measure as tables state it: %, 万人次, 千瓦时/人, 克标煤/千瓦时."""
    return len(text) <= 20 and _unit().fullmatch(re.sub(r"\s", "", text)) is not None
