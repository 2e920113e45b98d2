"""What a start takes: ``planparse --help`` against a Python that does nothing, one document against the bare imports."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import Figure, best

IMPORTS = "import pyarrow.parquet, pydantic, regex, typer, rich.progress"
PLAN = "青禾县湿地保护行动计划\n一、总体目标\n到2027年，新增湿地300亩。\n二、重点任务\n（一）修复河口。新建观测站2座。\n"


def _run(program: str, arguments: Sequence[str] = ()) -> None:
    """A program in a process of its own."""
    subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, check=False)


def help_time() -> Figure:
    """The command line's help."""
    asked, idle = best([lambda: _run("from planparse.cli import main; main()", ["--help"]), lambda: _run("pass")])
    return Figure("time of planparse --help, to python -c pass", asked / idle, f"{asked * 1e3:.0f} ms, {idle * 1e3:.0f} ms")


def document_time() -> Figure:
    """One short plan, from a cold start to the dataset."""
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder, "plan.txt")
        plan.write_text(PLAN, encoding="utf-8")
        command = ["ingest", str(plan), "--out", f"{folder}/out", "--full", "--jobs", "1"]
        read, bare = best([lambda: _run("from planparse.cli import main; main()", command), lambda: _run(IMPORTS)])
    return Figure("time of one document, start included, to the bare imports", read / bare, f"{read * 1e3:.0f} ms, {bare * 1e3:.0f} ms")
