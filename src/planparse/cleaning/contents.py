"""The table of contents: taken out of the body, its entries kept as a witness for the outline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from planparse.language.markers import find_marker
from planparse.model.source import TABLE_START
from planparse.model.text import MappedText

_HEAD = re.compile(r"^[\s#*【\[]*(?:目\s*[录次]|CONTENTS|Contents)[\s\]】*：:]*(?P<rest>.*)$")
# Leaders and a page number, which is not always there; of ellipses (……) even one leads to a page number.
_LEADER = re.compile(
    r"(?:(?<![.·•…．⋯_\-—])(?<![.·•…．⋯_\-—]\s)(?:[.·•…．⋯_\-—]\s?){3,}+|[…⋯]{1,2}(?=\s{0,40}[(（]?\s?\d{1,3}\s?[)）]?\s{0,40}$))"
    r"\s{0,40}[(（]?\s?(?:\d{1,3}|[IVXivx]{1,5})?\s?[)）]?\s{0,40}$"
)
_LEADING = re.compile(r"[.·•…．⋯_\-—]")
"""What leaders begin with."""
_PAGE = re.compile(r"(?<=[\u4e00-\u9fff”）)》\s])\s{0,40}[(（]?\s?\d{1,3}\s?[)）]?\s{0,40}$")
_STRIP = re.compile(r"[\W_]")
_STRIP_IN_LINES = re.compile(r"[^\w\n]")
_ENTRY_ENDS = ".·•…．⋯_-—)）IVXivx"
MIN_LEADERS = 4
"""So many lines with leaders and page numbers in a row are a table of contents without its heading."""
MAX_ENTRY = 60
"""Titles in a table of contents are shorter; leaders are not counted."""
MAX_LINE = 400
MAX_ENTRIES = 600


def _fold(line: str) -> str:
    return _STRIP.sub("", line)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line as an entry of a table of contents: without leaders and page number, and whether it has them."""

    title: str
    folded: str
    numbered: bool


def _leaders(line: str) -> re.Match[str] | None:
    sign = _LEADING.search(line)
    return _LEADER.search(line, sign.start()) if sign else None


def _read(line: str) -> _Entry:
    bare = line.strip()
    cut = _leaders(bare) or (_PAGE.search(bare) if bare[-1:].isdigit() or bare[-1:] in (")", "）") else None)
    title = (bare[: cut.start()] if cut else bare).strip(" .…·")
    return _Entry(title, _fold(title), cut is not None)


def entry_title(line: str) -> str:
    """An entry of a table of contents without leaders and page number."""
    return _read(line).title


def take_contents(text: MappedText) -> tuple[MappedText, tuple[str, ...]]:
    """No table of contents is left in the body; its entries, in order."""
    if "目" not in text.text and "…" not in text.text and "..." not in text.text:
        return text, ()
    spans = [(a, b, line) for a, b in text.lines() if (line := text.text[a:b].strip())]
    lines = [line for _, _, line in spans]
    found = _find(lines)
    if found is None:
        return text, ()
    first, last = found
    entries = tuple(t for t in map(entry_title, lines[first:last]) if t and not _HEAD.match(t))
    return text.edit([(spans[first][0], spans[last - 1][1], "")]), entries


def _find(lines: list[str]) -> tuple[int, int] | None:
    """Line span of the table of contents, its heading included."""
    for n, line in enumerate(lines[: len(lines) * 2 // 3 + 40]):
        if len(line) <= MAX_LINE and line[0] in "目 #*【[CＣ" and (head := _HEAD.match(line)):
            if head["rest"] and not (_leaders(head["rest"]) or find_marker(head["rest"])):
                continue
            end = _end(lines, n + 1)
            if end > n + 2:
                return n, end
    run = 0
    for n, line in enumerate(lines):
        run = run + 1 if len(line) <= MAX_LINE and not line.startswith(TABLE_START) and _leaders(line) else 0
        if run == MIN_LEADERS:
            start = n - run + 1
            return start, _end(lines, start)
    return None


def _end(lines: list[str], start: int) -> int:
    """The first line after the entries that begin at ``start``.

    Entries end where the first entry's heading stands again, or with the last line that looks like an entry.
    """
    counts = Counter(_folded_titles(lines[start:]))
    first = _read(lines[start]).folded if start < len(lines) else ""
    last = start
    misses = 0
    for n in range(start, min(len(lines), start + MAX_ENTRIES)):
        if len(lines[n]) > MAX_LINE or lines[n].startswith(TABLE_START):
            break
        entry = _read(lines[n])
        short = len(entry.title) <= MAX_ENTRY
        if n > start and entry.folded == first and not entry.numbered:
            return n
        if short and (entry.numbered or counts[entry.folded] > 1 or n == start):
            last, misses = n + 1, 0
        else:
            misses += 1
            if misses > 2 or not short:
                break
    return last


def _folded_titles(lines: list[str]) -> Iterator[str]:
    """The folded titles that lines would have as entries; only lines that end as entries do need to be read for it."""
    short = [line for line in lines if len(line) <= MAX_LINE]
    if not short:
        return
    folded = _STRIP_IN_LINES.sub("", "\n".join(short).replace("_", "")).split("\n")
    for line, plain in zip(short, folded, strict=True):
        yield _read(line).folded if line[-1].isdigit() or line[-1] in _ENTRY_ENDS else plain
