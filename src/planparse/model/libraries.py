"""Libraries that only some commands need, and what to do where one is not installed."""

from __future__ import annotations

from importlib.util import find_spec

from planparse.model.findings import UsageError

INSTALL = "run make setup in planparse's folder, or pip install . there"
INSTALL_SPARK = "run pip install '.[spark]' in planparse's folder"
"""planparse is not on a package index: its extras are had from a checkout."""


def need(library: str) -> None:
    """Raise UsageError, saying what to do, if a library is not there. (``make ingest`` installs only what reading needs.)"""
    if library and find_spec(library) is None:
        raise UsageError(f"This needs {library}, which is not installed: {INSTALL}.")
