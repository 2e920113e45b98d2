"""A limit on the memory that reading may take, held by the system (Linux): what passes it costs itself, not the machine.
And how seldom Python is to look for garbage in a process that does nothing but read."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform == "linux":
    import resource
USED = "VmData:"
"""What Linux counts against the limit: private memory that can be written, not libraries and mapped files."""

SELDOM = 20_000
"""New objects after which garbage in cycles is looked for. With Python's own 700, a tenth of the time of reading went into it."""


def collect_seldom() -> None:
    """For a process of our own. What a document leaves in cycles is little; what is gone through to find it is not."""
    gc.set_threshold(SELDOM)


def keep_for_good() -> None:
    """Leave what is loaded by now (modules, patterns, words) out of every later look for garbage."""
    gc.collect()
    gc.freeze()


@contextlib.contextmanager
def limited(memory: int) -> Iterator[None]:
    """Raise MemoryError in the block when this process takes so many bytes more than now; 0 for no limit.

    A limit that is set already, and lower, stays. Where there is no such limit the block runs without.
    """
    used = _used() if memory else None
    if sys.platform != "linux" or used is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = used + memory
    if any(limit not in (resource.RLIM_INFINITY, -1) and limit < wanted for limit in (soft, hard)):
        yield
        return
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _used() -> int | None:
    """Bytes that this process has taken."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(USED):
                return int(line.split()[1]) * 1024
    return None
