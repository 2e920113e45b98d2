"""Bytes → text: which encoding they are in, and the text itself, whatever stray bytes stand between."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from planparse.model.findings import Code, DocumentError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_NON_ASCII = re.compile(rb"[\x80-\xff]")
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f"

SAMPLE = 1 << 18
"""Bytes that the choice of an encoding looks at, from the first one that is not ASCII."""
BINARY_SHARE = 0.01
"""Share of control characters from which bytes are no text: text has none, compressed data 10%, a .doc 5% or more."""
UTF16_PARITY = 0.95
"""Share of NULs on even (or odd) places by which UTF-16 shows; random binary has 0.5."""
COMMON_ENOUGH = 0.75
"""Mean commonness of a right decoding's characters: sound plans have 0.95 to 1.3, a wrong one 0.1 to 0.55."""

# Characters that every Chinese document is full of, in both scripts; what they cost decides between encodings.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进"
    "着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重"
    "新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品"
    "式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处府市省县办印通知规划"
    "這個們來時發會對動過說產種後學經進部電裡實現體機當點從業還應開與關線數變條沒結題黨圖間設務號縣區劃規辦導強護災急"
    "，。、；：“”（）《》！？〔〕—…·０１２３４５６７８９％　"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and how it was read; ``lost`` counts the U+FFFD that stand for bytes without meaning."""

    text: str
    encoding: str
    lost: int = 0


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of ``data``: by its mark, UTF-16 by its NULs, strict UTF-8, as declared, else the likeliest.

    ``declared`` is a Python codec that the file itself names; it is taken where it decodes without loss.
    Raises DocumentError for bytes that are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    if data.endswith(b"\x00" * 16):  # a download that was never filled to its end
        data = data.rstrip(b"\x00")
        if b"\x00" in data and len(data) % 2:
            data += b"\x00"  # the other half of the last character of UTF-16
    if b"\x00" in data:
        utf16 = _utf16_by_nuls(data)
        if utf16:
            return _lenient(data, utf16)
    _refuse_binary(data)
    for attempt in ("utf-8", declared):
        if attempt:
            try:
                return Decoded(data.decode(attempt), attempt)
            except (UnicodeDecodeError, LookupError):
                continue
    return _lenient(data, _likeliest(data, declared))


def _lenient(data: bytes, encoding: str) -> Decoded:
    """Decode with U+FFFD for what has no meaning; lone surrogates count as that."""
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        return Decoded(text, encoding, text.count("�"))


def _utf16_by_nuls(data: bytes) -> str | None:
    """UTF-16 without a mark: ASCII characters (digits, line ends) have their NUL always on the same side.

    一 (U+4E00) and the ideographic blank have theirs on the other, so Chinese text is known by its characters first.
    """
    sample = data[:SAMPLE]
    for encoding in ("utf-16-le", "utf-16-be"):
        if _commonness(sample, encoding) >= COMMON_ENOUGH:
            return encoding
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd < len(sample) // 4:
        return None
    if odd >= UTF16_PARITY * (even + odd):
        return "utf-16-le"
    return "utf-16-be" if even >= UTF16_PARITY * (even + odd) else None


def _refuse_binary(data: bytes) -> None:
    for sample in (data[:SAMPLE], data[-SAMPLE:]):
        controls = len(sample) - len(sample.translate(None, _CONTROLS))
        if controls > max(2, BINARY_SHARE * len(sample)):
            raise DocumentError(Code.UNREADABLE_FILE, "binary")


def _likeliest(data: bytes, declared: str | None) -> str:
    """The encoding in which the characters are the commonest; charset-normalizer where none of ours fits."""
    first = _NON_ASCII.search(data)
    start = first.start() if first else 0
    start -= start % 2  # keep two-byte encodings in step
    sample = data[start : start + SAMPLE]
    candidates = [declared] if declared else []
    candidates += ["utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"]
    scores = {encoding: _commonness(sample, encoding) for encoding in candidates}
    best = max(candidates, key=lambda encoding: scores[encoding])
    if scores[best] >= COMMON_ENOUGH:
        return best
    from charset_normalizer import from_bytes

    guess = from_bytes(sample[: SAMPLE // 4]).best()
    return guess.encoding if guess is not None else best


def _commonness(sample: bytes, encoding: str) -> float:
    """Mean commonness of the characters above ASCII: frequent 1.5, of a first level set 0.8, lost -2."""
    try:
        text = sample.decode(encoding, errors="replace")
    except LookupError:
        return -2.0
    counts = Counter(text.rstrip("�"))
    common = _first_level()
    total = value = 0.0
    for character, count in counts.items():
        if character < "\x80":
            continue
        total += count
        if character in _FREQUENT:
            value += 1.5 * count
        elif character in common:
            value += 0.8 * count
        elif character == "�" or "\ue000" <= character <= "\uf8ff":
            value -= 2 * count
    return value / total if total else 0.0


@cache
def _first_level() -> frozenset[str]:
    """The characters in everyday use: level 1 of GB 2312 (simplified) and of Big5 (traditional)."""
    simplified = bytes(b for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for b in (high, low))
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    traditional = bytes(b for high in range(0xA4, 0xC6) for low in trails for b in (high, low))
    return frozenset(simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore"))
