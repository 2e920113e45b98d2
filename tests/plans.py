"""Plans from a few lines of text, for the tests of every stage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from planparse.cleaning import clean
from planparse.loaders import load
from planparse.model.document import CleanDocument, Outline
from planparse.model.options import Options
from planparse.model.records import Records
from planparse.pipeline import process
from planparse.sections import outline

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).parents[2] / "shared"


def cases(name: str) -> list[dict[str, Any]]:
    """The rows of ``tests/cases/<name>.yaml``."""
    return yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))


def cleaned(text: str) -> CleanDocument:
    return clean(load(text.encode(), "plan.txt", Options()))


def outlined(text: str) -> tuple[Outline, ...]:
    return outline(cleaned(text))


def records(text: str) -> Records:
    return process(text.encode(), "plan.txt")[0]
