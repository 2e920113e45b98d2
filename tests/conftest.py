"""What all tests share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for standins, also in the processes that the pool starts

AGAIN = pytest.mark.flaky(reruns=3, reruns_delay=4)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What measures time, or waits for a process or a browser, is tried again: others on the machine only ever make it slower."""
    for item in items:
        if item.get_closest_marker("waits") or "open_page" in getattr(item, "fixturenames", ()):
            item.add_marker(AGAIN)
