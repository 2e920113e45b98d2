"""Whether a count is of things to be made, trained or reached, or only says how many there are, or how long a list is."""

from __future__ import annotations

import re

from planparse.extract.amounts import WORD_AFTER, qualifies
from planparse.extract.clauses import Place
from planparse.extract.frames import ACTED_ON, FINISHED
from planparse.extract.lexicon import ABSTRACT, ITEMISED, MAKES, PLACES, PURE, worded
from planparse.language.quantities import FoundQuantity

FOCUSED = re.compile(r"聚焦(?:约)?$")
DIVIDED = re.compile(r"(?:(?:划分|区分|细分|分)[为成]|共分)(?:[0-9]{1,3}[^，。；]{1,2})?$")
_WIDTH = 24
"""How far before a clause the verb of the one before is looked for."""

_KINDS_OF = ("类", "大类", "方面", "种")
"""Before another number they say into how many kinds that is parted: 12类45件."""
_RELYING = worded(r"<relying>[^，。；：、]{0,6}(?:[0-9]+个[^，。；：、0-9]{0,10}[、和])?$")
_FREQUENCY = ("次", "轮", "遍")
_PLAIN_MEASURES = ("所", "家", "座", "支", "名", "个", "处", "条", "次", "台", "套", "辆")
_RHETORIC_AFTER = worded(r"、|<rhetoric>")
_OFFICE = worded(r"[^，。；]{0,12}(?:任|担任|为)(?:常务)?副?<posts>")
_COMPOSED = re.compile(r"[^，。；]{0,10}组成")
_WITHIN_LIST = worded(r"[^，。；：、]{2,16}<registers>(?:的|内|中)")
"""纳入国家规划的90项重大工程范围的: the length of a list that the things stand in."""
_GOES_ON = re.compile(r"[0-9]个[^，。；：、]{2,14}，$")
"""打造甲、乙2个港区，丙等4个锚地: the verb before the last clause rules this one, too."""
_PARTS = worded(r"<parts_of_text>(?:[0-9]|提出|<making>)")
_AFTER_PARTS = worded(r"[0-9一二三四五六七八九十]个?<parts_of_text>、?共?$")
"""共4部分20条, 6个方面243项工作任务: how long a text is"""
_TOTAL_AHEAD = worded(r"（<collected>?$")
_ALL_SAID = re.compile(r"）(?:$|[。：，]|由[^，。；]{2,20}提供)")
_LISTED_IN_BRACKET = worded(r"（<entries>共?计?[0-9]+[个项件]")
_OF_LIST = re.compile(r"[^，。；：、的]{0,14}清单(?=[，。；：、（）》]|$)")
"""18件民生实事项目清单: how long a list is"""
_AND_SO_ON = re.compile(r"等[^，。；：、]{0,4}$|[”、][^，。；]{0,10}等$")
_ITEMS = ("项", "条", "件")
_WORK_ON = worded(r"(?!<weighty>|专项|示范)[^，。；：、的]{4,12}<works>工程")
"""建设300个乡村电气化提升工程: each is a work on something of its own"""
_WORKS = re.compile(r"[^，。；：、的]{0,10}(?:工程|行动|任务)(?=[，。；：、]|$)")
_TASK_OF = worded(r"(?!<weighty>|专项|年度)[^，。；：、的0-9]{1,10}<works>任务")
"""完成13个村整治任务 are so many villages, 5000户危房改造任务 so many houses; 12项整治任务 are tasks"""
_SOLVING = worded(r"<solving>[^，。；：]{0,24}?问题[”]?(?:共|约)?$")
"""解决遗留问题30个 ends so many, 发现问题30个 only lists them"""
_COVERED_PLACES = worded(r"(?:重点)?<places>(?![级直区])(?:[^，。；：、0-9]{3,14})?全覆盖")
_ALL_PLACES = worded(r"(?:重点)?<places>")
"""实现9个县养老中心全覆盖, 覆盖全部12个乡镇: all that there are"""
_OF_WHOM = re.compile(r"[^，。；：0-9]{1,16}[为是](?:主要|重点|服务)?对象")
"""以5000多名渔民为主要对象"""
_PROJECTS = worded(r"(?:<weighty>|子)?(?:项目|工程)(?=[，。；：、（]|$|总|，总)")
_LISTED = worded(r"<listing>[^，。；：]{0,12}$")
_SOLVED = re.compile(r"[^，。；]{2,14}(?:问题|困难)")
"""Whose trouble is ended: 解决32万人饮水安全问题."""
_SMALL_BEFORE = re.compile(r"[0-9一二两三四五六七八九十][个座处所家条支][^，。；：、]{2,12}.$")
"""建设四个园区和五个社区"""
_SESSION = re.compile(r"[^，。；：、0-9]{0,4}(?:会议|大会|全会)")
_HELD = worded(r"(?:<making>|[办年月])$")
"""县十九届人大四次会议: which one it is; 召开四次会议 counts them."""


def counts(text: str, found: FoundQuantity, place: Place) -> bool:
    """Whether a count is of things to be made, trained or reached, not of items listed or places concerned."""
    ahead = text[place.clause[0] : found.quantity.start]
    rest = text[found.quantity.end : place.clause[1]]
    bound = bool(found.before or found.after or found.quantity.approximate or found.quantity.value_max is not None)
    if found.chinese and found.quantity.unit == "次" and _SESSION.match(rest) and not _HELD.search(ahead):
        return False
    if found.chinese and found.number_end - found.number_start == 2 and not bound:
        return _counts_small(text, found, ahead, rest)
    if DIVIDED.search(ahead) or _OFFICE.match(rest) or (not bound and _only_tells(text, found, place, ahead, rest)):
        return False
    if found.kind == "people" and qualifies(text, found, place):
        return False
    if found.kind == "people" and "以" in ahead and _OF_WHOM.match(rest):
        return False
    if found.kind == "people" and bound:
        return True
    if found.after and found.quantity.comparator == "le" and WORD_AFTER.match(rest) and not MAKES.search(ahead):
        return False  # 6层以下住宅
    if _is_abstract(found, ahead, rest, bound) or _is_itemised(text, found, place, ahead, rest):
        return False
    if bound or ACTED_ON.search(rest) or MAKES.search(text, place.segment[0], found.quantity.start):
        return True
    return not PLACES.match(rest) and (not _AND_SO_ON.search(ahead) or FINISHED.search(rest) is not None)


def _only_tells(text: str, found: FoundQuantity, place: Place, ahead: str, rest: str) -> bool:
    """Who makes something up, where it is done, how it is scored, of how many kinds it is."""
    unit = found.quantity.unit
    _, by, whom = ahead.rpartition("由")
    if by and (not whom or "、" in whom) and _COMPOSED.match(rest):
        return True
    if (_COVERED_PLACES.match(rest) and not PURE.search(ahead)) or (ahead.endswith(("覆盖全部", "覆盖所有")) and _ALL_PLACES.match(rest)):
        return True
    if ahead.endswith("在") or (unit == "分" and not ahead.endswith("、")) or (unit in _KINDS_OF and rest[:1].isdigit()):
        return True  # 在12个县新增托位3000个 · 满分100分 · 12类45件
    return _RELYING.search(ahead) is not None or _bracketed_total(text, found, place)


def _is_abstract(found: FoundQuantity, ahead: str, rest: str, bound: bool) -> bool:
    """Whether what is counted is only told of: 5项原则, 4项工作机制; not 解决32万人饮水问题, 5家左右面向行业的平台, 完成13个村整治任务."""
    if found.before or (found.quantity.unit in _FREQUENCY and "每" in ahead):
        return False
    abstract = ABSTRACT.match(rest) or _PARTS.match(rest)
    if abstract and found.kind == "people":
        abstract = None if _SOLVED.match(rest) else abstract
    elif abstract and bound and rest.startswith("的", abstract.end()):
        abstract = None
    if abstract and found.quantity.unit not in _ITEMS and _TASK_OF.match(rest):
        abstract = None
    return bool(abstract or FOCUSED.search(ahead))


def _bracketed_total(text: str, found: FoundQuantity, place: Place) -> bool:
    """How many a list has or a name stands for: 东部流域（108个）, 助学工程（项目6个，其中…5个）, but not 新建水厂（5座）."""
    start = found.quantity.start
    opening = text.rfind("（", place.sentence[0], start)
    if opening < 0 or text.find("）", opening, start) >= 0 or MAKES.search(text, place.segment[0], opening):
        return False
    closed = text.startswith("）", found.quantity.end)
    told = closed and _TOTAL_AHEAD.search(text, opening, start) and (start == opening + 1 or _ALL_SAID.match(text, found.quantity.end))
    return bool(told or _LISTED_IN_BRACKET.match(text, opening))


def _counts_small(text: str, found: FoundQuantity, ahead: str, rest: str) -> bool:
    """三个 and the like are mostly rhetoric: they count where something is made in the same clause."""
    if text[found.number_start] == "二" or (ahead.endswith(("及", "和", "与")) and not _SMALL_BEFORE.search(ahead)) or found.quantity.unit not in _PLAIN_MEASURES:
        return False
    if not MAKES.search(ahead) or ABSTRACT.match(rest) or _AND_SO_ON.search(ahead):
        return False
    return not _RHETORIC_AFTER.match(rest)


def _is_itemised(text: str, found: FoundQuantity, place: Place, ahead: str, rest: str) -> bool:
    """A list's own length: 清单24项, 实施10项环境保护工程, 谋划18个项目, 针对2034种商品."""
    loose = not (found.before or found.after or found.quantity.approximate or found.quantity.value_max is not None)
    on_each = found.quantity.unit == "个" and (_TASK_OF.match(rest) or _WORK_ON.match(rest))
    if loose and found.quantity.unit in ("项", "条", "个") and ((ITEMISED.search(ahead) and not _SOLVING.search(ahead)) or (_WORKS.match(rest) and not on_each)):
        return True
    if loose and (_WITHIN_LIST.match(rest) or (found.quantity.unit in ("件", "项") and _OF_LIST.match(rest))):
        return True
    if loose and (ahead.endswith("方面") or (found.quantity.unit in _ITEMS and _AFTER_PARTS.search(ahead) and not WORD_AFTER.match(rest))):
        return True  # 知识产权方面5项：…
    ends = rest.startswith("：") or (ahead.endswith("等") and found.quantity.unit in ("个", "项") and not ACTED_ON.search(rest))
    if loose and ends and not MAKES.search(ahead) and not _GOES_ON.search(text, max(place.segment[0], place.clause[0] - _WIDTH), place.clause[0]):
        return True  # 甲、乙等8个区域
    told_of = "针对" in text[place.segment[0] : found.quantity.start] or (loose and "围绕" in ahead and _ALL_PLACES.match(rest) is not None)
    if told_of and not MAKES.search(ahead):
        return True
    return bool(_PROJECTS.match(rest) and (_LISTED.search(ahead) or _AND_SO_ON.search(ahead)))
