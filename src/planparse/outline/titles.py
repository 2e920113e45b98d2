"""Where the title of a heading may end: at its line's end, at the first 。, at a label's colon, at the bracket of the units, at a blank …"""

from __future__ import annotations

import re
from typing import NamedTuple

from planparse.data.words import worded
from planparse.language.shapes.lines import known_title
from planparse.language.shapes.signs import BLANK, HAN, NUMBER_YEAR

FAR = 400
"""A title's sentence is looked for within so many characters."""
LONG, LONGER = 26, 50
"""Titles longer than these are odd; a run of titles that are as long is not (of 900 gold headings nine in ten are shorter than the first)."""
NAME, SENTENCE = 4, 6
"""A title before a blank, and a sentence of its own behind it up to its 。, have so many characters at least."""

_STOP = re.compile(r"[。！？]")
_LABEL = re.compile(r"(?P<title>[^，。；：:、《》]{2,18})[：:](?=.{6})")
_BLANK = re.compile(rf"(?P<title>[^\s，。；：]{{2,60}})[{BLANK}]+(?=[{HAN}“])")
_UNITS = worded(rf"(?!{NUMBER_YEAR})[（(\[【〔](?=[^（）()]{{0,14}}(?:<heads_of_units>|<due_called>[:：]))|[（(](?=[^（）()。]{{2,160}}负责）)")
_ENCLOSED = re.compile(r"[^【】〖〗\n]{2,60}[】〗]")
_WORD = re.compile(rf"[{HAN}A-Za-z]")
_TRIM = "。；：:;，,、！？】〗 \t\u3000*#_|"


class Title(NamedTuple):
    """A candidate end of a title: ``why`` it may end there, and what is odd about it."""

    end: int
    why: str
    features: tuple[str, ...] = ()
    size: int = 0
    """0 as titles are; 1 longer than most; 2 a sentence."""


def title_ends(text: str, start: int, end: int, following: int) -> list[Title]:
    """Candidates for a title that begins at ``start`` on a line that ends at ``end``, with the next place at ``following``."""
    found: dict[int, Title] = {}
    stop = _STOP.search(text, start + 1, min(end, start + FAR))
    first = stop.start() if stop else min(end, start + FAR // 2)

    def add(at: int, why: str) -> None:
        while at > start and text[at - 1] in _TRIM:
            at -= 1
        if at - start >= 2 and at not in found and _WORD.search(text, start, at):
            found[at] = _title(text, start, at, why, over=at > following)

    if stop or end - start < FAR:
        add(stop.start() if stop else end, "stop" if stop and stop.end() < end else "line")
    labelled = _LABEL.match(text, start, min(end, first + 8))
    apart = _BLANK.match(text, start, first)
    # （一）康复服务：救助600人。 is a label and its text, 第一章 服务现状 已救助600人。 likewise; （一）推进改革：擦亮品牌 is a title
    if stop and (labelled is not None or (apart is not None and len(apart["title"]) >= NAME and first - apart.end() >= SENTENCE)):
        found = {at: t._replace(features=(*t.features, "label_inside")) for at, t in found.items()}
    if labelled is not None:
        add(labelled.end("title"), "label")
    if (enclosed := _ENCLOSED.match(text, start, min(end, start + FAR))) is not None:
        add(enclosed.end() - 1, "enclosed")
    if match := _UNITS.search(text, start + 2, first):
        add(match.start(), "units")
    if apart is not None and not apart.end() < following <= first:  # 第二篇 做强工业 做优农业第三章 …: no text stands behind the blank
        add(apart.end("title"), "blank")
    if following < min(end, first + 1):
        add(following, "next")
    if (known := known_title(text, start, first)) is not None:
        add(known.end, "known")
    return _beside_glued(found, known.end) if stop and known and known.glued else list(found.values())


def _beside_glued(found: dict[int, Title], end: int) -> list[Title]:
    """The ends beside that of a whole title to which a sentence is glued (指导思想坚持以人为本。): those behind it hold the sentence, too."""
    return [t if at <= end else t._replace(why="stop", features=(*t.features, "label_inside")) for at, t in found.items()]


def _title(text: str, start: int, end: int, why: str, *, over: bool) -> Title:
    title = text[start:end]
    odd = ["comma"] if "，" in title else []
    if "；" in title:
        odd.append("semicolon")
    if over:
        odd.append("over_next")
    if _STOP.search(text, start, end - 1):
        odd.append("sentence_inside")
    if any(title.count(a) != title.count(b) for a, b in ("（）", "“”", "《》")):
        odd.append("unbalanced")
    return Title(end, why, tuple(odd), (end - start > LONG) + (end - start > LONGER))


def contents_title(end: int) -> Title:
    """The end that the table of contents tells."""
    return Title(end, "contents")
