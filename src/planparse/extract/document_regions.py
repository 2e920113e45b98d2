"""Whose plan a text is: the region that its title, its issuer, its page or its text names, and its level (annotation guide, document)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from planparse.extract.lexicon import worded
from planparse.language.regions import Region, lookup, named_regions, of_the_state, region_of_title

_ANOTHER = re.compile(r"《[^《》]{2,80}》(?!$|[（(])")
_OF_STATE = worded(r"<state_bodies>")
_BELOW = worded(r"各<places_below>|县（市、区）")
_IN_COUNTY = worded(r"各<places_in_county>|镇（街道）")
_LOCAL = re.compile(r"(?:本|我|全)(?P<level>[省市县区州])(?![域场])")
# 结合我乡实际, 我校, 各村…镇政府: what stands below the county; 某街道2024年工作要点, XX学校2024年计划: whose plan it is
_BELOW_COUNTY = worded(r"[本我全](?:<towns>)|我<small_units>|各村(?:委会)?[、，：要和]")
_TOWN_BODY = worded(r"<town_bodies>")
_OF_INSTITUTION = worded(r"^(?:某|[Xx×*○]{1,4})|^.{0,12}?<institutions>20\d\d年")
# 省人民政府, 中共县委: whose place is not named, and 省水利厅关于…; a 市 may be of any level
_UNNAMED = worded(r"(?:中共)?(?P<level>省|自治区|州|县|区(?!党))(?![级际内域场容块位县区])(?:[^关省市县区州]{0,14})<own_organs>$")
_UNNAMED_TITLE = worded(r"(?:中共)?(?P<level>省|自治区|州|县|区(?!党))(?![级际内域场容块位县区])(?:[^关省市县区州]{0,14})<own_organs>(?:关于|印发)")
_LEVELS = {"省": "province", "自治区": "province", "州": "prefecture", "县": "county", "区": "county"}
_LOCAL_UNITS = re.compile(r"[市县区州](?<![^：:、，（(\s由].)(?:[\u4e00-\u9fff]{1,8}局|[\u4e00-\u9fff]{2,6}办|政府)(?![\u4e00-\u9fff])")
_SPEAKS_FOR_STATE = worded(r"<state_bodies>|我国|各省|中华人民共和国|中央|^[\u4e00-\u9fff]{2,12}部(?:办公厅)?\n|[：、，（][\u4e00-\u9fff]{2,8}(?<!宣传)(?<!组织)(?<!统战)(?<!武装)部(?=[、，；）牵负])")
"""A text that names no place and nothing of the state either is of some place that is not told."""
MANY_LOCAL = 3
"""So many units of a city or a county whose name is not told (责任单位：县水利局) make a text no plan of the state."""


def region_of(title: str, front: list[str], meta: Mapping[str, str], issuer: str | None, body: str) -> Region | None:
    region = region_of_title(title)
    if region and (bare := _ANOTHER.sub("", title)) != title and region_of_title(bare) is None and (own := region_of_title(issuer or "")):
        return own  # 关于《某市规划》的批复, 关于贯彻《某省条例》的实施意见: the region that the other document is of
    if region and title.endswith("批复") and (own := region_of_title(issuer or "")):
        return own
    if region and title[0] in "省市县区州" and (own := region_of_title(issuer or "")):
        return own  # 市某局关于申报某省项目的通知
    if region or of_the_state(title):
        return region
    for source in (issuer or "", meta.get("issuer", ""), *(part for line in front[:4] for part in line.split("_"))):
        if source and (found := region_of_title(source)):
            return found
    if (suited := _SUITED.search(body, 0, HEAD)) and (found := lookup(suited["name"])):
        return found
    if not title and (reported := _REPORT_OF.match(body)) and (found := region_of_title(reported["where"])):
        return found
    if not _LOCAL.search(title + body[:6000]):
        return None
    return _of_body(title, body)


_SUITED = re.compile(r"结合(?P<name>[\u4e00-\u9fff]{2,10}?)(?:的)?实际")
"""Whose circumstances a plan is suited to: 结合某区实际."""


_REPORT_OF = re.compile(r"\s*[^。]{0,40}?(?P<where>[\u4e00-\u9fff]{2,12}[省市县区州旗])(?:人民)?政府工作报告")
"""Whose report a text without a title begins with: 禾阳县政府工作报告确定，…"""


HEAD = 8_000
"""A text names its own region in its first pages more often than any other."""


def _of_body(title: str, body: str) -> Region | None:
    """Where the title says only 本市 or 区: the region of that level that the text names most."""
    level = _LOCAL.search(title + body[:6000])
    named = named_regions(body[:HEAD])
    counts = {name: n for name, n in named.items() if name[-1] in "省市县区州旗" and len(name) >= 3}
    if level:
        counts = {name: n for name, n in counts.items() if name[-1] == level["level"]} or counts
    if level and level["level"] == "省" and max(counts.values(), default=0) < 2:  # provinces are named without their suffix, too
        counts = {name: n for name, n in named.items() if (found := lookup(name)) and found.level == "province"}
        counts = counts if 2 * max(counts.values(), default=0) > sum(counts.values()) else {}
    if not counts or max(counts.values()) < 2:
        return None
    return lookup(max(counts, key=lambda name: (counts[name], name)))


def national(issuer: str | None, title: str | None, front: list[str], body: str) -> str | None:
    """A plan that names no region is the state's where it says so, goes to all provinces, or speaks of what is the state's and nowhere of 本市, 我省 and the like."""
    if unnamed := level_unnamed(issuer, title):
        return unnamed
    if (issuer or " ")[0] in "省市县区州" or (title or " ")[0] in "省市县区州":
        return None  # 市某局, whose city is not named
    of_state = _OF_STATE.search(f"{issuer or ''}{_ANOTHER.sub('', title or '')}")
    if not of_state and not _OF_STATE.search(_ANOTHER.sub("", "".join(front))) and _is_local(title or "", body[:6000]):
        return None
    if of_state:
        return "national"
    speaks = _SPEAKS_FOR_STATE.search(f"{issuer or ''}\n{body}")
    return "national" if speaks and len(_LOCAL_UNITS.findall(body)) < MANY_LOCAL else None


def level_unnamed(issuer: str | None, title: str | None) -> str | None:
    """The level that an office without the name of its division tells: 省人民政府, 县教育局关于…."""
    office = _UNNAMED.match(issuer or "") or _UNNAMED_TITLE.match(title or "")
    return _LEVELS[office["level"]] if office else None


def _is_local(title: str, body: str) -> bool:
    """Whether a text speaks as a province, a place below it, a school or a firm does."""
    if _LOCAL.search(body) or _BELOW_COUNTY.search(body) or _OF_INSTITUTION.search(title):
        return True
    return len(_TOWN_BODY.findall(body)) >= MANY_BODIES


MANY_BODIES = 2
"""A text of the state may name the government of a town once."""


def level_of(region: Region, body: str, front: list[str]) -> str | None:
    """Of a place that the table lacks, a 市 is a prefecture where it has counties or districts below it."""
    if region.level or not region.name.endswith("市"):
        return region.level
    text = "".join(front[:6]) + body[:12_000]
    below = _BELOW.search(text)
    return "prefecture" if below else "county" if _IN_COUNTY.search(text) else "prefecture"
