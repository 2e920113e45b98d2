"""What a project costs and when it is built, where its text says so: 总投资1.02亿元，2022—2024年实施."""

from __future__ import annotations

from typing import Any

from planparse.data.words import worded
from planparse.language.money import in_wan
from planparse.language.numerals import ARABIC
from planparse.language.time import YEAR, parse_year, parse_years

_COST = worded(
    rf"(?P<total><estimated>?总)?(?:<estimated>|项目)?投资(?:额|规模|<estimated>)?[：:]?(?:约为?|达到?|为|近)?(?P<raw>{ARABIC}\s?(?:万亿|千万|百万|[万亿])?元(?:左右)?)"
)
_SPAN = r"(?:19|20)[0-9]{2}\s?年?\s?[—–~～至到－-]{1,2}\s?(?:(?:19|20)[0-9]{2})\s?年?"
_BUILT = worded(
    rf"(?:(?:建设|实施|项目)?<building_time>[：:为]?\s?(?P<told>{_SPAN}|20[0-9]{{2}}年?)|(?P<span>{_SPAN})(?:内|间|<of_period>)?(?:分[年期步批])?(?:实施|建设|完成|建成))"
)

_BEGUN = worded(rf"(?P<year>{YEAR})年(?:[0-9]{{1,2}}月)?[初中底末]?前?(?:全面)?(?:开工|动工|启动(?:建设|实施))")
_DONE = worded(rf"(?P<year>{YEAR})年(?:[0-9]{{1,2}}月)?[初中底末]?前?<manner>?(?:<finishing>|投入使用|完成建设)")
"""2026年开工，2029年建成"""


def terms_of(content: str | None) -> dict[str, Any]:
    """Columns of investment and years of a project in prose or in a box, for what its text states once."""
    if not content:
        return {}
    found: dict[str, Any] = {}
    if "投资" in content:
        costs = list(_COST.finditer(content))
        totals = [cost for cost in costs if cost["total"]] or costs
        if len(totals) == 1:
            found = {"investment_wan": in_wan(totals[0]["raw"]), "investment_raw": totals[0]["raw"]}
    spans = {match["told"] or match["span"] for match in _BUILT.finditer(content)}
    if len(spans) == 1:
        first, last = parse_years(spans.pop())
        found |= {"start_year": first, "end_year": last or first}
    elif not spans:
        begun, done = ({parse_year(match["year"]) or 0 for match in way.finditer(content)} for way in (_BEGUN, _DONE))
        if len(begun) == len(done) == 1 and max(begun) <= min(done):
            found |= {"start_year": begun.pop(), "end_year": done.pop()}
    return found
