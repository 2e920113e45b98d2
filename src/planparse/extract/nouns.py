"""Noun phrases cut out of a clause: the one that ends before a number, and the one that begins behind it."""

from __future__ import annotations

import re
from functools import lru_cache

from planparse.extract.lexicon import worded
from planparse.language.time import MONTH, PERIOD, YEAR

_LONG_MODIFIER = 16
"""A modifier before 的 longer than this is no part of the shortest phrase (read off the annotated plans)."""
_SHORT_HEAD = 8
"""A head noun of at least this length says by itself what is counted."""
_SHORT_REST = 3
"""What is left of a phrase behind a verb that may belong to it (服务中心, 培训基地) must be longer than this."""
# What stands before a noun phrase and is no part of it
_FEW_YEARS = r"[一二两三四五]年(?:内|来)?|(?<![0-9])[0-9]{1,2}(?:[至-][0-9]{1,2})?年(?:之?内|左右)?"
_AIMING = r"(?:主要)?目标(?:还)?(?:包括|是|为)|<proposes>|提出(?=[^，。；：]{2,14}<proposed>$)|达到(?![^，。；：、的0-9]{2,6}水平的)"
_MORE_ADVERBS = (
    rf"{_FEW_YEARS}|{_AIMING}|总体(?=[达实稳保下上提控])|[^，。；：、]{{2,4}}后(?=实现)|<finishing>后|<phase>期内|<thorough>(?=<furthers>[^，。；：]{{2}})|带动(?=全[国省市县区州])|参加(?=各[类级种项])"
)
_REGION = r"(?:辖区内|全[市省州县区国域镇乡盟旗]|[本我][市省州县区国盟旗])(?:范围内?)?"
_TIME = (
    rf"(?:(?:[到至在从自]|截至)?(?:{YEAR}年?[—–~～至到－-]{{1,2}})?{YEAR}年?(?:年?[底末]|起|度(?!假)|[上下]半年)?(?:以?前|之前)?"
    rf"|到?(?:[“]?{PERIOD}[”]?[和、与])?[“]?{PERIOD}[”]?(?:规划)?(?:<of_period>|中后?期)|(?:规划)?期末|前[一二三]季度|[上下]半年|[0-9]{{1,2}}[-—－–~～至到][0-9]{{1,2}}月份?|{MONTH})"
)
_IN_CHARGE = r"(?=[^，。；：、]{2,24}负责)[^，。；：、]{2,24}[局厅委办部府司会站]负责(?!人|同志)(?=[\u4e00-\u9fff]{2})"
"""县水利局负责改厕: whose work it is"""
_OBLIGED = r"各(?:地区?|<places>)(?:[、和]?各?部门)?[要应须]"
_SINCE = r"在[^，。；：、]{2,16}之日起"
LEAD = worded(
    rf"(?:[，、；：。\s”）—且*＊★☆●○■□◆◇▲△※√→·•－-]|规模的|由(?![于衷])|{_IN_CHARGE}|{_SINCE}|{_TIME}|{_OBLIGED}|<adverbs>|{_MORE_ADVERBS}|[\u4e00-\u9fff]{{1,4}}(?:期|阶段)（[^（）]{{4,16}}）|{_REGION}|[一二三四五六七八九十]是"
    r"|（[0-9一二三四五六七八九十]+）|[0-9]{1,4}[.、](?![0-9])|按照|[以按从用于]$)+"
)
OF_LEVELS = "[城地州盟市县区旗镇乡街道、]{1,6}"
"""What else stands on a level: 县（市、区）, 乡（镇）"""
# What stands between a noun phrase and its number; read to the end without going back, as the lookahead sees to
_BASE = rf"(?:(?:相?较于?|(?<!占)相?比于?|相对于|与|同|在|以|不?[高低]于)(?:<set_back>|{YEAR}年?(?:底|末)?|[“]?{PERIOD}[”]?<of_period>?)(?:的?水平|的[0-9.]{{1,8}}[%‰万亿元吨]{{0,2}})?<levelled>?|<compared>|比[^，。；：、0-9]{{2,14}}[高低]出?)"
_UP_TO = r"(?:<rising>|降)[到至][^，。；：、0-9]{2,14}的"
_FROM_TO = r"(?:由|从)[^，。；]{1,24}[到至][^，。；]{0,8}"
_FROM = r"由(?=[^，。；]{0,9}[0-9一二三四五六七八九十目现原当])[^，。；]{1,24}|从(?![业事])[^，。；]{1,24}"
_TAIL = worded(
    rf"(?=((?:(?=[较比与同相在以环高低不]){_BASE}|要?{_SINCE}|{_FROM_TO}|{_FROM}|{_UP_TO}|<tails>|{_MORE_ADVERBS}|以[^，。；：、0-9]{{1,8}}为单位"
    rf"|[（(](?!{OF_LEVELS}[）)])[^（）()]*[)）]|[：:，、“]|(?=[0-9一二三四六七八九十上下规到至在从自截“]){_TIME}|(?<![0-9])<of_a_year>){{1,40}}))\1$"
)
MEASURE_FORM = r"<measures>$"
MEASURE = worded(MEASURE_FORM)
ATTRIBUTE = worded(r"总?(?:<attributes>|[日年]均?<flows><capacities>?|)")
# Acts, and what only leads to them
_ACTIONS = worded(r"<works>{1,4}(?:行动|工程)?$")
ACT_ALONE = worded(r"<works>")
_CARRIERS = worded(r"<carriers>$")
_ATTAINED = worded(r"<attaining>[^，。；：的]{0,20}<attained>$")
_LIGHT = worded(r"<light>(?=[^，。；]{2})")
_ENUMERATED = worded(r"<light>[^，。；、]{1,8}(?:、[^，。；、]{1,10}?){1,4}(<works>{1,2})$")
# Where a phrase behind a number ends
_AND_ONE = worded(r"^(?:<and>|一[座处个所条家])")
"""新建和改造 + 水厂, 建设一座 + 水厂"""
_STOP = worded(r"[，。；：！？]|（(?![^）]{1,12}）[^，。；：、）])|<leaving>|(?<![不未])<attaining>(?=[^，。；：、])|(?<=资金)(?:支持|扶持)(?=[^，。；]{2})|均[^衡]|<upon>")
_TOLD_OF = worded(r"(?:<leaving>|<attaining>|[对以])[^，。；：！？的]{2,24}的(?P<noun>[^，。；：！？、的]{2,16}?)(?:$|[，。；：！？]|<light>)")
_FULFILS = worded(r"(?P<what><attaining>[^，。；：、的]{1,10}<attained>)(?=$|[，。；：])")
"""50个村 + 达到示范标准"""
_THEN_WHEN = worded(rf"<strive>|(?:[于在到]|截至)?{YEAR}年")
_QUALIFIED_END = worded(r"(?:的?<qualified>|<joining>)$")
_CLAUSE_END = re.compile(rf"[，。；：！？]|、(?={YEAR})")
_JOINING_END = worded(r"<joining>$")
_YEARLY_OR_WHERE = re.compile(r"[^，。；]{0,8}每[年月季周学][度期年]?|在[^，。；、]{2,12}[上中内里]")
_TAKING = ("培训",)
"""Verbs whose object may have three characters (培训网格员), while 新增首贷户 stays whole."""
_ADDED = worded(r"<added>$")
_PER_HEAD = re.compile(r"每[0-9十百千万]+[名位户个人]?")
_BOUND_BY = worded(r"<bounding>[^，。；]{2,20}的$")
_BOUND_NOUN = worded(r"<bound_nouns>")
_MODAL = worded(r"[^，。；：、]{0,24}?(?:可以|可|将)(?=<outcome>)<furthers>?")
# 引导机构逐步将平均费率 + 降至1%: what is turned stands behind 将
_TURNED = worded(r"[^，。；：、将]{2,24}(?<!即)将(?P<measure>[^，。；：、将]{2,20}<measures>)$")
_USED = re.compile(r"使用[^，。；]{0,8}(?:年|以上)[^，。；]{0,4}的|[^，。；]{0,16}[0-9][毫厘]?米的")
_DESCRIBING = re.compile(r"具[有备]|有|面向|集|融|以")
# Verbs: at the head of a phrase with the adverbs before them (高标准建设, 新（改、扩）建, 选育或引进); such as never begin a noun (新建泵站);
# such as are seldom part of one, behind other words of the clause (依托存量设施布局建设)
_VERB = r"(?!<fresh>|新建建筑(?!面积))(?:<making>|<thorough>(?=<making>)|[新再])"
MAKING = worded(rf"(?:新（[^）]{{0,20}}）建|{_VERB}(?!性)(?:（[^）]{{1,6}}）)?(?:以|了|[并和及或、](?=<making>))?)+")
_PURE = worded(r"(?:<making>|<thorough>)?<pure>(?:（[^）]{1,6}）)?")
AMONG = "中(?:的|(?=有|达|优|建成|完成|创建|符合|水质))"
"""12个断面中优良比例达到50%, 12个断面中的5个: behind a whole of which a part is told"""
ADDING = re.compile("新增|净增")


def without_adding(name: str) -> str:
    """A thing that is added to what there is, by its own name: 新增床位 → 床位."""
    return name[added.end() :] if (added := ADDING.match(name)) else name


_INSIDE = worded(r"<inside>(?!区)")
# what is done to a crop or a waste at the end of a phrase, and such an act with the rate of it: 播种 | 收获 + 机械化率
ACT = worded(r"<acts>$")
ACT_WITH_RATE = worded(r"<acts>(?P<head>[^，。；、]{2,6}率)")


@lru_cache(maxsize=256)  # one quantity asks for the same phrase up to four times
def noun_before(before: str, made: bool) -> str:
    """The noun phrase that ends right before the number; ``made``: a making verb at its head is not part of it."""
    phrase = _BOUND_BY.sub("", re.split(r"[，；：。！？]", before.rstrip("，：、 "))[-1])
    if "基础上" in phrase:
        phrase = re.sub(r"在?[^，。；在]{0,24}基础上再?$", "", phrase)
    outside = ""
    if phrase.count("（") != phrase.count("）"):
        outside, _, phrase = phrase.rpartition("（")
    previous = None
    while phrase != previous:
        previous = phrase
        phrase = _TAIL.sub("", phrase)
        lead = LEAD.match(phrase)
        if lead and lead.end() < len(phrase):
            phrase = phrase[lead.end() :]
        elif lead:
            phrase = ""
    if outside and not phrase:
        return noun_before(outside, made)  # 明确改造时限（一般不超过3年）
    if "将" in phrase and (turned := _TURNED.match(phrase)):
        return turned["measure"]
    modal = _MODAL.match(phrase) if ("可" in phrase and made) or "将" in phrase else None
    if modal:
        phrase = phrase[modal.end() :]
    if made and not ATTRIBUTE.fullmatch(phrase) and not _PER_HEAD.match(phrase):
        phrase = _strip_verbs(phrase)
    if (before.startswith("、") and not phrase.endswith("”")) or _USED.match(phrase):
        phrase = phrase.rpartition("的")[2] or phrase
    return phrase


def _strip_verbs(phrase: str) -> str:
    """The phrase without the making verbs before its noun, or inside it; 新增 stays, as what is added is not what there is."""
    yearly = _YEARLY_OR_WHERE.match(phrase)
    if yearly and MAKING.match(phrase, yearly.end()):
        phrase = phrase[yearly.end() :]
    match = MAKING.match(phrase)
    if match and len(phrase) - match.end() == 1:
        match = MAKING.match(phrase, 0, match.end() - 1) or match  # 引进 + 孵化器
    return _object_of(phrase, match) if match else _behind_inner_verb(phrase)


def _object_of(phrase: str, verb: re.Match[str]) -> str:
    """What the verb at the head of the phrase is done to."""
    added = ADDING.search(verb[0])
    if added and len(phrase) - added.start() > len("新增") + 1:
        return phrase[added.start() :]  # 新增床位, 新增治理水土流失面积
    rest = _AND_ONE.sub("", phrase[verb.end() :], count=1)
    if not rest or rest.isascii() or ATTRIBUTE.fullmatch(rest):
        return rest  # 削减 + NOx
    if (added := ADDING.search(rest, 2)) and not _ADDED.search(rest):
        return rest[added.start() :]  # 支持社会力量 + 新增托位
    if len(rest) == _SHORT_REST and verb[0] in _TAKING and not _BOUND_NOUN.search(rest):
        return rest
    pure = len(rest) > 1 and (len(rest) >= verb.end() or verb.end() >= _SHORT_REST) and not _BOUND_NOUN.fullmatch(rest) and _PURE.fullmatch(verb[0])
    return rest if pure or len(rest) > _SHORT_REST else phrase


def _behind_inner_verb(phrase: str) -> str:
    """What the last verb inside a phrase is done to: 依托存量设施布局建设 + 100个, 县城新增 + 学位."""
    verbs = list(_INSIDE.finditer(phrase))
    inside = verbs[-1] if verbs else None
    if not inside or len(phrase) <= _SHORT_HEAD or _ACTIONS.fullmatch(phrase[inside.start() :]):
        return phrase
    rest = phrase[inside.end() :]
    if not rest and (inside[0] == "建成" or (inside[0] == "新增" and phrase[inside.start() - 1] != "）")) and not re.match("[在于依以沿由]", phrase):
        return _TAIL.sub("", phrase[: inside.start()])
    if inside[0] == "新增" and _ADDED.search(rest):
        return phrase
    return rest if not rest or (len(rest) > 2 and inside[0] != "新增") else phrase[inside.start() :]


def noun_after(after: str, keep: bool) -> str:
    """The noun phrase right behind the number; ``keep``: with its predicate (100% + 持证上岗)."""
    phrase = after[1:] if after.startswith("的") else after
    if keep:
        phrase = _CLAUSE_END.split(phrase, maxsplit=1)[0]
        if _ATTAINED.search(phrase):
            return phrase  # 80%的监测站达到建设标准
        return _QUALIFIED_END.sub("", _LIGHT.sub("", phrase))
    phrase = _THEN_WHEN.split(phrase, maxsplit=1)[0]
    end = _STOP.search(phrase, 1)
    if end and end.start() < _SHORT_HEAD and (told := _TOLD_OF.match(phrase, end.start())):
        return told["noun"]  # 个水质达到Ⅲ类的水库
    if end and "的" not in phrase[: end.start()] and (fulfils := _FULFILS.match(phrase, end.start())):
        return f"{fulfils['what']}的{phrase[: end.start()]}"
    phrase = _CARRIERS.sub("", phrase[: end.start()] if end else phrase)
    phrase = _LIGHT.sub("", phrase)
    phrase = _ENUMERATED.sub(r"\1", phrase) if "、" in phrase else phrase
    head, separator, tail = phrase.rpartition("的")
    if separator and _ACTIONS.fullmatch(tail):
        phrase = head.rpartition("的")[2] + tail if len(head) > _LONG_MODIFIER + _SHORT_HEAD else head + tail
    elif separator and len(tail) >= 2:
        loose = len(head) > _LONG_MODIFIER or len(tail) >= _SHORT_HEAD or "、" in head
        phrase = tail if loose or _DESCRIBING.match(head) else phrase
    return _JOINING_END.sub("", phrase)
