"""The parts of the documentation that come from the code: the command line reference, and the excerpts in the READMEs.

``make docs`` writes them; a test holds that they are as this would write them, so that no page tells of an older planparse.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import planparse
from planparse.dataset.reader import Dataset

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh.md")
CLI_PAGE = "docs/reference/cli.md"
LONGEST = 46
"""Characters of a cell; a longer one is cut with an ellipsis."""

EXCERPTS: dict[str, tuple[str, str, slice]] = {
    "documents": (
        "heyang_emergency_plan.txt|jichuan_ecology_plan.md|ningchuan_digital_economy.txt",
        "source_path title region region_level domain plan_kind period_start period_end",
        slice(0, 3),
    ),
    "sections": ("heyang_emergency_plan.txt", "path level title kind", slice(8, 13)),
    "goals": ("heyang_emergency_plan.txt", "kind label text horizon_year", slice(1, 4)),
    "tasks": (
        "heyang_emergency_plan.txt",
        "level number_raw title source lead_units support_units end_year",
        slice(-3, None),
    ),
    "projects": (
        "boning_energy_plan.txt",
        "level name source start_year end_year investment_wan lead_units",
        slice(0, 3),
    ),
    "indicators": (
        "heyang_emergency_plan.txt",
        "name unit baseline_year baseline_value target_year target_value comparator property basis",
        slice(2, 6),
    ),
    "targets": (
        "heyang_emergency_plan.txt",
        "subject quantity_raw comparator value unit deadline_year context",
        slice(0, 4),
    ),
    "findings": (
        "heyang_emergency_plan.txt|qingluo_emergency_system.txt",
        "source_path severity code message",
        slice(0, 3),
    ),
    "sources": ("heyang_emergency_plan.txt", "doc_id text", slice(0, 1)),
}
"""Of each table: the documents it is shown from, its columns, its rows."""


def main() -> None:
    """Write all generated parts in place; with ``--accuracy``, the figures in the READMEs alone."""
    if sys.argv[1:] == ["--accuracy"]:
        for name in READMES:
            text = with_figures((ROOT / name).read_text(encoding="utf-8"))
            (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        planparse.ingest(ROOT / "corpus", folder, jobs=1)
        for path, text in pages(planparse.read(folder)).items():
            (ROOT / path).write_text(text, encoding="utf-8", newline="\n")


def pages(dataset: Dataset) -> dict[str, str]:
    """The text of every page with generated parts, by its path."""
    found = {CLI_PAGE: cli_page()}
    for name in READMES:
        found[name] = with_figures(with_excerpts((ROOT / name).read_text(encoding="utf-8"), dataset))
    return found


def with_excerpts(text: str, dataset: Dataset) -> str:
    """``text`` with a table between each pair of marks ``<!-- excerpt: NAME -->`` and ``<!-- end -->``."""

    def fill(found: re.Match[str]) -> str:
        return f"{found['mark']}\n\n{excerpt(dataset, found['name'])}\n\n{found['end']}"

    return re.sub(r"(?P<mark><!-- excerpt: (?P<name>\w+) -->)\n.*?(?P<end><!-- end -->)", fill, text, flags=re.DOTALL)


def with_figures(text: str) -> str:
    """``text`` with the table of the accuracy page's section ``First run and now`` between its marks."""
    page = (ROOT / "docs/accuracy.md").read_text(encoding="utf-8")
    rows = page.partition("## First run and now")[2].partition("\n## ")[0].strip()
    return re.sub(
        r"(<!-- accuracy -->)\n.*?(<!-- end -->)",
        lambda found: f"{found[1]}\n\n{rows}\n\n{found[2]}",
        text,
        flags=re.DOTALL,
    )


def excerpt(dataset: Dataset, name: str) -> str:
    """A few rows of a table in Markdown."""
    paths, columns, rows = EXCERPTS[name]
    shown = columns.split()
    wanted = paths.split("|")
    ids = {row["doc_id"] for row in dataset["documents"].to_pylist() if row["source_path"] in wanted}
    found = [row for row in dataset[name].to_pylist() if row["doc_id"] in ids][rows]
    lines = [f"| {' | '.join(shown)} |", f"|{' --- |' * len(shown)}"]
    lines += [f"| {' | '.join(cell(row[column]) for column in shown)} |" for row in found]
    return "\n".join(lines)


def cell(value: Any) -> str:
    """One cell: empty where there is no value, lists with commas, numbers without the zeros behind them."""
    if value is None or value == []:
        return ""
    if isinstance(value, list):
        return ", ".join(map(cell, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    text = " ".join(str(value).split()).replace("|", "\\|").replace("<", "&lt;")
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def cli_page() -> str:
    """The reference of the command line: what ``--help`` says of each command."""
    parts = ["# Command line", "", "What `--help` says. This page is generated by `make docs`.", ""]
    overview = help_of()
    parts += ["## planparse", "", "```text", overview, "```", ""]
    for command in commands(overview):
        parts += [f"## planparse {command}", "", "```text", help_of(command), "```", ""]
    return "\n".join(parts)


def commands(overview: str) -> list[str]:
    """The names under ``Commands:``."""
    return re.findall(r"^  ([a-z][a-z-]*) {2,}\S", overview.partition("Commands:")[2], re.MULTILINE)


def help_of(*command: str) -> str:
    """What ``planparse COMMAND --help`` prints, 80 columns wide."""
    environment = {**os.environ, "COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1", "TERMINAL_WIDTH": "80"}
    arguments = [str(Path(sys.executable).parent / "planparse"), *command, "--help"]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, encoding="utf-8", check=True)
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())


if __name__ == "__main__":
    main()
