"""Vocabularies (YAML) and tables, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any


@cache
def vocabulary(name: str) -> Any:
    """The parsed content of ``data/<name>.yaml``."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((files(__name__) / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)
