"""Every snippet of the documentation runs, and every command and option that it names exists.

Blocks marked ``python`` of one page run one after another in one namespace; blocks marked ``console`` run line by line (``$ ``
begins a command). Both see a folder with the sample corpus in ``corpus/`` and its dataset in ``outputs/``. Lines shown below a
command must come out of it, whatever numbers they carry; ``…`` stands for anything.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import planparse

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [ROOT / name for name in ("README.md", "README.zh.md", "CONTRIBUTING.md")]
    + [
        page
        for page in (ROOT / "docs").rglob("*.md")
        if page.name not in ("accuracy.md", "cli.md", "data-dictionary.md")
    ]
)
BLOCK = re.compile(r"^```(?P<kind>[a-z]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
ELSEWHERE = ("git ", "cd ", "make", "source ", "python3 -m venv", "pip install", "jupyter ", "datasette ")
"""Commands that set things up, and would change this working copy: their words are checked, they are not run."""
SPARK = ("--engine spark",)
"""What needs a Java runtime, and has its own tests."""

GOLD = ("heyang_emergency_plan", "zeling_air_quality")
"""What the how-to guides find in ``plans/`` and ``gold/``: one of each split."""


@dataclass(frozen=True)
class Command:
    line: str
    shown: tuple[str, ...]


def blocks(page: Path, kind: str) -> list[str]:
    return [found["body"] for found in BLOCK.finditer(page.read_text(encoding="utf-8")) if found["kind"] == kind]


def commands(page: Path) -> list[Command]:
    found: list[Command] = []
    for body in blocks(page, "console"):
        line, shown = "", []
        for text in body.replace("\\\n", " ").splitlines():
            if text.startswith("$ "):
                if line:
                    found.append(Command(line, tuple(shown)))
                line, shown = text[2:].partition("  # ")[0].strip(), []
            elif text.strip() not in ("", "…"):
                shown.append(text)
        found.append(Command(line, tuple(shown)))
    return found


def with_kind(kind: str) -> list[Any]:
    return [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES if blocks(page, kind)]


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the corpus, its gold and its dataset, which tests copy."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    (folder / "plans").mkdir()
    (folder / "gold").mkdir()
    for gold in GOLD:
        shutil.copy(ROOT / "tests" / "gold" / f"{gold}.json", folder / "gold")
        shutil.copy(ROOT / "corpus" / f"{gold}.txt", folder / "plans")
    planparse.ingest(folder / "corpus", folder / "outputs", jobs=1)
    return folder


@pytest.fixture
def place(dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "place"
    shutil.copytree(dataset, folder)
    for extra in (ROOT / "docs" / "how-to").glob("*.*"):
        if extra.suffix != ".md":
            shutil.copy(extra, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    return folder


@pytest.mark.parametrize("page", with_kind("python"))
def test_python_runs(page: Path, place: Path) -> None:
    names: dict[str, Any] = {"__name__": "snippet"}
    for number, body in enumerate(blocks(page, "python"), 1):
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(body, f"{page.name}, python block {number}", "exec"), names)


@pytest.mark.parametrize("page", [page for page in with_kind("console") if ".zh" not in page.id])
def test_console_runs(page: Path, place: Path) -> None:
    for command in commands(page):
        if command.line.startswith(ELSEWHERE):
            check_elsewhere(command.line)
        elif not any(word in command.line for word in SPARK):
            done = subprocess.run(
                command.line, shell=True, capture_output=True, text=True, encoding="utf-8", timeout=300
            )
            assert done.returncode == 0, f"{command.line}: {done.stdout}{done.stderr}"
            for line in command.shown:
                assert re.search(pattern(line), done.stdout + done.stderr), f"{line!r} is not in\n{done.stdout}"


@pytest.mark.parametrize("page", [page for page in with_kind("console") if ".zh" in page.id])
def test_chinese_pages_say_the_same_commands(page: Path) -> None:
    assert commands(page) == commands(page.with_name(page.name.replace(".zh", "")))


def pattern(line: str) -> str:
    """A shown line as a pattern: any number for a number, any blanks for blanks, anything for ``…``."""
    parts = [r"\s+".join(re.escape(word) for word in re.split(r"\s+", part.strip())) for part in line.split("…")]
    return re.sub(r"\d(?:[\d,]|\\\.\d)*", r"[\\d.,]+", ".*".join(parts))


def check_elsewhere(line: str) -> None:
    if line.startswith("make"):
        for target in re.findall(r"(?<=\s)[a-z]+\b(?!=)", line):
            assert target in targets(), f"make has no target {target}"


@cache
def targets() -> frozenset[str]:
    return frozenset(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@cache
def options(command: str) -> str:
    arguments = [str(Path(sys.executable).parent / "planparse"), *command.split(), "--help"]
    done = subprocess.run(
        arguments, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "COLUMNS": "200"}
    )
    return done.stdout if done.returncode == 0 else ""


@pytest.mark.parametrize("page", [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES])
def test_what_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = [
        *re.findall(r"`([^`\n]+)`", BLOCK.sub("", text)),
        *"\n".join(found["body"] for found in BLOCK.finditer(text)).splitlines(),
    ]
    for line in code:
        for call in re.findall(r"\bplanparse ([a-z]+[^|&#]*)", line.replace("`", "")):
            command = call.split()[0]
            if line.strip().startswith(("import", "from", "pip")) or "=" in call.split(" ")[0]:
                continue
            said = options(command)
            assert said, f"{page.name}: there is no command planparse {command}"
            for option in re.findall(r"(?<!\S)--[a-z-]+", call):
                assert re.search(rf"{option}\b", said), f"{page.name}: planparse {command} has no option {option}"
        for target in re.findall(r"^\$? ?make ([a-z]+)\b(?!=)", line):
            assert target in targets(), f"{page.name}: make has no target {target}"


@pytest.mark.parametrize("page", [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if not link.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_a_shown_line_may_carry_other_numbers_but_no_other_words() -> None:
    assert re.search(pattern("targets     1,122"), "targets  1,130")
    assert re.search(pattern("Written to …."), "Written to outputs.")
    assert not re.search(pattern("targets 12"), "goals 12")


def test_options_that_do_not_exist_are_told() -> None:
    assert "--jobs" in options("ingest")
    assert not options("nosuchcommand")
