"""The gate: gold sets and the floor of each of their figures, kept in one TOML file."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planparse.evaluation.figures import SetScore, headline
from planparse.evaluation.gold import SPLITS
from planparse.model.findings import UsageError

SCALE = 10_000
"""Floors keep four places."""
HEADER = """\
# Gold sets, and the floor of each figure: F1 of a table (of `documents` the share of fields that are right), and of a
# field the share of matched rows in which it is right. `make eval` fails below a floor. `planparse evaluate --floors
# tests/accuracy/floors.toml --update` raises floors to what is reached; it lowers one only with --allow-regression
# REASON, and writes the reason down here. Paths are relative to the folder that the command runs in.
"""


@dataclass(frozen=True, slots=True)
class SetSpec:
    """Where a gold set lies: a folder, the folders of its documents, a split, or certain files only."""

    name: str
    gold: Path
    sources: tuple[Path, ...] = ()
    split: str | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lowered:
    """A floor that was lowered on purpose."""

    set: str
    figure: str
    before: float
    after: float
    reason: str


@dataclass(slots=True)
class Floors:
    """The file's content."""

    sets: dict[str, SetSpec] = field(default_factory=dict)
    floors: dict[str, dict[str, float]] = field(default_factory=dict)
    lowered: list[Lowered] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Check:
    """One figure against its floor; ``value`` is None where the set's run did not give the figure at all."""

    set: str
    figure: str
    floor: float
    value: float | None

    @property
    def holds(self) -> bool:
        """Whether the figure, rounded down as floors are, reaches its floor."""
        return self.value is not None and round_down(self.value) >= self.floor


def round_down(value: float) -> float:
    """A figure as a floor: never above what was reached."""
    return math.floor(value * SCALE + 1e-9) / SCALE


def read_floors(path: Path) -> Floors:
    """Read the file; what is wrong with it is said in one sentence."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        sets = {name: _spec(name, entry) for name, entry in content.get("sets", {}).items()}
        floors = {name: {f: float(v) for f, v in entry.items()} for name, entry in content.get("floors", {}).items()}
        lowered = [Lowered(**entry) for entry in content.get("lowered", [])]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{path} cannot be read as a floors file: {error}") from error
    return Floors(sets, floors, lowered)


def _spec(name: str, entry: Mapping[str, object]) -> SetSpec:
    split = entry.get("split")
    if split is not None and split not in SPLITS:
        raise ValueError(f"split of set {name} is {split!r}, not dev or test")
    folders = entry.get("sources", [])
    files = entry.get("files", [])
    if not isinstance(folders, list) or not isinstance(files, list):
        raise TypeError(f"sources and files of set {name} are lists")
    return SetSpec(name, Path(str(entry["gold"])), tuple(map(Path, folders)), split, tuple(files))


def check(floors: Floors, results: Sequence[SetScore]) -> list[Check]:
    """Every floor of the sets that were scored in full."""
    checks = []
    for result in results:
        if result.skipped or not result.scores:
            continue
        reached = headline(result.scores)
        for figure, floor in floors.floors.get(result.name, {}).items():
            checks.append(Check(result.name, figure, floor, reached.get(figure)))
    return checks


def update(floors: Floors, results: Sequence[SetScore], reason: str | None) -> list[Check]:
    """Raise floors to what was reached and pin new figures; returns what is below its floor and was not lowered.

    With a ``reason``, what is below its floor is lowered, and the reason written down.
    """
    refused = [item for item in check(floors, results) if not item.holds]
    if refused and not reason:
        return refused
    for item in refused:
        after = 0.0 if item.value is None else round_down(item.value)
        floors.lowered.append(Lowered(item.set, item.figure, item.floor, after, reason or ""))
        if item.value is None:
            del floors.floors[item.set][item.figure]
    for result in results:
        if not result.skipped and result.scores:
            reached = headline(result.scores)
            floors.floors[result.name] = {figure: round_down(value) for figure, value in reached.items()}
    return []


def write_floors(path: Path, floors: Floors) -> None:
    """Write the file; equal content gives equal bytes."""
    lines = [HEADER.rstrip("\n")]
    for spec in floors.sets.values():
        lines += ["", f"[sets.{_key(spec.name)}]", f"gold = {_quoted(spec.gold.as_posix())}"]
        if spec.sources:
            lines.append(f"sources = [{', '.join(_quoted(folder.as_posix()) for folder in spec.sources)}]")
        if spec.split:
            lines.append(f"split = {_quoted(spec.split)}")
        if spec.files:
            lines.append(f"files = [{', '.join(map(_quoted, spec.files))}]")
    for name, entry in floors.floors.items():
        lines += ["", f"[floors.{_key(name)}]", *(f"{_key(figure)} = {floor}" for figure, floor in entry.items())]
    for item in floors.lowered:
        lines += ["", "[[lowered]]", f"set = {_quoted(item.set)}", f"figure = {_quoted(item.figure)}"]
        lines += [f"before = {item.before}", f"after = {item.after}", f"reason = {_quoted(item.reason)}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else _quoted(name)
