"""Automatic numbering of a Word document: the words (一、, 第三章, 1.1) that Word shows but that no run holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

Element = etree._Element
MAX_LEVELS = 9

_CHINESE = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_PLACE = re.compile(r"%([1-9])")
_NAMES: dict[object, str] = {}
"""Names without their namespace, by tag: a document has a few dozen tags and a hundred thousand elements."""
_CLOSED = "、．.）)：:，。 \t\u3000〕]】》-—"


def counting(number: int, digits: str = "零一二三四五六七八九", ten: str = "十", hundred: str = "百") -> str:
    """十二, 二十, 一百零三: Chinese counting, for 1 to 999; beyond, digit by digit."""
    if not 0 < number < 1000:
        return positional(number)
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = digits[hundreds] + hundred if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else digits[tens]) + ten
    elif hundreds and units:
        words += digits[0]
    return words + (digits[units] if units else "")


def positional(number: int) -> str:
    """一〇三: digit by digit."""
    return "".join(_CHINESE[int(digit)] for digit in str(abs(number)))


def letters(number: int) -> str:
    """a … z, aa, bb … as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 1000 else str(number)


def roman(number: int) -> str:
    """i, ii, iii, iv …"""
    if not 0 < number < 4000:
        return str(number)
    words = ""
    for value, letter in _ROMAN + _ROMAN_SMALL:
        count, number = divmod(number, value)
        words += letter * count
    return words


def _listed(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else str(number)


def _enclosed(first: int, count: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1) if 0 < number <= count else str(number)


_FORMATS: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("decimal", str),
    ("decimalZero", lambda number: f"{number:02d}"),
    ("decimalFullWidth decimalFullWidth2", lambda number: str(number).translate(_FULL_WIDTH)),
    ("decimalEnclosedCircle decimalEnclosedCircleChinese", _enclosed(0x2460, 20)),
    ("decimalEnclosedParen", _enclosed(0x2474, 20)),
    ("decimalEnclosedFullstop", _enclosed(0x2488, 20)),
    ("chineseCounting chineseCountingThousand japaneseCounting taiwaneseCounting taiwaneseCountingThousand koreanCounting", counting),
    ("ideographDigital taiwaneseDigital japaneseDigitalTenThousand", positional),
    ("chineseLegalSimplified ideographLegalTraditional japaneseLegal", lambda number: counting(number, _LEGAL, "拾", "佰")),
    ("ideographTraditional", _listed(_STEMS)),
    ("ideographZodiac", _listed(_BRANCHES)),
    ("ideographEnclosedCircle", _enclosed(0x3280, 10)),
    ("lowerLetter", letters),
    ("upperLetter", lambda number: letters(number).upper()),
    ("lowerRoman", roman),
    ("upperRoman", lambda number: roman(number).upper()),
)
FORMATS = {name: form for names, form in _FORMATS for name in names.split()}


@dataclass(slots=True)
class Level:
    """One level of a list: how it counts and what it shows."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    """The level (from 1) after which it begins again; 0 never; None after any higher one."""
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has been counted while its paragraphs are read from top to bottom."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    """By the list's (w:num) identifier."""
    counters: dict[str, str] = field(default_factory=dict)
    """Which lists count together: those of one w:abstractNum."""
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def level_of_style(self, number: str, style: str | None) -> int:
        """The level that a list gives to a paragraph style; 0 where it names none."""
        for depth, level in self.levels.get(number, {}).items():
            if style is not None and level.style == style:
                return depth
        return 0

    def label(self, number: str, depth: int) -> str:
        """Count one paragraph and give the words that Word shows before it, with the blank that follows them."""
        levels = self.levels.get(number)
        if not levels or depth not in levels:
            return ""
        level = levels[depth]
        counts = self.counts.setdefault(self.counters[number], [None] * MAX_LEVELS)
        if number not in self.seen:
            self.seen.add(number)
            for place, start in self.restarts.get(number, {}).items():
                counts[place] = start - 1
        count = counts[depth]
        counts[depth] = level.start if count is None else count + 1
        for place in range(depth + 1, MAX_LEVELS):
            lower = levels.get(place)
            if lower is None or lower.restart is None or 0 < depth + 1 <= lower.restart:
                counts[place] = None
        return self._shown(level, levels, counts)

    def _shown(self, level: Level, levels: dict[int, Level], counts: list[int | None]) -> str:
        if level.form == "bullet":  # only dashes are words of the text: —— opens an item
            return "——" if level.text and not level.text.strip("—–―─-") else ""

        def count(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = levels.get(place, Level())
            value = counts[place]
            form = "decimal" if level.legal else other.form
            return FORMATS.get(form, str)(other.start if value is None else value) if form != "none" else ""

        shown = _PLACE.sub(count, level.text)
        if not shown or level.suffix == "nothing":
            return shown
        return shown if shown[-1] in _CLOSED else shown + " "


def read_numbering(root: Element | None) -> Numbering:
    """The lists that ``word/numbering.xml`` defines."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract: dict[str, dict[int, Level]] = {}
    links: dict[str, str] = {}
    named: dict[str, str] = {}
    for element in root.iterfind("{*}abstractNum"):
        identifier = attribute(element, "abstractNumId") or ""
        levels = ((integer(attribute(child, "ilvl"), 0), child) for child in element.iterfind("{*}lvl"))
        abstract[identifier] = {depth: _level(child) for depth, child in levels if 0 <= depth < MAX_LEVELS}
        for child in element.iterfind("{*}numStyleLink"):
            links[identifier] = attribute(child, "val") or ""
        for child in element.iterfind("{*}styleLink"):
            named[attribute(child, "val") or ""] = identifier
    for identifier, style in links.items():  # a list that only names the style whose list it is
        if style in named and not abstract[identifier]:
            abstract[identifier] = abstract[named[style]]
    for element in root.iterfind("{*}num"):
        _read_list(numbering, element, abstract)
    return numbering


def _read_list(numbering: Numbering, element: Element, abstract: dict[str, dict[int, Level]]) -> None:
    number = attribute(element, "numId") or ""
    base = val(element, "{*}abstractNumId") or ""
    levels = dict(abstract.get(base, {}))
    restarts: dict[int, int] = {}
    for override in element.iterfind("{*}lvlOverride"):
        depth = integer(attribute(override, "ilvl"), 0)
        for child in override.iterfind("{*}startOverride"):
            restarts[depth] = integer(attribute(child, "val"), 1)
        for child in override.iterfind("{*}lvl"):
            levels[depth] = _level(child)
    numbering.levels[number] = levels
    numbering.counters[number] = base
    numbering.restarts[number] = {depth: start for depth, start in restarts.items() if 0 <= depth < MAX_LEVELS}


def _level(element: Element) -> Level:
    level = Level()
    for child in element.iter():
        name = local(child)
        value = attribute(child, "val")
        if name == "start":
            level.start = integer(value, 1)
        elif name == "numFmt" and value:
            level.form = value
        elif name == "lvlText":
            level.text = value or ""
        elif name == "suff" and value:
            level.suffix = value
        elif name == "lvlRestart":
            level.restart = integer(value, 0)
        elif name == "isLgl":
            level.legal = value not in ("0", "false")
        elif name == "pStyle":
            level.style = value
    return level


def local(element: Element) -> str:
    """An element's name without its namespace (transitional and strict documents differ only in that)."""
    tag = element.tag
    name = _NAMES.get(tag)
    if name is None:
        name = _NAMES[tag] = tag.rpartition("}")[2] if isinstance(tag, str) else ""
    return name


def attribute(element: Element, name: str) -> str | None:
    """The value of an attribute in the element's own namespace."""
    namespace, _, _ = element.tag.rpartition("}")
    value = element.get(f"{namespace}}}{name}" if namespace else name)
    return value if value is not None else element.get(name)


def val(element: Element, path: str) -> str | None:
    """The ``val`` of the first element at a path of ``{*}name``, whatever the namespace."""
    found = element.find(path)
    return None if found is None else attribute(found, "val")


def integer(value: str | None, default: int) -> int:
    """The whole number that an attribute holds, or ``default``."""
    return int(value) if value is not None and re.fullmatch(r"-?\d{1,9}", value) else default
