"""Signs that typesetting systems put beyond Unicode's shared planes, and GBK codes taken for Unicode, where the text around proves them."""

from __future__ import annotations

import re

HAN_TO_CODE = 3
"""GBK codes (which Unicode gives to the Yi script) are taken for marks where the page has so many times as many Chinese characters."""
_FIGURE = "[0-9０-９]"
# 92 + U+1001B0 + 5: the decimal point of a system that gazettes and newspapers are set with
_POINT = re.compile(rf"(?<={_FIGURE})\U001001b0(?=\s{{0,2}}{_FIGURE})")
# 第一章 + a row of one sign + 3: the leader dots of a table of contents
_LEADERS = re.compile("([\U000f0000-\U0010ffff])\\1{3,}")
_CODE = re.compile("[\ua1a1-\ua1fe\ua3a1-\ua3fe]")
_HAN = re.compile("[\u3400-\u9fff]")
_BEYOND = re.compile("[\ua1a1-\ua3fe\U000f0000-\U0010ffff]")


def with_known_signs(text: str) -> str:
    """``text`` with every sign that its place proves exchanged for what the page shows; its length is kept."""
    if not _BEYOND.search(text):
        return text
    text = _POINT.sub(".", text)
    text = _LEADERS.sub(lambda match: "…" * len(match[0]), text)
    codes = len(_CODE.findall(text))
    if codes and len(_HAN.findall(text)) >= HAN_TO_CODE * codes:
        text = _CODE.sub(_mark, text)
    return text


def _mark(match: re.Match[str]) -> str:
    """U+A3AC is the GBK code of ，; that of a point between figures is one, elsewhere it ends a sentence."""
    if match[0] != "\ua3ae":
        return ord(match[0]).to_bytes(2).decode("gb2312", "replace")
    around = match.string[match.start() - 1 : match.end() + 1] if match.start() else ""
    return "." if len(around) == 3 and re.fullmatch(f"{_FIGURE}.{_FIGURE}", around) else "。"


def whole_characters(units: list[int]) -> tuple[str, list[int]]:
    """Text of UTF-16 code units, and for each of its characters the place of its first unit. A lone half is U+FFFD."""
    characters: list[str] = []
    places: list[int] = []
    index = 0
    while index < len(units):
        unit = units[index]
        low = units[index + 1] if index + 1 < len(units) else 0
        paired = 0xD800 <= unit < 0xDC00 and 0xDC00 <= low < 0xE000
        code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00) if paired else unit
        characters.append(chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd")
        places.append(index)
        index += 2 if paired else 1
    return "".join(characters), places
