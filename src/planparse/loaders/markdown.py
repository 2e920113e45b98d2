"""Markdown → body: what marks headings, emphasis, links and tables is taken out, and its meaning kept as structure."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, pairwise

from planparse.model.source import (
    CELL_BREAK,
    CELL_END,
    ROW_END,
    STRUCTURE_MARKS,
    TABLE_END,
    TABLE_START,
    CellShape,
    LineHint,
    SourceDocument,
    TableShape,
)
from planparse.model.text import Edit, MappedText

# A heading line, such as "## 三、主要任务" or "##三、主要任务"; a "#" before anything else is a number sign.
_HEADING = re.compile(r"^[ ]{0,3}(?P<marks>#{1,6})(?:[ \t]+(?=\S)|(?=[\u3400-\u9fff（“《*]))", re.M)
# The line under a table's header, such as "| --- | :---: |".
_RULE = re.compile(r"^[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.M)
# Emphasis, such as "**重点任务**"; a single character between stars is a placeholder (**市).
_STRONG = re.compile(r"(?<![\\*])(?P<mark>\*\*\*?|__)(?=\S)(?P<text>[^*_\n]{2,300}?)(?<=\S)(?P=mark)(?!\*)")
_HEAVY = re.compile(r"[ ]{0,3}(?P<mark>\*\*\*?|__)(?=\S)[^*_|\n]{2,80}(?<=\S)(?P=mark)[ \t]*")
"""A line that is all emphasis."""
# Links, such as "[附件](a.pdf)" or "![图](b.png)"; of a link its words are kept, of a picture nothing.
_LINK = re.compile(rf"(?P<image>!?)\[(?P<text>[^\[\]\n{STRUCTURE_MARKS}]{{0,300}})\]\([^()\n{STRUCTURE_MARKS}]{{0,2000}}\)")
# A mark that a backslash makes ordinary, such as "1\."; "\|" is read with its table.
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[\]^_`{}~])")
_CODE = re.compile(r"(?<!`)`(?P<text>[^`\n]{1,300})`(?!`)")
_MARKED = ((("**", "__"), _STRONG), (("](",), _LINK), (("`",), _CODE))
"""What marks a ``text``, and signs without which there is none."""
_TAG = re.compile(rf"</?(?:u|b|i|em|strong|span|font|sub|sup|div|p|center|mark|a)(?:[ \t][^<>\n{STRUCTURE_MARKS}]{{0,300}})?>", re.I)
_BREAK = re.compile(r"<br[ \t]*/?>", re.I)
# What stands before a line's own words: quotation marks and bullets; "- " of a list, never "--" or "——".
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?=\S)")
_RULER = re.compile(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:=[ \t]*){3,})$")
# A heading of the older way: its words, and a line of = or - under them.
_UNDERLINED = re.compile(r"^(?P<words>[^\s|#>=-][^\n|。；]{0,60})\n(?P<rule>={4,}|-{4,})[ \t]*$", re.M)
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)[\w-]*[ \t]*$")
_IN_CELL = re.compile(r"\\\||<br\s*/?>", re.I)
_CELL_BAR = re.compile(r"(?<!\\)\|")


def is_markdown(text: str) -> bool:
    """Whether marks of Markdown stand in the text: a heading, a table's rule or tags, or emphasis three times."""
    if "#" in text and _HEADING.search(text):
        return True
    if "--" in text and "|" in text and any("|" in rule[0] for rule in _RULE.finditer(text)):
        return True
    if "</table>" in text and "</td>" in text:
        return True
    if sum(1 for _ in islice(_UNDERLINED.finditer(text), 2)) == 2:
        return True
    return "**" in text and sum(1 for _ in _STRONG.finditer(text)) >= 3


def read_markdown(source: SourceDocument) -> SourceDocument:
    """The same document with its marks read: headings become hints, tables with a rule become table lines."""
    body, shapes = source.body, list[TableShape]()
    if "</table>" in body.text:
        from planparse.loaders.markdown_html import read_html_tables

        body, shapes = read_html_tables(body)
    heavy = {n for n, line in enumerate(body.text.split("\n")) if _HEAVY.fullmatch(line)} if "**" in body.text or "__" in body.text else set()
    body = _inline(body)
    reader = _Blocks(body, shapes, heavy)
    reader.read()
    return replace(
        source,
        media_type="text/markdown",
        body=body.edit(reader.edits),
        tables=tuple(reader.tables),
        hints=reader.hints,
    )


def _inline(body: MappedText) -> MappedText:
    """Take out emphasis, links, escapes and inline tags; line breaks stay where they are."""
    for signs, pattern in _MARKED:
        if any(sign in body.text for sign in signs):
            body = body.edit([edit for match in pattern.finditer(body.text) for edit in _without_marks(match)])
    if "\\" in body.text:
        body = body.sub(_ESCAPE, "")
    if "<" in body.text:
        body = body.sub(_TAG, "")
    return body


def _without_marks(match: re.Match[str]) -> list[Edit]:
    """The edits that leave the text of what is marked, and nothing of a picture."""
    if match.groupdict().get("image"):
        return [(match.start(), match.end(), "")]
    return [(match.start(), match.start("text"), ""), (match.end("text"), match.end(), "")]


class _Blocks:
    """One pass over the lines: the edits, and what they say, in offsets of the text as it will be."""

    def __init__(self, body: MappedText, shapes: list[TableShape], heavy: set[int]) -> None:
        self.text = text = body.text
        self.lines = body.lines()
        self.heavy = heavy
        """Numbers of the lines that are all in heavy type."""
        self.shapes = shapes[::-1]
        """Shapes of the table lines that stand in the text already, the last one first."""
        self.edits: list[Edit] = []
        self.tables: list[TableShape] = []
        self.hints: dict[int, LineHint] = {}
        self.shift = 0
        self.underlined = {m.start(): 1 if m["rule"][0] == "=" else 2 for m in _UNDERLINED.finditer(text)}
        self.fences = 0

    def replace(self, start: int, end: int, new: str) -> None:
        """Note an edit; ``shift`` is what all edits so far add to the length."""
        if self.text[start:end] != new:
            self.edits.append((start, end, new))
            self.shift += len(new) - (end - start)

    def read(self) -> None:
        lines = self.lines
        at = 0
        while at < len(lines):
            rows = self._table_rows(lines, at)
            if self.text.startswith(TABLE_START, lines[at][0]):
                self.tables.append(self.shapes.pop())
                at += 1
            elif rows:
                self._table(lines, at, rows)
                at += rows
            else:
                if at in self.heavy:
                    self.hints[lines[at][0] + self.shift] = LineHint(heavy=0)
                self._line(*lines[at])
                at += 1

    def _line(self, start: int, end: int) -> None:
        """Strip one line's marks."""
        line = self.text[start:end]
        if start in self.underlined:
            self.hints[start + self.shift] = LineHint(heading_level=self.underlined[start])
        if self.fences % 2 and not _FENCE.match(line):
            self.hints[start + self.shift] = LineHint(frame=-self.fences)  # what a fence encloses is shown, not said
            return
        if not line or not (line[0] in " \t#>+*-_=`~" or "<" in line):
            return
        if _RULER.match(line) or _FENCE.match(line):
            self.fences += _RULER.match(line) is None
            self.replace(start, end, "")
            return
        heading = _HEADING.match(line)
        if heading:
            self.hints[start + self.shift] = LineHint(heading_level=len(heading["marks"]))
            self.replace(start, start + heading.end(), "")
            words = line.rstrip(" \t#").rstrip(" \t")
            if line[len(words) : len(words) + 1] in (" ", "\t") and len(words) > heading.end():
                self.replace(start + len(words), end, "")  # "## 二、任务 ##"
            return
        mark = _QUOTE.match(line)
        place = mark.end() if mark else 0
        bullet = _BULLET.match(line, place)
        place = bullet.end() if bullet else place
        if place:
            self.replace(start, start + place, "")
        for match in _BREAK.finditer(line, place):
            self.replace(start + match.start(), start + match.end(), "\n")

    def _table_rows(self, lines: list[tuple[int, int]], at: int) -> int:
        """How many lines from ``at`` on are a table, its rule included; 0 where none begins."""
        if at + 1 >= len(lines):
            return 0
        header, rule = self.text[slice(*lines[at])], self.text[slice(*lines[at + 1])]
        if "|" not in rule or "|" not in header or not header.strip("| \t") or not _RULE.fullmatch(rule):
            return 0
        count = 2
        while at + count < len(lines) and self._is_row(*lines[at + count]):
            count += 1
        return count

    def _is_row(self, start: int, end: int) -> bool:
        """Whether a line has cells between bars; a table line of HTML may have bars in its cells."""
        return "|" in self.text[start:end] and not self.text.startswith(TABLE_START, start)

    def _table(self, lines: list[tuple[int, int]], at: int, count: int) -> None:
        """Turn the lines of a table into one table line."""
        shape: list[tuple[CellShape, ...]] = []
        for row in range(count):
            start, end = lines[at + row]
            line_end = end if row == count - 1 else end + 1
            if row == 1:
                self.replace(start, line_end, TABLE_END if count == 2 else "")
                continue
            cells = self._row(start, end, first=row == 0)
            self.replace(end, line_end, ROW_END + (TABLE_END if row == count - 1 else ""))
            shape.append(tuple(CellShape(header=row == 0) for _ in range(cells)))
        self.tables.append(TableShape(tuple(shape)))

    def _row(self, start: int, end: int, *, first: bool) -> int:
        """Mark the cells of one row; returns how many there are."""
        line = self.text[start:end]
        bars = [match.start() for match in _CELL_BAR.finditer(line)]
        edges = [-1, *bars, len(line)]
        spans = [(left + 1, right) for left, right in pairwise(edges)]
        if not line[slice(*spans[0])].strip():
            spans.pop(0)
        if spans and bars and not line[bars[-1] + 1 :].strip():
            spans.pop()
        place = 0
        for number, (left, right) in enumerate(spans):
            raw = line[left:right]
            inner = left + len(raw) - len(raw.lstrip())
            outer = max(inner, left + len(raw.rstrip()))
            self.replace(start + place, start + inner, TABLE_START if first and number == 0 else "")
            for match in _IN_CELL.finditer(line, inner, outer):
                self.replace(start + match.start(), start + match.end(), "|" if match[0] == "\\|" else CELL_BREAK)
            self.replace(start + outer, start + right, CELL_END)
            place = right
        self.replace(start + place, end, "")
        return len(spans)
