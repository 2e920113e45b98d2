"""What a clause says of a number without committing to it: rates of grants, the state of things, classes, definitions, what is handed down."""

from __future__ import annotations

import re

from planparse.extract.clauses import Place
from planparse.extract.lexicon import GRANTS, MAKES, PURE, RATED, STRIVES, members, worded
from planparse.language.quantities import FoundQuantity
from planparse.language.time import YEAR

_BOUND = ("ge", "gt", "le", "lt")
_ITEMS = ("项", "条", "件")
_COMPLAINTS = worded(r"<complaints>的(?:首批|[首第][一二三]批)?$")
"""Of these any number is handed down (对照巡视反馈的12个问题), of others only items (省级下放的12项许可)."""

# 大型养殖场是指年出栏5000头以上的养殖场 · 本办法所称小微企业，是指… · 中型水库指总库容1000万立方米以上的水库
_MEANING = r"指(?![标导挥定引派南示令明数出纹认战])"
_DEFINING = worded(rf"(?:是|系|均|专){_MEANING}|指的是|所称|所谓|(?:^|[。；\n])(?:注[:：])?[^，。；：指]{{2,14}}(?<![引主]){_MEANING}")
# The class that a rule holds for: 对床位数在50张以上的养老机构 · 凡连续3年未… · 加快更换使用年限超过20年的管道
_OF_WHOM = worded(r"<of_whom>[^，。；：]*$")
_SHARE_OF = worded(r"<shares>(?:（[^（）]*）)?(?:在|达到?)?$")
"""对30%以上的县开展检查 tells how many, 对持股比例超过5%的股东 which ones."""
_BRACKET = re.compile(r"(?:（[^（）]{0,12}）)?")
_ALL_SUCH = worded(r"的[^，。；：、]{2,10}，|、[^，。；：、]{2,12}(?:[0-9.]+[^，。；：、]{1,10}以[上下]|[高低大小]于[0-9.]+[^，。；：、]{0,8})的(?!<rated>)|或[^，。；：]{2,30}(?:的|以[上下]的?)(?!的?<rated>)(?=[\u4e00-\u9fff])")
"""对造林3000亩以上的农户，… and 对功率低于2.5千瓦或利用率低于30%的机房… say which ones, whatever verbs stand among them."""
_BY = worded(r"<by>[^，。；：]{0,24}$")
_PER_UNIT = worded(r"(?:按照?|每(?![年月日季周])|单)(?:[^，。；：]{1,6}?)?<caps>?$")
_STANDARD = worded(r"<grant_measures>(?:为|是|<caps>)?(?:不[超高][过于][^，。；：]{0,10}的)?$")
_TARIFF = re.compile(r"标准[为是]?[:：]")
_REWARD = worded(r"(?:[、和][0-9.]+[万亿]?元){0,3}的?(?:一次性)?<rewards>(?:$|[，。；、])")
_MAY_GET = worded("可以?(?:分别)?<getting>|<granting>|授予")
_CAP = worded(r"(?:<caps>|(?:累计|<summed>|每[家户个]|单[个户家][^，。；：、]{0,4})<rewards>?(?:<grant_measures>|总额)?)为?$")
_GIVEN = worded("<granting>$")
"""贷款贴息1.5个百分点"""
_BEARS = worded(r"(?:<payers>各?|[省市县区乡镇级）]分别)<bearing>(?:资金)?占?$|<funds>各?占$|(?:第[一二三四五]年|首[批期次年]|余款|剩余)[^，。；：]{0,6}<bearing>$|分别<bearing>[0-9.%、和]{2,20}$")


# The circumstances of a test: 在零下35摄氏度环境下容量保持率达到80%
_UNDER = worded(r"的?[^，。；：、0-9]{0,8}<circumstances>下")
_IN = re.compile(r"在(?<![现正])[^，。；：、]{0,10}$")
# In what frame something is done: 在确保100%回灌的前提下 · 在考核的10个指标中，…
_PROVIDED = re.compile(r"[^，。；：、0-9]{0,10}的?前提下|[^，。；：、0-9]{1,8}中[，,]")
_AMONG = re.compile(r"[^，。；：、0-9]{1,10}中[，,]")
# 时速120公里以上线路 · 研制18兆瓦压缩机 · 开展18兆瓦压缩机研发
_RATED_BY = worded(r"<before_ratings>$")
_RESEARCHED = worded(r"[^，。；：、0-9]{0,24}<research>")


def describes(text: str, found: FoundQuantity, place: Place, dated: bool) -> bool:
    """Whether the clause only describes by the number. ``dated``: its sentence names a year to come, or its goal has a horizon."""
    begin, start = place.sentence[0], found.number_start
    if text.find("列", begin, start) >= 0 and _IF_MET.search(text, begin, start):
        return True
    told = text.find("指", begin, start) >= 0 or text.find("所", begin, start) >= 0
    if told and _DEFINING.search(text, begin, start):
        return True
    in_which = _IN.search(text, place.clause[0], found.quantity.start)
    if in_which and (_UNDER.match(text, found.quantity.end, place.clause[1]) or _PROVIDED.match(text, found.quantity.end)):
        return True
    among = found.kind == "count" and start - place.clause[0] < len("共有") and _AMONG.match(text, found.quantity.end)
    if among or _is_condition(text, found, place) or _is_size(text, found, place) or _is_selected(text, found, place):
        return True
    if _is_class(text, found, place) or _grants(text, found, place) or _handed_down(text, found, place):
        return True
    return _is_state(text, found, place, dated)


# Whom a rule concerns: 达到25%（…的达到15%）的，可申请贷款 · 大于100万元（含）的项目，要提供审计报告 · 占比超过20%，视为虚报
_THEN = r"[，,]<then>"
_CONDITION = worded(rf"的{_THEN}|[，,]<deemed>|[，,](?:启动|发布|进入)[^，。；]{{0,8}}<alarms>")
_GRADED = re.compile(r"的，?(?:[评认确判]?[定列]?为(?!民)|[评列]入|属于|优先|是)")
"""90分以上的为优秀"""
_TO_BELOW = re.compile(r"[0-9.]{1,8}[万亿]?[^，。；：0-9]{1,5}以[下内]")
"""造成3人以上10人以下死亡, 1万元以上10万元以下罚款: a class of a rule has two bounds"""
_OF_SUCH = worded(rf"（不?含）(?:至|/|的)|(?:（含[^（）]{{0,4}}）)?的[^，。；：、的]{{0,6}}{_THEN}|的<may_or_must>|的<outcomes>")
_RULED = worded(r"的[^，。；：、的]{0,4}<ruled>|<computed>|的[^，。；：、]{1,16}(?:不(?:<including>|适用|予|得|宜)|可不|无需)")
"""提高到100%的政策延续执行, 按15%的税率征收, 小于500平方米的地块不纳入统计"""
_IF_MET = re.compile(r"[下前所]列[^，。；：]{0,4}(?:条件|情形)")
_NEXT = 40
"""So far behind a condition stands what is given by it."""
_OCCURRING = worded(r"[^，。；：]{0,24}<occurring>")
_BRINGS = worded(r"预计可?将?<forecast>[^，。；：]{0,14}$")
_FORECAST = re.compile(rf"(?:预计|预测)，?(?:[^，。；：]*|[到至]?(?:{YEAR}年?[底末]?|全年)，[^，。；：]*|[^，。；：]*[达长降到][^，。；：]{{0,3}}[0-9](?![^。；]*{YEAR})[^。；]*)$")
_THIS_YEAR = re.compile(r"预计，?(?:今年|[前上下][^，。；]{0,3}[月季年])[^。；]*$")
_AIMED = re.compile(rf"预[计测]到{YEAR}年|到{YEAR}年[底末]?，[^。；]{{0,40}}?预[计测]")
"""到2025年，产值预计达到50亿元: what stands behind a horizon is a plan's aim, however carefully it is put"""
# 国家要求年检率达到95%，我县… · 《…规划》提出，到2025年…: what others set, until the sentence turns to its own; 部分渔村年检率不足50%
_QUOTED = worded(r"(?:(?:<nation>|全省)(?<![^，。；：\n][国全][家国省])(?:现行)?(?:标准)?|《(?<![^，。；：\n]《)[^》]{2,40}》)(?:(?:明确)?(?:规定|要求|提出)|明确(?=到?20))(?!的)")
_BESIDE = worded(r"（(?:<nation>(?:标准|规定|要求)|(?:<nation>|全省|行业)平均)[^（）0-9]{0,6}$")
"""漏损率控制在9%以内（国家标准为10%）"""
_OWN = re.compile("[本我][省市州县区旗]|全[市州县区旗]")
_OF_SOME = worded(r"[^，。；：、]{0,4}<some>")
_AS_PLANNED = worded(r"[^，。；：、]{0,4}的[^，。；：、]{0,8}目标[^，。；：]{0,16}<in_line>")


# 如覆盖率低于80%，取消资格 · 未达到95%的 · 除10个偏远乡镇外 · 水位达到35米时，
_SUPPOSING = worded(r"<supposing>")
_MISSED = worded(r"(?:未能?(?:按[期时]|如期|全部)?|没有)(?:<furthers>|达|满|通过)?$")
_EXCEPT = re.compile(r"(?<![清消扫拆免去排解移破])除(?![险湿尘雪草污臭])[^，。；：0-9]{0,14}$")
_OUTSIDE = re.compile(r"[^，。；：]{0,16}外(?:[，。；]|$)")


def _is_supposed(text: str, found: FoundQuantity, place: Place) -> bool:
    """What may happen, what was not reached, and what is left out: nobody promises the number."""
    start, end = place.clause[0], found.quantity.end
    if _SUPPOSING.match(text, start) and place.clause[1] < place.sentence[1]:
        return True
    if _MISSED.search(text, start, found.quantity.start) or text.startswith("达不到", found.quantity.start - 1) or text.startswith("时，", end):
        return True
    return bool(_EXCEPT.search(text, start, found.quantity.start) and _OUTSIDE.match(text, end))


def _is_condition(text: str, found: FoundQuantity, place: Place) -> bool:
    """Whom a rule concerns, when a grade is declared, what is expected: nobody promises it."""
    if _is_supposed(text, found, place) or text.startswith(("限制", "的限制"), found.quantity.end):
        return True
    end = place.clause[1]
    bound = found.quantity.comparator in _BOUND and text.startswith("的，", found.quantity.end)
    if bound and GRANTS.search(text, found.quantity.end, found.quantity.end + _NEXT):
        return True  # 完成投资1000万元以上的，按…给予奖补
    if found.quantity.comparator in (*_BOUND, "range") and not found.before and _GRADED.match(text, found.quantity.end):
        return True
    two = (found.after == "以上" and _TO_BELOW.match(text, found.quantity.end)) or (found.after in ("以下", "以内") and text.endswith("以上", 0, found.quantity.start))
    if (two and found.kind in ("people", "money", "count") and not found.before and not MAKES.search(text, place.clause[0], found.quantity.start)) or _RULED.match(text, found.quantity.end):
        return True
    if text.startswith(("则", "允许"), place.clause[0]):
        return True  # 若学位不足，则招满100% · 允许不超过五分之一的股东
    if _CONDITION.match(text, max(0, end - 2)) or _CONDITION.match(text, max(0, end - 1)):
        return not STRIVES.search(text, place.clause[0], found.quantity.start)
    if (found.quantity.comparator in _BOUND or text.startswith("（", found.quantity.end)) and _OF_SUCH.match(text, found.quantity.end):
        return not PURE.search(text, place.clause[0], found.quantity.start)
    served = found.kind == "count" and found.after and text.endswith("对", 0, found.quantity.start)
    if served and GRANTS.search(text, place.clause[0], place.segment[1]):
        return True
    declared = found.after and found.quantity.start - place.clause[0] <= 1 and (text.startswith("有", place.clause[0]) or _OCCURRING.match(text, found.quantity.end))
    quoted = _QUOTED.search(text, place.sentence[0], found.quantity.start)
    if _BESIDE.search(text, place.sentence[0], found.quantity.start) or (quoted and not _OWN.search(text, quoted.end(), found.quantity.start)):
        return True
    of_some = found.quantity.comparator == "lt" and _OF_SOME.match(text, place.clause[0], found.quantity.start)
    return bool(declared or of_some or _is_forecast(text, found, place) or _AS_PLANNED.match(text, found.quantity.end))


def _is_forecast(text: str, found: FoundQuantity, place: Place) -> bool:
    """What is expected to be reached (预计全年增长8%) or to come in, but not what is made or bounded (预计到2025年新建3座)."""
    clause = (place.clause[0], found.quantity.start)
    if text.find("预", place.segment[0], found.quantity.start) < 0:
        return False
    if _AIMED.search(text, place.sentence[0], found.quantity.start):
        return False
    if _BRINGS.search(text, *clause) or (found.quantity.comparator not in _BOUND and _THIS_YEAR.search(text, place.segment[0], found.quantity.start)):
        return True
    reached = found.before and found.quantity.comparator not in _BOUND and not (MAKES.search(text, *clause) or STRIVES.search(text, *clause))
    return bool(reached and _FORECAST.search(text, place.segment[0], found.quantity.start))


_SIZED = ("volume", "mass", "energy", "data", "physical")
_BOUNDED = re.compile(r"[\u4e00-\u9fff](?<![的的和及与或并左上等，])")
_CAPACITY = worded("<capacities>$")
_RATED = worded(r"<rates_of_plants>$")
_PLANT = worded(r"[^，。；：、0-9]{0,16}<plants>")
_BUILT = worded(r"[^，。；：、0-9]{0,16}<plants>的?建设(?=[，。；]|$)")
"""年产60万吨饲料等项目建设: what is built will make so much"""
_OF_FIRM = worded("<firms>$")
"""禾阳集团30万吨尼龙项目"""
_NAMED_BY_SIZE = worded(r"[^，。；：、0-9]{2,14}<plants>")
"""某公司7万吨合金项目"""
_STOREYS = worded(r"的?<houses>")


def _is_size(text: str, found: FoundQuantity, place: Place) -> bool:
    """How large the things are that something is done to: 2.0升及以下排量乘用车, 日产2500吨生产线, 12层以下住宅."""
    start, end = found.quantity.start, found.quantity.end
    rates = found.kind in (*_SIZED, "length") and not found.before and _BOUNDED.match(text, end)
    if rates and (_RATED_BY.search(text, place.clause[0], start) or _RESEARCHED.match(text, end)):
        return True
    if found.kind in _SIZED and not found.before and not _CAPACITY.search(text, place.clause[0], start):
        under = found.after in ("以下", "之下") and _BOUNDED.match(text, end) and not STRIVES.search(text, place.clause[0], start)
        joined = found.after.startswith(("及", "或")) and _BOUNDED.match(text, end + text.startswith("的", end)) and not RATED.match(text, end)
        if under or joined or _OF_FIRM.search(text, place.clause[0], start):
            return True
        if _BUILT.match(text, end):
            return False
        if found.kind in ("mass", "volume") and _NAMED_BY_SIZE.match(text, end) and not MAKES.search(text, place.clause[0], start):
            return True
        rated = _RATED.search(text, place.clause[0], start) and _PLANT.match(text, end)
        return bool(rated and not MAKES.search(text, place.clause[0], start))
    if found.quantity.unit != "层" or found.before:
        return False
    if found.after:
        return _STOREYS.match(text, end) is not None
    return not MAKES.search(text, place.clause[0], start)  # 政务中心2层大厅


_CHOSEN = worded("<choosing>")
_AS = re.compile(r"[^，。；：]{1,40}(?:作为|为)")
_PLANNED_ITEMS = worded(r"<this_time>[^，。；：]{0,8}(?:共|<funding>|立项)[^，。；：]{0,6}$")
FINISHED = worded("<finishing>")
_CLOSING = ("类", "种", "个", "项", "大")
ACTED_ON = worded(
    r"[^，。；：、的]{2,20}<remaking>(?:[及和与、]?[^，。；：、的]{2}){0,2}<projects_called>?(?=[，。；：]|$)|(?:<light>|逐个)[^，。；]{0,60}<remedies>"
)
"""What stands behind a number of things that something is done to: 2座泵站改造."""
_COUNTING = re.compile("[0-9一二两三四五六七八九十][个座处所家条支]")


def _is_selected(text: str, found: FoundQuantity, place: Place) -> bool:
    """What a notice names and counts: 确定云泽村等9个村为…, 本批安排项目9项, 单位共计90家（名单见附件）; and what a list closes with its own length (甲、乙和丙3类)."""
    if found.kind != "count" or found.before or found.after or found.quantity.value_max is not None or found.quantity.approximate:
        return False
    start = found.quantity.start
    listed = text.startswith("（名单", found.quantity.end) and _IN_ALL.search(text, place.clause[0], start)
    if listed or _PLANNED_ITEMS.search(text, place.clause[0], start):
        return True
    if text.endswith("等", 0, start) and _CHOSEN.search(text, place.segment[0], start) and _AS.match(text, found.quantity.end):
        return True
    ahead = text[place.clause[0] : start]
    items = re.split("[、和及与]", ahead)
    if found.chinese and found.quantity.value is not None and 1 < found.quantity.value <= len(items) and _BOUNDED.match(text, found.quantity.end):
        named = "、".join(items[-int(found.quantity.value) :])  # 甲、乙两个港区 that are there
        return not (PURE.search(named) or _COUNTING.search(ahead) or ACTED_ON.match(text, found.quantity.end))
    closes = found.quantity.value == len(items) > 2 and found.quantity.unit in _CLOSING
    made = MAKES.search(ahead) or FINISHED.search(text, found.quantity.end, place.clause[1])
    return closes and not (found.quantity.unit == "个" and made) and not PURE.search(ahead)


def _is_class(text: str, found: FoundQuantity, place: Place) -> bool:
    """Which things are meant (对床位数在50张以上的养老机构), where nothing is made of so many."""
    bracket = _BRACKET.match(text, found.quantity.end)
    end = bracket.end() if bracket else found.quantity.end
    such = _ALL_SUCH.match(text, end)
    if not (text.startswith("的", end) or such) or found.quantity.comparator not in _BOUND or RATED.match(text, end):
        return False
    if found.kind == "percent" and not _SHARE_OF.search(text, place.clause[0], found.quantity.start):
        return False
    opening = _OF_WHOM.search(text, place.clause[0], found.quantity.start)
    if not opening:
        return bool(such and not MAKES.search(text, place.clause[0], found.quantity.start))
    if (such or found.kind == "percent") and opening[0].startswith("对") and opening.start() == place.clause[0]:
        return True
    verbs = [m[0] for m in MAKES.finditer(text, opening.start(), found.quantity.start)]
    return all(verb in members("standing") for verb in verbs)



def _grants(text: str, found: FoundQuantity, place: Place) -> bool:
    """A rate or sum of a grant: 按设备投资额的15%给予奖励, 补贴标准不超过30%, 省级财政承担40%."""
    if found.kind not in ("percent", "money") or found.quantity.comparator == "ge":
        return False  # 按照每生每年不低于500元予以奖补 is a floor that is promised
    giving = GRANTS
    start = found.quantity.start
    if found.before in members("caps") and giving.search(text, place.sentence[0], start):
        return True  # 给予一次性奖补，最高100万元
    if _BEARS.search(text, place.clause[0], start) or (found.kind == "percent" and not found.before and _GIVEN.search(text, place.clause[0], start)):
        return True
    if found.quantity.comparator == "le" and _CAP.search(text, place.clause[0], start) and giving.search(text, place.sentence[0], start):
        return True
    if _TARIFF.search(text, place.sentence[0], start) and giving.search(text, place.sentence[0], start):
        return True
    rated = _BY.search(text, place.segment[0], start) or _PER_UNIT.search(text, place.clause[0], start)
    if rated and giving.search(text, place.sentence[0], place.segment[1]):
        return True
    if found.kind == "money" and _REWARD.match(text, found.quantity.end) and _MAY_GET.search(text, place.clause[0], start):
        return True
    given = giving.search(text, place.clause[0], start)
    limited = found.quantity.comparator == "le" or not found.before
    closes = text.startswith("的", found.quantity.end) or giving.match(text, found.quantity.end)
    return bool(given and limited and (closes or _STANDARD.search(text, place.clause[0], start)))


def _handed_down(text: str, found: FoundQuantity, place: Place) -> bool:
    """Items that another body made or passed on: 承接省级下放的12项行政许可事项."""
    if found.kind != "count" or found.before or found.after or "的" not in text[max(0, found.quantity.start - 4) : found.quantity.start]:
        return False
    ahead = (place.clause[0], found.quantity.start)
    if _COMPLAINTS.search(text, *ahead):
        return True
    handed = _HANDED.search(text, *ahead)
    return bool(handed and found.quantity.unit in _ITEMS and text[: found.quantity.start].endswith("的"))


# The state of things: 户籍人口38万人，其中老年人口占19% · 境内河流总长297公里 · 全县有卫生室120个 · 卫生室共计120个，分布在…
_REACHING = worded("<reaching>|每[^，。；]{1,6}拥有")
_WE_HAVE = re.compile("[全我本][省市州县区镇乡]拥有")
_HAVING = worded(r"<having>(?=[^，。；：、0-9]{2,14}(?:[0-9]|$))")
_WIDTH = 26
# 60个断面中，有50个达到优良，占83%
_OF_THEM_HAVE = re.compile(r"中，有(?:[^，。；]{1,20}，占)?$")
_SHARE = re.compile(r"(?:人口|面积|比重)[^，。；：、]{0,8}占[^，。；：、]{0,10}$")
_FACTS = worded(r"<facts>[^，。；：、]{0,6}$")
_STATE = worded(r"<state>")
_HANDED = worded(r"<handed>")
_IN_ALL = re.compile(r"共计?$|计$")


def _is_state(text: str, found: FoundQuantity, place: Place, dated: bool) -> bool:
    if found.before or found.after or found.quantity.comparator not in ("eq", "range"):
        return False
    begin, start = place.sentence[0], found.number_start
    if _FACTS.search(text, place.clause[0], start) and not any(verbs.search(text, place.clause[0], start) for verbs in (PURE, STRIVES, _REACHING)):
        return True
    if dated or found.kind == "time" or found.quantity.value_max is not None:
        return False
    told = bool(_STATE.search(text, begin, start) or _SHARE.search(text, place.clause[0], start))
    if told or _WE_HAVE.search(text, begin, start):
        return not any(verbs.search(text, begin, start) for verbs in (PURE, STRIVES, _REACHING))
    if _OF_THEM_HAVE.search(text, max(begin, start - _WIDTH), start):
        return True
    told = bool(_HAVING.search(text, begin, start) and found.kind in ("count", "people"))
    told = told or bool("分布" in text[found.quantity.end : place.sentence[1]] and _IN_ALL.search(text, place.clause[0], start))
    return told and not any(verbs.search(text, begin, start) for verbs in (MAKES, STRIVES))
