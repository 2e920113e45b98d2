"""Run every fuzz target for a while, and tell executions and crashes: ``python fuzz/all.py 120``.

Needs atheris (``pip install atheris``), which is no part of the development environment: it is built against Clang's
libFuzzer and is not to be had for every Python.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from harness import TARGETS

HARNESS = Path(__file__).with_name("harness.py")
EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    total = 0
    with tempfile.TemporaryDirectory() as folder:
        for target in TARGETS:
            command = [sys.executable, str(HARNESS), target, f"-max_total_time={seconds}", "-print_final_stats=1"]
            command.append(f"-artifact_prefix={folder}/{target}-")
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            found = EXECUTED.search(done.stderr)
            count = int(found[1]) if found else 0
            total += count
            end = "ended well" if done.returncode == 0 else "CRASHED"
            print(f"{target:<12} {count:>10,} executions  {end}", flush=True)
            for path in sorted(Path(folder).glob(f"{target}-*")):
                print(f"  {path.name}: {path.read_bytes()[:200]!r}")
    print(f"{'in all':<12} {total:>10,} executions in {seconds * len(TARGETS) / 3600:.2f} hours")


if __name__ == "__main__":
    main()
