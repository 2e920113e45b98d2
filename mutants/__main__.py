"""The command: draw, try out, count, and print what survived."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import mutants
from mutants.mutant import AREAS, Mutant, draw
from mutants.places import all_mutants
from mutants.trial import Result, Workshop

CAUGHT = ("killed", "timeout")


def main() -> int:
    asked = _options()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        shop = Workshop(Path(folder), asked.limit)
        found = [
            m for m in all_mutants(shop.package) if asked.only in m.path and (not asked.area or m.area in asked.area)
        ]
        if asked.list:
            print(*(f"{area:<9} {count:>5}" for area, count in Counter(m.area for m in found).items()), sep="\n")
            return 0
        chosen = draw(found, asked.sample, asked.seed)
        base = shop.measure()
        print(
            f"{len(chosen)} of {len(found)} changes; unchanged: {base.seconds:.0f} s of computing, {len(shop.unsound)} tests fail and are left out",
            flush=True,
        )
        results = [(m, _tried(shop, m, n, len(chosen))) for n, m in enumerate(chosen, 1)]
    return report(results, asked.floor)


def _options() -> argparse.Namespace:
    given = argparse.ArgumentParser(
        prog="python -m mutants", description=mutants.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    given.add_argument("--sample", type=int, default=150, help="how many changes; 0 for all")
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--area", action="append", choices=AREAS, help="only this area; may be given again")
    given.add_argument("--only", default="", help="only files with this in their path")
    given.add_argument(
        "--limit", type=float, default=2.0, help="computing time of a trial, as a multiple of the unchanged run"
    )
    given.add_argument("--floor", type=float, default=0.85, help="the share that must be noticed")
    given.add_argument("--list", action="store_true", help="count what could be changed, and stop")
    return given.parse_args()


def _tried(shop: Workshop, mutant: Mutant, n: int, of: int) -> Result:
    result = shop.try_out(mutant)
    print(f"{n:>4}/{of} {result.how:<8} {mutant.area:<8} {mutant}{'  ← ' + result.by if result.by else ''}", flush=True)
    return result


def report(results: list[tuple[Mutant, Result]], floor: float) -> int:
    """Print survivors and the share noticed by area; 0 if it reaches ``floor``. Changes that cannot be imported do not count."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for mutant, result in results:
        counts[mutant.area][result.how] += 1
    survivors = sorted((m for m, r in results if r.how == "survived"), key=lambda m: (m.path, m.line))
    if survivors:
        print("\nnoticed by no test:", *(f"  src/planparse/{m}" for m in survivors), sep="\n")
    print()
    for area, of in [*sorted(counts.items()), ("all", sum(counts.values(), Counter()))]:
        caught, tried = sum(of[how] for how in CAUGHT), sum(of.values()) - of["broken"]
        print(
            f"{area:<9} {caught:>4} of {tried:>4} noticed  {caught / max(1, tried):.3f}"
            + (f"  ({of['broken']} broken)" if of["broken"] else "")
        )
    total: Counter[str] = sum(counts.values(), Counter())
    tried = sum(total.values()) - total["broken"]
    return 0 if tried and sum(total[how] for how in CAUGHT) >= floor * tried else 1


if __name__ == "__main__":
    sys.exit(main())
