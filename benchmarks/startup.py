"""What ``planparse --help`` takes, against a Python that does nothing."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.measuring import Figure, best


def help_time() -> Figure:
    """The command line's help, in a process of its own each time."""
    program = "import sys; from planparse.cli import main; sys.argv = ['planparse', '--help']; main()"

    def run(code: str) -> None:
        subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False)

    asked, idle = best([lambda: run(program), lambda: run("pass")])
    return Figure("time of planparse --help, to python -c pass", asked / idle, f"{asked * 1e3:.0f} ms, {idle * 1e3:.0f} ms")
