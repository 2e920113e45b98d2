"""The costs of all that a reading is made of: ``weights.yaml``, by name, with the meaning of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Weights = Mapping[str, float]


class Prices(dict[tuple[str, ...], float]):
    """What features cost together, each sum added up once."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def __missing__(self, features: tuple[str, ...]) -> float:
        price = self[features] = sum([self.weights[feature] for feature in features])
        return price


@cache
def weights() -> Weights:
    """Every weight by its name: ``group.name`` of the file. A missing one is an error, so that none is forgotten in silence."""
    return {name: float(row["cost"]) for name, row in meanings().items()}


@cache
def meanings() -> dict[str, Any]:
    """Cost and meaning of every weight."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    groups = yaml.load((files(__package__) / "weights.yaml").read_text(encoding="utf-8"), Loader=loader)
    return {f"{group}.{name}": row for group, rows in groups.items() for name, row in rows["weights"].items()}
