"""There and back: commitments made from parts whose meaning is known, read again and compared field by field.

python -m benchmarks.commitments [--count N] [--seed N] [--list]

Every clause is made of a subject, a way of committing, a numeral in some style, a unit and a year, with its meaning worked out beside its
wording; negatives (rates of grants, the state of things, conditions, definitions, what was reached, names) commit to nothing. The words are
of this module alone, places and things invented.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from benchmarks import made_words as words
from planparse.extract.targets import find_targets
from planparse.model.drafts import Clock, FoundTarget

COUNT = 20_000
SEED = 20_250_617
NEGATIVE_SHARE = 3
"""One clause in so many commits to nothing."""
PLAN = Clock(2021, 2025, None, 2021)
ANNUAL = Clock(2023, 2023, 2023, 2023)
CHINESE_SHARE = 5
"""One number in so many stands in Chinese numerals, where its unit allows."""

Meaning = tuple[str, Decimal, Decimal | None, str | None, int | None]
"""Comparator, value, upper end of a range, unit, year."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A made sentence, and what it commits to."""

    kind: str
    """The way of committing, or why it is none: what a wrong reading is listed under."""
    text: str
    clock: Clock
    meaning: Meaning | None
    subject: str = ""
    more: tuple[tuple[Meaning, str], ...] = ()
    """Meaning and subject of what the sentence commits to behind the first."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as worded, with its unit."""

    value: Decimal
    raw: str


def chinese(number: int) -> str:
    """12034 → 一万二千零三十四, as it is spoken."""
    if number >= 10_000:
        scale, name = (100_000_000, "亿") if number >= 100_000_000 else (10_000, "万")
        head, rest = divmod(number, scale)
        gap = "零" if 0 < rest < scale // 10 else ""
        return chinese(head) + name + (gap + chinese(rest) if rest else "")
    out, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if not digit:
            gap = bool(out)
            continue
        out += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
        gap = False
    return out.removeprefix("一") if out.startswith("一十") else out


def write(value: Decimal, unit: str, rng: random.Random, *, spoken: bool = True) -> Amount:
    """The number in one of the styles that plans write it in."""
    whole = int(value) if value == value.to_integral_value() else None
    raw = format(value.normalize(), "f")
    if unit in ("%", "‰") and whole is not None and 10 <= whole < 100 and rng.randrange(12) == 0:
        return Amount(value, {"%": "百", "‰": "千"}[unit] + "分之" + chinese(whole))
    if whole is not None and spoken and whole > 10 and unit in words.SPOKEN and rng.randrange(CHINESE_SHARE) == 0:
        return Amount(value, chinese(whole) + unit)
    if whole is not None and whole >= 10_000:
        if whole % 100_000_000 == 0 or (whole > 100_000_000 and whole % 1_000_000 == 0):
            raw = format((value / 100_000_000).normalize(), "f") + "亿"
        elif whole > 100_000_000 and whole % 10_000 == 0:
            raw = f"{whole // 100_000_000}亿{whole % 100_000_000 // 10_000}万"
        elif whole % 100 == 0 and rng.randrange(3):
            raw = format((value / 10_000).normalize(), "f") + "万"
        elif rng.randrange(2):
            raw = f"{whole:,}"
    return Amount(value, raw + unit)


def pick(thing: words.Measured | words.Counted, rng: random.Random) -> Decimal:
    """A value that the thing may have."""
    low, high, step = thing.values
    return low + step * rng.randrange(int((high - low) / step) + 1)


def dated(rng: random.Random) -> tuple[str, int | None, Clock]:
    """Words that give the year, the year, and the clock of the document."""
    if rng.randrange(6) == 0:
        return rng.choice(words.ANNUAL_TIMES), ANNUAL.annual_year, ANNUAL
    wording, year = rng.choice(words.TIMES)
    return wording, year, PLAN


def measured(rng: random.Random) -> Clause:
    """到2025年，秸秆综合利用率不应低于92.5%。"""
    thing = rng.choice(words.MEASURED)
    pattern, comparator, _ = rng.choice([way for way in words.WAYS if thing.direction in way[2]])
    value = pick(thing, rng)
    unit, value_max, meant = thing.unit, None, value
    if comparator in ("increase", "decrease") and "{q}" in pattern:
        value, unit = words.change(rng)
        meant = value
    quantity = write(value, unit, rng).raw
    if comparator == "range":
        value_max = value + thing.values[2] * rng.randrange(1, 20)
        raw = format(value.normalize(), "f")
        sign = rng.choice("-—~～至")
        quantity = f"{raw}{sign}{format(value_max.normalize(), 'f')}{unit}"
        if unit == "%" and rng.randrange(2):
            quantity = f"{raw}{unit}{sign}{format(value_max.normalize(), 'f')}{unit}"
        if sign == "至" and pattern.startswith("控制"):
            pattern = "控制在{q}之间"
    if "一倍" in pattern or "一番" in pattern:
        meant, unit = Decimal(100), "%"
    past = write(value + thing.values[2] * (-3 if thing.direction == "up" else 3), thing.unit, rng, spoken=False).raw
    prefix, year, clock = dated(rng)
    adverb = rng.choice(words.ADVERBS) if "{adverb}" in pattern else ""
    said = pattern.format(q=quantity, p=past, adverb=adverb)
    where = rng.choice(words.WHERE)
    if clock is PLAN and rng.randrange(8) == 0:
        inner, year = rng.choice(words.INNER_TIMES)
        prefix, said = "", inner + said
    text = rng.choice(words.FRAMES).format(time=prefix, clause=f"{where}{thing.name}{said}")
    return Clause(f"measured: {pattern}", text, clock, (comparator, meant, value_max, unit, year), thing.name)


def counted(rng: random.Random) -> Clause:
    """2024年底前，至少修复1300公顷废弃矿山。"""
    thing = rng.choice(words.COUNTED)
    pattern, comparator = rng.choice(words.COUNTS)
    value = pick(thing, rng)
    amount = write(value, thing.unit, rng)
    value_max = None
    if comparator == "range":
        value = Decimal(rng.randrange(2, 9))
        value_max = value + rng.randrange(1, 4)
        amount = Amount(value, f"{value}{rng.choice('-—~～至')}{value_max}{thing.unit}")
    prefix, year, clock = dated(rng)
    said = pattern.format(v=rng.choice(thing.verbs), n=thing.name, q=amount.raw, adverb=rng.choice(words.DOING))
    subject = ("各类" if "各类" in pattern else "") + thing.name + ("总量" if "总量" in pattern else "")
    if f"新增{subject}" in said:
        subject = f"新增{subject}"  # what is added is not what there is
    text = rng.choice(words.FRAMES).format(time=prefix, clause=said)
    return Clause(f"counted: {pattern}", text, clock, (comparator, value, value_max, thing.unit, year), subject)


def several(rng: random.Random) -> Clause:
    """到2025年，畜禽粪污资源化利用率、秸秆综合利用率分别达到95%、92%。"""
    pattern, comparators = rng.choice(words.SEVERAL)
    form = pattern.format
    directions = ("up", "held") if comparators[-1] in ("le", "lt") else ("up", "up")
    unit = rng.choice(("%", "%", "元", "吨")) if "分别" in pattern else None
    choices = [[thing for thing in words.MEASURED if thing.direction == way and unit in (None, thing.unit)] for way in directions]
    one, other = rng.choice(choices[0]), rng.choice(choices[1])
    while one == other:
        other = rng.choice(choices[1])
    values = [pick(thing, rng) for thing in (one, other)]
    raws = [write(value, thing.unit, rng, spoken=False).raw for value, thing in zip(values, (one, other), strict=True)]
    prefix, year, clock = dated(rng)
    clause = form(a=one.name, b=other.name, x=raws[0], y=raws[1])
    told = [(comparator, value, None, thing.unit, year) for comparator, value, thing in zip(comparators, values, (one, other), strict=True)]
    text = rng.choice(words.FRAMES).format(time=prefix, clause=clause)
    return Clause(f"several: {pattern}", text, clock, told[0], one.name, ((told[1], other.name),))


def negative(rng: random.Random) -> Clause:
    """对床位数在50张以上的养老机构给予补助。"""
    kind = rng.choice(sorted(words.NEGATIVES))
    pattern = rng.choice(words.NEGATIVES[kind])
    slots = {name: rng.choice(choices) for name, choices in words.SLOTS.items()}
    numbers = {
        "p": f"{rng.randrange(2, 60)}%",
        "small": str(rng.randrange(2, 30)),
        "n": str(rng.randrange(30, 900)),
        "big": format(Decimal(rng.randrange(110, 9000)) / 10, "f"),
        "past": str(rng.randrange(2011, 2020)),
        "year": str(rng.randrange(2022, 2026)),
        "cn": chinese(rng.randrange(11, 40)),
    }
    return Clause(f"none: {kind}: {pattern}", pattern.format(**slots, **numbers), PLAN, None)


def clauses(count: int = COUNT, seed: int = SEED) -> Iterator[Clause]:
    """So many made clauses, the same ones for the same seed."""
    rng = random.Random(seed)
    makers: tuple[Callable[[random.Random], Clause], ...] = (measured, measured, counted, counted, several)
    for number in range(count):
        yield negative(rng) if number % NEGATIVE_SHARE == 0 else rng.choice(makers)(rng)


def read(clause: Clause) -> list[FoundTarget]:
    """What the parser finds in the clause."""
    return find_targets(clause.text, clause.clock)


def meaning(found: FoundTarget) -> Meaning:
    """The fields that are compared."""
    quantity = found.quantity
    assert quantity.value is not None, quantity.raw
    return quantity.comparator, quantity.value, quantity.value_max, quantity.unit, found.deadline_year


def judge(clause: Clause) -> tuple[bool, bool, list[FoundTarget]]:
    """Whether the meaning is read exactly, whether the subject is, and what was found."""
    found = read(clause)
    if clause.meaning is None:
        return not found, not found, found
    told = [(clause.meaning, clause.subject), *clause.more]
    right = len(found) == len(told) and all(one.quantity.value is not None and meaning(one) == said for one, (said, _) in zip(found, told, strict=True))
    return right, [one.subject for one in found] == [subject for _, subject in told], found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--list", action="store_true", help="every clause that is read wrongly, and every wrong subject")
    options = parser.parse_args()
    totals: Counter[str] = Counter()
    wrong: dict[str, list[str]] = defaultdict(list)
    for clause in clauses(options.count, options.seed):
        right, subject, found = judge(clause)
        part = "negatives" if clause.meaning is None else "commitments"
        totals[part] += 1
        totals[f"{part} right"] += right
        totals["subjects right"] += subject and clause.meaning is not None
        if not right or (options.list and not subject):
            rows = "; ".join(f"{t.subject} | {t.quantity.raw} | {' '.join(map(str, meaning(t)))}" if t.quantity.value is not None else t.quantity.raw for t in found)
            wrong[("" if right else "WRONG ") + clause.kind].append(f"{clause.text} → {rows or 'nothing'}")
    for kind, texts in sorted(wrong.items(), key=lambda item: -len(item[1])):
        print(f"{len(texts):5} {kind}")
        for text in texts if options.list else texts[:3]:
            print("        ", text)
    for part, name in (("commitments", "commitments right"), ("negatives", "negatives right"), ("commitments", "subjects right")):
        print(f"{name}: {totals[name]} of {totals[part]} ({totals[name] / max(1, totals[part]):.2%})")


if __name__ == "__main__":
    main()
