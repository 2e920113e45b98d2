"""Sums and sizes that tell which things are meant, or what something costs, and so commit to nothing."""

from __future__ import annotations

import re

from planparse.extract.clauses import Place
from planparse.extract.lexicon import MAKES, MONEY_FRAME, RATED, members, worded
from planparse.language.quantities import FoundQuantity
from planparse.language.time import YEAR

_WIDTH = 24
"""How far before a sum its frame is looked for."""
WORD_AFTER = re.compile(r"(?!之间)[\u4e00-\u9fff](?<![和及与或并左上等，])")

_SO_LARGE = worded(r"[^，。；：、]{0,6}<single_things>")
"""Things that stand singly, each of some length or area; of others (撂荒地, 管网) an area says how much there is."""
_ROUND_DIGITS = 2
"""Classes are bounded by numbers of so many figures at most (150万吨以上, 56人以上)."""
_ROUND_SUM = re.compile(r"[十百千万亿]+元")
"""千亿元 is a class of firms, not a sum."""
_INVESTING = worded(r"<investing>")
_SIZED = worded(r"的?(?P<thing>[^，。；：、0-9]{1,12}?|(?<=以上))(?:<attaining>|达|增至|增加到|不少于|超过|突破)?[0-9]+(?:余|多)?[个家项宗户]")
"""10亿元以上项目8个, 过10亿元企业达2家: the sum says which things are counted, unless it stands behind what it measures itself (产值超10亿元的企业2家)."""
_MEASURED = worded(r"<sums>[^，。；：]{0,6}$")
_BY_WHICH = re.compile(r"(?:[对在将等除含及从向按]|以(?![^，。；]{1,16}为主)|为(?!主|一体))[^，。；]*$")
_PARTED = re.compile(r"[^，。；：]{1,40}，其中")
_GIVING = re.compile(r"给予|最高")
_INVESTED = re.compile(r"投资(?:额|约|为)?$")
_SPENT = worded(r"(?<![^，。；])<manner>?投资$")
_ON_WORKS = worded(r"，<manner>?<making>")
"""投资120亿元，新建道路30公里: what is spent on it is promised with it; 总投资 only says what it costs"""
_FUND_MADE = worded("<funding>[^，。；：、]{0,10}资金(?:总?额)?(?:达到?)?$")
"""安排造林补助资金360万元: what is set aside is promised, what each is given is a rate"""
_BY_THEN = re.compile(rf"(?:到|至){YEAR}年")
_FINE = worded("的?<fines>")
_VOUCHER = re.compile("满(?:[0-9.万千]{1,7}元立?[减抵返送省])?$")
"""满300元减50元: from what sum on a buyer pays less, and how much"""
_THEN_GRANTED = worded(r"的[^，。；：、]{1,16}，(?:再|分别|一次性|按|可)?<granting>")
"""首次突破10亿元的企业，分别奖励50万元"""
_USED_FOR = re.compile("用于|来自|用作")
"""用地300公顷，其中不少于130公顷用于工业"""
_OF_WHICH = re.compile("[其当]中")
_SUM_GIVEN = worded(r"(?:[，；：。]|^)<granting>$")


def parts_sum(text: str, found: FoundQuantity, place: Place) -> bool:
    """A part of a sum that only describes, and its share: 总投资8亿元，其中航道2亿元，占25%."""
    if found.before or not (found.kind == "money" or text.startswith("占", place.clause[0])):
        return False
    whole = _PARTED.search(text, place.sentence[0], found.quantity.start)
    return whole is not None and MONEY_FRAME.search(whole[0]) is not None


def frames_money(text: str, found: FoundQuantity, place: Place) -> bool:
    """A sum that only describes: total investment of a project, a grant, a fine."""
    ahead = text[max(place.clause[0], found.quantity.start - _WIDTH) : found.quantity.start]
    if _VOUCHER.search(text, max(0, found.number_start - _WIDTH), found.number_start):
        return True
    if found.chinese and not found.before and not found.after and _ROUND_SUM.fullmatch(text, found.number_start, found.number_end):
        return True
    framed = None if _FUND_MADE.search(ahead) else MONEY_FRAME.search(ahead)
    if framed and not (found.before and not _GIVING.search(ahead)) and not _dated_sum(text, found, place):
        return True
    if not found.before and _SPENT.search(text, max(0, place.clause[0] - 1), found.quantity.start) and _ON_WORKS.match(text, found.quantity.end):
        return False
    if not found.before and _INVESTED.search(ahead) and not _INVESTING.search(text, place.segment[0], found.quantity.start):
        return True
    sized = _SIZED.match(text, found.quantity.end, place.clause[1])
    if sized and not MAKES.search(sized["thing"]) and not _MEASURED.search(ahead):
        return True
    return _FINE.match(text, found.quantity.end) is not None or qualifies(text, found, place)


def _dated_sum(text: str, found: FoundQuantity, place: Place) -> bool:
    """What is given in all by a year: 到2025年，…，补助105万元."""
    end = found.quantity.end
    if text[end : end + 1] not in ("", "，", "。", "；") or not _BY_THEN.search(text, place.sentence[0], found.quantity.start):
        return False
    return bool(_SUM_GIVEN.search(text, max(0, place.clause[0] - 1), found.quantity.start))


def _is_round(text: str, found: FoundQuantity) -> bool:
    """Whether the number may bound a class of things (改造5万亩以上灌区) rather than tell how much is done (改造12360亩以上)."""
    value = found.quantity.value
    if found.kind in ("length", "area") and found.quantity.comparator == "ge" and not _SO_LARGE.match(text, found.quantity.end):
        return False
    return found.before not in members("ge") and value is not None and len(value.normalize().as_tuple().digits) <= _ROUND_DIGITS


def qualifies(text: str, found: FoundQuantity, place: Place) -> bool:
    """An attribute of a class of things (150万吨以上的大型企业) rather than of what is to be made (一支30人的队伍)."""
    end = found.quantity.end
    bound = found.after or (found.before and found.kind != "money")
    headcount = found.kind != "people" or found.quantity.unit in ("人", "户")
    if not (bound and headcount and WORD_AFTER.match(text, end)) and not text.startswith("的", end):
        return False
    rest = text[end : place.clause[1]]
    if found.kind == "money" and _THEN_GRANTED.match(text, end):
        return True
    if _USED_FOR.match(text, end) and _OF_WHICH.search(text, place.clause[0], found.number_start):
        return False
    if text.startswith("的", end) and RATED.match(rest):
        return False
    joined = text.startswith(("和", "及", "以及"), place.clause[0])
    ahead = text[place.segment[0] if joined else place.clause[0] : found.number_start]
    made = list(MAKES.finditer(ahead))
    if not made or (made[-1][0] in members("standing") and not text.startswith("的", end) and _is_round(text, found)):
        return True
    told_of = re.search(r"[对在以]", ahead[: made[-1].start()][-3:])
    return bool(told_of or _BY_WHICH.search(ahead[made[-1].end() :]))


_OF_ONE_THING = 1000
"""2万平方米厂房3处 are as much in all."""
_OWN_SIZE = worded(r"(?:<measures>|<attributes>|<capacities>)$")
"""总库容5000万立方米的水库2座: the size is told of itself"""
_SIZES = ("层", "平方米", "平米", "㎡")
_LONG = ("公里", "千米", "延米", "海里")
_COUNTED_BEHIND = re.compile(r"(?![和及与并或]|以及)[\u4e00-\u9fff][^，。；：、0-9]{1,11}")


def is_size_of_name(text: str, found: FoundQuantity, following: FoundQuantity | None) -> bool:
    """Which things are meant: 15—25度坡耕地, and right before a noun that is counted itself 12米公交车20辆, 3层厂房5栋."""
    unit = found.quantity.unit
    if found.before or found.quantity.approximate:
        return False
    if unit == "度":  # of slopes: 零下30摄氏度冷启动 is what is to be reached
        return WORD_AFTER.match(text, found.quantity.end) is not None
    sized = unit in _SIZES or found.kind == "volume" or (found.kind == "length" and unit not in _LONG)
    small = unit == "升" or (found.quantity.value or 0) <= _OF_ONE_THING
    if not (sized and small) or _OWN_SIZE.search(text, max(0, found.quantity.start - _WIDTH), found.quantity.start):
        return False
    counted = following is not None and following.kind == "count" and not following.before
    return bool(counted and following and _COUNTED_BEHIND.fullmatch(text, found.quantity.end, following.quantity.start))
