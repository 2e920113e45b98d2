"""How far a run is, on standard error: a bar on a terminal, now and then a line elsewhere, or lines of JSON."""

from __future__ import annotations

import json
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from planparse.model.safe import safe

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from planparse.corpus import Stage

LINE_SECONDS = 5.0
DOING = {"look": "Looking at files", "read": "Reading", "write": "Writing"}


def choose(log_format: str) -> Lines:
    """The way of showing that fits where standard error goes."""
    if log_format == "json":
        return _Json(sys.stderr)
    return _Bar() if sys.stderr.isatty() else Lines(sys.stderr)


class Lines:
    """Shows progress while it is entered: a plain line when a stage begins and ends, and every few seconds between."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.stage = ""
        self.begun = self.last = 0.0

    def __enter__(self) -> Lines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def __call__(self, stage: Stage) -> None:
        now = time.monotonic()
        if stage.name != self.stage:
            self.stage, self.begun, self.last = stage.name, now, now
        if now - self.last >= LINE_SECONDS or stage.files == stage.total_files:
            self.last = now
            self.tell(stage, now - self.begun)

    def tell(self, stage: Stage, seconds: float) -> None:
        rate, left = speed(stage, seconds)
        parts = [f"{DOING[stage.name]}: {stage.files:,} of {stage.total_files:,} files"]
        parts += [pace(rate)] if rate else []
        parts += [f"{left:.0f} s left"] if left else []
        print(", ".join(parts), file=self.stream, flush=True)

    def say(self, level: str, message: str, **more: object) -> None:
        print(f"{level}: {safe(message)}", file=self.stream, flush=True)


class _Json(Lines):
    """One JSON object a line, for machines that watch."""

    def tell(self, stage: Stage, seconds: float) -> None:
        rate, left = speed(stage, seconds)
        about = {"stage": stage.name, "files": stage.files, "total_files": stage.total_files, "bytes": stage.size}
        self._put("progress", about | {"mb_per_second": round(rate, 3), "seconds_left": round(left, 1)})

    def say(self, level: str, message: str, **more: object) -> None:
        self._put(level, {"message": message} | more)

    def _put(self, level: str, about: dict[str, object]) -> None:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        line = json.dumps({"time": now, "level": level} | about, ensure_ascii=False)
        print(line, file=self.stream, flush=True)


class _Bar(Lines):
    """A bar with rate and time left."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.bar: Progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self.task: TaskID | None = None

    def __enter__(self) -> _Bar:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()

    def __call__(self, stage: Stage) -> None:
        now = time.monotonic()
        if stage.name != self.stage or self.task is None:
            if self.task is not None:
                self.bar.remove_task(self.task)
            self.stage, self.begun = stage.name, now
            self.task = self.bar.add_task(DOING[stage.name], total=None, rate="")
        rate, _ = speed(stage, now - self.begun)
        total = stage.total_files if stage.name != "write" else None
        self.bar.update(self.task, completed=stage.files, total=total, rate=pace(rate) if rate else "")

    def say(self, level: str, message: str, **more: object) -> None:
        self.bar.console.print(f"{level}: {safe(message)}", markup=False, highlight=False, soft_wrap=True)


def pace(megabytes: float) -> str:
    """How much is read in a second."""
    return f"{megabytes:.1f} MB/s" if megabytes >= 1 else f"{megabytes * 1000:.0f} kB/s"


FEW = 0.05
"""Before this share is read, small files alone would be taken for the measure of large ones."""


def speed(stage: Stage, seconds: float) -> tuple[float, float]:
    """MB a second so far, and the seconds that are left at that rate; 0 where there is nothing to go by yet."""
    if stage.size <= 0 or seconds <= 0:
        return 0.0, 0.0
    left = seconds * (stage.total_size - stage.size) / stage.size
    return stage.size / 1e6 / seconds, left if stage.size > stage.total_size * FEW else 0.0
