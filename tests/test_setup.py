"""What is installed: what the code imports is declared and pinned, and reading needs no more than ``make ingest`` installs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from planparse.configuration.surroundings import LEAST_PYTHON, NEEDED

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOOKING = ("duckdb", "jinja2", "matplotlib", "numpy", "pandas", "xlsxwriter")
"""What only looks at a dataset, and is not installed by ``make ingest``."""
PLAN = "一、总体目标\n到2025年，建成救援站3个。\n二、重点任务\n（一）建设救援站\n新建救援站3个。\n"


def name_of(requirement: str) -> str:
    return re.split(r"[<>=!~\[; ]", requirement)[0].lower().replace("_", "-").replace(".", "-")


DECLARED = {name_of(one): one for one in PROJECT["project"]["dependencies"]}
READING = {name_of(one): one for one in PROJECT["dependency-groups"]["reading"] if isinstance(one, str)}


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / lock).read_text(encoding="utf-8"), re.M))


def imported() -> set[str]:
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"planparse", "__future__", "pyspark"}


def test_what_is_imported_is_declared_and_what_is_declared_is_used() -> None:
    homes = packages_distributions()
    used = {name_of(homes[module][0]) for module in imported()}
    used -= {"pydantic-core"}  # of pydantic, which pins it
    data = {"jieba", "opencc-python-reimplemented", "charset-normalizer", "pandas", "matplotlib"}
    assert used - set(DECLARED) == set()
    assert set(DECLARED) - used - data == set()


def test_what_reading_needs_is_part_of_what_all_needs() -> None:
    assert READING.items() <= DECLARED.items()
    assert set(DECLARED) - set(READING) == set(LOOKING) - {"numpy"}
    assert set(map(name_of, NEEDED)) == set(READING)


@pytest.mark.parametrize("lock", ["requirements-reading.lock", "requirements.lock", "requirements-dev.lock"])
def test_locks_pin_what_is_declared_and_name_no_index(lock: str) -> None:
    pins = pinned(lock)
    assert (set(READING) if "reading" in lock else set(DECLARED)) <= set(pins)
    assert pins.items() <= pinned("requirements-dev.lock").items()
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert text.count("==") <= text.count("--hash=")
    assert not {"duckdb", "pandas", "pytest"} & set(pins) or "reading" not in lock


def test_the_oldest_python_is_the_same_everywhere() -> None:
    least = ".".join(map(str, LEAST_PYTHON))
    assert PROJECT["project"]["requires-python"] == f">={least}"
    for name in ("Makefile", "README.md", "README.zh.md", "docs/tutorial.md", "docs/tutorial.zh.md"):
        assert least in (ROOT / name).read_text(encoding="utf-8"), name
    assert sys.version_info >= LEAST_PYTHON


def test_the_image_is_built_of_files_that_are_there() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    let_in = set((ROOT / ".dockerignore").read_text(encoding="utf-8").replace("!", "").splitlines())
    for names in re.findall(r"^COPY (.+) \S+$", text, re.M):
        for name in names.split():
            assert (ROOT / name).exists()
            assert name in let_in
    assert "--require-hashes --requirement /planparse/requirements.lock" in text


def without(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command where nothing is installed but what reading needs."""
    program = (
        f"import sys; sys.modules.update(dict.fromkeys({LOOKING!r})); sys.argv = ['planparse', *sys.argv[1:]]\n"
        "from planparse.cli import main; main()"
    )
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=120, check=False)


def test_reading_needs_no_more_and_the_rest_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    for arguments in (
        ("ingest", "plan.txt", "--jobs", "1"),
        ("search", "救援站"),
        ("doubtful",),
        ("verify",),
        ("audit",),
        ("inspect", "plan.txt"),
        ("diff", "plan.txt", "outputs"),
        ("export", "--format", "csv"),
        ("export", "--format", "sqlite"),
        ("doctor",),
    ):
        done = without(tmp_path, *arguments)
        assert done.returncode == 0, (arguments, done.stderr)
    for arguments, library in (
        (("query", "SELECT 1"), "duckdb"),
        (("export", "--format", "xlsx"), "xlsxwriter"),
        (("export", "--format", "dta"), "pandas"),
        (("export", "--format", "duckdb"), "duckdb"),
        (("report",), "jinja2"),
        (("diff", "plan.txt", "outputs", "--format", "html"), "jinja2"),
    ):
        done = without(tmp_path, *arguments)
        hint = f"planparse: This needs {library}, which is not installed: run make setup in planparse's folder"
        assert done.returncode == 2, arguments
        assert done.stderr.startswith(hint), arguments
        assert done.stderr.count("\n") == 1, arguments
