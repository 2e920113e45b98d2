"""What a table lists: indicators, tasks, projects, or something that no table of the dataset holds. Told over the whole typed table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from planparse.data.words import worded
from planparse.language.columns import NAMING, Role, stems_of
from planparse.tables.fit import Look, look_at
from planparse.tables.roles import Columns
from planparse.tables.weights import weights

TableKind = Literal["indicators", "projects", "tasks"]

_CAPTIONS = {"indicators": worded("<indicators_captioned>"), "projects": worded("<projects_called>"), "tasks": worded("<tasks_captioned>")}
_CALLED = {"indicators": worded("<indicators_called>"), "projects": worded("<projects_called>"), "tasks": worded("<tasks_called>")}
# What names end in or begin with: 森林覆盖率; 河道治理工程; 推进…
_MEASURED = worded(r"<measured>(?:[（(].*)?$")
_BUILT = worded(r"<built>(?:[（(].*)?$")
_ACTS = worded(r"^<furthering>?<begun_acts>")
_PROPERTY = worded("<binding>")
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
