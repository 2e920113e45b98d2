"""Many plans in one file: the peak memory of a run, and how its time grows. ``python -m benchmarks.one_file``."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

PLANS = (30, 60, 119)
WORDS = "建设完善推进实施提升公园道路学校医院河道水库能源产业园区服务体系数字平台监测预警管理机制保障民生就业"


def text(plans: int) -> str:
    """So many plans of 6,500 characters each, of a place that does not exist."""
    rng = random.Random(1)

    def some(count: int) -> str:
        return "".join(rng.choice(WORDS) for _ in range(count))

    lines = []
    for number in range(plans):
        lines += [f"青禾市{some(6)}行动计划（2021—2025年）", "一、总体要求", f"到2025年，建成{some(4)}{number + 3}个。"]
        for chapter in "二三四五六":
            lines.append(f"{chapter}、{some(8)}")
            lines += [f"（{one}）{some(8)}。{some(300)}，新建{some(4)}3座。" for one in "一二三四"]
    return "\n".join(lines)


def main() -> None:
    """Print plans, bytes, peak memory of the largest process (MB), and processor time to that of the first row, by size."""
    first = 0.0
    for plans in PLANS:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder, "plans.txt")
            place.write_text(text(plans), encoding="utf-8")
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            run = "from planparse.cli import main; main()"
            arguments = ["ingest", str(place), "--out", f"{folder}/out", "--jobs", "1", "--timeout", "0"]
            subprocess.run([sys.executable, "-c", run, *arguments], check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            first = first or seconds / place.stat().st_size
            size = place.stat().st_size
            print(f"{plans:4} plans, {size / 1e6:.1f} MB: peak {after.ru_maxrss / 1024:.0f} MB, time a byte {seconds / size / first:.2f}")


if __name__ == "__main__":
    main()
