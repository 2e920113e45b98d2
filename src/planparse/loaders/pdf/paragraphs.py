"""Lines of a page → paragraphs: where one ends and the next begins, told by room at the line's end, indent, markers, size and distance."""

from __future__ import annotations

import re

from planparse.data.words import worded
from planparse.language.shapes import Marker, Rank, find_marker
from planparse.loaders.pdf.layout import Layout, Measure
from planparse.loaders.pdf.shapes import Line

ROOM = 0.6
"""Em: a line ended early if the next word and this much more would have fitted."""
INDENT = (1.1, 3.6)
"""Em: how far the first line of a paragraph is indented (two characters as a rule)."""
SAME_SIZE = 1.14
"""Lines whose sizes differ by more than this factor are not of one paragraph."""
FAR = 1.45
"""Times the usual distance between lines: a new paragraph, where nothing speaks against it."""
TITLE_REACH = 3.3
"""Em: lines of one title stand no further apart ..."""
OPEN_TITLE_REACH = 5.0
"""... unless the first plainly lacks its end (关于印发《… without 》 and 通知)."""
MARGIN = 2.4
"""Em of the body's size by which a centred line is set in on both sides, at least (more than the indent of a paragraph)."""
TITLE_MARGIN = 1.0
"""The same for lines larger than the body."""
CENTRED = 3.0
"""Em by which the margins beside a centred line may differ: many are centred with a first-line indent of two characters."""

_END = re.compile(r"[。！？；：!?;:][”’》）)」]*$")
_SENTENCE = re.compile(r"[。！？；!?;][”’》）)」]*$")
_LEADERS = re.compile(
    r"(?<![.…·．・。_])(?<![.…·．・。_]\s)(?:(?:[.…·．・。_]\s?){4,}\s*(?:[-—(（]\s*)?(?:\d{1,4}\s*)?(?:[-—)）]\s*)?$|…{2,}\s*(?:\d{1,4}\s*)?$)"
)
_LEADER_START = re.compile(r"[.…·．・]{3,}")
# What begins a line of its own besides numbered headings: 专栏1, 附件2, 表 3, 注：, ——, bullets, 第三条.
_OPENER = worded(
    r"专\s?栏\s?[\d一二三四五六七八九十]|附[件表录图]\s?[\d一二三四五六七八九十]{0,3}(?:$|[\s：:.．、])|[表图]\s?\d{1,2}(?:[-.．—]\d{1,2})?[\s：:]|[备附]?注\s?[：:\d]"
    r"|——|—\s|[●•■▪◆➢√☑□○★※]|第[一二三四五六七八九十百\d]{1,4}条|[（(](?:<heads_of_units>|完成)|抄\s?送|主\s?送|目\s*[录次]$|前\s*言$"
)
_LABEL = re.compile(r"附[件表录]\s?[\d一二三四五六七八九十]{0,3}$|目\s*[录次]$|前\s*言$")
# 1.加强领导 12: an entry of a table of contents without leaders.
_ENTRY = re.compile(r"[\u3400-\u9fff”）][ \u3000]+\d{1,3}$")
_WORD = re.compile(r"[“‘（《〈【\[(]*(?:[A-Za-z0-9.,%/:+\-–_@&]+|.)[，。、；：！？）》〉”’】%％‰]*")
_IMPRINT = re.compile(r"日\s?印发$")
_DATE = re.compile(r"[（(]?(?:\d{4}|[二〇○零一]{4})\s*年.{0,12}[月日][）)]?$")
_DOC_NUMBER = re.compile(r".{0,16}[〔\[（(【]\s*\d{4}\s*[〕\]）)】].{0,3}\d{1,5}\s*号[）)]?$")
_BODY_NAME = re.compile(r".{2,40}(?:[厅局院署]|委员会|人民政府|办公室|党委|省委|市委|县委|区委|总工会|银行|集团|公司)$")
_NOTE = re.compile(r"[（(].*[）)]$")
_YEARS = re.compile(r"[（(]\s*\d{4}.{0,14}年.{0,3}[）)]$")
_TITLE_END = worded(r"(?:<paper_nouns>|目录)(?:的?<notices>)?$")
_ABOUT = worded(r"<sending>")
_CLOSING = frozenset("。！？；：!?;:”’》）)」.…·_．0123456789发")
_OPENING = frozenset("第(（一二三四五六七八九十百0123456789专附表图备注—●•■▪◆➢√☑□○★※抄主目前.…·．・") | frozenset(
    map(chr, [*range(0x2460, 0x249C), *range(0x3220, 0x322A)])
)
_OWN_LINE = frozenset({Rank.PART, Rank.CHAPTER, Rank.DIVISION, Rank.CHINESE, Rank.CHINESE_PAREN})


def begins_paragraph(above: Line, line: Line, layout: Layout, text_above: str) -> bool:
    """Whether ``line`` begins a new paragraph after ``above``; ``text_above`` is the paragraph so far."""
    if above.zone != line.zone and not _same_flow(above, line):
        return True
    here, there = layout.measure(above), layout.measure(line)
    if _goes_on(above, line, here, there):
        return False
    if same_row(above, line):
        return False
    if _LEADER_START.match(line.text):
        return False
    if _LEADERS.search(above.text) or _IMPRINT.search(above.text):
        return True
    title = _title(above, line, here, there, layout, text_above)
    if title is not None:
        return not title
    if _sizes_differ(above, line):
        return True
    return _begins(above, line, here, there, layout)


def _goes_on(above: Line, line: Line, here: Measure, there: Measure) -> bool:
    """The plain case, decided first: a full line, in the middle of a sentence, and one at the left margin that opens nothing."""
    size = line.size
    plain = above.text[-1] not in _CLOSING and line.text[0] not in _OPENING
    full = here.right - above.right < 0.5 * size and -1.0 < line.left - there.left < 0.5 * size
    return plain and full and abs(size - above.size) < 0.05 * size and 0 <= above.base - line.base < FAR * here.pitch


def same_row(above: Line, line: Line) -> bool:
    """Whether the two are pieces of one printed line."""
    close = abs(above.base - line.base) < 0.4 * min(above.size, line.size)
    return above.page == line.page and close and line.left >= above.right - 0.5 * above.size


def _same_flow(above: Line, line: Line) -> bool:
    """From column to column, or from a frame to its continuation on the next page."""
    if above.zone[0] == -1 and line.zone[0] == -1:
        return True
    return above.page != line.page and above.zone[0] > 0 and line.zone[0] > 0


def _sizes_differ(above: Line, line: Line) -> bool:
    ratio = above.size / line.size
    return not 1 / SAME_SIZE < ratio < SAME_SIZE and _has_han(above.text) and _has_han(line.text)


def _has_han(text: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in text)


def _is_centred(line: Line, measure: Measure, size: float) -> bool:
    margin, rest = line.left - measure.left, measure.right - line.right
    least = TITLE_MARGIN if line.size > SAME_SIZE * size else MARGIN
    return margin > least * size and rest > size / 2 and abs(margin - rest) < CENTRED * line.size


def _title(above: Line, line: Line, here: Measure, there: Measure, layout: Layout, text_above: str) -> bool | None:
    """Whether ``line`` continues the title in ``above``; None where the two are no title."""
    centred_above, centred = _is_centred(above, here, layout.size), _is_centred(line, there, layout.size)
    big = min(above.size, line.size) > SAME_SIZE * layout.size and above.zone == line.zone
    # A title's first line may fill the width: it is a whole paragraph so far, ends in no sentence, and what follows is centred.
    filled = (
        centred
        and text_above == above.text
        and not _END.search(text_above)
        and above.right - above.left > 0.75 * here.width
    )
    if not (centred_above and centred) and not (big and (centred or centred_above)) and not filled:
        if centred_above != centred and (centred_above or _ended_early(above, line, here)):
            return False
        return None
    reach = OPEN_TITLE_REACH if _lacks_end(text_above) else TITLE_REACH
    if above.page != line.page or above.base - line.base > reach * above.size:
        return False
    if abs(above.left - line.left) < 3 and not big:
        return False  # a list set far to the right, not centred
    if _YEARS.match(line.text):
        return True
    text = line.text
    if _sizes_differ(above, line) or _opens(text) or text[0] in "（(" or _DATE.match(text) or _DOC_NUMBER.match(text):
        return False
    if (
        _DATE.match(above.text)
        or _DOC_NUMBER.match(above.text)
        or _NOTE.match(above.text)
        or text_above[-1:] in "。；："
    ):
        return False
    if _BODY_NAME.match(text_above):
        return _ABOUT.match(text) is not None or text.startswith(("文件", "办公"))
    if _TITLE_END.search(text_above):
        return text[0] in "的及和与》、”"
    return True


def marker_of(text: str) -> Marker | None:
    """The heading marker of a line. A bare number is none here: where lines are wrapped, 50 万亩 begins many."""
    marker = find_marker(text)
    return None if marker is None or marker.raw.isdecimal() else marker


def _lacks_end(title: str) -> bool:
    """Whether a title so far plainly goes on: a bracket is open, or 关于 has no 通知 or the like yet."""
    return title.count("《") > title.count("》") or (_ABOUT.search(title) is not None and not _TITLE_END.search(title))


def _opens(text: str) -> bool:
    return marker_of(text) is not None or _OPENER.match(text) is not None


def _needed(line: Line, measure: Measure) -> float:
    """Width of the first word of a line with the marks that may not be parted from it."""
    match = _WORD.match(line.text)
    if match is None:
        return line.size
    width = sum(0.55 if c < "\u2000" else 1.0 for c in match[0]) * line.size
    return min(width, 0.7 * measure.width)


def _ended_early(above: Line, line: Line, measure: Measure) -> bool:
    return measure.right - above.right > _needed(line, measure) + ROOM * above.size


def _begins(above: Line, line: Line, here: Measure, there: Measure, layout: Layout) -> bool:
    indent = (line.left - there.left) / line.size
    early = _ended_early(above, line, here)
    ended = _END.search(above.text) is not None
    marker = marker_of(line.text)
    opens = marker is not None or _OPENER.match(line.text) is not None
    if indent > INDENT[1] or _DOC_NUMBER.match(line.text):
        return True
    if indent >= INDENT[0]:
        return layout.indented or opens or early or ended
    if _is_bare_marker(above.text):
        return False
    if (above.left - here.left) / above.size > 2 * INDENT[1]:
        return True  # after a line at the right margin, such as a date
    if opens and (early or _stands_alone(above, line, marker, layout)):
        return True
    if early:
        return not _broken_off(above, line, here, layout, opens, ended)
    far = above.page == line.page and here.pitch > 0 and above.base - line.base > FAR * here.pitch
    return far and (_SENTENCE.search(above.text) is not None or not layout.indented)


def _is_bare_marker(text: str) -> bool:
    marker = marker_of(text)
    return marker is not None and marker.end == len(text)


def _stands_alone(above: Line, line: Line, marker: Marker | None, layout: Layout) -> bool:
    """Whether a marker at the left margin, after a full line, begins a line of its own and no item within running text:
    ``…；（2）…`` goes on in a document whose paragraphs are indented."""
    if _LABEL.match(line.text) or (_ENTRY.search(above.text) and marker_of(above.text) is not None):
        return True
    if marker is not None and marker.rank in _OWN_LINE:
        return _END.search(above.text) is not None or _heads(above)
    if not layout.indented:
        return _END.search(above.text) is not None
    return above.text[-1] == "。" and (marker is None or marker.rank < Rank.DECIMAL_PAREN)


def _heads(line: Line) -> bool:
    """Whether a line is itself a short heading."""
    return len(line.text) < 40 and marker_of(line.text) is not None and not _END.search(line.text)


def _broken_off(above: Line, line: Line, here: Measure, layout: Layout, opens: bool, ended: bool) -> bool:
    """A line that ends early within its sentence, in a document whose paragraphs are indented: the next goes on with it."""
    if (
        not layout.indented
        or opens
        or ended
        or _TITLE_END.search(above.text)
        or above.right - here.left < 0.6 * here.width
    ):
        return False
    return above.page != line.page or here.pitch == 0 or above.base - line.base < FAR * here.pitch


def glue(above: Line, line: Line, measure: Measure) -> str:
    """What stands between two lines of one paragraph: a blank between words in Latin letters, else nothing."""
    last, first = above.text[-1], line.text[0]
    if same_row(above, line):
        return " " if line.left - above.right > 0.5 * above.size else ""
    if last.isascii() and last.isalpha() and first.isascii() and first.isalpha():
        return "" if measure.right - above.right < 0.3 * above.size else " "
    return " " if last in ",;" and first.isascii() and first.isalpha() else ""
