"""Whose an attribute is that says nothing alone: the thing behind it, in whose bracket it stands, or that was named before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planparse.extract.lexicon import RATED, worded
from planparse.extract.nouns import ATTRIBUTE, LEAD, MAKING, noun_before

_LONG_TAIL = 4
"""What stands behind 等 in a list is its noun if it has so many characters."""
ITS_SIZE = worded(r"总?(?:<attributes>)$")
_MADE = worded(r"(?:<pure>|<light>)(?=[\u4e00-\u9fff]{2})")


@dataclass(slots=True)
class Stretch:
    """The part of a paragraph that a quantity's subject is read from, and what stands around it."""

    text: str
    floor: int
    """Where the clause begins, or the quantity before ends."""
    ceiling: int
    """Where the clause ends, or the next quantity begins."""
    sentence: int
    """Where the sentence begins."""
    topic: str | None = None
    """Title of the goal, task or project that the paragraph stands in."""
    previous: str | None = None
    """The last thing that the same sentence counts or covers, whose measures may follow."""
    last: str | None = None
    """Subject of the last commitment of the same sentence."""
    earlier: str | None = None
    """The same of the sentence before."""
    alike: str | None = None
    """Subject of the last commitment of the same sentence that has the same unit."""


def before_bracket(subject: str, stretch: Stretch) -> str:
    """The thing whose size stands in the bracket behind it: 改建广场（占地面积2万平方米）."""
    opening = stretch.text.find(f"（{subject}", stretch.floor, stretch.ceiling)
    return noun_before(stretch.text[stretch.floor : opening], True) if opening > stretch.floor else ""


def _just_made(stretch: Stretch) -> str:
    """What the clause right before makes, if it counts nothing: 开展村庄整治，完成投资3亿元."""
    if stretch.floor <= stretch.sentence or stretch.text[stretch.floor - 1] != "，":
        return ""
    clause = unled(re.split("[，。；：]", stretch.text[max(stretch.sentence, stretch.floor - 40) : stretch.floor - 1])[-1])
    return noun_before(clause, True) if _MADE.match(clause) and not re.search("[0-9]", clause) else ""


_LEAD_OF = re.compile(r"(?P<act>[\u4e00-\u9fff]{2})(?P<what>[\u4e00-\u9fff“”]{2,16})。")


def of_lead(act: str, stretch: Stretch) -> str:
    """The thing that the lead of the paragraph does the same act to: 开发公益性岗位。每年开发不少于1500个."""
    lead = _LEAD_OF.match(stretch.text, 0, stretch.floor) if MAKING.fullmatch(act) else None
    return noun_before(lead["act"] + lead["what"], True) if lead and lead["act"] == act else ""


def last_item(phrase: str) -> str:
    """举高喷射、化学洗消等特种车辆 → 特种车辆."""
    head, _, tail = phrase.rpartition("等")
    return tail if ("、" in head or "”" in head) and len(tail) >= _LONG_TAIL and not re.search("[、的]", tail) else phrase


def holder(after: str, stretch: Stretch) -> str:
    """Whose attribute it is: the head noun further on (年产值…的龙头企业), the topic, or the last thing before."""
    ahead = re.search(r"的([^，。；、的0-9]{2,12})", after) or re.match(r"()(?![左以及和与的（])([^，。；、的0-9]{2,12})$", after)
    if ahead and not after.startswith(("，", "。", "；")) and not RATED.match(after):
        return ahead[ahead.lastindex or 1]
    if _ONCE_BUILT.search(stretch.text, max(stretch.floor, stretch.sentence), stretch.ceiling):
        return stretch.topic or ""
    previous = stretch.previous and (_just_made(stretch) or ITS_SIZE.sub("", stretch.previous))
    return stretch.topic or ("" if (previous or "").endswith("率") else last_item(previous or earlier_noun(stretch)))


_ONCE_BUILT = worded("(?:<finishing>|完成|实施)后")
"""建成后年产值5亿元: of all that is built, not of what was named last"""
_INCLUDED = worded("[均都也应要须]{0,3}(?:全部|统一)?<including>")
"""规范性文件，均要纳入审核范围: what it tells of stands before"""


CUT = re.compile(r"[0-9.]+(?![^，。；]*[上下]的[^，。；的0-9]{3,}$).*$")
"""A clause is read up to its first number, unless that only says which thing it ends with (金额500万元以上的业务收费)."""


def earlier_noun(stretch: Stretch) -> str:
    """The noun of the nearest clause before that has one."""
    begin = max(stretch.sentence, stretch.floor - 80)
    for clause in reversed(re.split(r"[，；。,]|（(?![^（）]*）)", stretch.text[begin : stretch.floor].rstrip("，；。、,（"))):
        if _INCLUDED.match(clause):
            continue
        noun = noun_before(CUT.sub("", clause), True).removeprefix("现有").rstrip("以按")
        if noun and noun not in "较比与在从由到至截" and not ATTRIBUTE.fullmatch(noun):
            return noun.rpartition("的")[2] if noun.startswith("凡") else noun
    return ""


def unled(phrase: str) -> str:
    """The phrase without what stands before its noun (到2025年, 应当)."""
    lead = LEAD.match(phrase)
    return phrase[lead.end() :] if lead else phrase
