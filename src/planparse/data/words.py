"""Patterns whose words stand in lists of the vocabularies: ``<making>`` in a pattern is any word of the list so named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any, cast

from planparse.data import alternation, vocabulary

_PLACE = re.compile(r"(?<!\?P)<([a-z_]+)>")
_ALONE = re.compile(r"(?P<before>^|\||\(\?[:=!])<(?P<name>[a-z_]+)>(?=\||\)|$)")
"""A list that is an alternative of its own: it needs no group, and so its words may begin the search."""
_VOCABULARIES = ("phrases", "commitments", "document_words", "cell_words", "genres", "region_words", "shapes", "offices", "section_kinds", "furniture")


class Worded:
    """A pattern that is compiled when it is first used, and forgotten with the vocabularies (``data.use``)."""

    def __init__(self, template: str) -> None:
        self.template = template
        self.cache_clear = self._forget

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(_filled(self.template))

    def __getattr__(self, name: str) -> Any:
        self.__dict__[name] = found = getattr(self.compiled, name)
        return found

    def _forget(self) -> None:
        self.__dict__ = {"template": self.template, "cache_clear": self._forget}


def worded(template: str) -> re.Pattern[str]:
    """The pattern of a template, with the words of each list in the place of its name."""
    return cast("re.Pattern[str]", Worded(template))


def _filled(template: str) -> str:
    template = _ALONE.sub(lambda place: place["before"] + listed(place["name"])[len("(?:") : -1], template)
    return _PLACE.sub(lambda place: listed(place[1]), template)


@cache
def listed(name: str) -> str:
    """A pattern for any word of a list and of those that it is made ``with``, but for where it is part of a word of ``unless``."""
    heads: dict[str, list[str]] = {}
    for word, wholes in sorted(set(_entries(name)), key=lambda entry: (-len(entry[0]), entry)):
        heads.setdefault(word[0], []).append(re.escape(word[1:]) + _guards(word, wholes))
    return "(?:" + "|".join(f"{re.escape(head)}(?:{'|'.join(tails)})" for head, tails in sorted(heads.items())) + ")"


@cache
def members(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(word for word, _ in _entries(name))


@cache
def parts_of(name: str) -> dict[str, list[str]]:
    """What each word of a list stands for."""
    parts: dict[str, list[str]] = next(vocabulary(file)[name] for file in _VOCABULARIES if name in vocabulary(file))["parts"]
    return parts


def _entries(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words of a list, each with those that it may be part of."""
    for row in vocabulary("comparators"):
        if row["comparator"] == name:
            yield from ((word, ()) for word in row["before"] if len(word) > 1)
            return
    entry = next(vocabulary(file)[name] for file in _VOCABULARIES if name in vocabulary(file))
    wholes = tuple(whole for one in entry.get("unless", ()) for whole in (sorted(members(one)) if one.isascii() else (one,)))
    yield from ((word, wholes) for word in entry["words"])
    for other in entry.get("with", ()):
        yield from _entries(other)


def _guards(word: str, wholes: tuple[str, ...]) -> str:
    """What must not stand around a word: 应 is none of its own in 应急, in 响应, and in 不适应性."""
    ahead: list[str] = []
    behind: dict[int, list[str]] = {}
    around = ""
    for whole in wholes:
        at = whole.find(word)
        if at < 0 or whole == word:
            continue
        before, after = whole[:at], whole[at + len(word) :]
        if before and after:
            around += f"(?!(?<={re.escape(before + word)}){re.escape(after)})"
        elif after:
            ahead.append(after)
        else:
            behind.setdefault(len(before), []).append(before)
    forms = (f"(?<!{_any(befores)}{re.escape(word)})" for befores in behind.values())
    return around + (f"(?!{_any(ahead)})" if ahead else "") + "".join(forms)


def _any(words: list[str]) -> str:
    return f"[{''.join(words)}]" if all(len(word) == 1 for word in words) else alternation(words)
