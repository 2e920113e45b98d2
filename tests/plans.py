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
from planparse.outline import outline
from planparse.pipeline import process

CASES = Path(__file__).parent / "cases"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""What reads the cases: they are long, and read before any test runs."""
SHARED = Path(__file__).parents[2] / "shared"


def cases(name: str) -> list[dict[str, Any]]:
    """The rows of ``tests/cases/<name>.yaml``."""
    return yaml.load((CASES / f"{name}.yaml").read_text(encoding="utf-8"), Loader=LOADER)


def cleaned(text: str) -> CleanDocument:
    return clean(load(text.encode(), "plan.txt", Options()))


def outlined(text: str) -> tuple[Outline, ...]:
    return outline(cleaned(text))


def records(text: str) -> Records:
    return process(text.encode(), "plan.txt")[0]
