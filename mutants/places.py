"""All changes that can be made to a checkout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from mutants.code import of_module
from mutants.mutant import Mutant
from mutants.words import of_vocabulary, of_weights

PACKAGES = ("outline", "language", "extract")
VOCABULARIES = ("shapes", "section_kinds", "genres")
WEIGHTS = "outline/weights.yaml"


def all_mutants(package: Path) -> Iterator[Mutant]:
    """Every change to the package in ``package``, file by file."""
    weights = (package / WEIGHTS).read_text(encoding="utf-8")
    names = feature_names(weights)
    yield from of_weights(WEIGHTS, weights)
    for name in VOCABULARIES:
        path = f"data/{name}.yaml"
        yield from of_vocabulary(path, (package / path).read_text(encoding="utf-8"))
    for folder in PACKAGES:
        for file in sorted((package / folder).rglob("*.py")):
            text, path = file.read_text(encoding="utf-8"), file.relative_to(package).as_posix()
            yield from of_module(folder, path, text)
            if folder == "outline":
                yield from of_module(folder, path, text, names)


def feature_names(weights: str) -> frozenset[str]:
    """What features are called in code: ``run.next``, or ``next`` alone where the group is added later."""
    groups = yaml.safe_load(weights)
    full = {f"{group}.{name}" for group, rows in groups.items() for name in rows["weights"]}
    return frozenset(full | {re.sub(r"^\w+\.", "", name) for name in full})
