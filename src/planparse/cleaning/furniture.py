"""Web furniture: lines that a page or a document library puts around a text. After this no line matches ``data/furniture.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from planparse.data import vocabulary
from planparse.data.words import worded
from planparse.language.offices import opens_with_role
from planparse.model.findings import Code, Note
from planparse.model.source import TABLE_START
from planparse.model.text import Edit, MappedText

MAX_LINE = 400
"""Furniture lines are short; the longest seen is a share link of 300 characters."""
MAX_FOOTER = 140
"""A footer line of this length at most is dropped between paragraphs, too."""
TAIL_LINES = 40
"""A footer line this near the end cuts what follows it."""
_BLANKS = re.compile(r"[\s\u3000]+")
_TAG = re.compile(r"<(?!/?t[drh]\b)/?[a-zA-Z][^<>]{0,300}>")
_HIJACK = worded(r"<(?i:form|address|ins|nobr|meter|script|iframe|font|var|dfn|kbd)\b|<spam>")
# What may stand under a footer line and still be the document's: a heading, a table, a sentence, the date of a signature.
_BODY_LIKE = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|附件|\x02|20\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日\s*$)|(?<=.{60})。$")
_SIGNS = "—-–―─=_*·~…:："
# What furniture lines hold, or that a line is nothing but signs and figures. Every alternative begins with a character of its own that is rare in
# other text, so that the search runs over it at full speed; and ends with its line, not with the last of many such lines.
_HINTS = worded(rf"<|>|\||│|┃|!|\[|【|\]|\.(?:pdf|doc|ofd|xls|wps|zip|rar)|<hints>|\n[0-9 \t{re.escape(_SIGNS)}][\s\d{re.escape(_SIGNS)}]*?(?=\n|\Z)")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = vocabulary("furniture")["lines"]

    def union(where: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{r['pattern']})" for r in rows if r["where"] == where))

    return union("any"), union("tail")


@cache
def _own() -> re.Pattern[str] | None:
    """Lines that the user has told of; the hints do not know them."""
    rows = [row["pattern"] for row in vocabulary("furniture")["lines"] if row.get("own")]
    return re.compile("|".join(f"(?:{pattern})" for pattern in rows)) if rows else None


def _is_own(line: str) -> bool:
    own = _own()
    return own is not None and own.fullmatch(_BLANKS.sub("", line)) is not None


def drop_furniture(text: MappedText) -> tuple[MappedText, tuple[Note, ...]]:
    """No furniture line is left; hijack markup and spam give a finding."""
    anywhere, tail = _patterns()
    s = text.text
    edits: list[Edit] = []
    notes: list[Note] = []
    cut = _tail_start(s, tail)
    for start, end in _suspects(s, cut):
        line = s[start:end]
        if end - start > MAX_LINE or line[0] == TABLE_START or not line.strip():
            continue
        packed = _BLANKS.sub("", line).strip("|")
        if not packed or anywhere.fullmatch(packed) or (len(packed) <= MAX_FOOTER and tail.fullmatch(packed) and not _of_items(s, packed)):
            edits.append((start, end, ""))
            if _HIJACK.search(line):
                notes.append(Note(Code.INJECTED_TEXT, "spam", *text.span(start, end)))
        elif "<" in line:
            edits += [(start + m.start(), start + m.end(), "") for m in _TAG.finditer(line)]
    edits += [(start, end, "") for start, end in _lines(s, cut, len(s)) if end > start]
    return text.edit(edits), tuple(notes)


_ROLE = re.compile("[^：:]{2,8}[：:]")


def _of_items(s: str, line: str) -> bool:
    """Whether a line says who does an item, as others do (主办单位：… again and again), and not who runs the site."""
    role = _ROLE.match(line)
    return role is not None and s.find(role[0], s.find(role[0]) + 1) > 0 and opens_with_role(line)


def _lines(s: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    while start < stop:
        end = s.find("\n", start, stop)
        end = stop if end < 0 else end
        yield start, end
        start = end + 1


def _suspects(s: str, stop: int) -> Iterator[tuple[int, int]]:
    """The lines that may be furniture: those with a hint, or any line where the user has told of lines of their own."""
    if _own() is not None:
        yield from ((a, b) for a, b in _lines(s, 0, stop) if b > a and (_HINTS.search("\n" + s[a:b]) or _is_own(s[a:b])))
        return
    behind = "\n" + s  # each line behind its break
    end = -1
    while hint := _HINTS.search(behind, end + 1, stop + 1):
        start = behind.rfind("\n", 0, hint.end())
        end = s.find("\n", start, stop)
        end = stop if end < 0 else end
        yield start, end


def _tail_start(s: str, tail: re.Pattern[str]) -> int:
    """Where the first footer line near the end begins, if nothing after it is body; else the end."""
    first = end = len(s)
    seen = 0
    while end >= 0 and seen < TAIL_LINES:
        start = s.rfind("\n", 0, end) + 1
        line = s[start:end]
        if line.strip():
            seen += 1
            if len(line) <= MAX_LINE and tail.fullmatch(packed := _BLANKS.sub("", line)) and not _of_items(s, packed):
                first = start
            elif _BODY_LIKE.search(line):
                break
        end = start - 1
    return first
