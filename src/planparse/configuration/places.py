"""On which line of a TOML file each setting stands. ``tomllib`` has checked the text before; it does not tell lines."""

from __future__ import annotations

import re

Place = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t]|\r?\n|#[^\n]*)*")
# A part of a key, and whether another follows: limits.
_PART = re.compile(r"""[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*(\.?)""")
_SCALAR = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[^,\]}\n#]*',
    re.DOTALL,
)


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
        while sign := self._sign():
            if sign == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.found

    def _pass(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _sign(self) -> str:
        """The next sign behind blanks and comments; nothing at the end."""
        self._pass(_BLANK)
        return self.text[self.at : self.at + 1]

    def _note(self, place: Place, at: int) -> None:
        self.found.setdefault(place, self.text.count("\n", 0, at) + 1)

    def _key(self) -> list[str]:
        """A dotted key; the reader stands behind it."""
        parts = []
        while found := _PART.match(self.text, self.at):
            parts.append(found[1] or found[2] or found[3] or "")
            self.at = found.end()
            if not found[4]:
                break
        return parts

    def _header(self) -> Place:
        several = self.text.startswith("[[", self.at)
        begun, self.at = self.at, self.at + 1 + several
        parts = self._key()
        self.at = self.text.find("]", self.at) + 1 + several
        place: Place = ()
        for number, part in enumerate(parts, 1):
            place = (*place, part)
            self._note(place, begun)
            if place in self.counts and not (several and number == len(parts)):
                place = (*place, self.counts[place] - 1)
        if several:
            self.counts[place] = self.counts.get(place, 0) + 1
            place = (*place, self.counts[place] - 1)
            self._note(place, begun)
        return place

    def _pair(self, place: Place) -> None:
        begun = self.at
        for part in self._key():
            place = (*place, part)
            self._note(place, begun)
        self.at = self.text.index("=", self.at) + 1
        self._value(place)

    def _value(self, place: Place) -> None:
        opened = self._sign()
        if opened not in ("[", "{"):
            self._pass(_SCALAR)
            return
        self.at += 1
        number = 0
        while self._sign() not in ("]", "}"):
            if opened == "{":
                self._pair(place)
            else:
                self._note((*place, number), self.at)
                self._value((*place, number))
            number += 1
            if self._sign() == ",":
                self.at += 1
        self.at += 1
