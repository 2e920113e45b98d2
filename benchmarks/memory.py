"""Peak memory of one job, and whether it stays the same as documents become many."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measuring import Figure
from benchmarks.scale import measure
from benchmarks.throughput import write_copies

FEW, MANY = 40, 400
LIMIT = 250e6


def peaks(texts: list[str], many: int = MANY) -> list[Figure]:
    """Peak resident memory of one job over the texts ``FEW`` times, and its growth at ``many`` times."""
    few, more = (_peak(texts, copies) for copies in (FEW, many))
    return [
        Figure("peak memory of one job, to 250 MB", few / LIMIT, f"{few / 1e6:.0f} MB, every text {FEW} times"),
        Figure(f"peak memory at {many} copies, to that at {FEW}", more / few, f"{more / 1e6:.0f} MB"),
    ]


def _peak(texts: list[str], copies: int) -> float:
    with tempfile.TemporaryDirectory() as place:
        corpus = Path(place) / "corpus"
        size = write_copies(texts, corpus, copies)
        run = measure(corpus, Path(place) / "out", 1, size)
    return float(max(run.parent_rss, run.worker_rss))
