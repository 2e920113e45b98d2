"""There and back: ``python -m benchmarks.tables [--tables N] [--surface NAME] [--kind NAME] [--misses]``. Prints a row a surface."""

from __future__ import annotations

import argparse
from collections import Counter

from benchmarks.tables.made import KINDS, make
from benchmarks.tables.reading import Result, read_back
from benchmarks.tables.surfaces import SURFACES, tells_rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=30, help="made tables on each surface, of all kinds together")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--surface", choices=SURFACES, action="append")
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--misses", type=int, default=0, help="how many wrong rows to show of each surface and kind")
    options = parser.parse_args()
    kinds = options.kind or KINDS
    print(f"{'surface':16}{'kind':12}{'tables':>8}{'rows':>7}{'exact':>8}{'whole':>8}{'silent':>8}")
    for surface in options.surface or SURFACES:
        for kind in kinds:
            seeds = range(options.first, options.first + max(1, options.tables // len(kinds)))
            made = {seed: table for seed in seeds if tells_rows(table := make(kind, seed), surface)}
            if not made:
                continue
            results = {seed: read_back(table, SURFACES[surface]) for seed, table in made.items()}
            _show(surface, kind, list(results.values()))
            if options.misses:
                _misses(results, options.misses)


def _show(surface: str, kind: str, results: list[Result]) -> None:
    stated = sum(max(r.stated, r.found) for r in results)
    exact = sum(r.exact for r in results) / stated
    whole = sum(r.whole for r in results) / len(results)
    silent = sum(not r.whole and not r.told for r in results) / len(results)
    print(f"{surface:16}{kind:12}{len(results):8}{stated:7}{exact:8.3f}{whole:8.2f}{silent:8.2f}", flush=True)


def _misses(results: dict[int, Result], most: int) -> None:
    """The fields that are wrong most often, and the tables with the most wrong rows."""
    fields = Counter(field for r in results.values() for want, found in r.wrong for field in (want if found else ["(lost)"]))
    print("    ", dict(fields.most_common(8)))
    worst = sorted(results.items(), key=lambda item: -max(item[1].stated, item[1].found) + item[1].exact)
    for seed, result in worst[:most]:
        if not result.whole:
            print(f"    seed {seed}: {result.exact} of {result.stated} exact, {result.found} found, told {result.told}")
            for want, found in result.wrong[:3]:
                print(f"        {want}\n        {found}")


if __name__ == "__main__":
    main()
