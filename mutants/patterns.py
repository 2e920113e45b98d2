"""Changes to regular expressions: an alternative less."""

from __future__ import annotations

from collections.abc import Iterator


def alternatives(source: str, *, formatted: bool) -> Iterator[tuple[int, int, str]]:
    """What may be cut from the source of a string literal: start, end (with one bar) and the alternative that goes with it.

    ``source`` is the literal as it stands in the file, quotes and prefix included; several literals side by side are read as
    one. ``formatted``: it is an f-string, in which ``{…}`` is code and no part of the pattern.
    """
    opening = min(at for at in (source.find('"'), source.find("'")) if at >= 0)
    quote = source[opening]
    begin = opening + (3 if source.startswith(quote * 3, opening) else 1)
    end = len(source.rstrip("\"'"))
    for bars, start, stop in _groups(source, begin, end, formatted):
        edges = [start, *(bar + 1 for bar in bars)], [*bars, stop]
        for n, (a, b) in enumerate(zip(*edges, strict=True)):
            if source[a:b].strip():
                yield (a, b + 1, source[a:b]) if n < len(bars) else (a - 1, b, source[a:b])


def _groups(source: str, at: int, end: int, formatted: bool) -> Iterator[tuple[list[int], int, int]]:
    """Each group with bars: their places, where its first alternative begins and its last one ends."""
    open_groups: list[tuple[int, list[int]]] = [(at, [])]
    while at < end:
        sign = source[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = _class_end(source, at, end)
        elif sign == "{" and formatted:
            at = at + 1 if source[at + 1 : at + 2] == "{" else source.find("}", at, end)
            if at < 0:
                return
        elif sign == "(":
            open_groups.append((_behind_head(source, at), []))
        elif sign == "|":
            open_groups[-1][1].append(at)
        elif sign == ")" and len(open_groups) > 1:
            begin, bars = open_groups.pop()
            if bars:
                yield bars, begin, at
        at += 1
    begin, bars = open_groups[0]
    if bars and len(open_groups) == 1:
        yield bars, begin, end


def _class_end(source: str, at: int, end: int) -> int:
    """Where [...] ends; a bracket right behind its beginning is a member."""
    at += 2 if source[at + 1 : at + 2] == "^" else 1
    if source[at : at + 1] == "]":
        at += 1
    while at < end and source[at] != "]":
        at += 2 if source[at] == "\\" else 1
    return at


def _behind_head(source: str, at: int) -> int:
    """Where the first alternative of a group begins: behind (?:, (?P<name>, (?<= and the like."""
    for head in ("(?:", "(?=", "(?!", "(?<=", "(?<!"):
        if source.startswith(head, at):
            return at + len(head)
    return source.index(">", at) + 1 if source.startswith("(?P<", at) else at + 1
