"""Chinese government plans, read into a dataset: goals, tasks, projects, indicators and every number committed to.

>>> import planparse
>>> plan = planparse.parse("plan.docx")              # one document: records as models
>>> planparse.ingest("plans/", "outputs")            # many: Parquet files
>>> planparse.read("outputs").joined("targets")      # targets beside their owner, section and document
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from planparse.model.version import __version__

if TYPE_CHECKING:
    from planparse.api import ParsedDocument, ingest, parse
    from planparse.dataset.reader import Dataset, read
    from planparse.model.findings import PlanparseError, UsageError
    from planparse.model.options import Limits, Options, Thresholds

__all__ = [
    "Dataset", "Limits", "Options", "ParsedDocument", "PlanparseError", "Thresholds", "UsageError", "__version__", "ingest", "parse",
    "read",
]  # fmt: skip

_HOME = {
    "Dataset": "planparse.dataset.reader",
    "Limits": "planparse.model.options",
    "Options": "planparse.model.options",
    "ParsedDocument": "planparse.api",
    "PlanparseError": "planparse.model.findings",
    "Thresholds": "planparse.model.options",
    "UsageError": "planparse.model.findings",
    "ingest": "planparse.api",
    "parse": "planparse.api",
    "read": "planparse.dataset.reader",
}
"""Where each name is defined. They are imported when first asked for, so that ``planparse --help`` need not wait."""


def __getattr__(name: str) -> Any:
    if name == "plots":
        return import_module("planparse.plots")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
