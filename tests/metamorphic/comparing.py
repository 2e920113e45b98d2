"""Two runs over the same plan, compared record by record: F1 of the one against the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from planparse.evaluation.folding import fold
from planparse.language.script import to_simplified
from planparse.model.records import Records

TABLES = ("sections", "goals", "tasks", "projects", "indicators", "targets")
DOCUMENT_FIELDS = (
    "title", "doc_number", "index_number", "issuer", "region", "region_level", "region_code", "domain", "plan_kind",
    "period_start", "period_end", "base_year", "issued_date", "published_date",
)  # fmt: skip
_IDENTIFIERS = ("section_id", "goal_id", "task_id", "project_id", "indicator_id", "target_id", "table_id")
PLACE = frozenset(("trust", *_IDENTIFIERS, "doc_id", "parent_id", "owner_id", "source_start", "source_end", "page", "seq"))
"""Where a record stands and how it is called, not what it says; what it hangs on is compared by name."""
Key = tuple[tuple[str, Any], ...]
Rows = dict[str, Counter[Key]]


@lru_cache(maxsize=1 << 16)
def _folded(text: str) -> str:
    return fold(to_simplified(text))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _folded(value)
    if isinstance(value, Decimal):
        return value.normalize()
    if isinstance(value, list):
        return tuple(map(_plain, value))
    if isinstance(value, dict):
        return tuple(sorted((_folded(k), _folded(v)) for k, v in value.items()))
    return value


def rows(records: Iterable[Records], ignore: frozenset[str] = frozenset()) -> Rows:
    """What the records of one file say, by table; wording is folded as the annotation guide does."""
    found: Rows = {table: Counter() for table in ("documents", *TABLES)}
    for one in records:
        for document in one.documents:
            found["documents"].update(
                ((name, _plain(getattr(document, name))),) for name in DOCUMENT_FIELDS if name not in ignore
            )
        names = _names(one)
        for table in TABLES:
            for row in getattr(one, table):
                found[table][_key(row, names, ignore)] += 1
    return found


def _names(one: Records) -> dict[str, str]:
    """What each identifier is called."""
    names = {row.section_id: row.title for row in one.sections}
    names |= {row.goal_id: row.label or row.text[:12] for row in one.goals}
    names |= {row.task_id: row.title for row in one.tasks}
    return names | {row.project_id: row.name for row in one.projects}


def _key(row: Any, names: dict[str, str], ignore: frozenset[str]) -> Key:
    values = {name: _plain(value) for name, value in row.__dict__.items() if name not in PLACE and name not in ignore}
    for name in ("section_id", "parent_id", "owner_id"):
        if getattr(row, name, None):
            values[name] = _folded(names.get(getattr(row, name), "?"))
    return tuple(sorted(values.items(), key=lambda item: item[0]))


@dataclass
class Tally:
    """One table over many documents."""

    same: int = 0
    before: int = 0
    after: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.same / (self.before + self.after) if self.before + self.after else 1.0


def tally(total: dict[str, Tally], name: str, before: Rows, after: Rows) -> None:
    """Add one document's comparison; ``differences`` tell rows that are lost (-) and rows that are new (+)."""
    for table, wanted in before.items():
        got = after[table]
        one = total.setdefault(table, Tally())
        one.same += (wanted & got).total()
        one.before += wanted.total()
        one.after += got.total()
        lost, new = sorted((wanted - got).elements(), key=str), sorted((got - wanted).elements(), key=str)
        one.differences += [f"{name}: {table}: {line}" for line in _told(lost, new)]


IDENTITY = ("title", "name", "quantity_raw", "label", "text")


def _told(lost: list[Key], new: list[Key]) -> Iterable[str]:
    """Lost and new rows; where two are of the same name, only the columns in which they differ."""
    rest = list(new)
    for key in lost:
        values = dict(key)
        partner = next((other for other in rest if _same_name(values, dict(other))), None)
        if partner is None:
            yield f"- {_short(values)}"
            continue
        rest.remove(partner)
        others = dict(partner)
        changed = {n: (values.get(n), others.get(n)) for n in {*values, *others} if values.get(n) != others.get(n)}
        told = "; ".join(f"{n}: {_cut(a, b)} → {_cut(b, a)}" for n, (a, b) in sorted(changed.items()))
        yield f"~ {_short(values)}: {told}"
    for key in rest:
        yield f"+ {_short(dict(key))}"


def _same_name(one: dict[str, Any], other: dict[str, Any]) -> bool:
    name = next((n for n in IDENTITY if one.get(n)), None)
    if name is None:
        return set(one) == set(other)
    if name == "quantity_raw":
        return one.get(name) == other.get(name) and str(one.get("sentence"))[:8] == str(other.get("sentence"))[:8]
    return str(one[name])[:12] == str(other.get(name))[:12]


def _short(values: dict[str, Any]) -> str:
    name = next((str(values[n]) for n in IDENTITY if values.get(n)), str(values))
    sort = values.get("level") or values.get("kind") or values.get("subject") or ""
    return f"[{sort}] {name[:40]}"


def _cut(value: Any, other: Any) -> str:
    """A value around the first place in which it differs from another."""
    if not isinstance(value, str) or not isinstance(other, str):
        return str(value)[:60]
    at = next((i for i, (a, b) in enumerate(zip(value, other, strict=False)) if a != b), min(len(value), len(other)))
    return f"…{value[max(0, at - 10) : at + 25]}…(of {len(value)})"
