"""Paragraph recovery, as far as blanks and line lengths tell: long lines are parted where blanks ended a paragraph, broken lines are joined.
Headings that are glued to other text are the outline's to find. Table lines (see model.source) are left as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from planparse.data.words import worded
from planparse.language.columns import HEADS, names_column, names_columns
from planparse.language.offices import is_office
from planparse.language.shapes import Rank, find_marker
from planparse.language.shapes.lines import (
    is_date,
    is_front,
    is_full_date,
    is_organ,
    leaders,
    reads_as_title,
)
from planparse.language.shapes.markers import FIGURES
from planparse.language.shapes.signs import CHINESE, YEAR_MONTH
from planparse.model.source import TABLE_START
from planparse.model.text import Edit, MappedText

LONG_LINE = 600
"""A longer line with several blanks that end something is several paragraphs run together (the shortest such page seen: 1,900 characters)."""
SPACED_LINE = 60
"""The same where numbers stand behind its blanks."""
MIN_BREAKS = 3
BARRED = 300
"""A long line with a bar in so many characters is a row; fewer part the links of a site: 联系我们 | 网站地图."""
_ENTRY = re.compile(r"[^ \t。，；]{2,40}(?:[ \t]+[^ \t。，；]{2,40})?[ \t]+\d{1,3}[ \t]+")
"""An entry of a table of contents with its page: （四）营造良好氛围 29."""

_BLANKS = re.compile(r"[ \t][ \t]*")
_HAN = re.compile(r"[\u4e00-\u9fff”）》：】〕]")
_BEGINS = re.compile(r"[\u4e00-\u9fff“《（【][^ \t]")
_OF_YEAR = re.compile(r"20\d\d年[\u4e00-\u9fff]")
_NUMBER_ENDS = re.compile(rf"(?:[（(〔【\[]\s?[{CHINESE}\d]{{1,4}}\s?[）)〕】\]]|(?<![{CHINESE}\d])[{CHINESE}\d]{{1,3}}[、.．]|第[{CHINESE}\d]{{1,4}}[章节篇条])$")
_DATE = re.compile(r"(?:19|20)\d\d[年\-]\d")


_SIGNED = worded(
    r"(?:(?<=[。！；])[ \t]{0,8}|^[ \t\u3000]{0,40})(?P<organ>[\u4e00-\u9fff][\u4e00-\u9fff、 ]{2,39}<organs>)?[ \t]{0,40}"
    rf"(?P<date>{YEAR_MONTH}.{{1,3}}日)[ \t]{{0,40}}(?P<aside>[（(]此件[^（）()]{{0,12}}[）)])?$"
)
"""A signature, its date and what says how it is published, at the end of a line: …落实。某县人民政府 2021年3月1日（此件公开发布）"""
LONGEST_SIGNATURE = 90
_BEHIND_DATE = re.compile(r"(?<=[月日])[ \t\u3000]{1,40}(?=[^\d\s])")
"""2021年9月 前  言: a title page's date and the first chapter."""


def split_long_lines(text: MappedText) -> MappedText:
    """No long line has blanks that ended paragraphs; a signature stands apart from its date."""
    s = text.text
    edits: list[Edit] = []
    for start, end in text.lines():
        if end == start or s[start] == TABLE_START:
            continue
        if s[end - 1] in "日）)" and (signed := _signature(s, max(start, end - LONGEST_SIGNATURE), end, whole=end - start <= LONGEST_SIGNATURE)):
            edits += [*_breaks(s, start, signed[0][0]), *signed]
        elif end - start >= SPACED_LINE:
            edits += _breaks(s, start, end)
        elif (front := _BEHIND_DATE.search(s, start, end)) and is_front(s[front.end() : end]) and is_date(s[start : front.start()].replace(" ", "")):
            edits.append((*front.span(), "\n"))
    return text.edit(edits)


def _signature(s: str, start: int, end: int, *, whole: bool) -> list[Edit]:
    """A signature stands on a line of its own, its date on the next, how it is published on the one below."""
    match = _SIGNED.search(s[start:end])
    if match is None or (match.start() == 0 and not whole) or not (match["organ"] or match["aside"]):
        return []
    parts = [match.start(group) for group in ("organ", "date", "aside") if match[group]]
    cuts = [(start + at - len(s[start : start + at]) + len(s[start : start + at].rstrip(" \t")), start + at) for at in parts if at]
    return [(a, b, "\n") for a, b in cuts]


def _breaks(s: str, start: int, end: int) -> list[Edit]:
    """The blanks of a long line that ended a paragraph, if there are several; rows with bars or tabs keep theirs."""
    found: list[Edit] = []
    bars = s[start:end].rstrip(" |").count("|")
    if s.count(" ", start, end) < MIN_BREAKS or s.find("\t", start, end) >= 0 or (bars and (end - start < LONG_LINE or bars * BARRED > end - start)):
        return found
    numbered = paged = 0
    for blank in _BLANKS.finditer(s, start + 1, end):
        if blank.end() < end and (why := _ends_paragraph(s, blank.start(), blank.end())):
            found.append((blank.start(), blank.end(), "\n"))
            numbered += why == "number"
            paged += why == "number" and s[blank.start() - 1].isdigit()
        elif paged >= MIN_BREAKS and found and _ENTRY.fullmatch(s, found[-1][1], blank.end()):
            found.append((blank.start(), blank.end(), "\n"))  # the last entries of a table of contents have no number
    return found if len(found) >= MIN_BREAKS and (end - start >= LONG_LINE or numbered >= MIN_BREAKS) else []


def _ends_paragraph(s: str, start: int, end: int) -> str | None:
    """Why a blank ended a paragraph: a sentence before it, a number behind it, two Chinese words, a date; None for blanks around figures."""
    before = s[start - 1]
    if _NUMBER_ENDS.search(s, max(0, start - 7), start):
        return None  # the blank parts a number from its title
    marked = find_marker(s, end)
    if marked is not None and marked.look != "blank" and not (before.isascii() and before.isalnum() and marked.rank >= Rank.DECIMAL_2):
        return "number" if before not in "，、" else None
    if before in "。！？；" or s.startswith("——", end):
        return "sentence"
    if _HAN.match(before) and _HAN.match(s[start - 2]) and (_BEGINS.match(s, end) or _DATE.match(s, end)):
        return "words"
    if _OF_YEAR.match(s, end) and (before == "：" or reads_as_title(s[s.rfind(" ", 0, start) + 1 : start])):
        return "words"
    return "date" if before == "日" and s[start - 2].isdigit() and (_BEGINS.match(s, end) or _DATE.match(s, end) or _OF_YEAR.match(s, end)) else None


# ---- joining ---------------------------------------------------------------------------------------------------------

WRAP_WIDTHS = range(16, 91)
"""Widths of lines of a page, in characters; a wider \"width\" is a paragraph."""
WRAPPED_SHARE = 0.2
"""Share of the lines of prose that fill the page in a hard-wrapped text (sound texts have under 2% at any one width)."""
MIN_FULL = 8
MIN_PROSE = 12
"""Shorter lines are headings and cells, which say nothing of the width."""
LONGER_SHARE = 0.5
"""Lines beyond the page's width: tables that lost their line breaks, furniture and metadata between the wrapped lines."""
Measure = Callable[[str], int]
PROSE = 25
"""A line that breaks off in mid-sentence without punctuation is prose from this length on."""
CLAUSE = 12
"""The same for a line with a comma in it before a line that begins with a number or a quotation mark."""

FULL = 3
"""So many lines below each other that fill the page are prose."""
LONGEST_CELL = 90
"""The cells of a table with a cell a line are no longer than this."""
OPEN_WITHIN = 40
"""Brackets of titles and units are shorter on both sides of a line's end."""
_BREAKS_OFF = re.compile(r"[（。\t|]")
_ENDS = "。！？!?…"
_CLOSED = _ENDS + "：:”）》)】〕]|"
_OPEN_END = re.compile(r"[；，、（《“〈;,]$|[的和与及或为在对将以把等是]$")
_ITEM = re.compile(r"[—\-–•●◆■▲★※◇○]{1,2}\s?|附件?\s?\d*\s?(?:[:：]|$)|专栏|注\s?[:：]|表\s?\d|图\s?\d|[一二三四五六七八九十]是|到(?:20\d\d)年")
_LEADS_ON = ("到", "至", "在", "以", "为", "自", "从", "按", "对", "将")
# A line of a drawn table
_BAR = re.compile(r"[│┃┠┏┗├┌└║\t|]")
WIDE = re.compile(r" (?<=\S ) +(?=\S)")
"""A wide gap, of which a sentence has at most one."""
PARTED = "  "
PARTS_WORDS = re.compile(r"[\u4e00-\u9fff。）] [\u4e00-\u9fff]")
"""A blank between two words, which are cells of a row where it is one of a table."""
# 8 每千人口医师数（人） 2.3 2.9 预期性: a row of a table, its cells set apart by blanks
_ROW = re.compile(r"(?:[^\s，。；]{1,30}[ \t]+){3,12}[^\s，。；]{1,30}$")
# 城区绿地面积 774 1307以上: the same of a table of names and figures
_FIGURES_BEHIND = worded(r"[^\s，。；][ \t]+(?:[≥≤＞＜<>]?\d[\d.,]*[^\s，。；]{0,3}|[—－-]{1,2})[ \t]+(?:[≥≤＞＜<>]|<changing>)?\d[\d.,]*[^\s，。；]{0,3}$")
# A sentence that ends at the page's edge before a lead ends its paragraph: 强化队伍建设。组织…
_LEADS = re.compile(r"[\u4e00-\u9fff“][^。，；：]{2,28}(?:。|：(?!\d)).")
LONGEST_DATE = 20
_OF_YEAR_BEHIND = re.compile("年(?!均|度?增)")
"""到2025 ⏎ 年底, but 2025 ⏎ 年均增长 are two cells."""
_YEAR_ENDS = re.compile(r"(?<!\d)(?:19|20)\d\d$")
_DATE_LINE = re.compile(r"\s*(?:19|20)\d\d年\d{1,2}月\d{1,2}日")


def join_broken_lines(text: MappedText) -> MappedText:
    """No line ends in mid-sentence before a line that goes on: hard wraps and breaks after ； are closed up."""
    whole = text.text
    stretches = [(a, b, body) for a, b in text.lines() if (body := whole[a:b].strip())]
    rows = _rows_with_commas([body for _, _, body in stretches])
    spans: list[tuple[int, int, str, bool]] = []
    for number, stretch in enumerate(stretches):  # below a row, one of its cells may be in one wide gap behind another
        below = bool(spans) and spans[-1][3] and PARTED in stretch[2] and WIDE.search(stretch[2]) is not None
        spans.append((*stretch, number in rows or below or _is_barred(stretch[2])))
    width = _page_width([body for _, _, body, barred in spans if body[0] != TABLE_START and not barred and not (body[-1].isdigit() and leaders(body))])
    edits: list[Edit] = []
    broken = {n for n in _broken_titles([body for _, _, body in stretches]) if width is None or width[0](stretches[n][2]) >= BROKEN_AT * width[1]}
    fills = [width is not None and width[1] - 2 <= width[0](body) <= width[1] + 2 for _, _, body, _ in spans]
    cells = _cells_of_lines([body for _, _, body, _ in spans], fills) if width is not None else set()
    ends = spans[-1][2][-1:] if spans else ""
    for number, ((a, b, body, barred), (c, d, after, barred_after)) in reversed(list(enumerate(pairwise(spans)))):
        last, ends = ends, body[-1]
        if barred or barred_after or (number in cells and _OPEN_END.search(body) is None and not _is_left_open(body, after)):
            continue
        wide = fills[number]
        if (body[-1] in _CLOSED and not wide) or whole[a] == TABLE_START or whole[c] == TABLE_START:
            continue
        line, following = whole[a:b], whole[c:d]
        if wide and "\n" in whole[b : c - 1] and reads_as_title(body):
            continue  # a title that is as long as a line of the page
        if number in broken or _goes_on(line, following, body, after, width, wide, last):
            left = b - (len(line) - len(line.rstrip()))
            right = c + (len(following) - len(following.lstrip()))
            edits.append((left, right, ""))
            ends = last
    return text.edit(edits[::-1])


LEAST_HALF, MOST_HALF = 6, 40
REST = 24
"""The first half of a title on two lines has so many characters, the second no more than this."""
BROKEN_AT = 0.6
"""Of the page's width; a title that ends before is whole."""
_NO_HALF = re.compile(r"[。；：:;？！|\t]|[，、]$")
_COUNT = re.compile(r"（共\d{1,3}[项条个]）")
_FIGURE = re.compile(r"(?!20\d\d年)\d")
_NO_REST = re.compile(rf"{_NO_HALF.pattern}| |[\d%）)]$|牵头|负责|配合|落实$|^[^\u4e00-\u9fff“]|^.{{2}}\s?\d")


def _broken_titles(lines: list[str]) -> set[int]:
    """The lines whose numbered title goes on in the line below: a few words that end nothing, above the text or the next number."""
    found: set[int] = set()
    for number, (line, rest, below) in enumerate(zip(lines, lines[1:], lines[2:], strict=False)):
        if not 2 <= len(rest) <= REST or (_NO_REST.search(rest) and not _COUNT.fullmatch(rest)) or find_marker(rest) or _ITEM.match(rest):
            continue
        marker, following = find_marker(line), find_marker(below)
        counted = following is not None and (following.style not in FIGURES or (marker is not None and marker.style in FIGURES))
        if not counted and ("。" not in below or _FIGURE.match(below)):
            continue
        if is_front(rest) or is_organ(rest) or is_office(rest) or reads_as_title(rest):
            continue
        if marker is None:
            if line[-1] == "。":
                return set()  # a heading without a number, of which others may stand below numbered ones
        elif LEAST_HALF <= len(title := line[marker.end :]) <= MOST_HALF and not _NO_HALF.search(title):
            found.add(number)
    return found


def _cells_of_lines(lines: list[str], fills: list[bool]) -> set[int]:
    """The lines of tables with a cell or a row a line: several names of columns below or beside each other, and what follows as long as
    it is no prose. Such lines may fill the page, but not one after the other (``fills``)."""
    found: set[int] = set()
    named = categories = 0
    fills = [full and not PARTS_WORDS.search(line) and not lists_bodies(line) for full, line in zip(fills, lines, strict=True)]
    for number, (line, below) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
        head = names_column(line)
        marker = find_marker(line)
        if marker is not None and marker.rank < Rank.DECIMAL and marker.ordinal == categories + 1 and (categories or named >= HEADS):
            categories += 1  # 一、 right below the names of columns, and what counts on from it
            below = str(categories)
        named = named + 1 if head else 0
        goes_on = number - 1 in found and not all(fills[number : number + FULL])
        if named >= HEADS or names_columns(line) or (goes_on and (head or not _is_prose(line, below))):
            found.add(number)
            if named == HEADS or (names_columns(line) and number):
                found |= set(range(max(0, number - max(named, 1)), number))  # the first names, and the caption above them
    return found


def _rows_with_commas(lines: list[str]) -> set[int]:
    """The lines of tables with commas between the cells: several names of columns, and what has as many commas below them."""
    found: set[int] = set()
    width = 0
    for number, line in enumerate(lines):
        commas = line.count("，") + line.count(",")
        if commas >= HEADS - 1 and "。" not in line and sum(map(names_column, re.split("[，,]", line))) >= HEADS:
            width = commas
        elif commas < width or not commas:
            width = 0
        if width:
            found.add(number)
    return found


def _is_prose(line: str, below: str) -> bool:
    """Whether a line is no cell: a chapter's heading, or without a blank and longer than cells are, or a heading, but for a category above a
    serial number or a row with its cells."""
    marker = find_marker(line)
    if marker is not None and marker.look == "第" and marker.rank < Rank.CHINESE:
        return True
    if " " in line:
        return False
    return len(line) > LONGEST_CELL or (marker is not None and marker.rank < Rank.DECIMAL and not below.isdecimal() and not PARTS_WORDS.search(below))


def lists_bodies(line: str) -> bool:
    """Whether a line is all names of bodies, as a cell of who is responsible is."""
    return all(map(is_office, re.split("[、，；]", line)))


def _is_left_open(body: str, after: str) -> bool:
    """Whether a line breaks off within a bracket or quotation that the line below soon closes: （一式三份，加盖公 ⏎ 章）."""
    open_here = body[-OPEN_WITHIN:]
    quoted = open_here.count("“") > open_here.count("”")
    closed = after.find("”" if quoted else "）", 0, OPEN_WITHIN)
    return closed >= 0 and (quoted or _unclosed(open_here)) and not _BREAKS_OFF.search(after[:closed]) and "“" not in after[:closed]


def _is_barred(line: str) -> bool:
    """Whether a line is of a table: with the signs or tabs of a drawn one, with a bar at an end, with two bars, with two wide gaps, or
    with two figures behind its text."""
    bar = _BAR.search(line)
    if " " in line and _FIGURES_BEHIND.search(line):
        return True
    if bar is None or bar[0] != "|":
        return bar is not None or (PARTED in line and len(WIDE.findall(line)) > 1)
    return line[0] == "|" or line[-1] == "|" or line.count("|") > 1 or _BAR.search(line.replace("|", "")) is not None


def _page_width(lines: list[str]) -> tuple[Measure, int] | None:
    """How wide the lines of a hard-wrapped text are, and by which measure; None for a text that is not."""
    found: list[tuple[int, Measure, int]] = []
    lines = list(dict.fromkeys(lines))  # what stands again and again is a cell, no line of prose
    for measure in (len, printed_width):
        lengths = list(map(measure, lines))
        counts = Counter(length for length in lengths if length in WRAP_WIDTHS)
        width = max(counts, key=lambda w: (sum(counts[v] for v in range(w - 2, w + 1)), w), default=0)
        prose = sum(length >= MIN_PROSE for length in lengths)
        full = sum(counts[v] for v in range(width - 2, width + 1)) if width >= WRAP_WIDTHS.start + 2 else -1
        if 0 <= full < max(MIN_FULL, WRAPPED_SHARE * prose):
            continue
        lasts = [line[-1] for line, length in zip(lines, lengths, strict=True) if width - 2 <= length <= width]
        longer = sum(length > width + 2 for length in lengths)
        broken = sum(last not in _ENDS for last in lasts)
        ended = sum(find_marker(below) is not None for length, below in zip(lengths, lines[1:], strict=False) if width - 2 <= length <= width)
        if len(lasts) >= max(MIN_FULL, WRAPPED_SHARE * prose) and broken * 2 > len(lasts) >= ended * 2 and longer <= LONGER_SHARE * prose:
            found.append((len(lasts), measure, width))
    best = max(found, key=lambda one: one[0], default=None)
    return best[1:] if best else None


def printed_width(line: str) -> int:
    """Width in Chinese characters as printed: letters, digits and half-width signs take half."""
    return len(line) - len(line.encode("ascii", "ignore")) // 2


def _goes_on(line: str, following: str, body: str, after: str, width: tuple[Measure, int] | None, wide: bool, last: str) -> bool:
    """Whether a line goes on in the one below (both also without their outer blanks); ``wide``: it fills the page; ``last``: the sign
    that the paragraph of the line below ends in."""
    if len(body) + len(after) <= LONGEST_DATE and is_full_date(f"{body}{after}".replace(" ", "")):
        return True
    if " " in body and _ROW.match(body):
        return False
    if _is_left_open(body, after) or (after[0] == "年" and _YEAR_ENDS.search(body) and _OF_YEAR_BEHIND.match(after)):
        return True
    starts_anew = find_marker(after) is not None or _ITEM.match(after) is not None
    if wide:
        if body[-1] in _ENDS + "；;" or _DATE_LINE.match(following):
            return not starts_anew and not _indented(following, line) and not _LEADS.match(after)
        return not starts_anew or _OPEN_END.search(body) is not None or _unclosed(body)
    if starts_anew:
        return False
    if body[-1] in "；;":
        return len(body) >= 4 or width is not None
    if body[-1] in "，、,（《“":
        return len(body) >= 8 and len(after) >= 2
    marker = find_marker(body)
    titled = marker is not None and "。" not in body  # 一、立足长远，建设渔港 ⏎ “十四五”期间，…
    if not titled and after[0] in "“《0123456789" and _ends(line, following, last) in _ENDS and (body in _LEADS_ON or ("，" in body[:-1] and len(body) >= CLAUSE)):
        return True
    if len(body) < PROSE or not ("，" in body or "。" in body):
        return False
    tail = body[body.rfind("。") + 1 :]
    if (find_marker(tail) is not None and (tail == body or "，" not in tail)) or _indented(following, line):  # …。一、发展目标 ends in a heading
        return False
    return (width is not None or _ends(line, following, last) in _ENDS + "；") and (marker is None or marker.rank >= Rank.CHINESE)


def _unclosed(line: str) -> bool:
    """Whether a bracket or a title opened in the line is still open at its end."""
    return any(line.count(a) > line.count(b) for a, b in ("（）", "《》", "【】", "〔〕"))


def _ends(line: str, following: str, last: str) -> str:
    """The sign that the line below ends in, or its paragraph (``last``) if both lines with their indents end where a page may have ended."""
    line, following = line.rstrip(), following.rstrip()
    return last if abs(printed_width(line) - printed_width(following)) <= 2 else following[-1]


def _indented(following: str, line: str) -> bool:
    """Whether the next line stands further in than this one, as a first line of a paragraph does."""
    return len(following) - len(following.lstrip()) > len(line) - len(line.lstrip())
