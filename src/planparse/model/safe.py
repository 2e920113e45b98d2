"""Text of documents where it is shown: it may hold anything, also what a terminal or a browser would obey, and be of any length."""

from __future__ import annotations

_SHOWN = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"}
_SHOWN |= {0x7F: 0x2421} | dict.fromkeys([*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD)
"""Control characters to their pictures; C1 controls and characters that turn the writing direction to U+FFFD."""


def safe(text: str) -> str:
    """The text with every character that would act rather than show replaced by one that shows."""
    return text.translate(_SHOWN)


def cut(text: str, most: int) -> str:
    """The text, of at most so many characters: the last of a longer one is …"""
    return text if len(text) <= most else text[: most - 1] + "…"


def one_line(text: str) -> str:
    """The same on one line, blanks made one."""
    return safe(" ".join(text.split()))
