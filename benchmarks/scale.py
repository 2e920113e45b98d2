"""What a document costs as documents become many, and what ten million would: ``python -m benchmarks.scale``.

Each run is a process of its own, so that its memory can be told. Made documents of 1,500 characters unless told otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.made import make

COUNTS = (100, 1_000, 10_000)
TARGET = 10_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: seconds by the clock and of processor, and bytes."""

    documents: int
    jobs: int
    read: int
    seconds: float
    cpu: float
    parent_rss: int
    worker_rss: int
    input_bytes: int
    output_bytes: int


def measure(corpus: Path, out: Path, jobs: int, size: int) -> Run:
    """One run in a process of its own."""
    program = "import sys; from benchmarks.scale import child; child(*sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", program, str(corpus), str(out), str(jobs)], check=True, capture_output=True, text=True
    )
    told = json.loads(done.stdout)
    written = sum(path.stat().st_size for path in out.glob("*.parquet"))
    return Run(**told, jobs=jobs, input_bytes=size, output_bytes=written)


def child(corpus: str, out: str, jobs: str) -> None:
    """What the measured process does; it prints what it took."""
    from planparse import ingest

    begun = time.perf_counter()
    summary = ingest(corpus, out, jobs=int(jobs))
    seconds = time.perf_counter() - begun
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "documents": summary.files,
        "read": summary.read,
        "seconds": seconds,
        "cpu": sum(usage.ru_utime + usage.ru_stime for usage in (own, workers)),
        "parent_rss": _peak_of_own() or own.ru_maxrss * 1024,
        "worker_rss": workers.ru_maxrss * 1024,
    }
    print(json.dumps(told))


def _peak_of_own() -> int:
    """Peak memory of this program alone; ``ru_maxrss`` may be that of the process which started it. 0 where Linux's /proc is not there."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    peak = next((line for line in status.read_text().splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(peak.split()[1]) * 1024


def fitted(runs: list[Run]) -> tuple[float, float]:
    """CPU seconds that a run takes in any case, and for each document: through the smallest and the largest run."""
    first, last = runs[0], runs[-1]
    each = (last.cpu - first.cpu) / (last.documents - first.documents)
    return first.cpu - each * first.documents, each


def report(runs: list[Run]) -> None:
    fixed, each = fitted(runs)
    print("documents  seconds      cpu  cpu/doc  off line  docs/s  MB/s  parent MB  worker MB  out/in")
    for run in runs:
        line = fixed + each * run.documents
        print(
            f"{run.documents:>9,} {run.seconds:>8.1f} {run.cpu:>8.1f} {(run.cpu - fixed) / run.documents * 1e3:>5.2f} ms"
            f" {run.cpu / line - 1:>+8.1%} {run.documents / run.seconds:>7.1f} {run.input_bytes / 1e6 / run.seconds:>5.2f}"
            f" {run.parent_rss / 1e6:>10.0f} {run.worker_rss / 1e6:>10.0f} {run.output_bytes / run.input_bytes:>7.2f}"
        )
    last = runs[-1]
    hours = (fixed + each * TARGET) / 3600
    size = last.input_bytes / last.documents
    print(
        f"\ncost = {fixed:.1f} s + {each * 1e3:.2f} ms a document (CPU), {last.input_bytes / each / last.documents / 1e6:.2f} MB/s per core"
    )
    print(
        f"{TARGET:,} such documents ({size * TARGET / 1e9:,.0f} GB): {hours:,.0f} core hours, or {hours / 64:,.1f} h on 64 cores;"
    )
    print(f"output {last.output_bytes / last.documents * TARGET / 1e9:,.0f} GB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=list(COUNTS))
    parser.add_argument("--characters", type=int, default=1500)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--again", type=int, default=0, help="run over so many documents twice, and compare")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as base:
        runs = []
        for count in sorted([given.again] if given.again else given.counts):
            corpus = Path(base) / f"corpus{count}"
            size = make(corpus, count, given.characters)
            for jobs in (1, 2) if given.again else (given.jobs,):
                runs.append(measure(corpus, Path(base) / f"out{count}-{jobs}", jobs, size))
        if given.again:
            runs.append(measure(corpus, Path(base) / f"out{given.again}-2", 2, size))
        if given.json:
            print(json.dumps([asdict(run) for run in runs], indent=1))
        elif given.again:
            one, two, again = runs
            print(
                f"{one.documents:,} documents: {one.seconds:.1f} s with 1 job, {two.seconds:.1f} s with 2 ({one.seconds / two.seconds:.2f} times)"
            )
            print(
                f"unchanged: {again.read} read, {again.seconds:.2f} s, {again.seconds / two.seconds:.1%} of the first run"
            )
        else:
            report(runs)


if __name__ == "__main__":
    main()
