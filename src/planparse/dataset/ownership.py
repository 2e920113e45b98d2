"""Whose the files in an output folder are: a dataset takes the place of a dataset, and of nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from planparse.dataset import files
from planparse.dataset.manifest import MANIFEST, Manifest
from planparse.model.records import TABLES

RUN = "run.json"
_MARK = b"planparse_version"
"""In the metadata of each of our tables."""


def foreign(out: Path) -> list[str]:
    """Names of files that a dataset written to ``out`` would replace, and that no run of planparse has written."""
    if Manifest.load(out):
        return []
    tables = [f"{model.table}.parquet" for model in TABLES]
    return [name for name in (*tables, MANIFEST, RUN) if os.path.lexists(out / name) and not _ours(out / name)]


def _ours(path: Path) -> bool:
    """A table of ours, or a link through which one is seen (see ``publish``)."""
    if path.is_symlink() and os.readlink(path).startswith(f"{files.STATE}/"):
        return True
    if path.suffix != ".parquet":
        return False
    try:
        with pq.ParquetFile(path) as file:
            return _MARK in (file.schema_arrow.metadata or {})
    except (OSError, pa.ArrowException):
        return False
