"""What a run did: for the table at its end, for ``--json``, and for ``run.json``."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import metadata
from typing import Any

from planparse.dataset.assembly import Failure
from planparse.model.records import SCHEMA_VERSION
from planparse.model.version import __version__

SLOWEST = 10
LIBRARIES = (
    "charset-normalizer", "jieba", "lxml", "opencc-python-reimplemented", "pdfminer.six", "pdfplumber", "pyarrow",
    "pydantic", "pypdfium2", "regex",
)  # fmt: skip
"""Libraries that the records may depend on."""


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a run is: ``name`` is look, read or write."""

    name: str
    files: int
    total_files: int
    size: int
    total_size: int


Progress = Callable[[Stage], None]


@dataclass(slots=True)
class Summary:
    """Counts and timings of one run. ``read`` counts files read by this run, ``reused`` those that were unchanged."""

    out: str
    files: int = 0
    read: int = 0
    reused: int = 0
    duplicates: int = 0
    unreadable: int = 0
    documents: int = 0
    bytes_read: int = 0
    changed: bool = True
    written: bool = True
    jobs: int = 1
    records: dict[str, int] = field(default_factory=dict)
    trust: dict[str, int] = field(default_factory=dict)
    """Documents by trust, the sound ones first."""
    findings: dict[str, int] = field(default_factory=dict)
    findings_by_code: dict[str, int] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0
    timings: dict[str, float] = field(default_factory=dict)
    stages: dict[str, float] = field(default_factory=dict)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    @property
    def mb_per_second(self) -> float:
        return self.bytes_read / 1e6 / self.seconds if self.seconds else 0.0

    def to_json(self) -> dict[str, Any]:
        """The whole summary with the versions of all that took part."""
        about = asdict(self) | {"mb_per_second": round(self.mb_per_second, 3), "versions": versions()}
        about["slowest"] = [{"seconds": round(seconds, 4), "path": path} for seconds, path in self.slowest]
        for times in (about["timings"], about["stages"]):
            times.update({name: round(seconds, 4) for name, seconds in times.items()})
        return about | {"seconds": round(self.seconds, 4)}

    def add_timing(self, stages: Mapping[str, float], documents: list[tuple[float, str]]) -> None:
        for name, seconds in stages.items():
            self.stages[name] = self.stages.get(name, 0.0) + seconds
        self.slowest = sorted([*self.slowest, *documents], key=lambda item: (-item[0], item[1]))[:SLOWEST]


@cache
def versions() -> dict[str, str]:
    """Versions of planparse, its schema, Python and the libraries that records may depend on. Each is read from the disk."""
    found = {"planparse": __version__, "schema": SCHEMA_VERSION, "python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
