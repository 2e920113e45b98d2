"""Regions: names as worded in titles, their level and their GB/T 2260 code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import add

from planparse.data.words import members, worded

_MUNICIPALITIES = ("11", "12", "31", "50")
_SUFFIX_LEVEL = {
    "省": "province", "自治区": "province", "自治州": "prefecture", "州": "prefecture", "盟": "prefecture", "地区": "prefecture",
    "自治县": "county", "县": "county", "旗": "county", "自治旗": "county", "区": "county", "新区": "county", "镇": "township", "乡": "township", "街道": "township",
}  # fmt: skip


_AUTONOMOUS = worded(r"(?:<peoples>族|(?<!内)<bare_peoples>){0,12}自治(?=[州县区旗]$)")
# A region name at the head of a title that the table lacks (an invented or new place): 临溪区…, 云岭省禾阳县…
_UNKNOWN = worded(r"(?:[\u4e00-\u9fff]{2,5}?省(?!级))?(?:[\u4e00-\u9fff]{2,5}?(?:市|州|盟|地区)(?!级))?(?P<name>(?!<no_names>)[\u4e00-\u9fff]{2,6}?(?:自治区|自治州|自治县|省|市(?!场|民(?![政生族营])|政(?![府务协])|容)|州|盟|县(?!域)|旗|新区|开发区|区(?![域块位划])|镇(?![域村])|乡(?![村镇愁贤土])|街道))")


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its name as worded, its level and, where the table has it, its code."""

    name: str
    level: str | None
    code: str | None


@cache
def _lines() -> tuple[list[str], ...]:
    """The lines of the table: code, name, and what the division was before, each as code and name."""
    lines = (files("planparse.data") / "regions.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(line.split("\t") for line in lines if not line.startswith("#") and "\t" in line)


@cache
def _official() -> dict[str, str]:
    """Codes to names."""
    return {code: name for code, name, *_ in _lines()}


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Names (and short names without the suffix or the peoples) to codes."""
    names: dict[str, list[str]] = {}
    official = _official()
    for code, name in official.items():
        for variant in _variants(name, code):
            names.setdefault(variant, []).append(code)
    for code, _, *before in _lines():  # 繁昌县 is 繁昌区 now, and has its code
        for name in (one.partition(" ")[2] for one in before):
            if code not in names.setdefault(name, []):
                names[name].append(code)
    for variant, codes in _by_two_characters(official).items():
        names.setdefault(variant, codes)
    return {k: tuple(v) for k, v in names.items()}


@cache
def _by_head() -> dict[str, tuple[str, ...]]:
    """The names that begin with the same two characters, the longest first."""
    heads: dict[str, list[str]] = {}
    for name in sorted(_table(), key=len, reverse=True):
        heads.setdefault(name[:2], []).append(name)
    return {head: tuple(names) for head, names in heads.items()}


def _name_at(text: str, place: int) -> str | None:
    """The longest name of the table that begins at a place."""
    return next((name for name in _by_head().get(text[place : place + 2], ()) if text.startswith(name, place)), None)


def _names_in(text: str, places: Iterable[int]) -> Iterator[str]:
    """The names that begin at any of the places, in order; none begins inside another."""
    end = 0
    for place in places:
        if place >= end and (name := _name_at(text, place)):
            end = place + len(name)
            yield name


def _by_two_characters(official: dict[str, str]) -> dict[str, list[str]]:
    """前郭县 for 前郭尔罗斯蒙古族自治县: an autonomous county by its first two characters, where no other is meant by them."""
    found: dict[str, list[str]] = {}
    for code, name in official.items():
        if "自治" in name and name[-1] in "县旗" and len(_AUTONOMOUS.sub("", name)) > 4:
            found.setdefault(name[:2] + name[-1], []).append(code)
    return {short: codes for short, codes in found.items() if len(codes) == 1}


def _variants(name: str, code: str) -> list[str]:
    """西双版纳傣族自治州 is also written 西双版纳州, 西双版纳自治州 and 西双版纳; provinces and prefectures also stand without their suffix."""
    variants = [name]
    if "自治" in name:
        short = _AUTONOMOUS.sub("", name)
        if len(short) >= 3:
            variants += [short, f"{short[:-1]}自治{short[-1]}"]
            if code.endswith("00"):
                variants.append(short[:-1])
    elif code.endswith("00") and name[-1] in "省市" and len(name) >= 3:
        variants.append(name[:-1])
    return list(dict.fromkeys(v for v in variants if len(v) >= 2))


def level_of_code(code: str) -> str:
    """province, prefecture or county, from the shape of the code."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") and code[:2] not in _MUNICIPALITIES else "county"


def region_of_title(title: str) -> Region | None:
    """The region that a title begins with (or names after 关于 and the like), as worded: the smallest of several nested ones."""
    names = _table()
    start = _TITLE_START.match(title)
    found, at = _nested(title, start.end() if start else 0)
    if found is None and (about := _ABOUT.search(title, 0, HEAD_OF_TITLE)):
        found, after = _nested(title, about.end())
        own = _unlisted(title[after:]) or (_unlisted(title[at:]) if found is None and about.start() > at else None)
    else:
        own = _zone(title[at:], found[0] if found else None) or _unlisted(title[at:])
    if own:
        return own
    if found is None and not of_the_state(title):
        for name in _names_in(title[:HEAD_OF_TITLE], range(HEAD_OF_TITLE)):
            if name.endswith(_SUFFIXES) and len(name) > 2:
                found = (name, _best(names[name], None))
                break
    if found is None and DASHES in title:  # 绿色渔港——禾阳县渔业发展行动方案
        return region_of_title(title[title.rindex(DASHES) + len(DASHES) :])
    return Region(found[0], level_of_code(found[1]), found[1]) if found else None


def _unlisted(text: str) -> Region | None:
    """The region that a text begins with and that the table lacks: 临溪区…, of a zone and a street in it (滨江新区黄河路街道) the street."""
    unknown = _UNKNOWN.match(text)
    if unknown is None or unknown["name"] in members("common_ends") or _generic(unknown["name"]):
        return None
    below = _UNKNOWN.match(text, unknown.end())
    name = below["name"] if below and _level(below["name"]) == "township" and not _generic(below["name"]) else unknown["name"]
    return Region(name, _level(name), None)


def _zone(text: str, city: str | None) -> Region | None:
    """The zone that a text begins with, behind the short name of its city (云岭 | 经济技术开发区) or with a name of its own."""
    if city:
        zone = _ZONE.match(text) if f"{city}市" in _table() else None
        return Region(city + zone[0], "county", None) if zone else None
    named = _NAMED_ZONE.match(text)
    return Region(named[0], "county", None) if named and not _KIND_OF_ZONE.fullmatch(f"{named['name']}区") else None


def of_the_state(title: str) -> bool:
    """Whether a body of the state speaks in a title: 国务院办公厅关于某省火灾事故的通报 speaks of or to regions, not for them."""
    return _OF_THE_STATE.match(title) is not None


def _nested(title: str, at: int) -> tuple[tuple[str, str] | None, int]:
    """The name and code of the smallest of the regions that stand one after another from ``at`` on, and where they end."""
    found: tuple[str, str] | None = None
    while name := _name_at(title, at):
        end = at + len(name)
        if not name.endswith(_SUFFIXES) and title.startswith(("大学", "银行", "路", "经济圈", "城市群", "都市圈"), end):
            break
        found = (name, _best(_table()[name], found[1] if found else None))
        at = end
    return found, at


_SUFFIXES = tuple("省市县区州盟旗")
# 云岭经济技术开发区: a zone that bears the short name of its city
_ZONE = re.compile(r"(?:国家级?)?(?:经济技术|高新技术产业|高新技术|经济|高新)开发区")
_NAMED_ZONE = worded(rf"(?P<name>(?!<no_names>)[\u4e00-\u9fff]{{2,4}}){_ZONE.pattern}")
_TITLE_START = worded(r"(?:<before_region>|《|“|20\d\d年|的|\s)*")
# 某院关于支持某地高质量发展的意见: the region that another body speaks for
_ABOUT = worded(r"关于<for_region>?<done_for>")
_OF_THE_STATE = re.compile(r"(?:中共中央|国务院|全国人大|国家[^关省市县区州]{2,16}[局委部院]|[^关省市县区州]{1,10}部)[^关省市县区州]{0,20}关于")
DASHES = "——"
HEAD_OF_TITLE = 30
"""A region named later in a title is spoken of, not spoken for."""


def _generic(name: str) -> bool:
    """经济技术开发区, 示范区 … are words, not names, unless something stands before them."""
    return _PHRASE.search(name) is not None or _KIND_OF_ZONE.fullmatch(name) is not None


_PHRASE = worded(r"<phrase_signs>|(?<=.)[和与及]|全[省市县区]$|<place_ends>$")
_KIND_OF_ZONE = worded(r"<zone_parts>+(?:<zones>|[区市县镇乡]|街道)")


def _best(codes: tuple[str, ...], above: str | None) -> str:
    """Of several divisions of one name, the one below the region named before it, else the highest, rather one that has the name now."""
    if above:
        prefix = above[:2] if above.endswith("0000") else above[:4]
        for code in codes:
            if code.startswith(prefix):
                return code
    return min(codes, key=lambda c: (not c.endswith("0000"), not c.endswith("00")))


def _level(name: str) -> str | None:
    for suffix in sorted(_SUFFIX_LEVEL, key=len, reverse=True):
        if name.endswith(suffix):
            return _SUFFIX_LEVEL[suffix]
    return None


_DIVISION_END = re.compile("[省市县区州盟旗]")
_LONGEST_NAME = 16


def _names_a_division(text: str) -> bool:
    """Whether any name with its suffix stands in a text: without one, a text names no region of its own."""
    names = _table()
    for end in _DIVISION_END.finditer(text):
        at = end.end()
        if any(text[start:at] in names for start in range(max(0, at - _LONGEST_NAME), at - 2)):
            return True
    return False


def named_regions(text: str) -> dict[str, int]:
    """How often each full region name of the table stands in a text."""
    if not _names_a_division(text):
        return {}
    held = _by_head().keys() & set(map(add, text, text[1:]))
    return dict(Counter(_names_in(text, sorted(m.start() for head in held for m in re.finditer(head, text)))))


NATIONAL = "000000"
"""What stands for the whole country where provinces have their codes."""


def parents(code: str) -> tuple[str, ...]:
    """The codes of the divisions above one, the nearest first, the country (``NATIONAL``) last.

    Those that are none are left out: districts of a municipality, and counties that a province governs itself, stand below it.
    """
    official = _official()
    above = [f"{code[:4]}00", f"{code[:2]}0000"]
    known = [one for one in dict.fromkeys(above) if one != code and one in official]
    return (*known, NATIONAL) if code != NATIONAL else ()


def above(region: Region) -> tuple[str, ...]:
    """The same of a region; of a zone without a code (云岭经济技术开发区) by the short name of a city that its name begins with."""
    if region.code:
        return parents(region.code)
    city = _name_at(region.name, 0) if region.name.endswith(tuple(members("zones"))) else None
    code = _best(_table()[city], None) if city else None
    return (code, *parents(code)) if code else ()


def official_name(code: str) -> str | None:
    """The name of a division in the table (330482 → 平湖市); 全国 for the country."""
    return "全国" if code == NATIONAL else _official().get(code)


def leading_region(text: str, within: str | None = None) -> tuple[Region, int] | None:
    """The region that a text begins with, named with its suffix, and where its name ends: of nested ones (云南省大理州) the smallest.

    ``within`` is the code of the region spoken of, where several share a name. None where regions stand side by side.
    """
    at, found = 0, None
    while (name := _name_at(text, at)) and name.endswith(_SUFFIXES):
        if found is None and name in members("common_ends"):
            return None
        code = _best(_table()[name], found.code if found else within)
        if found and found.code not in parents(code):
            return None
        at, found = at + len(name), Region(name, level_of_code(code), code)
    return (found, at) if found else None


def lookup(name: str, within: str | None = None) -> Region | None:
    """The division of that name (short and former names too), below the code ``within`` where several share it."""
    codes = _table().get(name)
    if not codes:
        return None
    code = _best(codes, within)
    return Region(name, level_of_code(code), code)
