"""The costs by which columns are typed and kinds of tables are told: ``weights.yaml``, by name, with the meaning of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def weights(group: str) -> Mapping[str, float]:
    """The costs of one group of the file."""
    return {name: float(row["cost"]) for name, row in _groups()[group]["weights"].items()}


@cache
def _groups() -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((files(__package__) / "weights.yaml").read_text(encoding="utf-8"), Loader=loader)
