"""What the numbers of a list measure: 甲、乙和丙排放总量分别下降… are three, each with its own subject."""

from __future__ import annotations

import re
from itertools import takewhile

from planparse.extract.lexicon import parts_of, worded
from planparse.extract.nouns import ACT, ACT_WITH_RATE, MEASURE, MEASURE_FORM
from planparse.extract.subjects import OPPOSITE, SHARED

PAIR = 2
_CLOSING = tuple("品类业物料者员")
"""Characters that close a word: 肉类、水产品流通率 are told apart behind them."""
_BOTH = worded(r"<both>")


def _parted(phrase: str) -> str:
    """Two that are told by one word, apart: 城乡居民收入 → 城镇居民收入、农村居民收入."""
    both = _BOTH.match(phrase)
    parts = parts_of("both")[both[0]] if both else ()
    return "、".join(part + phrase[both.end() :] for part in parts) if both else phrase


def distribute(phrase: str, measure: str, count: int) -> list[str] | None:
    """Subjects of numbers listed with 分别: 甲、乙和丙排放总量 → 甲排放总量, 乙…, 丙…; None if they do not fit.

    ``measure`` is what stands behind 分别 (占比) and belongs to each.
    """
    parts = [p for p in (_parted(phrase) if count == PAIR else phrase).split("、") if p]
    if len(parts) != count:  # 京津及周边地区、中部平原 are two
        parts = [p for p in _LISTED.split(phrase) if p]
    if len(parts) < count:
        return None
    if len(parts) > count:
        parts = ["、".join(parts[: len(parts) - count + 1]), *parts[len(parts) - count + 1 :]]
    parts = _with_front(parts)
    last = _SUCH.sub("", parts[-1]) + measure
    rate = _RATE.search(last, 2)
    shared = SHARED.search(last) or MEASURE.search(last) or rate
    sizes = {len(p) for p in parts[:-1]}
    named = OPPOSITE.match(last)  # 地级市、县城生活污水处理率
    cut = named.end() if named else len(parts[0])
    cut += last[cut : cut + 1] in _CLOSING
    bare = not any(MEASURE.search(p) for p in parts[:-1])
    if shared and bare and len(sizes) == 1 and len(last) >= 2 * min(sizes) + 2:
        return [*(p + last[cut:] for p in parts[:-1]), last]
    subjects = []
    for part in parts[:-1]:
        if _KIND_OF.fullmatch(part):
            subjects.append(part + last[len(part) :])  # 新建、在役机组出力
            continue
        suffix = _shared_tail(part, last)
        if not suffix and shared and not _OWN_MEASURE.search(part) and not _INTENSITY.match(part):
            suffix = rate[0] if rate else ("排放" if last.endswith("排放" + shared[0]) else "") + shared[0]
        subjects.append(part + suffix)
    return [*subjects, last]


_OF_LEVEL = re.compile("[^级]{1,4}级")
_SUCH = worded("等(?:主要)?<such>")
"""二氧化硫、粉尘等主要污染物排放量"""
_LISTED = worded(r"<between>")
"""What parts the things of a list, but not 参与率 and 及时处置率."""
_OWN_MEASURE = worded(rf"{MEASURE_FORM}|总[额值]$")
_RATE = re.compile("(?:绿化|[^绿硬亮美老]{2}化|.{2})率$|(?:重点工程)?(?:使用|施用|排放|减排|消费|供应)量$")
"""What a rate is called: 普及率, 机械化率, 使用量."""
_KIND_OF = worded(r"<old_and_new>|<opposites>")
_OPPOSITES = worded(r"(?:地级市|<opposites>)(?:[、和](?:地级市|<opposites>))+")
_INTENSITY = worded(r"(?:每?万元|单位)<per_unit_of>")
_OF_INTENSITY = worded(r"<consumed>")
_PARALLEL = 4
"""A modifier of so many characters has one of as many beside it (绿色防控 | 统防统治)."""


def owners(ahead: str, measure: str, count: int) -> list[str] | None:
    """The places of a clause before, where there are ``count`` of them, with a measure: 城区、县城污水全收集，污泥处置率分别达到…"""
    found = _OPPOSITES.findall(ahead)
    places = re.split("[、和]", found[-1]) if found else []
    return [place + measure for place in places] if len(places) == count else None


def _with_front(parts: list[str]) -> list[str]:
    """The parts of a list with the front that the first of them shares: 单位GDP能耗 | 二氧化碳排放, 作物绿色防控覆盖率 | 统防统治覆盖率."""
    first, *others = parts
    front = _INTENSITY.match(first)
    if front and _OF_INTENSITY.match(first, front.end()):
        return [first, *(front[0] + part if _OF_INTENSITY.match(part) else part for part in others)]
    act = ACT.search(first)
    if act and act.start() and len(others) == 1 and (head := ACT_WITH_RATE.fullmatch(others[0])):
        return [first + head["head"], first[: act.start()] + others[0]]  # 油茶种植、采收机械化率
    measure = MEASURE.search(first)
    cut = measure.start() - 2 - _PARALLEL if measure else 0
    tail = first[cut + _PARALLEL :]
    if cut >= _PARALLEL and all(len(part) == _PARALLEL + len(tail) and part.endswith(tail) for part in others):
        return [first, *(first[:cut] + part for part in others)]
    return parts


def retold(subjects: list[str], measure: str) -> list[str] | None:
    """The things of a list of subjects with another measure: 果蔬流通率, 肉类流通率; 运输率 → 果蔬运输率, 肉类运输率."""
    same = takewhile(lambda chars: len(set(chars)) == 1, zip(*(subject[::-1] for subject in subjects), strict=False))
    tail = "".join(chars[0] for chars in same)[::-1]
    things = [subject.removesuffix(tail) for subject in subjects]
    return [thing + measure for thing in things] if tail and all(things) else None


def _shared_tail(part: str, last: str) -> str:
    """一星级 | 二星级项目绿色建材比例 → 项目绿色建材比例; 国家级 | 市级工厂 → 工厂."""
    if part.endswith("级") and (level := _OF_LEVEL.match(last)):
        return last[level.end() :]
    for size in range(min(4, len(part)), 1, -1):
        at = last.find(part[-size:])
        if 0 <= at <= len(part):
            return last[at + size :]
    return ""
