"""What a quantity measures: the shortest noun phrase with its object, cut out of the clause around the number."""

from __future__ import annotations

import re
from functools import cache

from planparse.data import vocabulary
from planparse.language.alternation import alternation
from planparse.language.quantities import FoundQuantity
from planparse.language.time import PERIOD, YEAR

_ADVERBS = (
    r"(?:力争|争取|努力|力求|确保|保证|务必|必须|坚决|严格|进一步|持续|不断|逐步|稳步|全面|基本|大力|积极|着力|加快|深入|继续|"
    r"原则上|全部|均|都|分别|各|须|需|应|要|将|把|使|让|可|能够?|累计|总计|合计|共计?|计划|预计|拟|约需|总体|平均|年均|每年|全年|今年|"
    r"年底前|年内|当年|同时|其中|以及|并|和|与|及|或|对|所有|各类|新的?|再|以|其他|届时|到时|至少|最多|不少于|一支|一个|一批|推进|推动|促进|实现|达到|保持|完成|初步)"
)
_REGION = r"(?:全[市省州县区国域镇乡盟旗]|[本我][市省州县区国盟旗]|[市省州县区]域)(?:范围内?)?"
_TIME = rf"(?:(?:[到至在]|截至)?{YEAR}年?(?:年?[底末])?(?:以?前|之前)?|(?:到)?[“]?{PERIOD}[”]?(?:规划)?(?:期末|末|期间|时期)|规划期末|到时)"
_LEAD = re.compile(rf"(?:[，、；：。\s”]|{_TIME}|{_ADVERBS}|{_REGION}|[一二三四五六七八九十]是|（[0-9一二三四五六七八九十]+）|[0-9]+[.、](?![0-9]))+")
_BASE = rf"(?:(?:较|比|与|同|相比|在|以)(?:上年|上一年|去年|{YEAR}年?(?:底|末)?|[“]?{PERIOD}[”]?(?:末|期末|时期)?|现有|目前|基期)(?:的?水平)?(?:相比|的?基础上|为基数)?|同比|环比)"
_TAIL = re.compile(
    rf"(?:{_BASE}|{_ADVERBS}|累计|[（(][^（）()]*[)）]|[：:，、“]|力争|的?幅度|为|是|占|由[^，。；]{{1,12}}|从[^，。；]{{1,12}}|年底前|原则|之内|一般|总数|数量|也|已|则|达|提高|提升|缩短|压缩|控制|下降|降低|减少|增长|增加|稳定|维持|扩大|发展|上升)+$"
)
_STOP_AFTER = re.compile(
    r"[，。；：！？）]|(?:进行|实施(?!方案)|开展|予以|给予|全部|均[^衡]|参加|参与|实现|建立|达到|纳入|完成(?!率)|到达|赴|用于|用来|以及|，)"
)
_ACTION = re.compile(
    r"(?:布局建设|建设任务|建队任务|建设工作|达标验收工作|的?(?:建设|创建)?(?:任务|目标|标准|要求|水平)|的?(?:布局)?建设(?:工作)?)$"
)
_ACTION_NOUN = re.compile(r"(?:建设|改造|验收|整治|治理|修复|创建|工作|任务|达标|提升|加固|清淤|排查|登记|目标|标准|要求|培训|普查|试点|评估|编制|维修|更新).{0,8}$")
_ATTRIBUTE = re.compile(
    r"^(?:总)?(?:占地面积|建筑面积|用地面积|总面积|面积|服务半径|覆盖半径|半径|长度|总长|全长|容量|总规模|规模|库容|日处理能力|处理能力|年产值|产值|产能|人数|总人数|每[支个家座]|占比|比例|比重|其中)$"
)
_QUOTES = str.maketrans("", "", "“”\"")


@cache
def _verbs() -> re.Pattern[str]:
    """Making verbs at the head of a phrase, with the adverbs before them."""
    making = alternation(vocabulary("commitments")["making"]["words"])
    return re.compile(rf"(?:新（[^）]*）建|(?:{making}|新|再|共|协同|有效|高标准|高质量|统筹|联合|精心|重点|分期|分批|选址|针对性|同步|择优|优先)+(?:并|和|及|或|以|了|、(?={making}))?)+")


@cache
def _verb_inside() -> re.Pattern[str]:
    """A making verb after other words of the clause: 依托存量设施布局建设."""
    making = alternation(w for w in vocabulary("commitments")["making"]["words"] if w not in ("服务", "发展", "覆盖", "供应", "生产", "保护", "开放", "支持", "安置", "组织", "规划", "突破", "储备", "接入", "培训", "实施", "治理", "改造", "整治", "修复", "更新", "提供", "投入", "救助", "展示", "落实", "退出", "转移", "转化", "安装", "达到", "实现", "优化", "清理", "演出", "形成"))
    return re.compile(making)


def find_subject(text: str, found: FoundQuantity, floor: int, ceiling: int, topic: str | None = None) -> str:
    """The subject of the quantity; ``floor``/``ceiling`` bound the stretch that belongs to it (clause, or up to its neighbours).

    ``topic`` (the title of the goal, task or project that the paragraph stands in) completes a bare attribute such as 建筑面积.
    """
    before = text[floor : found.quantity.start]
    after = text[found.quantity.end : ceiling]
    subject = _choose(before, after, found)
    if not subject or _ATTRIBUTE.match(subject):
        if found.kind == "time" and found.after and after.startswith("，"):
            return _next_clause(text, found)
        owner = _owner(text, floor, after, topic)
        subject = owner + subject
    return subject.translate(_QUOTES).strip("，。；：、 （）的") or _fallback(text, found, floor, topic)


def _choose(before: str, after: str, found: FoundQuantity) -> str:
    follows = bool(after) and after[0] not in "，。；：、）！？和及与或（,;"
    if found.kind == "cover":
        return noun_before(before, False)
    if found.kind in ("count", "people", "money", "area", "length", "volume", "mass", "energy", "data"):
        if follows and not found.before.startswith(("达", "提", "增")):
            return _counted(before, after, found)
        return noun_before(before, True)
    if follows and found.kind in ("percent", "time"):
        head, tail = noun_before(before, False), noun_after(after, keep=True)
        return tail if after.startswith("的") or not head else head + tail
    if found.kind == "time" and not noun_before(before, False):
        return ""
    return noun_before(before, False)


def _counted(before: str, after: str, found: FoundQuantity) -> str:
    """建设20个左右X → X; 组建一支30人的X → X人数; 至少设立1名X → X."""
    noun = noun_after(after, keep=False)
    if found.kind == "people" and after.startswith("的"):
        return noun + "人数"
    return noun or noun_before(before, True)


def noun_before(before: str, made: bool) -> str:
    """The noun phrase that ends right before the number; ``made``: a making verb at its head is not part of it."""
    phrase = re.split(r"[，；：。！？]", before.rstrip("，：、"))[-1]
    phrase = phrase if phrase.count("（") == phrase.count("）") else phrase.rsplit("（", 1)[-1]
    previous = None
    while phrase != previous:
        previous = phrase
        phrase = _TAIL.sub("", phrase)
        lead = _LEAD.match(phrase)
        if lead and lead.end() < len(phrase):
            phrase = phrase[lead.end() :]
    if made and not _ATTRIBUTE.match(phrase):
        phrase = _strip_verbs(phrase)
    if before.startswith("、"):
        phrase = phrase.rpartition("的")[2] or phrase
    return phrase


def _strip_verbs(phrase: str) -> str:
    match = _verbs().match(phrase)
    if match and match.end() < len(phrase):
        return phrase[match.end() :] if match.end() + 2 < len(phrase) else phrase
    inside = None
    for inside in _verb_inside().finditer(phrase):
        pass
    if inside and inside.end() + 1 < len(phrase) and not _ACTION_NOUN.match(phrase[inside.start() :]):
        return phrase[inside.end() :]
    return phrase


def noun_after(after: str, keep: bool) -> str:
    """The noun phrase right behind the number; ``keep``: the whole predicate (100% + 持证上岗)."""
    phrase = after[1:] if after.startswith("的") else after
    end = _STOP_AFTER.search(phrase, 1)
    if keep:
        end = re.compile(r"[，。；：！？]").search(phrase)
    phrase = phrase[: end.start()] if end else phrase
    if "、" in phrase and not keep:
        phrase = phrase
    phrase = _ACTION.sub("", phrase) if not keep else re.sub(r"的?(?:目标|标准|要求|原则)$", "", phrase)
    head, separator, tail = phrase.rpartition("的")
    if separator and not keep and len(tail) >= 2:
        phrase = head if _ACTION_NOUN.match(tail) else tail
    return re.sub(r"(?:和|及|与|以及|或|、)$", "", phrase)


def _next_clause(text: str, found: FoundQuantity) -> str:
    """灾害发生10小时内，受灾群众基本生活能够得到有效救助 → what stands behind the limit."""
    rest = re.split(r"[，。；]", text[found.quantity.end + 1 : found.quantity.end + 60])[0]
    return _LEAD.sub("", rest, count=1).replace("能够", "")


def _owner(text: str, floor: int, after: str, topic: str | None) -> str:
    """Whose attribute it is: the head noun further on (年产值…的龙头企业), the topic, or the object of the clause before."""
    ahead = re.search(r"的([^，。；、的0-9]{2,12})", after)
    if ahead and not after.startswith(("，", "。", "；")):
        return ahead[1]
    if topic:
        return topic
    for previous in reversed(re.split(r"[，；。,]", text[max(0, floor - 80) : floor].rstrip("，；。、,"))):
        noun = noun_before(re.sub(r"[0-9.]+.*$", "", previous), True)
        if noun and not _ATTRIBUTE.match(noun):
            return noun
    return ""


def _fallback(text: str, found: FoundQuantity, floor: int, topic: str | None) -> str:
    start = max(0, floor - 30)
    phrase = re.split(r"[，；。]", text[start : found.quantity.start].rstrip("，；。、"))[-1]
    return phrase.strip("，。；：、 ") or (topic or "") or found.quantity.raw
