"""What a table lists: indicators, tasks, projects, or something that no table of the dataset holds. Told over the whole typed table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from planparse.language.columns import NAMING, Role, stems_of
from planparse.tables.fit import Look, look_at
from planparse.tables.roles import Columns
from planparse.tables.weights import weights

TableKind = Literal["indicators", "projects", "tasks"]

_CAPTIONS = {
    "indicators": re.compile(r"指标|目标(?!任务|责任)|监测表"),
    "projects": re.compile(r"项目|工程"),
    "tasks": re.compile(r"任务|措施|分工|举措|行动|事项|工作要点|重点工作|责任清单|清单|实施方案|行动计划|分解|实事"),
}
_CALLED = {
    "indicators": re.compile(r"指标|目标"),
    "projects": re.compile(r"项目|工程"),
    "tasks": re.compile(r"任务|举措|事项|工作|行动|措施|政策|改革|实事"),
}
# What names end in or begin with: 森林覆盖率; 河道治理工程; 推进…
_MEASURED = re.compile(r"(?:率|数|量|比|比例|比重|占比|面积|总额|产值|收入|浓度|系数|寿命|规模|里程|强度|指数|能力|程度|值|人次|次数|增速|增长|下降|降低)(?:[（(].*)?$")
_BUILT = re.compile(r"(?:项目|工程|中心|[一二三四]期|站|厂|库|园|院|馆|基地|改造|扩建|平台|线|路|桥|校|区|水库|系统|建设)(?:[（(].*)?$")
_ACTS = re.compile(
    r"^(?:加快|持续|进一步|全面|深入|大力|积极)?(?:推进|推动|推广|推行|加强|加快|完善|建立|健全|开展|实施|优化|提升|强化|深化|落实|规范|促进|培育|构建|打造|支持"
    r"|鼓励|严格|引导|扩大|压减|简化|制定|出台|组织|加大|提高|畅通|拓展|发展|抓好|做好|保障|创新|统筹|实行|探索)"
)
_PROPERTY = re.compile(r"约束|预期")
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Kind:
    """A table's kind (None: no records), and how much dearer the next one is."""

    kind: TableKind | None
    margin: float
    why: tuple[str, ...] = ()
    """What spoke for and against the kind, by the names in weights.yaml."""


def tell_kind(
    columns: Columns, body: Sequence[Sequence[str]], caption: str | None, heading: str | None, unit: str | None = None, *, background: bool
) -> Kind:
    """The kind of a table: columns with their roles, the rows of data, its caption, the heading under which it stands, the unit that is
    stated for all of it."""
    if not columns.roles:
        return Kind(None, 9.0)
    w = weights("kinds")
    facts = _facts(columns, body, caption or heading or "") | ({"unit": True} if unit and "元" not in unit else {})
    prices: list[tuple[float, str, tuple[str, ...]]] = [(w["none"], "none", ())]
    for kind in get_args(TableKind):
        said = tuple(name for name in w if name.startswith(f"{kind}.") and facts.get(name, facts.get(name.partition(".")[2])))
        price = w[kind] + sum(w[name] for name in said) + w["background"] * (background and kind != "indicators")
        prices.append((price, kind, said))
    prices.sort(key=lambda one: one[0])
    price, best, why = prices[0]
    return Kind(None if best == "none" else best, round(prices[1][0] - price, 3), why)  # type: ignore[arg-type]


def _facts(columns: Columns, body: Sequence[Sequence[str]], caption: str) -> dict[str, bool]:
    """What can be said of a table; names with a dot are of one kind only."""
    roles = set(columns.roles)
    naming = columns.first(*NAMING, Role.CATEGORY)
    names = [look_at(row[naming]).text for row in body if row[naming]] if naming is not None else []
    called = " ".join(columns.names[i] for i in columns.of(*NAMING))
    acts, built, measured = (_share(pattern, names) for pattern in (_ACTS, _BUILT, _MEASURED))
    facts = {
        "values": _hold_values(columns, body),
        "unit": Role.UNIT in roles,
        "property": any(_PROPERTY.search(row[i]) for row in body for i in columns.of(Role.PROPERTY)),
        "money": Role.INVESTMENT in roles,
        "lead": bool(roles & {Role.LEAD, Role.SUPPORT}),
        "years": bool(roles & {Role.YEARS, Role.START}),
        "indicators.years": bool(roles & {Role.YEARS, Role.START, Role.END}),
        "end": bool(roles & {Role.END, Role.YEARS}),
        "content": Role.CONTENT in roles,
        "points": any(stem in name for name in columns.names for stem in stems_of(Role.SCORE)),
        "place": bool(roles & {Role.PLACE, Role.NATURE}),
        "indicators.acts": max(acts, built) > max(_SHARE, measured),
        "tasks.acts": acts > _SHARE,
        "projects.built": built > _SHARE and acts <= _SHARE,
        "indicators.project": bool(roles & {Role.PROJECT, Role.TASK}) and Role.NAME not in roles,
        "projects.task": Role.TASK in roles and Role.PROJECT not in roles,
        "tasks.project": Role.PROJECT in roles and Role.TASK not in roles,
    }
    for kind in get_args(TableKind):
        facts[f"{kind}.caption"] = _CAPTIONS[kind].search(caption) is not None
        role = {"indicators": Role.NAME, "projects": Role.PROJECT, "tasks": Role.TASK}[kind]
        facts[f"{kind}.named"] = role in roles and (kind != "indicators" or _CALLED[kind].search(called) is not None)
    return facts


def is_measured(name: str) -> bool:
    """Whether a name ends as names of what is measured do: 森林覆盖率, 居民收入（元）."""
    return _MEASURED.search(name) is not None


def _share(pattern: re.Pattern[str], names: list[str]) -> float:
    return sum(pattern.search(name) is not None for name in names) / len(names) if names else 0.0


def _hold_values(columns: Columns, body: Sequence[Sequence[str]]) -> bool:
    """Whether most cells of the value columns hold figures or states."""
    looks = [look for row in body for i in columns.of(Role.VALUE, Role.GROWTH) if (look := look_at(row[i])).text and not look.absent]
    return bool(looks) and sum(_is_value(look) for look in looks) > _SHARE * len(looks)


def _is_value(look: Look) -> bool:
    return look.state or look.figure
