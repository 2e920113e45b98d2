"""Layout that a page lost on its way into text: blanks that became question marks, tags left in the text, the line break behind a title
or around a signature."""

from __future__ import annotations

import re

from planparse.data.words import worded
from planparse.language.shapes import find_marker
from planparse.language.shapes.lines import is_organ, line_above, many_sign, reads_as_title
from planparse.language.shapes.signs import HAN, YEAR_MONTH
from planparse.model.text import Edit, MappedText

# ????????? ?禾阳县人民政府: full-width blanks that an encoding lacked, at the beginning of a line
_LOST_BLANKS = re.compile(rf"^[ \t\u3000]{{0,40}}[?？](?:[?？ \t\u3000]{{1,200}}[?？]|[?？])(?=[ \t]{{0,40}}(?:[{HAN}0-9“《（(]|$))", re.MULTILINE)
# <p style="…"> and </p>: blocks; <strong>: a word inside one
_BLOCK_TAG = re.compile(r"</?(?:p|br|div|h[1-6]|section|center)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_INNER_TAG = re.compile(r"</?(?:strong|span|font|b|i|u|em|a|o:p)(?:\s[^<>]{0,300})?/?>|&(?:nbsp|emsp|ensp);", re.IGNORECASE)
MIN_TAGS = 2
"""So many blocks make a text one of tags."""


def strip_lost_blanks(text: MappedText) -> MappedText:
    """No line begins with a run of question marks that stand for blanks."""
    return text.sub(_LOST_BLANKS, "") if "??" in text.text or "？？" in text.text or "? ?" in text.text else text


def break_at_tags(text: MappedText) -> MappedText:
    """No paragraph is marked by tags: where a text that is no page holds them, each block is a line."""
    if len(_BLOCK_TAG.findall(text.text)) < MIN_TAGS:
        return text
    return text.sub(_BLOCK_TAG, "\n").sub(_INNER_TAG, "")


HEAD_LINES, MAX_HEAD = 60, 6_000
"""What heads a text stands within so many lines and characters."""
_LEADS_IN = worded(r"[ \t\u3000]{0,8}<made_for>[^。\n]{4,240}?(?:制[定订]|提出|编制|<own_plan>)")
_APART = worded(r"[ \t\u3000]{1,8}<made_for>[^。\n]{2,60}[，、,][^。\n]{2,200}[。.]")
_SAME_YEAR = re.compile(r"(?P<year>20\d\d)年[^。\n]{0,40}$")


_RUN_IN = worded(r"[ \t\u3000]{0,20}(?P<title>[^\s，。；：:,;|!?！？]{4,60}?<plan_nouns>(?:[（(][^（）()\n]{1,24}[）)]){0,2})(?=[ \t\u3000]{0,8}(?:<made_for>|20\d\d年))")
"""The shortest beginning of a line that ends as a title does, before a word that leads in a text."""


def part_titles(text: MappedText) -> MappedText:
    """No title in the head of a text runs on into its paragraph: 禾阳县渔港建设方案为改善渔港，制定本方案。"""
    s = text.text
    edits: list[Edit] = []
    for start, end in text.lines()[:HEAD_LINES]:
        if start > MAX_HEAD:
            break
        if start and find_marker(s, start) is not None:
            break  # chapters have begun
        match = _RUN_IN.match(s, start, end) if end - start > MIN_RUN_IN else None
        if match and "简称" not in match["title"] and match["title"].partition("（")[0] not in s[:start] and reads_as_title(match["title"]) and _begins_text(s, match.end(), end, match["title"]):
            edits.append((match.end(), match.end() + _blanks(s, match.end(), end), "\n"))
    return text.edit(edits)


MIN_RUN_IN = 20
"""A title and a sentence behind it are longer."""


def _begins_text(s: str, at: int, end: int, title: str) -> bool:
    """Whether a text begins behind a title: it says what the plan is made for or from, or begins with the title's own year."""
    if _LEADS_IN.match(s, at, end) or _APART.match(s, at, end):
        return True
    year = _SAME_YEAR.search(title)
    return year is not None and re.match(rf"[ \t]{{0,8}}{year['year']}年[^。\n]{{0,60}}[，、]", s[at:end]) is not None


def _blanks(s: str, at: int, end: int) -> int:
    return len(s[at:end]) - len(s[at:end].lstrip(" \t\u3000"))


_ORGAN = rf"[{HAN}（）]{{3,30}}?<organs>"
_DAY = rf"{YEAR_MONTH}.{{1,3}}日"
_SIGNED = worded(rf"(?<=[。！])(?P<before>[ \t\u3000]{{1,20}}){_ORGAN}(?P<gap>[ \t\u3000]{{1,20}}){_DAY}(?P<behind>[ \t\u3000]{{1,20}})(?=[{HAN}“《])(?![前底内起至印])")
"""…贯彻执行。 禾阳县人民政府 2021年12月28日 “十四五”时期…: a signature inside a line"""
_DAY_BEHIND = re.compile(rf"(?P<gap>[ \t\u3000]{{1,20}}){_DAY}[ \t]{{0,20}}$")
_DAY_AHEAD = re.compile(rf"[ \t\u3000]{{0,40}}{_DAY}(?P<gap>[ \t\u3000]{{1,40}})(?P<rest>\S[^\n。；]{{3,80}})$")
"""2022年3月5日 附件：任务清单, 2022年3月5日 禾阳县渔港建设方案"""
LONGEST_DAY = 60
"""A date and the blanks around it are no longer."""


def _many_signed(line: str) -> tuple[int, int] | None:
    """The blanks between many signers and their date: 甲厅 乙厅 丙厅 2025年7月15日."""
    day = _DAY_BEHIND.search(line, max(0, len(line) - LONGEST_DAY))
    return day.span("gap") if day and many_sign(line[: day.start()]) else None


def _heads_page(rest: str) -> bool:
    """Whether what stands behind a date begins another page: a title, or the name of an annex."""
    return rest.startswith("附件") or (reads_as_title(rest) and _PLAN_END.search(rest) is not None)


def _signs_above(s: str, start: int) -> bool:
    """Whether who signs stands above a date, or what sends a text out."""
    above = line_above(s, start)
    return is_organ(above) or _SENT_OUT.search(above) is not None


_SENT_OUT = re.compile("(?:贯彻|遵照|认真)[^。]{0,8}(?:执行|落实)|组织实施|印发给")
_PLAN_END = worded(r"<plan_nouns>(?:[（(][^（）()]{1,24}[）)]){0,2}$")


def part_signatures(text: MappedText) -> MappedText:
    """No date stands on the line of many signers, or of a title or an annex behind it, and in the head of a text no signature inside a paragraph."""
    s = text.text
    edits: list[Edit] = []
    for n, (start, end) in enumerate(text.lines()):
        if MIN_SIGNERS <= end - start <= MAX_SIGNERS and s.endswith("日", start, end) and (gap := _many_signed(s[start:end])):
            edits.append((start + gap[0], start + gap[1], "\n"))
        elif n < HEAD_LINES and start <= MAX_HEAD and s.find("日", start, end) >= 0 and (signed := _SIGNED.search(s, start, end)):
            edits += [(*signed.span(group), "\n") for group in ("before", "gap", "behind")]
        elif s.find("日", start, min(end, start + LONGEST_DAY)) >= 0 and (dated := _DAY_AHEAD.match(s, start, end)) and _heads_page(dated["rest"]) and _signs_above(s, start):
            edits.append((*dated.span("gap"), "\n"))
    return text.edit(edits)


MIN_SIGNERS, MAX_SIGNERS = 20, 600
"""How long a line of many signers is."""
