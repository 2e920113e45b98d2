"""What stands around a table and belongs to it: caption and its marker, the unit of the whole table, notes under it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from planparse.data.words import worded
from planparse.language.shapes import find_marker
from planparse.language.shapes.lines import note_words
from planparse.language.shapes.signs import CHINESE
from planparse.language.tidy import tidy
from planparse.model.source import TABLE_START

_NUMBER = r"[0-9一二三四五六七八九十]{1,3}(?:\s?[-—.－][0-9]{1,2})*"
# A caption with its marker: 表1 主要指标 → mark "表1", title "主要指标"; 专栏一：…; 续表2; 附表3-1.
_MARKED = worded(rf"(?:续\s?)?(?P<mark>(?:表格|<table_marks>)\s?(?:{_NUMBER})?)\s*(?:续)?[:：、.．]?\s*(?P<title>.*)")
_MARK_ONLY = worded(rf"(?P<mark><table_marks>\s?{_NUMBER})[:：]?")
# 附件1：重点工程 → title; the line itself stays a heading of the document.
_ANNEX = re.compile(rf"附(?:件|表|录)?\s?(?:{_NUMBER})?\s*[:：、]?\s*(?P<title>.*)")
_UNIT = re.compile(r"[（(]?\s{0,20}(?:计量)?单\s*位\s*[:：]\s*(?P<unit>[^\s，。；:：）)]{1,16})\s*[）)]?")
_UNIT_AT_END = re.compile(rf"{_UNIT.pattern}$")
_NOTE = re.compile(
    rf"注[:：]?$|[（(]?(?:{note_words()})\s?(?P<number>[0-9①])?\s*(?:[:：]|[.．、](?!\S{{0,8}}$))\s*\S"
)
_NEXT_NOTE = re.compile(
    r"(?P<number>[1-9])\s?[.、．)）](?![0-9])|[②-⑳]|[*＊#※△▲]{1,3}\s?\S|[〔\[【（(][^）)〕\]】]{0,12}[〕\]】)）]\s*(?:内|中)?.{0,6}(?:为|表示|指|是|代表)"
)
_CAPTION_END = worded(r"<caption_ends>(?:表|名录)?(?:[（(][^（()）]{1,30}[）)])?$")
# The end of a line that goes on into a table's header: …。专栏2 主要指标 → the caption behind the last sentence.
_INLINE = worded(rf"(?P<mark><table_marks>\s?{_NUMBER})[:：]?\s*(?P<title>[^。；！？:：\n]{{2,50}}?)\s*$")
_CONTINUED = re.compile(
    r"[（(]?(?:续\s?(?:上\s?)?表|接上表|表\s?续|转下页)(?:\s?[0-9一二三四五六七八九十]{1,3})?[）)]?|[-—\s]*[0-9]{1,3}[-—\s]*"
)
# The name of a table without its number: “十四五”时期渔业发展主要指标
_NAMES_TABLE = worded(r"[^，。；：:！？\s|]{4,}(?:指标(?:体系)?表?|<caption_ends>表)(?:[（(][^（）()]{1,20}[）)])?")
LONGEST_CAPTION = 60
_STRAY = 4
_LINES_UP = 4
_LINES_DOWN = 12


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a table with its caption and notes begins and ends, and what they say."""

    start: int
    end: int
    caption: str | None = None
    number_raw: str | None = None
    unit: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caption:
    text: str | None
    number_raw: str | None


def read_caption(line: str) -> Caption | None:
    """A caption with a marker (表1 …, 专栏2 …, 附表 …) as caption and marker; None where the line has no marker."""
    line = line.strip(" \t\u3000《》【】")
    match = _MARKED.fullmatch(line)
    if not match or len(line) > LONGEST_CAPTION or line.endswith(("。", "；", "，", "：")):
        return None
    mark, title = re.sub(r"\s", "", match["mark"]), tidy(match["title"])
    if mark[-1] in "表栏格" and (not title or mark in ("表", "表格") or not match["title"][:1].strip("的示明面")):
        return None
    return Caption(title or None, mark)


def annex_title(line: str) -> str | None:
    """The title of an annex's heading (附件1 重点任务表 → 重点任务表, 附件 → ""); None where the line is none."""
    annex = _ANNEX.fullmatch(line) if line.startswith("附") and len(line) <= LONGEST_CAPTION else None
    return tidy(annex["title"]) if annex else None


def read_unit(line: str) -> str | None:
    """The unit that a line states for a whole table (单位：万元), or None."""
    match = _UNIT.fullmatch(line.strip())
    return match["unit"] if match else None


def split_unit(line: str) -> tuple[str, str | None]:
    """A line without the unit that it closes with, and that unit: 重点工程表（单位：亿元） → 重点工程表, 亿元."""
    match = _UNIT_AT_END.search(line)
    return (line[: match.start()].rstrip(), match["unit"]) if match else (line, None)


def is_note(line: str) -> bool:
    """Whether the line begins a note under a table (注：…, 备注：…, 资料来源：…)."""
    return _NOTE.match(line.strip()) is not None


def remains(lines: Iterable[str]) -> set[int]:
    """Which lines only say what a table is called, its unit or its notes: what is left of one that is a picture, or was not read."""
    found: set[int] = set()
    noted = False
    for n, line in enumerate(lines):
        bare = line.strip()
        noted = is_note(bare) or (noted and _NEXT_NOTE.match(bare) is not None)
        if noted or read_caption(bare) is not None or read_unit(bare) is not None or (len(bare) <= LONGEST_CAPTION and _NAMES_TABLE.fullmatch(bare)):
            found.add(n)
    return found


def is_break(line: str) -> bool:
    """Whether the line only says that a table goes on (续表), or is a page number."""
    return _CONTINUED.fullmatch(line.strip()) is not None


def is_boundary(line: str) -> bool:
    """Whether no table goes on past this line: a caption with its marker, a note, an annex title, a chapter."""
    bare = line.strip()
    if not bare:
        return False
    if is_note(bare) or re.match(
        r"第[一二三四五六七八九十]{1,3}[章节篇部]|附(?:件|表|录)\s?[0-9一二三四五六七八九十]{0,2}\s*[:：]|附\s?[:：]",
        bare,
    ):
        return True
    return not bare.startswith("图") and _MARK_ONLY.match(bare) is not None and len(bare) <= LONGEST_CAPTION


def surroundings(text: str, start: int, end: int, floor: int = 0) -> Surroundings:
    """Caption, unit and notes of the table ``text[start:end]``; nothing before ``floor`` (the end of the table before) is taken."""
    begin, caption, unit = _above(text, start, floor)
    finish, notes = _below(text, end)
    number = caption.number_raw if caption else None
    return Surroundings(begin, finish, caption.text if caption else None, number, unit, notes)


def _above(text: str, start: int, floor: int) -> tuple[int, Caption | None, str | None]:
    line_start = text.rfind("\n", 0, start) + 1
    ahead = text[max(line_start, floor) : start]
    if ahead.strip(" \t\u3000|"):
        inline = _INLINE.search(ahead)
        if inline:
            return (
                start - len(ahead) + inline.start(),
                Caption(tidy(inline["title"]), re.sub(r"\s", "", inline["mark"])),
                None,
            )
        line, unit = split_unit(ahead.strip())
        title = annex_title(line)
        return start, Caption(title, None) if title else None, unit
    begin, unit = start, None
    pending: tuple[int, str] | None = None
    for a, b in _lines_up(text, line_start, floor):
        line = text[a:b].strip(" \t\u3000|")
        line, stated = split_unit(line)
        unit = unit or stated
        if stated and not line:
            begin = a
            continue
        if is_break(line) and pending is None:
            begin = a
            continue
        marked = read_caption(line)
        if marked and (marked.text or not pending):
            return a, marked, unit
        if marked and pending:
            return a, Caption(tidy(pending[1]), marked.number_raw), unit
        title = annex_title(line)
        if title is not None and (title or pending):
            return (pending[0] if pending else begin), Caption(tidy(pending[1] if pending else title) or None, None), unit
        if pending and len(pending[1]) <= _STRAY and not _CAPTION_END.search(pending[1]) and _may_caption(line):
            pending = (a, line)  # a header's first cell, which was not read as one, stands between caption and table
            break
        if pending or not _may_caption(line):
            break
        pending = (a, line)
    if pending and _CAPTION_END.search(pending[1]):
        return pending[0], _bare_caption(pending[1]), unit
    return begin, None, unit


def _bare_caption(line: str) -> Caption:
    """A caption without a marker; of a lost one (1 主要指标, where 表 was a picture) the number is kept."""
    match = re.fullmatch(r"(?P<mark>[0-9]{1,2})\s+(?P<title>\S.*)", line)
    return Caption(tidy(match["title"]), match["mark"]) if match else Caption(tidy(line), None)


def _may_caption(line: str) -> bool:
    if not 2 <= len(line) <= LONGEST_CAPTION or line[-1] in "。；，：:;,！" or "。" in line or line.startswith(TABLE_START):
        return False
    marker = find_marker(line)
    return marker is None or re.match(r"[0-9]{1,2}\s", line) is not None


def _lines_up(text: str, line_start: int, floor: int) -> list[tuple[int, int]]:
    """Spans of the lines above, the nearest first, blank ones left out."""
    lines: list[tuple[int, int]] = []
    end = line_start - 1
    while end > floor and len(lines) < _LINES_UP:
        start = max(text.rfind("\n", 0, end) + 1, floor)
        if text[start:end].strip():
            lines.append((start, end))
        end = start - 1
    return lines


_CHAPTER_BEHIND = re.compile(rf"[。！？](?=[{CHINESE}]{{1,3}}、\S|[（(][{CHINESE}]{{1,3}}[）)]\S|第[{CHINESE}]{{1,3}}[篇编章节]\S)")


def _before_chapter(text: str, start: int, end: int) -> int:
    """Where a note ends whose line runs on into the next chapter: 注：…为预期数。三、重点任务…"""
    match = _CHAPTER_BEHIND.search(text, start, end)
    return match.end() if match else end


def _below(text: str, end: int) -> tuple[int, tuple[str, ...]]:
    notes: list[str] = []
    finish = at = end
    number = 0
    for _ in range(_LINES_DOWN):
        while at < len(text) and text[at] in " \t\u3000\n|":
            at += 1
        line_end = text.find("\n", at)
        line_end = _before_chapter(text, at, len(text) if line_end < 0 else line_end)
        line = text[at:line_end]
        if not line.strip() or line.startswith(TABLE_START):
            break
        first, later = _NOTE.match(line), _NEXT_NOTE.match(line)
        goes_on = bool(notes) and later is not None and (not later["number"] or int(later["number"]) == number + 1)
        if not first and not goes_on:
            break
        if first:
            number = int(m[1]) if (m := re.match(r"[^:：]{1,5}[:：]\s*\(?([0-9])[.、．)）]", line)) else number
        elif later is not None and later["number"]:
            number = int(later["number"])
        notes.append(tidy(line.rstrip(" |")))
        finish = at = line_end
    return finish, tuple(notes)
