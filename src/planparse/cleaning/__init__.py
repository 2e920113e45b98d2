"""Source text → normalised text with offsets kept.

The steps run in this order because each needs what the one before guarantees: garble is undone while private-use characters are
still there and before widths are folded; paragraphs are recovered before blanks are closed.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from planparse.cleaning.chapter_numbers import join_chapter_numbers
from planparse.cleaning.characters import (
    CHINESE,
    fold_quotes,
    fold_widths,
    restore_ones,
    simplify,
    strip_emphasis,
    strip_invisible,
    strip_readings,
)
from planparse.cleaning.furniture import drop_furniture
from planparse.cleaning.garble import repair_garble
from planparse.cleaning.lost_layout import (
    break_at_tags,
    part_signatures,
    part_titles,
    strip_lost_blanks,
)
from planparse.cleaning.metadata import read_metadata
from planparse.cleaning.mojibake import undo_mojibake
from planparse.cleaning.page_numbers import drop_page_numbers, join_numbered_pieces
from planparse.cleaning.paragraphs import (
    LONGEST_CELL,
    PARTS_WORDS,
    WIDE,
    join_broken_lines,
    lists_bodies,
    split_long_lines,
)
from planparse.language.columns import names_columns
from planparse.language.shapes import Rank, find_marker
from planparse.language.shapes.lines import box_caption
from planparse.language.shapes.signs import CHINESE as NUMERALS
from planparse.model.document import CleanDocument
from planparse.model.findings import Note
from planparse.model.options import USUAL, Thresholds
from planparse.model.source import TABLE_START, LineHint, SourceDocument
from planparse.model.text import Edit, MappedText

_LOOSE = ("\n\n", "\n ", " \n", "\n\t", "\t\n")
_BLANKS = re.compile(r"[ \t\n][ \t\n]+")
_HAN = re.compile(f"[{CHINESE}]+")


def close_blanks(text: MappedText) -> MappedText:
    """No line is empty, begins or ends with a blank, but for the tabs of empty cells at the beginning of a table's row."""
    s = text.text
    begin, end = len(s) - len(s.lstrip()), len(s.rstrip(" \t\n"))
    edits: list[Edit] = [(0, begin, "")] if begin else []
    if end > begin and any(loose in s for loose in _LOOSE):
        edits += [(m.start(), m.end(), "\n" + _empty_cells(s, m.start(), m.end())) for m in _BLANKS.finditer(s, begin, end) if "\n" in m[0]]
    if begin <= end < len(s):
        edits.append((end, len(s), ""))
    return text.edit(edits)


def _empty_cells(s: str, start: int, end: int) -> str:
    """The tabs at the end of the blanks ``s[start:end]`` that stand for empty cells of a row: there are tabs in the line above, too."""
    if s[end - 1] != "\t" or "\t" not in s[s.rfind("\n", 0, start) + 1 : start]:
        return ""
    tabs = s[start:end].rpartition("\n")[2]
    return tabs if not tabs.strip("\t") else ""


_SPACED = re.compile(rf"[{CHINESE}](?=[ \u3000](?! )|$)")
_SPACE = re.compile(rf"(?<=[{CHINESE}0-9%])[ \u3000](?=[{CHINESE}])|(?<=[{CHINESE}])[ \u3000](?=\S)")
SPACED_LINE, SPACED_SHARE = 8, 0.5
"""A line of so many Chinese characters that each have a blank behind them is set apart by recognition; where so many lines are, the text is."""


def close_spaced(text: MappedText) -> MappedText:
    """No text has a blank between all its characters: 禾 阳 县 渔 港 规 划."""
    s = text.text
    lines = s.split("\n")
    spaced = sum(line.count(" ") >= SPACED_LINE - 2 and _chinese(line) >= SPACED_LINE and _is_apart(line) for line in lines)
    if not spaced or spaced < SPACED_SHARE * sum(_chinese(line) >= SPACED_LINE for line in lines):
        return text
    apart = ((start, end) for start, end in text.lines() if _is_apart(s[start:end]))
    return text.edit([(m.start(), m.end(), "") for start, end in apart for m in _SPACE.finditer(s, start, end)])


def _is_apart(line: str) -> bool:
    """Whether a line of text has a blank behind each of its Chinese characters."""
    count = _chinese(line)
    return count > 1 and line[0] != TABLE_START and "|" not in line and len(_SPACED.findall(line)) >= count - 1


def _chinese(line: str) -> int:
    return sum(map(len, _HAN.findall(line)))


# Blanks that part the cells of a table's row: 序号 项目名称 …, 1 滨河大道改造 改造道路8.5公里。…, 2021-2025 3600.
_CELLS = re.compile(
    rf"(?:^|[ \t])序 ?号[ \t]+\S{{2,20}}[ \t]"
    rf"|^[0-9]{{1,3}}[ \t]+[{CHINESE}（）、“”A-Za-z0-9]{{4,40}}[ \t]+\S"
    r"|[0-9%）][ \t]+[<>≥≤0-9〔]"
)
# A line below the caption of a box: 码头改造 改造码头5处，更换缆桩120个。
_NAMED = re.compile(r"[^\s，。；：:|]{2,16}[ \t]+[^\s|]*[，。；][^\s|]*")
# A blank beside a Chinese character: 到 2025 年 (PDF and word processors set numbers apart).
_INNER_BLANK = re.compile(rf"[ \t](?:(?<=[{CHINESE}].)[ \t]*(?=\S)|(?<=\S.)[ \t]*(?=[{CHINESE}]))")


def close_gaps(text: MappedText) -> MappedText:
    """No sentence has a blank beside a Chinese character; lines without ， or 。 keep theirs, which may part cells."""
    edits: list[Edit] = []
    s = text.text
    blank, row_end, box_end = s.find(" "), -2, -2
    while blank >= 0:
        start = s.rfind("\n", 0, blank) + 1
        end = s.find("\n", blank)
        end = len(s) if end < 0 else end
        line, blank = s[start:end], s.find(" ", end)
        below_row = start == row_end + 1 or (PARTS_WORDS.search(line) is not None and (_is_category(s, row_end + 1, start - 1) or _are_bodies(s, row_end + 1, start - 1)))
        if names_columns(line):
            row_end = end  # its rows need no number
        if _NAMED.fullmatch(line) and (start == box_end + 1 or box_caption(s[s.rfind("\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)])):
            box_end = end  # a name and a text beside each other
            continue
        if line[0] == TABLE_START or not ("，" in line or "。" in line) or "|" in line.rstrip(" |") or "\t" in line:
            continue
        if _CELLS.search(line) or below_row or len(WIDE.findall(line)) > 1:
            row_end = end  # below a row of cells, those of the next one may have lost its number
            continue
        kept = _title_blanks(line)
        edits += [(start + m.start(), start + m.end(), "") for m in _INNER_BLANK.finditer(line) if m.start() not in kept]
    return text.edit(edits)


def _is_category(s: str, start: int, end: int) -> bool:
    """Whether one line, a category by its number, stands between two rows: 二、基础设施."""
    if not 0 < start < end <= start + LONGEST_CATEGORY or s.find("\n", start, end) >= 0 or "。" in s[start:end]:
        return False
    marker = find_marker(s[start:end])
    return marker is not None and marker.rank < Rank.DECIMAL


def _are_bodies(s: str, start: int, end: int) -> bool:
    """Whether the lines between two rows go on with a cell of those who are responsible."""
    return 0 < start < end <= start + LONGEST_CELL and all(lists_bodies(line.rstrip("。")) for line in s[start:end].split("\n"))


LONGEST_CATEGORY = 30
LONGEST_TITLE = 60
# Where a number may stand inside a line: behind a sentence, or a title before 第一节, （一） or 1.1.
_TITLE_BEHIND = re.compile(
    rf"[。！？；第（(1-9](?:(?<=[。！？；])(?P<behind>[ \t]?(?=\S))|(?<=第)(?=[{NUMERALS}0-9]{{1,4}}[篇编章节])|(?<=[（(])(?=[{NUMERALS}]{{1,3}}[）)])"
    rf"|(?<=[{CHINESE}”][1-9])(?=[0-9]?\.[1-9]))"
)
_IN_SENTENCE = re.compile("[，。；：、]")
_WORD = re.compile(f"[{CHINESE}]{{2}}")


def _title_blanks(line: str) -> set[int]:
    """The blanks behind a number, and behind a title that nothing else parts from its text: 一、工作目标 到2024年…, also inside the line."""
    kept: set[int] = set()
    for begin in (0, *(match.start() if match["behind"] is None else match.end() for match in _TITLE_BEHIND.finditer(line))):
        marker = find_marker(line, begin)
        if marker is None:
            continue
        kept.update(range(marker.start, marker.end))
        blank = line.find(" ", marker.end, marker.end + LONGEST_TITLE)
        if blank >= marker.end + 2 and not _IN_SENTENCE.search(line, marker.end, blank) and _WORD.match(line, blank - 2):
            kept.add(blank)
    return kept


def clean(source: SourceDocument, thresholds: Thresholds = USUAL) -> CleanDocument:
    """The normalised text of a document, one paragraph per line, with its metadata taken out."""
    text, steps, notes = source.body, [], list(source.notes)

    def took(step: str, new: MappedText) -> MappedText:
        if new.text != text.text:
            steps.append(step)
        return new

    new, found = undo_mojibake(text)
    text = took("undo_mojibake", new)
    notes += found
    new, found = repair_garble(text, thresholds=thresholds)
    text = took("repair_garble", new)
    notes += found
    text = took("strip_lost_blanks", strip_lost_blanks(text))
    text = took("break_at_tags", break_at_tags(text))
    text = took("strip_invisible", strip_invisible(text))
    text = took("strip_readings", strip_readings(text))
    text = took("strip_emphasis", strip_emphasis(text))
    new, script = simplify(text, thresholds)
    text = took("simplify", new)
    text = took("fold_widths", fold_widths(text))
    new, found = restore_ones(text)
    text = took("restore_ones", new)
    notes += found
    for step in (close_spaced, fold_quotes, join_numbered_pieces, join_chapter_numbers, part_signatures, split_long_lines):
        text = took(step.__name__, step(text))
    new, found = drop_furniture(text)
    text = took("drop_furniture", new)
    notes += found
    new, metadata = read_metadata(text)
    text = took("read_metadata", new)
    for step in (drop_page_numbers, join_broken_lines, part_titles, close_blanks, close_gaps):
        text = took(step.__name__, step(text))
    return CleanDocument(
        source=source,
        text=text,
        metadata={"script": script, **metadata, **source.metadata},
        hints=_carry_hints(source, text),
        steps=tuple(steps),
        notes=_unique(notes),
    )


def _carry_hints(source: SourceDocument, text: MappedText) -> dict[int, LineHint]:
    """The loader's line hints, by the start of the clean line that the hinted line became."""
    if not source.hints:
        return {}
    lines = text.lines()
    starts = [text.source_of(a) for a, b in lines if b > a]
    clean_starts = [a for a, b in lines if b > a]
    carried: dict[int, LineHint] = {}
    for offset, hint in source.hints.items():
        place = source.body.source_of(min(offset, max(0, len(source.body) - 1)))
        n = bisect_right(starts, place)
        for m in (n - 1, n):  # leading blanks put the clean line's start after the hint
            if (0 <= m < len(starts) and 0 <= starts[m] - place <= 40) or (m == n - 1 >= 0 and starts[m] == place):
                carried[clean_starts[m]] = hint
                break
    return carried


def _unique(notes: list[Note]) -> tuple[Note, ...]:
    return tuple(dict.fromkeys(notes))
