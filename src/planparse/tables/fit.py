"""How well a piece of text fits a column: the costs by which flattened rows are told apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from planparse.data import alternation, vocabulary
from planparse.data.words import members, worded
from planparse.language.columns import Role
from planparse.language.offices import is_office
from planparse.language.shapes import Rank, find_marker
from planparse.language.shapes.signs import CHINESE
from planparse.language.tidy import tidy

IMPOSSIBLE = 9.0

_NUMBER = worded(r"[≥≤<>=约＞＜]{0,2}[〔（(\[［]?[-+]?[0-9][0-9,]*(?:[.。][0-9]+)?\s?(?:[%‰]|个百分点)?[〕）)\]］]?(?:<bounds>)?")
_HAS_FIGURE = re.compile(r"[0-9]")
_COMPARED = worded(r"[≥≤<>＞＜]|^<compared_cells>|<bounds>$")
_STATE = worded("<states>|[一二三四五ⅠⅡⅢⅣⅤ]{1,3}[级类]$")
# What a cell says in place of a figure, and is no name: 完成上级下达任务
_SAID = worded(r"(?:<states>|不低于|优于)[\u4e00-\u9fff]{0,10}(?:<rated>|任务|前列|稳定|下达)")
_ABSENT = re.compile(r"[\s—_\-－–―/／*.·]*")
_PROPERTY = worded(r"<properties>性?(?:指标)?|[约预]\s?[束期]\s?性")
_YEARS = worded(r"(?:19|20)[0-9]{2}|十[二三四五六]五|[0-9]{1,2}月|[0-9一二三四五六]{1,2}个月内?完成|每季度?[底末]?前?$|<when>")
_COUNTED = (
    r"[%‰‱℃]|1?[/／][0-9]*[十百千万亿]+人?|[个项家处座条所人名万亿千百元吨户起件台套辆次公平立米方里顷亩度天年月日岁级篇场支张床位部辆艘架头只株分]{1,4}|[^\s0-9，。；：]{1,7}[/／][^\s，。；：]{1,8}|[a-zA-Z℃µμ³²0-9/·]{1,10}"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,5}(?:省|市|县|区|州|镇|乡|街道|旗|盟|村)|全[国省市州县区]|各.{0,6}[县区市）]")
_OPEN = ("待定", "未定", "暂无")
_NATURE = worded("<building>")
_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计|共\s*计)(?:[（(].*[）)])?")
_CHINESE = re.compile("[\u4e00-\u9fff]")
ORDINAL = re.compile(rf"[（(]?[{CHINESE}]{{1,3}}[）)]?[、.．]?")
"""An ordinal in a cell of its own: 一、, （二）."""
COMPOUND = re.compile(r"[0-9]{1,2}[-.－][0-9]{1,2}")
"""The number of a row below a category: 2-1."""
_SERIAL = re.compile(r"[（(]?([0-9]{1,3})[）)]?[.、．]?")


MAX_SERIAL = 8
"""Characters of a serial number or an ordinal with its brackets and marks; longer ones match neither pattern."""
MAX_PROPERTY = 8
"""The same of 约束性指标."""
_CATEGORIES = (Rank.CHINESE, Rank.CHINESE_PAREN)
_NO_BEGINNING = frozenset("，、；。：）)")


@dataclass(frozen=True, slots=True)
class Look:
    """What a token looks like; worked out once."""

    text: str
    serial: int | None
    ordinal: bool
    """A Chinese ordinal alone (一, （二）, 三、), as category rows have it in the serial column."""
    number: bool
    figure: bool
    compared: bool
    state: bool
    absent: bool
    property: bool
    chinese: int
    years: bool
    unit: bool
    sentence: bool
    category: bool
    office: bool
    total: bool
    place: bool
    nature: bool
    opens: bool
    """A bracket stays open."""
    goes_on: bool
    """It begins as no cell does: with punctuation, or closing what it has not opened."""


@cache
def _unit_pattern() -> re.Pattern[str]:
    units = alternation([*members("unit_words"), *(unit for group in vocabulary("units") for unit in group["units"])])
    return re.compile(rf"{_COUNTED}|[万亿千百]?(?:{units}|[微毫]克.{{0,6}}|克标(?:准)?煤.{{0,6}})")


@cache
def _pieces(text: str) -> tuple[str, ...]:
    return tuple(p for p in re.split(r"[、，,；; \x0b\n]", text) if p)


def look_at(text: str) -> Look:
    """The features of one token."""
    bare = tidy(text)
    length = len(bare)
    chinese = len(_CHINESE.findall(bare))
    figure = _HAS_FIGURE.search(bare) is not None
    serial = _SERIAL.fullmatch(bare) if figure and length <= MAX_SERIAL else None
    listed = bare if "：" in bare else bare.rstrip("。")  # 抄送：市委办公室、市政协办公室。 is no cell
    pieces = _pieces(listed) if chinese and length <= 120 and "。" not in listed else ()
    opened, closed = bare.count("（") + bare.count("("), bare.count("）") + bare.count(")")
    return Look(
        text=bare,
        serial=int(serial[1]) if serial else None,
        ordinal=0 < length <= MAX_SERIAL and ORDINAL.fullmatch(bare) is not None,
        number=figure and _NUMBER.fullmatch(bare) is not None,
        figure=figure,
        compared=_COMPARED.search(bare) is not None,
        state=length <= 16 and _STATE.match(bare) is not None,
        absent=not chinese and not figure and _ABSENT.fullmatch(bare) is not None,
        property=length <= MAX_PROPERTY and _PROPERTY.fullmatch(bare) is not None,
        chinese=chinese,
        years=length <= 30 and _YEARS.search(bare) is not None,
        unit=_unit_pattern().fullmatch(bare) is not None,
        sentence="。" in bare or length > 60 or ("；" in bare and length > 30),
        category=is_category(bare),
        office=bool(pieces) and sum(map(is_office, pieces)) * 2 > len(pieces),
        total=is_total(bare),
        place=chinese > 0 and length <= 8 and _PLACE.fullmatch(bare) is not None,
        nature=chinese > 0 and length <= 4 and _NATURE.fullmatch(bare) is not None,
        opens=opened > closed,
        goes_on=bare[:1] in _NO_BEGINNING or closed > opened,
    )


def is_category(bare: str) -> bool:
    """Whether a tidied cell begins with a number of a category (一、, （二）)."""
    marker = find_marker(bare) if 0 < len(bare) <= 40 and "。" not in bare else None
    return marker is not None and marker.rank in _CATEGORIES and _CHINESE.search(bare) is not None


@cache
def _closing_words() -> re.Pattern[str]:
    return re.compile(alternation(word for row in vocabulary("section_kinds")["leans"] if row["kind"] == "safeguards" for word in row["words"]))


def closes_plan(title: str) -> bool:
    """Whether a title is as those of the chapters behind a plan's tasks are: 保障措施, 组织实施."""
    return _closing_words().search(title) is not None


def is_total(bare: str) -> bool:
    """Whether a tidied cell says that its row sums others up (合计, 小计（亿元）)."""
    return "计" in bare and _TOTAL.fullmatch(bare) is not None


def cost(role: Role | None, look: Look, *, dated: bool = False) -> float:
    """What it costs to read the token as a cell of the column: 0 fits, 9 cannot be. ``dated``: its values are actual ones."""
    if look.absent:
        return 0.1 if role not in _NEVER_BLANK else 7.0
    price = 3.0 if look.goes_on and look.serial is None else 0.0
    if look.category and role not in _MAY_BE_NUMBERED:
        price += 3.0
    if role is _VALUE_COLUMN:
        return price + _value(look, dated=dated)
    return price + (_COSTS.get(role, _any) if role is not None else _any)(look)


def _name(look: Look) -> float:
    if look.property or look.number or (look.unit and look.chinese < 2):
        return 8.0
    if not look.chinese:
        return 5.0 if not re.search(r"[A-Za-z]{2}", look.text) else 1.5
    if look.sentence:
        return 3.0
    if look.text[0] in "（(" and look.text[-1] in "）)":
        return 2.5
    return (
        0.5 * look.category
        + (1.5 if look.state and look.figure else 0.0)
        + (0.8 if look.unit else 0.0)
        + (0.3 if len(look.text) > 35 else 0.0)
        + 1.2 * (look.place or look.nature)
    )


def _indicator(look: Look) -> float:
    return _name(look) + 3.0 * (_SAID.match(look.text) is not None)


def _task(look: Look) -> float:
    """A task is named, or told in a sentence."""
    return 0.4 if look.sentence and look.chinese else _name(look)


def _value(look: Look, *, dated: bool) -> float:
    if look.property:
        return 7.0
    if look.number:
        return 2.0 if dated and look.compared else 0.0
    if look.figure:
        if look.sentence:
            return 4.0
        long = len(look.text) > 24
        return 0.3 + 0.8 * (long and not look.compared) + (2.0 if dated and look.compared else 0.0) + (0 if look.compared or look.chinese <= 4 else 0.6)
    if look.state:
        return 1.2 if dated else 0.5
    return 1.4 if len(look.text) <= 2 else 2.5 if look.chinese <= 8 else 4.0


def _unit(look: Look) -> float:
    if look.property or (look.number and look.text not in ("%", "‰")):
        return 7.0
    return 0.0 if look.unit else 1.5 if len(look.text) <= 6 and not look.figure else 5.0


def _property(look: Look) -> float:
    return 0.0 if look.property else 0.4 if look.nature else 5.0 if len(look.text) > 4 else 3.0


def _category(look: Look) -> float:
    if look.number or look.property or look.sentence:
        return 7.0
    if look.category:
        return 0.2
    length = len(look.text)
    return 0.3 if look.chinese and length <= 6 else 0.8 if length <= 8 else 1.3 if length <= 14 else 3.0


def _content(look: Look) -> float:
    if look.number and not look.chinese:
        return 2.5
    return 0.0 if look.sentence or len(look.text) > 15 else 0.4 if len(look.text) > 7 else 0.8


def _years(look: Look) -> float:
    return 0.0 if look.years and len(look.text) <= 24 else 3.5 if look.chinese else 3.0


def _money(look: Look) -> float:
    if look.number:
        return 0.0
    told = (look.figure and (len(look.text) <= 16 or "投资" in look.text)) or look.text in _OPEN
    return 0.5 if told else 4.0 if look.chinese > 4 else 2.0


def _offices(look: Look) -> float:
    if look.number:
        return 7.0
    return 0.0 if look.office else 2.5 if look.sentence else 1.0


def _any(look: Look) -> float:
    return 0.6 if not look.sentence else 1.5


def _remark(look: Look) -> float:
    """Where a figure is from is said in a word: 统计局, 年度考核."""
    return 0.1 if look.chinese and len(look.text) <= 6 and not look.figure else _any(look)


def _place(look: Look) -> float:
    return 0.0 if look.place else 0.5 if look.chinese and len(look.text) <= 15 else 2.5


def _nature(look: Look) -> float:
    return 0.0 if look.nature else 3.0


def _score(look: Look) -> float:
    return 0.0 if look.number and len(look.text) <= 4 else 3.0


_COSTS: dict[Role, Callable[[Look], float]] = {
    Role.NAME: _indicator, Role.TASK: _task, Role.PROJECT: _name, Role.UNIT: _unit, Role.PROPERTY: _property, Role.CATEGORY: _category,
    Role.CONTENT: _content, Role.YEARS: _years, Role.START: _years, Role.END: _years, Role.INVESTMENT: _money, Role.LEAD: _offices,
    Role.SUPPORT: _offices, Role.REMARK: _remark, Role.PLACE: _place, Role.NATURE: _nature, Role.SCORE: _score, Role.GROWTH: lambda look: _value(look, dated=False),
}  # fmt: skip
_MAY_BE_NUMBERED = (Role.NUMBER, Role.CATEGORY, Role.NAME, Role.TASK, Role.PROJECT, Role.CONTENT, None)
"""Columns whose cells may begin with 一、 or （一）."""
_NAMES = (Role.NAME, Role.TASK, Role.PROJECT)
_NEVER_BLANK = (Role.NUMBER, *_NAMES)
_VALUE_COLUMN, _CONTENT_COLUMN, _PROPERTY_COLUMN, _NUMBER_COLUMN = Role.VALUE, Role.CONTENT, Role.PROPERTY, Role.NUMBER
_VALUES, _OFFICE_COLUMNS = (Role.VALUE, Role.GROWTH), (Role.LEAD, Role.SUPPORT)
_MISSING = {
    Role.NUMBER: 4.5, Role.NAME: 6.0, Role.TASK: 6.0, Role.PROJECT: 6.0, Role.UNIT: 1.6, Role.PROPERTY: 2.0, Role.CATEGORY: 0.3,
    Role.CONTENT: 2.0, Role.YEARS: 1.6, Role.START: 1.4, Role.END: 1.6, Role.INVESTMENT: 1.3, Role.LEAD: 1.6, Role.SUPPORT: 0.8,
    Role.REMARK: 0.2, Role.PLACE: 1.2, Role.GROWTH: 0.6,
}  # fmt: skip


def missing(role: Role | None, *, dated: bool = False, goal: bool = False) -> float:
    """What it costs that a row has nothing in the column."""
    if role is Role.VALUE:
        return 1.0 if dated else 2.0 if goal else 1.4
    return _MISSING.get(role, 1.2) if role is not None else 1.2


_MORE = {
    Role.CONTENT: 0.15, Role.NAME: 0.6, Role.LEAD: 0.4, Role.SUPPORT: 0.4, Role.REMARK: 0.8,
    Role.CATEGORY: 1.2, Role.PLACE: 1.2, Role.YEARS: 1.5, Role.END: 1.5,
}  # fmt: skip


_MORE_OF_A_NAME = _MORE[Role.NAME]


def more(role: Role | None, before: Look, look: Look) -> float:
    """What it costs that the token goes on with the cell that the token before began (a cell broken over lines)."""
    if look.property or (before.property and role is _PROPERTY_COLUMN):
        return IMPOSSIBLE
    if before.opens or look.goes_on:
        return 0.0
    if role is _CONTENT_COLUMN:
        short = 0.5 if not before.sentence and len(before.text) < 10 else 0.0
        return _MORE[role] + short + (1.5 if look.number else 0.0) + (1.5 if look.office else 0.0)
    if role in _NAMES:
        ended = before.sentence or len(before.text) < 3
        return _MORE_OF_A_NAME + 1.5 * ended + (1.2 if look.figure else 0.0) + (1.0 if look.office else 0.0) + 3.0 * look.number + 0.5 * look.state
    if role in _OFFICE_COLUMNS:
        return _MORE[role] + 2.0 * look.category + 1.5 * look.sentence if not look.number and not look.years else 4.0
    if role in _VALUES:
        return 1.6 if look.number and not before.figure else 2.5
    if role is _NUMBER_COLUMN:
        return IMPOSSIBLE
    return _MORE.get(role, 1.5) if role is not None else 1.2
