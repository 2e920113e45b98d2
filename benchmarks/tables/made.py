"""Random tables of indicators, projects and tasks, and the rows that an analyst reads in them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from benchmarks.tables import words

KINDS = ("indicators", "projects", "tasks")


@dataclass(slots=True)
class Cell:
    """A cell of the made table, at its top left place."""

    text: str
    rows: int = 1
    columns: int = 1


Row = list[Cell | None]
"""None where a cell from above or from the left covers the place."""


@dataclass(slots=True)
class Table:
    """A made table: rows as wide as the table, the first of them its header; the records that are to be read in it."""

    kind: str
    caption: str
    unit: str | None
    header: int
    rows: list[Row]
    notes: list[str]
    records: list[dict[str, Any]]
    serial: bool
    merged: bool
    widths: list[int] = field(default_factory=list)
    """The usual length of the text of each column."""


def make(kind: str, seed: int, *, long: bool = False) -> Table:
    """The made table of a kind and a seed; ``long`` ones have enough rows for several pages."""
    rng = random.Random(f"{kind} {seed}")
    count = rng.randint(30, 70) if long else rng.choice((5, 6, 8, 10, 12, 15, 20, 30))
    return {"indicators": _indicators, "projects": _projects, "tasks": _tasks}[kind](rng, count)


def _maybe(rng: random.Random, share: float) -> bool:
    return rng.random() < share


def _ordinal(left: list[str]) -> str:
    """The ordinal of the category whose title was taken last."""
    return "一二三四五六七八九十"[len(words.CATEGORIES) - len(left) - 1]


def _header(columns: list[tuple[str, ...]]) -> list[Row]:
    """Header rows: columns with two names stand under the first one; equal neighbours share it."""
    if all(len(column) == 1 for column in columns):
        return [[Cell(column[0]) for column in columns]]
    top: Row = []
    below: Row = []
    for number, column in enumerate(columns):
        if len(column) == 1:
            top.append(Cell(column[0], rows=2))
            below.append(None)
        else:
            first = number == 0 or len(columns[number - 1]) == 1 or columns[number - 1][0] != column[0]
            if first:
                wide = next((i for i in range(number, len(columns)) if len(columns[i]) == 1 or columns[i][0] != column[0]), len(columns))
                top.append(Cell(column[0], columns=wide - number))
            else:
                top.append(None)
            below.append(Cell(column[1]))
    return [top, below]


def _full(text: str, width: int) -> Row:
    return [Cell(text, columns=width), *([None] * (width - 1))]


def _merge(rows: list[Row], at: int, column: int, count: int) -> None:
    """Let the cell span so many rows."""
    cell = rows[at][column]
    assert cell is not None
    cell.rows = count
    for row in rows[at + 1 : at + count]:
        row[column] = None


# ---- indicators ------------------------------------------------------------------------------------------------------


def _figure(rng: random.Random, unit: str | None) -> str:
    if unit in ("%", "岁", None, "吨标准煤/万元", "微克/立方米", "平方米"):
        return f"{rng.uniform(0.3, 99):.{rng.choice((0, 1, 1, 2))}f}"
    number = rng.choice((rng.randint(2, 99), rng.randint(100, 999), rng.randint(1000, 60000)))
    return f"{number:,}" if number >= 1000 and _maybe(rng, 0.3) else f"{number}" if _maybe(rng, 0.7) else f"{number}.{rng.randint(1, 9)}"


def _near(rng: random.Random, figure: str) -> str:
    """Another figure of the same size, with as many decimals."""
    plain = figure.replace(",", "")
    places = len(plain.partition(".")[2])
    value = float(plain) * rng.uniform(0.85, 1.7)
    return f"{value:,.{places}f}" if "," in figure else f"{max(value, 1):.{places}f}"


def _aim(rng: random.Random, unit: str | None, base: str) -> tuple[str, str, Decimal]:
    """Wording, comparator, value of a target."""
    figure = _near(rng, base)
    value = Decimal(figure.replace(",", ""))
    forms = [(f"{figure}", "eq")] * 6 + [(f"≥{figure}", "ge"), (f"＞{figure}", "gt"), (f"≤{figure}", "le"), (f"{figure}以上", "ge"), (f"{figure}左右", "eq")]
    if unit == "%":
        forms += [(f"{figure}%", "eq"), (f"下降{figure}%", "decrease")]
    wording, comparator = rng.choice(forms)
    return wording, comparator, value


def _indicators(rng: random.Random, count: int) -> Table:
    serial, categories = _maybe(rng, 0.6), rng.choice((None, None, "column", "rows"))
    unit_in = rng.choice(("column", "column", "name", "none"))
    levels = rng.choice(words.LEVELS) if categories == "column" and _maybe(rng, 0.3) else None
    nested = rng.choice(words.UNDER) if _maybe(rng, 0.35) else None
    columns: list[tuple[str, tuple[str, ...]]] = []
    if categories == "column":
        columns += [("category", (name,)) for name in (levels[:-1] if levels else [rng.choice(words.CATEGORY)])]
    if serial:
        columns.insert(0 if _maybe(rng, 0.6) else len(columns), ("serial", (rng.choice(words.SERIAL),)))
    columns.append(("name", (levels[-1] if levels else rng.choice(words.NAME),)))
    if unit_in == "column":
        columns.append(("unit", (rng.choice(words.UNIT),)))
    if _maybe(rng, 0.12) and not nested:
        columns.append(("past", (rng.choice(words.PAST),)))
    parent = rng.choice(words.PARENTS)
    target = rng.choice(words.TARGET)
    columns.append(("base", (parent, nested[0]) if nested else (rng.choice(words.BASE),)))
    columns.append(("target", (parent, nested[1]) if nested else (target,)))
    columns += [("growth", (rng.choice(words.GROWTH),))] * _maybe(rng, 0.2)
    columns += [("property", (rng.choice(words.PROPERTY),))] * _maybe(rng, 0.6)
    columns += [("remark", (rng.choice(words.REMARK),))] * _maybe(rng, 0.15)
    kinds = [kind for kind, _ in columns]
    rows = _header([names for _, names in columns])
    depth, records = len(rows), []
    groups = sorted(rng.sample(range(1, count), min(count // 4, 4))) if categories and count > 4 else []
    names = rng.sample([(p, i) for p in sorted(set(words.PLACES_OF)) for i in words.INDICATORS], count)
    label, begun, titles = "", depth, rng.sample(words.CATEGORIES, len(words.CATEGORIES))
    for number in range(count):
        opens = bool(categories) and (number == 0 or number in groups)
        if opens:
            if categories == "column":
                _close_category(rows, kinds, begun, depth)
            label, begun = titles.pop(), len(rows)
            if categories == "rows":
                label = f"{_ordinal(titles)}、{label}"
                rows.append(_full(label, len(columns)))
        row, record = _indicator(rng, kinds, names[number], unit_in, number + 1, label if opens else None)
        record["category"] = f"{label} 质效" if label and kinds.count("category") == 2 else label or None
        record["number_raw"] = str(number + 1) if serial else None
        record["baseline_year"] = 2020 if record["baseline_raw"] else None
        record["target_year"] = 2025 if record["target_raw"] else None
        rows.append(row)
        records.append(record)
    if categories == "column":
        _close_category(rows, kinds, begun, depth)
    marked = any("〔" in (r["target_raw"] or "") for r in records)
    notes = ["注：〔〕内为五年累计数。"] if marked else []
    caption = rng.choice(("沙洲市“十四五”发展主要指标", "主要指标表", "“十四五”规划指标体系", "云溪市高质量发展指标"))
    return Table("indicators", f"表1 {caption}", None, depth, rows, notes, records, serial, categories == "column")


def _close_category(rows: list[Row], kinds: list[str], begun: int, depth: int) -> None:
    if len(rows) > begun >= depth:
        for column, kind in enumerate(kinds):
            if kind == "category":
                _merge(rows, begun, column, len(rows) - begun)


def _indicator(
    rng: random.Random, kinds: list[str], named: tuple[str, tuple[str, str | None]], unit_in: str, number: int, label: str | None
) -> tuple[Row, dict[str, Any]]:
    place, (name, unit) = named
    name = place + name
    if unit_in == "name" and unit:
        name = f"{name}（{unit}）"
    held = _figure(rng, named[1][1])
    wording, comparator, value = _aim(rng, unit, held)
    if unit_in == "none":
        unit = "%" if wording.endswith("%") and comparator != "decrease" else None
    base = rng.choice((held,) * 6 + ("—",))
    prop = rng.choice(("约束性", "预期性"))
    cells = {
        "serial": str(number), "category": label or "", "name": name, "unit": unit or "—", "past": _near(rng, held), "base": base,
        "target": wording, "growth": rng.choice(("6.5%", "—", "3.2%")), "property": prop, "remark": rng.choice(words.SOURCES),
    }  # fmt: skip
    row: Row = []
    seen = False
    for kind in kinds:
        text = cells[kind]
        if kind == "category":
            text = f"{label}" if not seen else "质效"
            seen = True
        row.append(Cell(text))
    return row, {
        "name": name,
        "unit": unit,
        "baseline_raw": None if base == "—" else base,
        "baseline_value": None if base == "—" else Decimal(base.replace(",", "")),
        "target_raw": wording,
        "target_value": value,
        "comparator": comparator,
        "property": {"约束性": "binding", "预期性": "expected"}[prop] if "property" in kinds else None,
    }


# ---- projects --------------------------------------------------------------------------------------------------------


def _offices(rng: random.Random, most: int) -> list[str]:
    return rng.sample(words.OFFICES, rng.randint(1, most))


def _span(rng: random.Random) -> tuple[str, int | None, int]:
    start, end = rng.randint(2019, 2023), rng.randint(2023, 2027)
    end = max(end, start)
    forms = [
        (f"{start}-{end}", start, end), (f"{start}-{end}年", start, end), (f"{start}年-{end}年", start, end), (f"{start}～{end}年", start, end),
        (f"{start}—{end}", start, end), (f"{end}年", end, end), (f"{start}年3月至{end}年10月", start, end), (f"{start}.3-{end}.12", start, end),
    ]  # fmt: skip
    return rng.choice([f for f in forms if start < end or ("年" in f[0] and f[1] == f[2])] or [(f"{end}年", end, end)])


def _deadline(rng: random.Random) -> tuple[str, int]:
    year = rng.randint(2021, 2025)
    return rng.choice((f"{year}年底前", f"{year}年", f"{year}年6月底", f"{year}年12月", f"{year}年底")), year


def _content(rng: random.Random) -> str:
    return rng.choice(words.CONTENTS).format(n=rng.randint(200, 90000), m=rng.randint(2, 60))


def _projects(rng: random.Random, count: int) -> Table:
    grouped = rng.choice((None, None, "column", "rows", "sums"))
    scale, in_header = rng.choice((("万元", 1), ("亿元", 10000))), _maybe(rng, 0.6)
    columns = _project_columns(rng, scale[0] if in_header else "", category=grouped == "column")
    kinds = [kind for kind, _ in columns]
    rows = _header([names for _, names in columns])
    depth = len(rows)
    body: list[tuple[Row, dict[str, Any]]] = [_project(rng, kinds, number + 1, scale[1]) for number in range(count)]
    groups = {0, *rng.sample(range(1, count), min(3, count // 4))} if grouped else set()
    titles = rng.sample(words.CATEGORIES, len(words.CATEGORIES))
    label, begun, total = None, depth, rng.choice((None, None, None, "first", "last"))
    records: list[dict[str, Any]] = []
    if total == "first":
        rows.append(_sum("合计", kinds, [r for _, r in body], scale[1]))
        begun += 1
    for number, (row, record) in enumerate(body):
        if number in groups:
            if grouped == "column" and number:
                _close_category(rows, kinds, begun, depth)
            label, begun = titles.pop(), len(rows)
            if grouped != "column":
                label = f"{_ordinal(titles)}、{label}类"
                members = [r for n, (_, r) in enumerate(body) if n >= number and n < min((g for g in groups if g > number), default=count)]
                rows.append(_sum(label, kinds, members, scale[1]) if grouped == "sums" else _full(label, len(columns)))
        if grouped == "column":
            cell = row[kinds.index("category")]
            assert cell is not None
            cell.text = (label or "") if number in groups else ""
        record["category"] = label
        rows.append(row)
        records.append(record)
    if grouped == "column":
        _close_category(rows, kinds, begun, depth)
    if total == "last":
        rows.append(_sum("合计", kinds, [r for _, r in body], scale[1]))
    unit = None if in_header or "money" not in kinds else scale[0]
    return Table("projects", "附表2 云溪市重点项目表", unit, depth, rows, [], records, True, grouped == "column")


def _project_columns(rng: random.Random, unit: str, *, category: bool) -> list[tuple[str, tuple[str, ...]]]:
    """Kinds and names of the columns of a project table."""
    unit = f"（{unit}）" if unit else ""
    money = rng.choice(words.MONEY) + (unit)
    years = rng.choice(("years", "years", "pair", "end", None))
    columns: list[tuple[str, tuple[str, ...]]] = [("serial", (rng.choice(words.SERIAL),))]
    columns += [("category", (rng.choice(words.PROJECT_CATEGORY),))] * category
    columns.append(("name", (rng.choice(words.PROJECT_NAME),)))
    columns += [("nature", (rng.choice(words.NATURE),))] * _maybe(rng, 0.25)
    columns += [("content", (rng.choice(words.CONTENT),))] * _maybe(rng, 0.8)
    columns += [("place", (rng.choice(words.PLACE),))] * _maybe(rng, 0.25)
    if years == "pair":
        pair = rng.choice(words.STARTS)
        columns += [("start", ("建设年限", pair[0])), ("finish", ("建设年限", pair[1]))]
    elif years:
        columns.append((years, (rng.choice(words.YEARS if years == "years" else words.END),)))
    if _maybe(rng, 0.8):
        columns.append(("money", (money,)))
        columns += [("part", (rng.choice(words.PART) + (unit),))] * _maybe(rng, 0.3)
    columns.append(("lead", (rng.choice(words.PROJECT_LEAD),)))
    columns += [("support", (rng.choice(words.SUPPORT),))] * _maybe(rng, 0.2)
    columns += [("remark", ("备注",))] * _maybe(rng, 0.1)
    return columns


def _sum(label: str, kinds: list[str], members: list[dict[str, Any]], scale: int) -> Row:
    """A row that names a category or 合计 with the sum of its members."""
    if "money" not in kinds:
        return _full(label, len(kinds))
    at = kinds.index("money")
    total = sum((r["investment_wan"] for r in members), Decimal(0)) / scale
    row: Row = [Cell(label, columns=min(2, at)), *([None] * (min(2, at) - 1))]
    return row + [Cell(f"{total.normalize():f}" if i == at else "") for i in range(len(row), len(kinds))]


def _project(rng: random.Random, kinds: list[str], number: int, scale: int) -> tuple[Row, dict[str, Any]]:
    name = rng.choice(words.PROJECT_HEADS) + rng.choice(("", "片区", "镇", "新区")) + rng.choice(words.PROJECT_TAILS)
    content, (span, start, end), (deadline, due) = _content(rng), _span(rng), _deadline(rng)
    money = Decimal(rng.randint(12, 90000)) if scale == 1 else Decimal(rng.randint(2, 900)) / 10
    wording = f"{money:,}" if money >= 1000 and _maybe(rng, 0.2) else str(money)
    lead, support = _offices(rng, 2), _offices(rng, 2)
    first, last = min(start or end, end), end
    cells = {
        "serial": str(number), "category": "", "name": name, "nature": rng.choice(words.NATURES), "content": content,
        "place": rng.choice(("云溪区", "青石县", "柳湾镇", "高新区")), "years": span, "start": f"{first}", "finish": f"{last}", "end": deadline,
        "money": wording, "part": str((money / 2).quantize(Decimal("0.1"))), "lead": "、".join(lead), "support": "、".join(support), "remark": "",
    }  # fmt: skip
    begins = {"years": start, "start": first}
    finishes = {"years": end, "finish": last, "end": due}
    return [Cell(cells[kind]) for kind in kinds], {
        "number_raw": str(number),
        "name": name,
        "content": content if "content" in kinds else None,
        "start_year": next((begins[k] for k in kinds if k in begins), None),
        "end_year": next((finishes[k] for k in kinds if k in finishes), None),
        "investment_wan": money * scale if "money" in kinds else None,
        "lead_units": lead,
        "support_units": support if "support" in kinds else [],
    }


# ---- tasks -----------------------------------------------------------------------------------------------------------


def _measure(rng: random.Random) -> str:
    said, more = rng.choice(words.MEASURES), rng.choice(words.MEASURE_ENDS)
    return said + ("。" if more and not said.endswith("。") else "") + more


def _tasks(rng: random.Random, count: int) -> Table:
    own, grouped, merges = _maybe(rng, 0.25), _maybe(rng, 0.25), _maybe(rng, 0.4)
    columns: list[tuple[str, str]] = [("serial", "序号")] * (merges or _maybe(rng, 0.8))
    columns.append(("task", rng.choice(words.OWN_TASK if own else words.TASK)))
    columns += [("content", rng.choice(words.MEASURE))] * (merges or _maybe(rng, 0.7))
    columns.append(("lead", rng.choice(words.OWN_LEAD if own and _maybe(rng, 0.7) else words.LEAD)))
    columns += [("support", rng.choice(words.SUPPORT))] * _maybe(rng, 0.4)
    columns += [("end", rng.choice(words.END))] * _maybe(rng, 0.5)
    columns += [("scope", rng.choice(words.SCOPE))] * (own and _maybe(rng, 0.6))
    kinds = [kind for kind, _ in columns]
    rows = _header([(name,) for _, name in columns])
    records: list[dict[str, Any]] = []
    groups = {0, *rng.sample(range(1, count), min(3, count // 4))} if grouped else set()
    titles = rng.sample(words.CATEGORIES, len(words.CATEGORIES))
    for number in range(count):
        if number in groups:
            name = titles.pop()
            rows.append(_full(f"{_ordinal(titles)}、{name}方面", len(columns)))
        title = rng.choice(("", "", "加快", "持续")) + rng.choice(words.TASKS)
        begun = len(rows)
        for _ in range(rng.randint(1, 3) if merges else 1):
            content, lead, support, (deadline, due) = _measure(rng), _offices(rng, 3), _offices(rng, 3), _deadline(rng)
            cells = {
                "serial": str(number + 1), "task": title, "content": content, "lead": "、".join(lead), "support": "、".join(support),
                "end": deadline, "scope": rng.choice(words.SCOPES),
            }  # fmt: skip
            rows.append([Cell(cells[kind]) for kind in kinds])
            records.append(
                {
                    "number_raw": str(number + 1) if "serial" in kinds else None,
                    "title": title,
                    "text": content if "content" in kinds else None,
                    "lead_units": lead,
                    "support_units": support if "support" in kinds else [],
                    "end_year": due if "end" in kinds else None,
                }
            )
        for column, kind in enumerate(kinds):
            if kind in ("serial", "task") and len(rows) - begun > 1:
                _merge(rows, begun, column, len(rows) - begun)
    return Table("tasks", "附件1 沙洲市重点任务分工表", None, 1, rows, [], records, "serial" in kinds, merges)
