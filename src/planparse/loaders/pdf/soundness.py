"""Is the text layer what the page shows? A font without a right character map gives plausible nonsense, which must never pass as text."""

from __future__ import annotations

import re

import regex

from planparse.model.options import USUAL, Thresholds

MIN_CHARACTERS = 40
"""A page with fewer characters says too little."""
MIN_HAN = 200
"""With fewer Chinese characters, the share of common ones among them says too little."""

# Whatever is not Chinese, Chinese or ASCII punctuation, a full-width form, an enclosed number, or a sign that plans use; in Unicode's blocks.
_BLOCKS = (
    "CJK_Unified_Ideographs_Extension_A", "Yijing_Hexagram_Symbols", "CJK_Unified_Ideographs", "CJK_Compatibility_Ideographs", "CJK_Radicals_Supplement",
    "Kangxi_Radicals", "CJK_Symbols_and_Punctuation", "Enclosed_CJK_Letters_and_Months", "CJK_Compatibility", "Halfwidth_and_Fullwidth_Forms",
    "General_Punctuation", "Superscripts_and_Subscripts", "Letterlike_Symbols", "Number_Forms", "Arrows", "Mathematical_Operators",
    "Enclosed_Alphanumerics", "Box_Drawing", "Block_Elements", "Geometric_Shapes", "Miscellaneous_Symbols", "Dingbats", "Supplemental_Arrows_B",
    "Miscellaneous_Mathematical_Symbols_B", "Supplemental_Mathematical_Operators", "Miscellaneous_Symbols_and_Arrows", "Private_Use_Area",
)  # fmt: skip
_KNOWN = "".join(rf"\p{{In{block}}}" for block in _BLOCKS)
_STRANGE = regex.compile(rf"[^\s\x20-\x7e{_KNOWN}\xa0-·»×÷αβγδΔεημνπρσΣφωΩˉ\x1c-\x1f\u3164\ufffe\U00020000-\U0002ffff]")
_LOST = re.compile("[\ufffd\u0000-\u0008\u000e-\u001f]")
_PRIVATE = re.compile("[\ue000-\uefff\uf100-\uf8ff]")
_HAN = re.compile("[\u3400-\u9fff]")
# The 240 commonest characters of plans, and the traditional forms of those that have one.
_COMMON = re.compile(
    "["
    "的和全建化业急应设体理发管制力加生合工能展安物作等市防推实产强进地国提用大一机系重保动务新施区流农高灾行有要救政基技人平环法资完中部数度规公社升信与境應善会点治"
    "事村监企各共服成开险域分持城害通为面水源立关育援统性现方量教经标程范对效学息家科职以在年领导备災快指联定主入预品控专支综术级件运划风民创同字自准协培改构位网及震"
    "护责态调不上三障济任健本场多目局查型置据式优乡研設案步门警智消配减落府代处集供五组挥十项测增突利时深策质道到整心造海好相类链向评布台础模执办废院故结际引宋单园四"
    "備優創劃動務區協單國園執場學實專對導廢強態揮據數時會業構標機減測準濟爲現環產監礎範級組結統經綜網聯職臺與處術規評調護責資質辦農進運鄉鏈門開關際險項預領類風體髮點"
    "]"
)


def is_sound(text: str, thresholds: Thresholds = USUAL) -> bool:
    """Whether a page's text can be what the page shows. Pages with little text are taken as sound."""
    total = len(text)
    if total < MIN_CHARACTERS:
        return True
    strange = len(_STRANGE.findall(text)) + len(_LOST.findall(text)) + len(_PRIVATE.findall(text))
    if strange > thresholds.strange_share * total:
        return False
    han = len(_HAN.findall(text))
    return han < MIN_HAN or len(_COMMON.findall(text)) >= thresholds.common_share * han
