"""The text of a table cell: wrapped lines joined, breaks that the author made kept."""

from __future__ import annotations

import re

from planparse.loaders.pdf.paragraphs import marker_of
from planparse.loaders.pdf.shapes import Line, TableCell
from planparse.model.source import CELL_BREAK

PADDING = 11.0
"""Points: the margins within a cell, both together (the word processors' default is 2 x 5.4)."""
ROOM = 0.4
"""Em: a line ended early if the next word and this much more would have fitted."""
WIDE = 12.0
"""Em: in a cell at least this wide, a line that ends well before its edge is a paragraph's end."""
MUCH_ROOM = 3.0
_ENDED = re.compile(r"[。；：;:！？][”』」）)]*$")
_UNIT_END = re.compile(r"[局委办厅部府会院心司团站处科校行区县市镇乡][、，；]?$")
_WORD = re.compile(r"[“‘（《〈【\[(]*(?:[A-Za-z0-9.,%/:+\-–_]+|.)[，。、；：！？）》〉”’】%]*")


def cell_separators(cell: TableCell) -> list[tuple[str, Line]]:
    """The lines of a cell, each with what comes before it: nothing, a blank, or CELL_BREAK."""
    result: list[tuple[str, Line]] = []
    before: Line | None = None
    for part_width, lines in [(cell.width, cell.lines), *cell.continued]:
        left = min((line.left for line in lines), default=0.0)
        inner = max(part_width - PADDING, *(line.right - line.left for line in lines)) if lines else 0.0
        for number, line in enumerate(lines):
            if before is None:
                separator = ""
            elif number == 0:  # after a page break: whether the line above was full cannot be told
                separator = CELL_BREAK if _ENDED.search(before.text) and marker_of(line.text) else ""
            else:
                separator = _between(before, line, inner, left)
            result.append((separator, line))
            before = line
    return result


def _between(above: Line, line: Line, inner: float, left: float) -> str:
    last, first = above.text[-1], line.text[0]
    if min(len(above.text), len(line.text)) == 1 and len(above.text) + len(line.text) <= 3:
        return ""  # upright writing
    room = inner - (above.right - above.left) - _needed(line)
    ended = _ENDED.search(above.text) is not None
    opens = marker_of(line.text) is not None or line.text.startswith(("——", "●", "■", "•", "注：", "注:"))
    early = room > ROOM * above.size
    if opens and (ended or early):
        return CELL_BREAK
    if early and (ended or (_UNIT_END.search(above.text) and _UNIT_END.search(line.text))):
        return CELL_BREAK
    if early and inner > WIDE * above.size and room > MUCH_ROOM * above.size and first not in "（(":
        return CELL_BREAK
    if ended and line.left - left > 1.5 * line.size and above.left - left < line.size:
        return CELL_BREAK  # the first line of a paragraph, indented
    if last.isascii() and last.isalpha() and first.isascii() and first.isalpha():
        return " "
    return ""


def _needed(line: Line) -> float:
    match = _WORD.match(line.text)
    return sum(0.55 if c < "\u2000" else 1.0 for c in match[0]) * line.size if match else line.size
