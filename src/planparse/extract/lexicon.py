"""Patterns by which commitments are read, of the words that stand in lists (``data.words``)."""

from __future__ import annotations

from planparse.data.words import Worded, listed, members, parts_of, worded

__all__ = [
    "ABSTRACT", "FORBIDS", "GRANTS", "ITEMISED", "MAKES", "MONEY_FRAME", "MUST", "PAST", "PAST_PARAGRAPH", "PAST_SENTENCE", "PLACES", "PURE", "RATED",
    "REBUILDS", "STRIVES", "Worded", "listed", "members", "parts_of", "worded",
]  # fmt: skip

_SOME_YEARS = r"[一二两三四五六七八九十几多0-9]{1,2}年"
MAKES = worded(r"<making>")
PURE = worded(r"<pure>")
STRIVES = worded(r"<strive>")
MUST = worded(r"<must>")
REBUILDS = worded(r"<rebuilding>")
RATED = worded(r"的?<rated>")
"""Behind a number, what says that it is an aim, not a class."""
FORBIDS = worded(r"<forbidden>")
GRANTS = worded(r"<granting>")
# What a clause tells as reached, what a sentence does, and 过去五年，…, which opens a paragraph that looks back. Every alternative begins
# with a character of its own, so that the search runs over other text at full speed.
PAST = worded(r"<history>|仅$|先后(?=建|创|完|引|投)|前期(?:共|累计)|已(?<!自已)(?![批定规]|[^，。；]{0,30}基础上)")
PAST_SENTENCE = worded(rf"<history_sentence>|近{_SOME_YEARS}|截[至止](?:今年|[0-9]{{1,2}}月|20[0-9]{{2}}年(?:[1-9]|1[01])月)|连续{_SOME_YEARS}(?:[稳保位居]|$)|过去的?{_SOME_YEARS}|与[^，。；0-9五末年期]{{2,10}}相比，|经(?<!力争经)(?<!争取经)(?<!再经)(?<!计划经)过[^，。；]{{1,6}}(?:努力|建设|发展)")
PAST_PARAGRAPH = worded(rf"(?:——)?(?:回顾)?(?:这一年，|(?:刚刚)?过去的?(?:{_SOME_YEARS}|20[0-9]{{2}}年)|{_SOME_YEARS}来，)")
# 4项 + 安全生产 + 工作机制: at most a short qualifier before the abstract noun, which ends the phrase
ABSTRACT = worded(r"大?<weighty>?[^，。；：、的]{0,6}?<abstract>(?=$|[，。；：、）”和及与以的进开作要为相由]|建设)")
PLACES = worded(r"(?:重点)?<places>(?:[（(]|(?=$|[，。；、和及与的共内中]|开展|全部|均|进行|范围|已))")
MONEY_FRAME = worded(r"<money_frame>")
ITEMISED = worded(r"<itemised>[”]?(?:共|约)?$")
