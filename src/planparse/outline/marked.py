"""A number at a place: whether it may begin something, and what about it speaks for or against that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planparse.language.shapes.markers import Marker, is_figure, patterns
from planparse.language.shapes.signs import BLANK, CHINESE, CLOSE, HAN, ordinal
from planparse.outline.places import AT_START, Line, Place, begins

BEFORE = dict.fromkeys("。！？!?", "stop") | dict.fromkeys("；;", "semicolon") | dict.fromkeys("）)】〕]”》：:…>", "close")
CHAPTERS = frozenset(("一", "章", "篇", "编", "部分", "节", "(一)", "1", "1.1", "1.1.1", "Ⅰ"))
"""Styles whose numbers are looked for right behind a Chinese character, too."""
TOPS = frozenset(("一", "章", "篇", "编", "部分"))
LONG_LINE = 600
"""A line that is longer and holds many places is several paragraphs run together (the shortest such page seen: 1,900 characters)."""
MAX_PAGE_DIGITS = 9

# The next number in the same breath: 三、四月份, （一）、（二）两项
_COUNTS_ON = re.compile(rf"[（(]?(?P<number>[{CHINESE}]{{1,3}})(?=[）)、月季级类年届次项期批])")
_PHONE = re.compile(r"[01](?<!\d.)(?:(?<=0)\d{2,3}[-—－]?\d{7,8}|(?<=1)[3-9]\d{9})(?!\d)")
# The name of a document and no more: 《某某条例》（2020年修正）
_REFERENCE = re.compile(r"《[^《》\n]{2,80}(?:〈[^〈〉\n]{2,60}〉[^《》\n]{0,20})?》[^《》\n]{0,24}?(?:[（(][^（）()\n]{2,40}[）)])?[；;。、]?\s{0,4}")
_FIGURES_BEHIND = re.compile(rf"[{BLANK}]\d[\d.,]{{0,8}}[^\d\s。，；]{{0,3}}$")
# What a reference goes on with: 按照（二）的要求, 第一章所述
_REFERS = re.compile(r"的|所(?:述|列|称)|项(?:规定|要求|中)|规定的|中(?:的|所)|两项|等")
_BEHIND = re.compile(rf"[{HAN}\w“《‘「〈（(【\[*]")
_BLANKS = re.compile(rf"[{BLANK}*_#]*")


def marked(text: str, marker: Marker, start: int, line: Line, lines: Sequence[Line]) -> Place | None:
    """A marker with what stands before and behind it; None where it is plainly a part of a word or of a figure."""
    before = _stands_behind(text, marker, start, line)
    if before is None:
        return None
    blanks = _BLANKS.match(text, marker.end, line.end)
    end = blanks.end() if blanks else marker.end
    behind, inside = text[end : min(line.end, end + 1)], before not in AT_START
    if (inside and behind in "至到、" and behind) or (behind and not _BEHIND.match(behind)):
        return None
    if inside and not behind and marker.look != "第" and before not in ("stop", "close"):
        return None  # the end of a sentence; 第八章 may have been glued to the line above its title
    if inside and _is_footnote(marker):
        return None  # “高效”[1]行业: a reference inside a sentence
    if inside and behind.startswith("型") and text[marker.start - 1] in _SIZES:
        return None
    figure = is_figure(text, marker)
    if figure and inside and before in ("glued", "close", "blank"):
        return None
    place = Place(marker.start, end, "mark", marker.style, marker.ordinals, marker.look, before, line, marker.raw)
    if figure:
        place.features.add("figure")
    _describe(text, place, inside, lines)
    if not behind and not _title_below(text, place, lines):
        return None
    return place


_SIZES = "小中大"
"""Before a number inside a word: 小（二）型水库"""


def _is_footnote(number: Marker | Place) -> bool:
    return number.look == "[" and number.style == "(1)"


def _stands_behind(text: str, marker: Marker, start: int, line: Line) -> str | None:
    """What stands before a marker, as a name for it; None where it is a part of what stands there."""
    at = marker.start
    left = at
    while left > start and text[left - 1] in BLANK + "*#_|":
        left -= 1
    if left <= start:
        return "deco" if text[line.start : start].strip() else "start"
    if left - start < MAX_PAGE_DIGITS and text[start:left].strip(" -—").isdecimal():
        return "page"
    sign = text[left - 1]
    if sign in BEFORE:
        return BEFORE[sign]
    if at - left > 1:
        return "gap"
    if marker.look == "blank" or marker.style == "甲":
        return None
    if left < at:
        return "blank"
    return "glued" if marker.style in CHAPTERS and "\u4e00" <= sign <= "\u9fff" else None


def _describe(text: str, place: Place, inside: bool, lines: Sequence[Line]) -> None:
    """Add what the words behind the number tell, and what its line is."""
    line, features = place.line, place.features
    if _REFERS.match(text, place.end):
        features.add("refers")
    if (counted := _COUNTS_ON.match(text, place.end)) and ordinal(counted["number"]) == place.ordinals[-1] + 1:
        features.add("counts_on")
    if text[line.end - 1] in "；;":
        features.add("ends_open")
    if inside:
        if line.end - line.start > LONG_LINE:
            features.add("packed")
        return
    features.update(_of_line(line, lines))
    if _is_footnote(place):
        features.add("footnote")
    if _REFERENCE.fullmatch(text, place.end, line.end):
        features.add("reference")
    if _FIGURES_BEHIND.search(text, place.end, line.end):
        features.add("figures_behind")
    if _PHONE.search(text, place.end, line.end):
        features.add("contact")
    if line.number > 0 and _introduces(text, lines[line.number - 1], place.style):
        features.add("introduced")


def _of_line(line: Line, lines: Sequence[Line]) -> Iterator[str]:
    if line.row:
        yield "row"
    elif line.number + 1 < len(lines) and lines[line.number + 1].row:
        yield "row_below"
    if line.frame is not None:
        yield "framed"
    if line.quoted:
        yield "quoted"


def _introduces(text: str, line: Line, style: str) -> bool:
    """Whether a line that is no heading itself ends in a colon, as a list's does; 现将有关事项通知如下： leads to 一、, too."""
    if text[line.end - 1] not in "：:" or (style in TOPS and text.endswith("如下", line.start, line.end - 1)):
        return False
    return patterns()[0].match(text, begins(text, line), line.end) is None


def _title_below(text: str, place: Place, lines: Sequence[Line]) -> bool:
    """A marker that stands alone has its title on the next line, if that begins nothing of its own."""
    number = place.line.number + 1
    if number >= len(lines):
        return False
    following = lines[number]
    begin = begins(text, following)
    if begin >= following.end or patterns()[0].match(text, begin, following.end) or text[begin] in CLOSE:
        return False
    place.end = begin
    place.features.add("alone")
    return True
