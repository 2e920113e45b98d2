"""Character-level cleaning: what cannot be seen, readings in brackets, script, widths and quotes. After these steps no invisible or
private-use character is left, text is simplified, letters and digits are half-width and Chinese punctuation is full-width."""

from __future__ import annotations

import re
import unicodedata

from planparse.language.script import script_of, to_simplified, traditional_share
from planparse.model.findings import Code, Note
from planparse.model.options import USUAL, Thresholds
from planparse.model.text import Edit, MappedText

# Zero-width and formatting characters, soft hyphen, BOM, variation selectors, private use (garble repair has run), stray controls.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ue000-\uf8ff\x00-\x01\x04-\x08\x0e-\x1d\x7f]")

# 发(fā)展, 政(zheng)策: a reading in brackets after the character it reads.
READING = re.compile(r"[(（](?<=[\u4e00-\u9fff].)[a-zāáǎàōóǒòēéěèīíǐìūúǔùüǖǘǚǜńňǹḿ]{1,6}[)）]")
MIN_READINGS = 3
"""Fewer bracketed readings than this on a page may be meant (35 of 201 real pages carried them, none fewer than three)."""

_WIDTHS = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WIDTHS |= {0xFF05: 0x25, 0xFF0B: 0x2B, 0xFF1C: 0x3C, 0xFF1E: 0x3E, 0xFF1D: 0x3D, 0xFF0F: 0x2F}
_WIDTHS |= dict.fromkeys([0xA0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x0C], 0x20)
_WIDTHS |= {0xFF0E: 0x2E, 0xFF3B: 0x5B, 0xFF3D: 0x5D, 0x2236: 0xFF1A, 0xFE30: 0xFF1A}
_WIDTHS |= {c: ord(unicodedata.normalize("NFKC", chr(c))) for c in range(0x2F00, 0x2FD6)}

_WIDE = re.compile(f"[{''.join(map(chr, _WIDTHS))}]")
FEW = 24
"""So many replacements cost what one translation does."""

CHINESE = "\u3400-\u9fff\uf900-\ufaff“”‘’《》〈〉「」、。，；：？！（）【】〔〕…—·○〇"
_HALF = re.compile(rf"[,;:?!](?:(?=[{CHINESE}])|(?<=[{CHINESE}].))")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
# A point that closes a sentence, in texts that write so: 制定本计划. / 落实.[责任单位
_POINT = re.compile(rf"\.(?<=[{CHINESE}）”%].)(?=[{CHINESE}“（(\[【0-9]|[ \t]|$)", re.MULTILINE)
MIN_POINTS = 3
# What a recogniser of printed text made of the 一 or 1 that a line is numbered by: —、总体要求, （—）指导思想, l、建设牧场
_MISREAD = {"一": ("—–－─-", "、）)"), "1": ("l", "、．.")}
"""The number, the signs that it was misread as, and those behind it."""
_ONES = {
    one: re.compile(rf"^ *[（(]?(?P<one>[{signs}])(?=[{behind}][\u4e00-\u9fff])", re.MULTILINE) for one, (signs, behind) in _MISREAD.items()
}
# A bracket pair is full-width where it touches or holds Chinese.
_PAIR = re.compile(r"\((?P<in>[^()\n]{0,80})\)(?=(?P<after>.?))")
_CHINESE = re.compile(f"[{CHINESE}]")
_DOUBLES = ("““", "“\"", "””", "\"”", "《《", "》》")
"""What every match of ``_DOUBLED`` holds."""
_DOUBLED = re.compile("“[“\"]+|[”\"]{1,9}”|”{2,}|“{2,}|《{2,}|》{2,}")


def strip_invisible(text: MappedText) -> MappedText:
    """No zero-width, private-use or control character is left."""
    return text.sub(_INVISIBLE, "") if _INVISIBLE.search(text.text) else text


def strip_readings(text: MappedText) -> MappedText:
    """No pinyin in brackets after the character it reads is left, where the page has at least three."""
    if len(READING.findall(text.text)) < MIN_READINGS:
        return text
    return text.sub(READING, "")


# Marks of emphasis around the beginning of a line, or all of it: ****一、总体要求****, **（一）**指导思想, ***__3.加强领导__***
_EMPHASIS = re.compile(r"^(?P<blank>[ \t\u3000]*)(?P<mark>[*_]{2,12})(?=[^*_\s])(?P<words>[^*_\n]{1,300}?)(?P<end>[*_]{2,12})", re.MULTILINE)
_SIGNS_OF_EMPHASIS = ("**", "__", "*_", "_*")
"""What every match of ``_EMPHASIS`` holds."""


def strip_emphasis(text: MappedText) -> MappedText:
    """No line begins with words between marks of emphasis; stars that stand for a name (**市) open nothing that closes again."""
    s = text.text
    if not any(mark in s for mark in _SIGNS_OF_EMPHASIS):
        return text
    edits: list[Edit] = []
    for match in _EMPHASIS.finditer(s):
        if sorted(match["mark"]) == sorted(match["end"]):
            edits += [(match.start("mark"), match.end("mark"), ""), (match.start("end"), match.end("end"), "")]
    return text.edit(edits)


def simplify(text: MappedText, thresholds: Thresholds = USUAL) -> tuple[MappedText, str]:
    """The text in simplified characters, and the script it was in (hans, hant, mixed)."""
    share = traditional_share(text.text)
    return (text.with_text(to_simplified(text.text)) if share else text), script_of(share, thresholds)


def fold_widths(text: MappedText) -> MappedText:
    """Letters, digits and blanks are half-width; , ; : ? ! ( ) beside Chinese are full-width, and so are full stops where
    the text writes most of them as points; radicals are characters."""
    s = _folded(text.text)
    s = _HALF.sub(lambda m: _FULL[m[0]], s)
    if "." in s and len(_POINT.findall(s)) >= max(MIN_POINTS, s.count("。") + 1):
        s = _POINT.sub("。", s)
    if "(" in s:
        s = _fold_brackets(s)
    return text if s == text.text else text.with_text(s)


def restore_ones(text: MappedText) -> tuple[MappedText, tuple[Note, ...]]:
    """No line is numbered by a dash or an l for 一 or 1; each that was is a finding."""
    s = text.text
    found = [(match.span("one"), one) for one, pattern in _ONES.items() if _may_misread(s, one) for match in pattern.finditer(s)]
    notes = (Note.of(Code.REPAIRED_TEXT, "restored", *text.span(*span), text=s[slice(*span)], restored=one) for span, one in found)
    return text.edit([(*span, one) for span, one in sorted(found)]), tuple(notes)


def _may_misread(s: str, one: str) -> bool:
    """Whether a text holds a sign that the number may be misread as, before one that may stand behind it."""
    signs, behind = _MISREAD[one]
    return any(sign + after in s for sign in signs if sign in s for after in behind)


def _folded(s: str) -> str:
    """Widths and radicals folded: a few different characters are replaced one after the other, which is faster than a table."""
    wide = set(_WIDE.findall(s))
    if len(wide) > FEW:
        return s.translate(_WIDTHS)
    for char in wide:
        s = s.replace(char, chr(_WIDTHS[ord(char)]))
    return s


def _fold_brackets(s: str) -> str:
    edits: list[str] = []
    position = 0
    for match in _PAIR.finditer(s):
        before = s[match.start() - 1 : match.start()]
        if _CHINESE.search(match["in"]) or _CHINESE.match(before) or _CHINESE.match(match["after"]):
            edits += [s[position : match.start()], "（", match["in"], "）"]
            position = match.end()
    return "".join([*edits, s[position:]])


def fold_quotes(text: MappedText) -> MappedText:
    """No quotation mark stands doubled."""
    if not any(pair in text.text for pair in _DOUBLES):
        return text
    return text.sub(_DOUBLED, lambda m: "“" if m[0][0] == "“" else "《" if m[0][0] == "《" else "》" if m[0][0] == "》" else "”")
