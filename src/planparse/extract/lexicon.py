"""The words by which commitments are told, as patterns generated from ``data/commitments.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from planparse.data import alternation, vocabulary


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns generated from ``data/commitments.yaml``."""

    making: re.Pattern[str]
    history: re.Pattern[str]
    history_sentence: re.Pattern[str]
    history_paragraph: re.Pattern[str]
    rebuilding: re.Pattern[str]
    abstract: re.Pattern[str]
    places: re.Pattern[str]
    money_frame: re.Pattern[str]
    forbidden: re.Pattern[str]
    itemised: re.Pattern[str]
    standing: frozenset[str]
    strive: re.Pattern[str]
    must: re.Pattern[str]


_SOME_YEARS = r"[一二两三四五六七八九十几多0-9]{1,2}年"


@cache
def words() -> Words:
    """The word patterns, built once."""
    data = vocabulary("commitments")

    def any_of(name: str) -> str:
        return alternation(data[name]["words"])

    return Words(
        making=re.compile(any_of("making")),
        # Every alternative begins with a character of its own, so that the search runs over other text at full speed.
        history=re.compile(
            any_of("history")[3:-1] + r"|先后(?=建|创|完|引|投)|前期(?:共|累计)|已(?<!自已)(?![批定规]|[^，。；]{0,30}基础上)"
        ),
        history_sentence=re.compile(
            rf"{any_of('history_sentence')[3:-1]}|近{_SOME_YEARS}|截[至止](?:今年|[0-9]{{1,2}}月)|过去的?{_SOME_YEARS}|经过[^，。；]{{1,6}}(?:努力|建设|发展)"
        ),
        # 过去五年，… opens a paragraph that looks back
        history_paragraph=re.compile(rf"(?:——)?(?:回顾)?(?:(?:刚刚)?过去的?(?:{_SOME_YEARS}|20[0-9]{{2}}年)|{_SOME_YEARS}来，)"),
        rebuilding=re.compile(any_of("rebuilding")),
        # 4项 + 安全生产 + 工作机制: at most a short qualifier before the abstract noun, which ends the phrase
        abstract=re.compile(
            rf"大?(?:主要|重点|重大|基本|关键|具体)?[^，。；：、的]{{0,6}}?{any_of('abstract')}"
            r"(?=$|[，。；：、）”和及与以的进开作要为相]|建设)"
        ),
        places=re.compile(
            rf"(?:重点)?{any_of('places')}(?:[（(]|(?=$|[，。；、和及与的共内中]|开展|全部|均|进行|范围|已))"
        ),
        money_frame=re.compile(any_of("money_frame")),
        forbidden=re.compile(any_of("forbidden")),
        itemised=re.compile(any_of("itemised") + r"[”]?(?:共|约)?$"),
        standing=frozenset(data["standing"]["words"]),
        strive=re.compile(any_of("strive")),
        must=re.compile(any_of("must")),
    )
