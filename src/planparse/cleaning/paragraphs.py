"""Paragraph recovery. After ``split_long_lines`` no line holds several headings; after ``join_broken_lines`` a line is a whole paragraph,
as far as the text tells. Table lines (see model.source) are left as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import islice, pairwise

from planparse.language.markers import Rank, find_marker
from planparse.model.source import TABLE_START
from planparse.model.text import Edit, MappedText

LONG_LINE = 600
"""A longer line with headings in it is several paragraphs run together (the shortest such page seen: 1,900 characters)."""
SPACED_LINE = 250
"""The same where blanks stand before its markers."""
MIN_MARKERS = 3
MARKED_WITHIN = 20_000

_MARK = (
    r"(?:第[一二三四五六七八九十百\d]{1,4}[篇章节编]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|\d{1,2}\s?[.．、](?!\d)|[（(]\d{1,2}[）)]|——|专栏\s?[\d一二三四五六七八九十]|附件?\s?\d?\s?[:：])"
)
_MARK_RE = re.compile(_MARK)
_SPACED_MARK = re.compile(r"[ \t](?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d))")
# A blank that ended a paragraph: after a sentence or a heading, before a marker, Chinese or a date; not around numbers (到 2025 年).
_BREAK = re.compile(
    rf"""(?<=[。！？；：”）》\u4e00-\u9fff…|])[ \t]+(?={_MARK})
       | (?<=[。！？；])[ \t]+(?=\S)
       | (?<=[\u4e00-\u9fff”）》：][\u4e00-\u9fff”）》：])[ \t]+(?=[\u4e00-\u9fff“《（][^ \t])
       | (?<=[\u4e00-\u9fff]{{2}})[ \t]+(?=(?:19|20)\d\d[年\-]\d)
       | (?<=\d)[ \t]+(?={_MARK})
       | (?<=\d日)[ \t]+(?=[\u4e00-\u9fff“《]|(?:19|20)\d\d年)""",
    re.VERBOSE,
)
# A wide gap before a heading that ends the line, or between a sentence and a marker; a box glued to a sentence: … 。专栏5  重点工程
_GAP = re.compile(
    rf"""(?<=[。！？；])[ \t]+(?={_MARK})
       | (?<=[：”）])[ \t]{{2,}}(?={_MARK})
       | (?<=\S)[ \t]{{2,}}(?=(?:第[一二三四五六七八九十\d]{{1,4}}[篇章节]|[一二三四五六七八九十]{{1,3}}、|[（(][一二三四五六七八九十]{{1,3}}[）)]|\d{{1,2}}[.．](?!\d))\S{{3,40}}$)
       | (?<=[府厅局委室部院会处])[ \t]+(?=(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日[ \t]*(?:$|[（(]此件))
       | (?<=\d日)[ \t]+(?=[（(]此件)
       | (?<=[。；])(?=专栏\s?\d)""",
    re.VERBOSE | re.MULTILINE,
)
# Where one of the patterns above may match: both begin with the first blank of several, _GAP also right before a box.
_BLANKS = re.compile(r"[ \t][ \t]*")
_GLUED_BOX = re.compile(r"[。；]专栏")
# Paragraphs run together without a blank: … 。二、总体要求（一）指导思想坚持以人为本。1.加强领导。…
_GLUED = re.compile(
    r"""(?<=[。！？])(?=(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])[\u4e00-\u9fff“]|\d{1,2}[.．、][\u4e00-\u9fff“]|第[一二三四五六七八九十]{1,3}[章节])
      | (?<=[\u4e00-\u9fff”])(?=(?:[（(]一[）)]|1[.．、])[\u4e00-\u9fff“])
      | (?<=[一二三四五六七八九十]、(?:指导思想|基本原则|工作原则|发展目标|主要目标|总体目标|工作目标|总体要求))(?=[\u4e00-\u9fff“])(?![和与及])
      | (?<=[）)](?:指导思想|基本原则|工作原则|发展目标|主要目标|总体目标|工作目标|总体要求))(?=[\u4e00-\u9fff“])(?![和与及])
    """,
    re.VERBOSE,
)
_CHAPTERS = re.compile(r"[。：](?:一[、.．]|[（(]一[）)])[\u4e00-\u9fff“].{0,3000}?[。\s](?:二[、.．]|[（(]二[）)])[\u4e00-\u9fff“]")
_HEADED = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节])[\u4e00-\u9fff“”、，]{2,30}")
# 目录 … 经费保障 29 为全面落实: the page number of the last entry, then the text.
_PAGE_THEN_TEXT = re.compile(r"(?<=[\u4e00-\u9fff”）])[ \t.…·]*\d{1,3}[ \t]+(?=[\u4e00-\u9fff“《])(?![年月日个项家次名人岁万亿])")
_GLUED_ENTRY = re.compile(rf"(?<=[\u4e00-\u9fff”）])[.…·\s]*\d{{1,3}}(?={_MARK})")
_CONTENTS = re.compile(r"目\s*[录次]")


# A document library numbers the pieces that it cuts a text into: …以新时代思 ⏎ 2、想为指导
_PIECE = re.compile(r"(?<=[^\n。！？；：”）!?;:\s])[ \t]{0,20}\n[\s]{0,20}(?P<no>\d{1,3})、(?=\S)")
MIN_PIECE = 60
"""A line that breaks off in mid-sentence before a number is a piece from this length on; items of lists are shorter or end in a mark."""
MIN_CUTS = 2
_COUNTED = re.compile(r"(?<=。) ?(?P<no>\d{1,2})[.．、](?=[\u4e00-\u9fff“])")


def join_numbered_pieces(text: MappedText) -> MappedText:
    """No sentence is cut by the number of a piece: several lines break off before numbers that count up."""
    s = text.text
    if "\n2、" not in s and "\n3、" not in s:
        return text
    cuts = [m for m in _PIECE.finditer(s) if m.start() - s.rfind("\n", 0, m.start()) > MIN_PIECE]
    numbers = [int(m["no"]) for m in cuts]
    if len(cuts) < MIN_CUTS or any(b <= a for a, b in pairwise(numbers)):
        return text
    return text.edit([(m.start(), m.end(), "") for m in cuts])


def split_long_lines(text: MappedText) -> MappedText:
    """No long line holds several headings: a document on one line is split where its paragraphs ended."""
    edits: list[Edit] = []
    for start, end in text.lines():
        head = text.text[start : start + 6]
        if end - start < SPACED_LINE:
            if not ("目" in head and _CONTENTS.match(head.strip())):
                continue
        elif end - start < LONG_LINE and len(list(islice(_SPACED_MARK.finditer(text.text, start, end), MIN_MARKERS))) < MIN_MARKERS:
            continue
        line = text.text[start:end]
        if line.startswith(TABLE_START) or not _has_markers(line):
            continue
        edits += _split_one(line, start)
    text = _part_items(text.edit(edits))
    s = text.text
    starts = [gap.start() for gap in _BLANKS.finditer(s)]
    if "专栏" in s:
        starts = sorted([*starts, *(box.start() + 1 for box in _GLUED_BOX.finditer(s))])
    places = [m for start in starts if (m := _GAP.match(s, start))]
    return text.edit([(m.start(), m.end(), "\n") for m in places if not _in_table(s, m.start())])


def _part_items(text: MappedText) -> MappedText:
    """Items that count up within a paragraph, each behind a full stop, stand on lines of their own: …。1.稳面积。…2.建良田。…"""
    s = text.text
    if not any(f"。{blank}1{mark}" in s for blank in ("", " ") for mark in ".．、"):
        return text
    edits: list[Edit] = []
    for start, end in text.lines():
        items = list(_COUNTED.finditer(s, start, end))
        counted = [m for n, m in enumerate(items, 1) if int(m["no"]) == n]
        if len(counted) >= MIN_CUTS and not _in_table(s, start):
            edits += [(m.start(), m.start("no"), "\n") for m in counted]
    return text.edit(edits)


def _has_markers(line: str) -> bool:
    """Whether the beginning of a line holds several markers."""
    return len(list(islice(_MARK_RE.finditer(line, 0, MARKED_WITHIN), MIN_MARKERS))) == MIN_MARKERS


def _in_table(text: str, at: int) -> bool:
    """Whether the line at an offset is a table line, or a row with bars or tabs."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)]
    return line.startswith(TABLE_START) or "|" in line.rstrip(" |") or "\t" in line


def _split_one(line: str, start: int) -> list[Edit]:
    places: dict[tuple[int, int], None] = {}
    contents = _CONTENTS.search(line)
    if contents:
        at = contents.start()
        reach = at + _contents_reach(line[at:])
        for pattern in (_PAGE_THEN_TEXT, _GLUED_ENTRY):
            for match in pattern.finditer(line, at, reach):
                blanks = len(match[0]) - len(match[0].rstrip())
                places[(match.end() - blanks, match.end())] = None
        places[(contents.end(), contents.end())] = None
    for run in _BLANKS.finditer(line):
        if found := _BREAK.match(line, run.start()):
            places.setdefault(found.span(), None)
    for glued in _glued_places(line) if len(line) > LONG_LINE else ():
        places.setdefault((glued, glued), None)
    ordered = sorted(places)
    kept = [b for a, b in pairwise([(-1, -1), *ordered]) if b[0] >= a[1]]
    return [(start + a, start + b, "\n") for a, b in kept]


def _glued_places(line: str) -> list[int]:
    """Where paragraphs begin that no blank parts, in a line that holds several chapters."""
    if _CHAPTERS.search(line) is None:
        return []
    found: list[int] = []
    for match in _GLUED.finditer(line):
        at = match.start()
        if line[at - 1] not in "。！？" and line[at] in "（(1" and not _HEADED.fullmatch(line, found[-1] if found else 0, at):
            continue  # a bracket in a sentence: …措施（一）…
        found.append(at)
    return found


def _contents_reach(line: str) -> int:
    """How far the table of contents at the start of ``line`` goes: to where its first entry stands again."""
    first = _MARK_RE.search(line)
    if not first:
        return 0
    title = re.match(r"[^\s.…·\d]{2,30}", line[first.end() :].lstrip())
    if not title:
        return 0
    again = line.find(title[0], first.end() + len(title[0]) + 2)
    return again if again > 0 else min(len(line), 3000)


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

_ENDS = "。！？!?…"
_CLOSED = _ENDS + "：:”）》)|"
_OPEN_END = re.compile(r"[；，、（《“〈;,]$|[的和与及或为在对将以把等是]$")
_ITEM = re.compile(r"[—\-–•●◆■▲★※◇○]{1,2}\s?|附件?\s?\d*\s?[:：]|专栏|注\s?[:：]|表\s?\d|图\s?\d|[一二三四五六七八九十]是|到(?:20\d\d)年")
_LEADS_ON = ("到", "至", "在", "以", "为", "自", "从", "按", "对", "将")
# A line of a drawn table
_BAR = re.compile(r"[│┃┠┏┗├┌└║\t|]")
# 8 每千人口医师数（人） 2.3 2.9 预期性: a row of a table, its cells set apart by blanks
_ROW = re.compile(r"(?:[^\s，。；]{1,30}[ \t]+){3,12}[^\s，。；]{1,30}$")
# A sentence that ends at the page's edge before a lead ends its paragraph: 强化队伍建设。组织…
_LEADS = re.compile(r"[\u4e00-\u9fff“][^。，；：]{2,28}。.")
_DATE_LINE = re.compile(r"\s*(?:19|20)\d\d年\d{1,2}月\d{1,2}日")


def join_broken_lines(text: MappedText) -> MappedText:
    """No line ends in mid-sentence before a line that goes on: hard wraps and breaks after ； are closed up."""
    whole = text.text
    spans = [(a, b, body) for a, b in text.lines() if (body := whole[a:b].strip())]
    width = _page_width([body for _, _, body in spans if body[0] != TABLE_START and not _is_barred(body)])
    edits: list[Edit] = []
    for (a, b, body), (c, d, after) in pairwise(spans):
        wide = width is not None and width[1] - 2 <= width[0](body) <= width[1] + 2
        if (body[-1] in _CLOSED and not wide) or whole[a] == TABLE_START or whole[c] == TABLE_START:
            continue
        line, following = whole[a:b], whole[c:d]
        if _goes_on(line, following, body, after, width, wide):
            left = b - (len(line) - len(line.rstrip()))
            right = c + (len(following) - len(following.lstrip()))
            edits.append((left, right, ""))
    return text.edit(edits)


def _is_barred(line: str) -> bool:
    """Whether a line is of a drawn table: with its signs or tabs, or with a bar at an end, or with two bars."""
    bar = _BAR.search(line)
    if bar is None or bar[0] != "|":
        return bar is not None
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
        if len(lasts) >= max(MIN_FULL, WRAPPED_SHARE * prose) and broken * 2 > len(lasts) and longer <= LONGER_SHARE * prose:
            found.append((len(lasts), measure, width))
    best = max(found, key=lambda one: one[0], default=None)
    return best[1:] if best else None


def printed_width(line: str) -> int:
    """Width in Chinese characters as printed: letters, digits and half-width signs take half."""
    return len(line) - len(line.encode("ascii", "ignore")) // 2


def _goes_on(line: str, following: str, body: str, after: str, width: tuple[Measure, int] | None, wide: bool) -> bool:
    """Whether a line goes on in the one below (both also without their outer blanks); ``wide``: it fills the page."""
    if _is_barred(body) or _is_barred(after) or (" " in body and _ROW.match(body)):
        return False
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
    if after[0] in "“《0123456789" and after[-1] in _ENDS and (body in _LEADS_ON or ("，" in body[:-1] and len(body) >= CLAUSE)):
        return True
    if len(body) < PROSE or not ("，" in body or "。" in body):
        return False
    marker = find_marker(body)
    if (marker is not None and "。" not in body) or _indented(following, line):
        return False
    return (width is not None or after[-1] in _ENDS + "；") and (marker is None or marker.rank >= Rank.CHINESE)


def _unclosed(line: str) -> bool:
    """Whether a bracket or a title opened in the line is still open at its end."""
    return any(line.count(a) > line.count(b) for a, b in ("（）", "《》", "【】", "〔〕"))


def _indented(following: str, line: str) -> bool:
    """Whether the next line stands further in than this one, as a first line of a paragraph does."""
    return len(following) - len(following.lstrip()) > len(line) - len(line.lstrip())
