"""Whether memory grows as one process reads the same documents again and again: ``python -m benchmarks.soak FOLDER [ROUNDS]``."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from planparse.pipeline import process

ROUNDS = 20
KINDS = (".txt", ".md", ".html", ".docx", ".pdf")


def resident() -> float:
    """Megabytes that the process holds now (Linux)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6


def main() -> None:
    """Print what is resident after each round, and how many records it gave."""
    root, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    files = [path for path in sorted(root.rglob("*")) if path.suffix in KINDS]
    for number in range(1, rounds + 1):
        records = sum(len(found.sections) + len(found.targets) for path in files for found in process(path.read_bytes(), path.name))
        gc.collect()
        print(f"round {number:2}: {len(files)} files, {records:,} sections and targets, {resident():.0f} MB", flush=True)


if __name__ == "__main__":
    main()
