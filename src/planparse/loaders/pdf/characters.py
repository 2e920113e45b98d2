"""Characters as a PDF's text layer has them: radicals for characters, private-use symbols, blanks that only the layout made."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from planparse.model.source import BLANK_STRUCTURE_MARKS


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


# CJK Radicals Supplement (U+2E80–2EF3) has no compatibility mapping but for two; these are the forms that fonts' glyph
# tables hand out for ordinary characters.
_SUPPLEMENT = _pairs(
    "⺀:冫 ⺁:厂 ⺄:乙 ⺅:亻 ⺆:冂 ⺇:几 ⺈:刀 ⺉:刂 ⺋:卩 ⺌:小 ⺍:小 ⺎:兀 ⺏:尢 ⺐:尢 ⺒:巳 ⺓:幺 ⺔:彑 ⺕:彐 ⺖:忄 ⺗:心 ⺘:扌 ⺙:攵 "
    "⺛:旡 ⺜:日 ⺝:月 ⺞:歺 ⺟:母 ⺠:民 ⺡:氵 ⺢:氺 ⺣:灬 ⺤:爪 ⺥:爫 ⺦:爿 ⺧:牛 ⺨:犭 ⺩:王 ⺪:疋 ⺫:目 ⺬:示 ⺭:礻 ⺮:竹 ⺯:糹 ⺰:纟 "
    "⺱:罒 ⺲:罒 ⺳:网 ⺴:网 ⺵:网 ⺶:羊 ⺷:羊 ⺸:羊 ⺹:老 ⺺:聿 ⺻:聿 ⺼:肉 ⺽:臼 ⺾:艹 ⺿:艹 ⻀:艹 ⻁:虎 ⻂:衤 ⻃:西 ⻄:西 ⻅:见 ⻆:角 "
    "⻇:角 ⻈:讠 ⻉:贝 ⻊:足 ⻋:车 ⻌:辶 ⻍:辶 ⻎:辶 ⻏:阝 ⻐:钅 ⻑:長 ⻒:镸 ⻓:长 ⻔:门 ⻕:阜 ⻖:阝 ⻗:雨 ⻘:青 ⻙:韦 ⻚:页 ⻛:风 ⻜:飞 "
    "⻝:食 ⻞:食 ⻟:飠 ⻠:饣 ⻡:首 ⻢:马 ⻣:骨 ⻤:鬼 ⻥:鱼 ⻦:鸟 ⻧:卤 ⻨:麦 ⻩:黄 ⻪:黾 ⻫:斉 ⻬:齐 ⻭:歯 ⻮:齿 ⻯:竜 ⻰:龙 ⻱:龜 ⻲:亀 ⻳:龟"
)
# Private use that stands for known signs: Symbol and Wingdings glyphs at U+F000 + code, and full-width blanks of Chinese fonts.
_PRIVATE = _pairs(
    "\uf0b7:• \uf0a7:▪ \uf06c:● \uf06e:■ \uf075:◆ \uf0d8:➢ \uf0fc:√ \uf0fe:☑ \uf0a8:□ \uf06f:□ \uf071:□ \uf0b3:≥ \uf0a3:≤ \uf0b0:° \uf0b1:± "
    "\uf0b4:× \uf0b8:÷ \uf0b9:≠ \uf0bb:≈ \uf0d7:· \uf0e0:→ \uf0de:⇒ \uf0a5:∞ \uf06d:μ \uf061:α \uf062:β \uf067:γ \uf044:Δ \uf053:Σ"
)
_BLANK_PRIVATE = "\ue5e5\ue4c6\ue003"
_CONTROLS = dict.fromkeys([*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x3164, 0xFFFF], " ")
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2e80-\u2fd5\u3164\ue000-\uf8ff\ufffe\uffff\ufb00-\ufb06]")

BLANKS = (
    " \t\r\n\x0b\x0c\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u3000\u3164\ufeff"
    + _BLANK_PRIVATE
)
HAN = r"\u3400-\u9fff\uf900-\ufaff\u2e80-\u2fd5〇"
MARKS = "，。、；：！？（）《》〈〉【】“”‘’〔〕"
BLANK_IN_HAN = re.compile(rf"(?<=[{HAN}{MARKS}])[ \u00a0\u2000-\u200a\u3000\u3164]+(?=[{HAN}{MARKS}])")
"""Blanks between two Chinese characters or marks."""
SPACED_OUT = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ \u3000]+[{HAN}](?![{HAN}])){{1,80}}(?![{HAN}])")
"""Characters set apart one by one: 目 录, 各 级 各 部 门."""


@cache
def character_table() -> dict[int, str]:
    """Translation table, one character for one: radicals, private-use signs, control characters, structure marks."""
    table = {c: unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
    table |= {ord(a): b for a, b in _SUPPLEMENT.items()}
    table |= {ord(a): b for a, b in _PRIVATE.items()}
    table |= {0xF000 + c: chr(c) for c in range(0x20, 0x40)}
    table |= dict.fromkeys(map(ord, _BLANK_PRIVATE), "\u3000")
    table |= _CONTROLS | BLANK_STRUCTURE_MARKS
    table[0xFFFE] = "-"  # PDFium's sign for a hyphen at the end of a line
    return table


def readable(text: str) -> str:
    """``text`` with every radical, known private-use sign and control character exchanged; its length is kept."""
    if not _SPECIAL.search(text):
        return text
    table = character_table()
    for character in set(_SPECIAL.findall(text)):
        text = text.replace(character, table.get(ord(character), character))
    return text
