"""Windows code page 936 as a table of our own: Python's ``gbk`` leaves out what Windows puts into the private-use area, and
``gb18030`` puts some of it elsewhere; text that was decoded out of step is full of such pairs."""

from __future__ import annotations

from functools import cache

TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
LEADS = range(0x81, 0xFF)
EURO = "\u20ac"
"""What the single byte 80 shows as."""

# Pairs without a character of their own, in the order in which they fill U+E766–U+E864.
_GAPS = (
    "A2AB-B0 A2E3-E4 A2EF-F0 A2FD-FE A4F4-FE A5F7-FE A6B9-C0 A6D9-DF A6EC-ED A6F3-F3 A6F6-FE A7C2-D0 A7F2-FE A896-A0 "
    "A8BC-BC A8BF-BF A8C1-C4 A8EA-FE A958-58 A95B-5B A95D-5F A989-95 A997-A0 A9A1-A3 A9F0-FE D7FA-FE FE50-A0"
)


def _private_pairs() -> list[int]:
    """The pairs that show as U+E000 and onward, in order."""
    pairs = [lead << 8 | trail for lead in range(0xAA, 0xB0) for trail in range(0xA1, 0xFF)]
    pairs += [lead << 8 | trail for lead in range(0xF8, 0xFF) for trail in range(0xA1, 0xFF)]
    pairs += [lead << 8 | trail for lead in range(0xA1, 0xA8) for trail in range(0x40, 0xA1) if trail != 0x7F]
    for gap in _GAPS.split():
        lead, first, last = int(gap[:2], 16), int(gap[2:4], 16), int(gap[5:], 16)
        pairs += [lead << 8 | trail for trail in range(first, last + 1) if trail != 0x7F]
    return pairs


@cache
def characters() -> dict[int, str]:
    """Every two-byte code as the character that Windows shows for it."""
    table = {}
    for lead in LEADS:
        for trail in TRAILS:
            try:
                table[lead << 8 | trail] = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
    table.update((pair, chr(0xE000 + i)) for i, pair in enumerate(_private_pairs()))
    return table


@cache
def codes() -> dict[str, int]:
    """Every character as its two-byte code."""
    return {char: pair for pair, char in characters().items()}


def code_of(char: str) -> int | None:
    """The two-byte code of a character; other private-use assignments (gb18030's) are understood. None where there is none."""
    found = codes().get(char)
    if found is not None:
        return found
    encoded = char.encode("gb18030", "replace")
    return encoded[0] << 8 | encoded[1] if len(encoded) == 2 else None


def is_private(char: str) -> bool:
    """Whether Windows has no character for the pair that shows as this one."""
    return "\ue000" <= char <= "\ue864"
