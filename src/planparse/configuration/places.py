"""On which line of a TOML file each setting stands. ``tomllib`` has checked the text before; it does not tell lines."""

from __future__ import annotations

import re
from collections.abc import Callable

Place = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t]|\r?\n|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_PART = re.compile(r"""[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*""")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\n#]*")


def places(text: str) -> dict[Place, int]:
    """The line, from 1, of every key and of every item of an array, by their path."""
    return _Reader(text).read()


class _Reader:
    """One pass over a text that is known to be right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Place, int] = {}
        self.counts: dict[Place, int] = {}

    def read(self) -> dict[Place, int]:
        table: Place = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)
        return self.found

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _note(self, place: Place) -> None:
        self.found.setdefault(place, self.text.count("\n", 0, self.at) + 1)

    def _key(self) -> list[str]:
        """A dotted key; the reader stands behind it."""
        parts = []
        while found := _PART.match(self.text, self.at):
            parts.append(found[1] or found[2] or found[3] or "")
            self.at = found.end()
            if self.text[self.at : self.at + 1] != ".":
                break
            self.at += 1
        return parts

    def _header(self) -> Place:
        several = self.text.startswith("[[", self.at)
        begun = self.at
        self.at += 2 if several else 1
        parts = self._key()
        self.at = self.text.find("]", self.at) + (2 if several else 1)
        ended, self.at = self.at, begun
        place: Place = ()
        for number, part in enumerate(parts, 1):
            place = (*place, part)
            self._note(place)
            if place in self.counts and not (several and number == len(parts)):
                place = (*place, self.counts[place] - 1)
        if several:
            self.counts[place] = self.counts.get(place, 0) + 1
            place = (*place, self.counts[place] - 1)
            self._note(place)
        self.at = ended
        return place

    def _pair(self, table: Place) -> None:
        begun = self.at
        parts = self._key()
        if not parts:  # cannot be in a text that is right
            self.at = len(self.text)
            return
        ended, self.at = self.at, begun
        place = table
        for part in parts:
            place = (*place, part)
            self._note(place)
        self.at = self.text.find("=", ended) + 1
        self._value(place)

    def _value(self, place: Place) -> None:
        self._skip(_SPACE)
        sign = self.text[self.at : self.at + 1]
        if sign == "[":
            self._items("]", lambda number: self._item((*place, number)))
        elif sign == "{":
            self._items("}", lambda number: self._pair(place))
        else:
            self._skip(_STRING if sign in "\"'" else _SCALAR)

    def _item(self, place: Place) -> None:
        self._note(place)
        self._value(place)

    def _items(self, end: str, read: Callable[[int], None]) -> None:
        self.at += 1
        number = 0
        self._skip(_BLANK)
        while self.at < len(self.text) and self.text[self.at] != end:
            read(number)
            number += 1
            self._skip(_BLANK)
            if self.text[self.at : self.at + 1] == ",":
                self.at += 1
                self._skip(_BLANK)
        self.at += 1
