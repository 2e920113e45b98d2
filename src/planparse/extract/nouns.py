"""Noun phrases cut out of a clause: the one that ends before a number, and the one that begins behind it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from planparse.data import alternation, vocabulary
from planparse.language.time import MONTH, PERIOD, YEAR

_LONG_MODIFIER = 16
"""A modifier before 的 longer than this is no part of the shortest phrase (read off the annotated plans)."""
_SHORT_HEAD = 8
"""A head noun of at least this length says by itself what is counted."""
_SHORT_REST = 3
"""What is left of a phrase behind a verb that may belong to it (服务中心, 培训基地) must be longer than this."""
AND = r"和(?![谐美睦])|(?<!普)及(?![时格第早])"
"""和 and 及 as words of their own, not in 和美乡村, 及时处置率, 普及率."""
_ADVERBS = (
    r"(?:力争|争取|努力|力求|有望|始终|确保|保证|务必|必须|坚决|严格|进一步|持续|不断|逐步|稳步|全面|基本(?!养老|医疗|公共|农田|生活|保险|药物|功能|单元|陈列)|大力|积极|着力|加快|深入|继续|"
    r"原则上|全部|(?<![户人亩年月地])均(?!衡)|都(?!市)|分别|各类(?![型别])|各(?![界地区县市乡镇州省级类])|须|应当|(?<![响供适效反相对])应(?![急用届对])|要(?!素)|将|把|使(?!用)|让|可以|能够|累计|总计|合计|共计?|计划|预计|拟|约|总体(?=[达实稳保下上提控])|今后|年均|每年|全年|今年(?:[底末]前?)?|"
    rf"年底前|年内|当年|明年|每(?:季度?|月|周|天|日|学期|学年)|[一二两三四五]年(?:内|来)?|(?<![0-9])[0-9]{{1,2}}(?:[至-][0-9]{{1,2}})?年(?:之?内|左右)?|同时|其中|以及|并|{AND}|与|或|对(?![外口接])|所有|各类|再(?:建(?![成设造立]))?(?!生|制|开发|利用|就业|贷款|担保)|做到|立即|约?需(?![求要水氧量])|明确|[^，。；：、]{{2,4}}后(?=实现)|(?:示范|试点|规划|计划|项目|建设)期内|提出(?=[^，。；：]{{2,14}}(?:率|收入|总值|增加值|投资|总额)$)|其他|届时|到时|至少|最多|不少于|一支|一个|一批|推进|推动|促进|"
    r"实现|达到(?![^，。；：、的0-9]{2,6}水平的)|保持|完成(?!率)|初步|严守|守住|提出(?=将|到|力争|使|把)|带动(?=全[国省市县区州])|(?:主要)?目标(?:还)?(?:包括|是|为)|参加(?=各[类级种项])|为|到(?![达位岗]))"
)
_REGION = r"(?:辖区内|全[市省州县区国域镇乡盟旗]|[本我][市省州县区国盟旗])(?:范围内?)?"
_TIME = (
    rf"(?:(?:[到至在从自]|截至)?(?:{YEAR}年?[—–~～至到－-]{{1,2}})?{YEAR}年?(?:年?[底末]|起|度(?!假))?(?:以?前|之前)?|到?(?:[“]?{PERIOD}[”]?[和、与])?[“]?{PERIOD}[”]?(?:规划)?(?:期末|末|期间|时期)|规划期末|{MONTH})"
)
LEAD = re.compile(
    rf"(?:[，、；：。\s”）—且-]|由(?![于衷])|在[^，。；：、]{{2,16}}之日起|{_TIME}|各(?:地区?|部门|单位|区县|县区|市县)(?:[、和]?各?部门)?[要应须]|{_ADVERBS}|{_REGION}|[一二三四五六七八九十]是|（[0-9一二三四五六七八九十]+）|[0-9]{{1,4}}[.、](?![0-9]))+"
)
_BASE = (
    rf"(?:(?:较|(?<!占)比|与|同|相比|在|以)(?:上年|上一年|去年|{YEAR}年?(?:底|末)?|[“]?{PERIOD}[”]?(?:末|期末|时期)?|现有|目前|基期)"
    r"(?:的?水平)?(?:相比|的?基础上|为基数)?|同比|环比)"
)
# What may stand between a noun and its number, to the end; read without going back, as the lookahead sees to.
_TAIL = re.compile(
    rf"(?=((?:(?=[较比与同相在以环]){_BASE}|要?在[^，。；：、]{{2,16}}之日起|进行|最[高低大小多少长短迟晚快]|平均|整体|总体|普遍|(?:由|从)[^，。；]{{1,24}}[到至][^，。；]{{0,8}}|各建成?|各设|{_ADVERBS}|[（(][^（）()]*[)）]|[：:，、“]|的?幅度|是|占|[到至]|(?:高于|快于|低于)[^，。；0-9]{{2,12}}|(?<![许认])可|(?<![存现所正])在|按照?|由(?=[^，。；]{{0,9}}[0-9一二三四五六七八九十目现原当])[^，。；]{{1,24}}|从(?![业事])[^，。；]{{1,24}}|(?=[0-9一二三四六七八九十上下规到至在从自截“]){_TIME}|原则|一般|数量|也|则|(?<![雷发传通直马])达|"
    r"提高|提升|缩短|缩小|压缩|控制|下降|降低|减少|增长|增加|稳定|维持|扩大|上升|(?<![一二两三四五十0-9])年|建有){1,40}))\1$"
)
MEASURE = re.compile(
    r"(?:率|比例|比重|占比|面积|长度|半径|倍数|时间|时限|周期|水平|规模|产值|收入|指数|系数|强度|浓度|总量|数量|容量|产量|总数|[人户家起次件]数|"
    r"资金|投入|用时|时长|里程|密度|成本|费用|支出|精度|速度|带宽|分值|权重|满意度|覆盖面|能力|能效|增速|增加值|排放量|减排量|投诉量|标准)$"
)
ATTRIBUTE = re.compile(
    r"(?:总)?(?:[日年](?:均)?(?:供水|供气|供热|处理|加工|发电|接待|出栏|生产|吞吐|储存)(?:能力|规模)?|占地面积|建筑面积|用地面积|总面积|面积|服务半径|覆盖半径|半径|长度|总长|全长|容量|总规模|规模|库容|日?处理能力|"
    r"年?产值|产能|总?人数|占比|比例|比重|总?投资|投入|)"
)
_ACTION = (
    r"(?:布局|建设|改造|验收|整治|治理|修复|创建|工作|任务|达标|提升|加固|清淤|排查|登记|培训|普查|试点|评估|编制|维修|更新|保护|建队|升级|确权|清理|监测|检测)"
)
_ACTIONS = re.compile(rf"{_ACTION}{{1,4}}(?:行动|工程)?$")
_CARRIERS = re.compile(r"(?:布局建设|建队任务|建设任务|的?(?:建设|创建)?(?:任务|目标|要求)|(?:的|建设|创建)标准)$")
_ATTAINED = re.compile(r"(?:达到|符合|满足)[^，。；：的]{1,8}(?:标准|要求|水平)$")
_LIGHT = re.compile(r"(?:进行|实施|开展|予以|逐项(?:开展)?|逐一(?:开展)?)(?=[^，。；]{2})")
_ENUMERATED = re.compile(rf"(?:实施|开展|进行)[^，。；、]{{1,8}}(?:、[^，。；、]{{1,10}}?){{1,4}}({_ACTION}{{1,2}})$")
_STOP = re.compile(
    r"[，。；：！？]|（(?![^）]{1,12}）[^，。；：、）])|(?:参加|参与|实现|纳入|到(?!位)|赴|用于|用来|以及|予以|给予|全部|[户人亩]均|均[^衡]|对(?![外口接比照]))"
)
_YEARLY_OR_WHERE = re.compile(r"[^，。；]{0,8}每[年月季周学][度期年]?|在[^，。；、]{2,12}[上中内里]")
_TAKING = ("培训",)
"""Verbs whose object may have three characters (培训网格员), while 新增首贷户 stays whole."""
_ADDED = re.compile(r"(?:额|量|率|数|能力|面积|规模|里程|产能|学位|床位)$")
_PER_HEAD = re.compile(r"每[0-9十百千万]+[名位户个人]?")
_BOUND_BY = re.compile(r"(?:不低于|不少于|不超过|不高于|达到|超过)[^，。；]{2,20}的$")
_BOUND_NOUN = re.compile(r"(?:项目|工程|任务|行动|面积|规模|单位|中心|基地|标准|资金|用地|投资|对象|能力|产能)")
"""Nouns that need the word before them (创建单位, 新增产能)."""
# 新建灌区预计可 + 新增有效灌溉面积: who will do it is no part of what is done
_MODAL = re.compile(
    r"[^，。；：、]{1,24}?(?:可以|可|将)(?=(?:推动|推进|促进|新增|增加|减少|节约|形成|建成|新建|改造|带动|吸纳|实现))(?:推动|推进|促进|实现)?"
)
_USED = re.compile(r"使用[^，。；]{0,8}(?:年|以上)[^，。；]{0,4}的")
_DESCRIBING = re.compile(r"具[有备]|有|面向|集|融|以")


@cache
def making_verbs() -> re.Pattern[str]:
    """Making verbs at the head of a phrase, with the adverbs before them: 高标准建设, 新（改、扩）建, 选育或引进."""
    making = alternation(vocabulary("commitments")["making"]["words"])
    adverbs = (
        r"共|协同|主导或参与|参与|牵头|有效|高标准|高质量|统筹|联合|精心|重点|分期|分批|选址|针对性|同步|择优|优先|加密|轮值|分年度"
    )
    verb = rf"(?!{alternation(vocabulary('commitments')['fresh']['words'])}|新建建筑(?!面积))(?:{making}|(?:{adverbs})(?={making})|[新再])"
    return re.compile(rf"(?:新（[^）]{{0,20}}）建|{verb}(?!性)(?:（[^）]{{1,6}}）)?(?:以|了|[并和及或、](?={making}))?)+")


@cache
def _pure_verbs() -> re.Pattern[str]:
    """Making verbs that never begin a noun: they are stripped even from a short one (新建泵站, 布设雷达)."""
    return re.compile(alternation(vocabulary("commitments")["pure"]["words"]))


@cache
def _verb_inside() -> re.Pattern[str]:
    """A making verb after other words of the clause (依托存量设施布局建设): only such as are seldom part of a noun."""
    return re.compile(alternation(vocabulary("commitments")["inside"]["words"]) + "(?!区)")


@cache
def acting() -> dict[str, re.Pattern[str]]:
    """What is done to a crop or a waste at the end of a phrase, and such an act with the rate of it: 播种 | 收获 + 机械化率."""
    acts = alternation(vocabulary("commitments")["acts"]["words"])
    return {"acts": re.compile(f"{acts}$"), "heads": re.compile(f"{acts}(?P<head>[^，。；、]{{2,6}}率)")}


@lru_cache(maxsize=256)  # one quantity asks for the same phrase up to four times
def noun_before(before: str, made: bool) -> str:
    """The noun phrase that ends right before the number; ``made``: a making verb at its head is not part of it."""
    phrase = _BOUND_BY.sub("", re.split(r"[，；：。！？]", before.rstrip("，：、 "))[-1])
    if "基础上" in phrase:
        phrase = re.sub(r"在?[^，。；在]{0,24}基础上再?$", "", phrase)
    outside = ""
    if phrase.count("（") != phrase.count("）"):
        ahead, _, phrase = phrase.rpartition("（")
        outside = ahead if phrase else ""
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
    modal = _MODAL.match(phrase) if ("可" in phrase and made) or "将" in phrase else None
    if modal:
        phrase = phrase[modal.end() :]
    if made and not ATTRIBUTE.fullmatch(phrase) and not _PER_HEAD.match(phrase):
        phrase = _strip_verbs(phrase)
    if before.startswith("、") or _USED.match(phrase):
        phrase = phrase.rpartition("的")[2] or phrase
    return phrase


def _strip_verbs(phrase: str) -> str:
    yearly = _YEARLY_OR_WHERE.match(phrase)
    if yearly and making_verbs().match(phrase, yearly.end()):
        phrase = phrase[yearly.end() :]
    match = making_verbs().match(phrase)
    if match and len(phrase) - match.end() == 1:
        match = making_verbs().match(phrase, 0, match.end() - 1) or match  # 引进 + 孵化器
    if match:
        rest = re.sub(rf"^(?:{AND})", "", phrase[match.end() :])
        if not rest:
            return ""
        if ATTRIBUTE.fullmatch(rest):
            return rest
        if len(rest) == _SHORT_REST and match[0] in _TAKING and not _BOUND_NOUN.search(rest):
            return rest
        pure = len(rest) > 1 and (len(rest) >= match.end() or match.end() > _SHORT_REST) and not _BOUND_NOUN.fullmatch(rest) and _pure_verbs().fullmatch(match[0])
        return rest if pure or len(rest) > _SHORT_REST else phrase
    verbs = list(_verb_inside().finditer(phrase))
    inside = verbs[-1] if verbs else None
    if inside and len(phrase) > _SHORT_HEAD and not _ACTIONS.fullmatch(phrase[inside.start() :]):
        rest = phrase[inside.end() :]
        if not rest and inside[0] == "建成" and not re.match("[在于依以沿由]", phrase):
            return _TAIL.sub("", phrase[: inside.start()])
        if inside[0] == "新增" and _ADDED.search(rest):
            return phrase
        return rest if not rest or len(rest) > 2 else phrase[inside.start() :]
    return phrase


def noun_after(after: str, keep: bool) -> str:
    """The noun phrase right behind the number; ``keep``: with its predicate (100% + 持证上岗)."""
    phrase = after[1:] if after.startswith("的") else after
    if keep:
        phrase = re.split(r"[，。；：！？]", phrase)[0]
        if _ATTAINED.search(phrase):
            return phrase  # 80%的监测站达到建设标准
        return re.sub(r"(?:的?(?:目标|标准|要求|原则)|和|及|与|以及|或|、)$", "", _LIGHT.sub("", phrase))
    end = _STOP.search(phrase, 1)
    phrase = _CARRIERS.sub("", phrase[: end.start()] if end else phrase)
    phrase = _LIGHT.sub("", phrase)
    phrase = _ENUMERATED.sub(r"\1", phrase) if "、" in phrase else phrase
    head, separator, tail = phrase.rpartition("的")
    if separator and _ACTIONS.fullmatch(tail):
        phrase = head.rpartition("的")[2] + tail if len(head) > _LONG_MODIFIER + _SHORT_HEAD else head + tail
    elif separator and len(tail) >= 2:
        loose = len(head) > _LONG_MODIFIER or len(tail) >= _SHORT_HEAD or "、" in head
        phrase = tail if loose or _DESCRIBING.match(head) else phrase
    return re.sub(r"(?:和|及|与|以及|或|、)$", "", phrase)
