"""Running the tests against a changed copy: a process each, forked from one that has imported what does not change."""

from __future__ import annotations

import gc
import importlib
import os
import resource
import shutil
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mutants.mutant import Mutant

ROOT = Path(__file__).resolve().parents[1]
TESTS = ("outline", "language", "extract", "tables", "data", "checks", "cleaning")
"""Folders of tests that are fast and need no ``../shared``."""
_ABOVE_OUTLINE = ("outline", "data", "extract", "checks")
NOTICE = {
    "weights": _ABOVE_OUTLINE,
    "features": _ABOVE_OUTLINE,
    "words": ("data", "language", "outline", "extract", "checks"),
    "outline": _ABOVE_OUTLINE,
    "language": ("language", "extract", "tables", "outline", "data", "checks", "cleaning"),
    "extract": ("extract", "data", "checks"),
}
"""Folders whose tests can notice a change, the most likely first: what tests a stage below knows nothing of it."""
BY_THE_CLOCK = ("cost_is_bounded", "linear", "two_pythons")
"""Tests that read the clock, or wait for another Python: on a busy machine they fail by themselves."""
UNCHANGING = (
    "pytest",
    "yaml",
    "regex",
    "pyarrow",
    "pyarrow.parquet",
    "pandas",
    "pydantic",
    "lxml.html",
    "opencc",
    "jieba",
    "hypothesis",
)
PATIENCE = 6
"""Real time may be so many times the limit of computing time: other work on the machine is not the mutant's fault."""
MEMORY = 8 << 30


@dataclass(slots=True)
class Result:
    """``how``: survived, killed, timeout, or broken (it could not even be imported). ``by``: the first test that failed."""

    how: str
    by: str = ""
    seconds: float = 0.0
    failed: list[str] = field(default_factory=list)


class Workshop:
    """A copy of the package and its fast tests, in which one file at a time is changed."""

    def __init__(self, folder: Path, limit: float = 2.0) -> None:
        self.folder, self.factor, self.limit = folder, limit, 0.0
        self.package = folder / "src" / "planparse"
        self.unsound: list[str] = []
        ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
        shutil.copytree(ROOT / "src", folder / "src", ignore=ignored)
        for name in ("cases", *TESTS):
            shutil.copytree(ROOT / "tests" / name, folder / "tests" / name, ignore=ignored)
        for file in (ROOT / "tests").glob("*.py"):
            shutil.copy(file, folder / "tests" / file.name)
        for name in ("benchmarks", "corpus"):
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        (folder / "tests" / "gold").mkdir()
        for file in (ROOT / "tests" / "gold").glob("*.json"):
            shutil.copy(file, folder / "tests" / "gold" / file.name)
        shutil.copy(ROOT / "pyproject.toml", folder / "pyproject.toml")

    def measure(self) -> Result:
        """Run all without a change: what fails by itself is left out from then on, and the time sets the limit."""
        for name in UNCHANGING:
            importlib.import_module(name)
        result = self._run("tables", "", stop=False)
        self.unsound = result.failed
        self.limit = result.seconds * self.factor
        return result

    def try_out(self, mutant: Mutant) -> Result:
        """Apply it, run the tests until one fails, and put the file back."""
        file = self.package / mutant.path
        text = file.read_text(encoding="utf-8")
        compiled = f"{file.stem}.*.pyc"
        try:
            file.write_text(mutant.applied(text), encoding="utf-8")
            for cached in (file.parent / "__pycache__").glob(compiled):
                cached.unlink()  # two changes in a second may look alike to the cache
            module = (
                "planparse." + mutant.path.removesuffix(".py").replace("/", ".")
                if mutant.path.endswith(".py")
                else "planparse"
            )
            return self._run(mutant.area, module.removesuffix(".__init__"), stop=True)
        finally:
            file.write_text(text, encoding="utf-8")

    def _run(self, area: str, module: str, *, stop: bool) -> Result:
        """Fork, and wait no longer than the limit."""
        told = self.folder / "told"
        told.write_text("", encoding="utf-8")
        gc.freeze()
        begun, child = time.monotonic(), os.fork()
        if child == 0:
            _child(self, area, module, stop, told)
        while True:
            ended, status, usage = os.wait4(child, os.WNOHANG)
            if ended:
                break
            if self.limit and time.monotonic() - begun > self.limit * PATIENCE:
                os.kill(child, signal.SIGKILL)
            time.sleep(0.05)
        failed = [line for line in told.read_text(encoding="utf-8").split("\n") if line]
        seconds = usage.ru_utime + usage.ru_stime
        if failed[:1] == ["broken"]:
            return Result("broken", seconds=seconds)
        if os.WIFSIGNALED(status):
            return Result("timeout", signal.strsignal(os.WTERMSIG(status)) or "", seconds)
        if os.WEXITSTATUS(status) or failed:
            return Result("killed", failed[0] if failed else f"exit code {os.WEXITSTATUS(status)}", seconds, failed)
        return Result("survived", seconds=seconds)


def _child(shop: Workshop, area: str, module: str, stop: bool, told: Path) -> None:
    """Import the copy and run its tests; never returns."""
    code = 70
    try:
        log = os.open(shop.folder / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        if shop.limit:
            resource.setrlimit(resource.RLIMIT_CPU, (int(shop.limit) + 1, int(shop.limit) + 2))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.chdir(shop.folder)
        sys.dont_write_bytecode = stop
        gc.disable()  # a trial is short
        sys.path[:] = [
            str(shop.folder / "src"),
            *(p for p in sys.path if Path(p or ".").resolve() not in (ROOT, ROOT / "src")),
        ]
        code = _tested(shop, area, module, stop, told)
    finally:
        os._exit(code)


def _tested(shop: Workshop, area: str, module: str, stop: bool, told: Path) -> int:
    import pytest

    try:
        package = importlib.import_module("planparse")
        assert Path(str(package.__file__)).is_relative_to(shop.folder.resolve()), package.__file__
        importlib.import_module(module or "planparse.pipeline")
    except Exception:
        told.write_text("broken\n", encoding="utf-8")
        raise
    paths = [f"tests/{name}" for name in NOTICE.get(area, TESTS)]
    return int(
        pytest.main(
            ["-q", "-p", "no:cacheprovider", "--tb=line", *(["-x"] if stop else []), *paths],
            plugins=[_Watcher(shop.unsound, told)],
        )
    )


class _Watcher:
    """Leaves out what fails by itself or reads the clock, and writes down which test failed."""

    def __init__(self, unsound: list[str], told: Path) -> None:
        self.unsound, self.told = frozenset(unsound), told

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = [
            i for i in items if i.nodeid not in self.unsound and not any(word in i.nodeid for word in BY_THE_CLOCK)
        ]

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            with self.told.open("a", encoding="utf-8") as file:
                file.write(report.nodeid.replace("\n", " ") + "\n")

    def pytest_collectreport(self, report: Any) -> None:
        self.pytest_runtest_logreport(report)
