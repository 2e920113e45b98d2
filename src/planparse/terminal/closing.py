"""The table at the end of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planparse.model.safe import safe
from planparse.terminal.progress import pace

if TYPE_CHECKING:
    from planparse.corpus import Summary

SHOWN_FAILURES = 10


def closing_table(summary: Summary) -> str:
    """What was read, what is in the dataset, and how long it took, as lines of text."""
    rows = [("files", summary.files, _files(summary))]
    for name, count in summary.records.items():
        notes = {"documents": _trust(summary), "findings": _findings(summary)}
        rows.append((name, count, notes.get(name, "")))
    width = max(len(f"{count:,}") for _, count, _ in rows)
    lines = [f"{name:<10}  {count:>{width},}  {note}".rstrip() for name, count, note in rows]
    rate = f", {pace(summary.mb_per_second)}" if summary.bytes_read else ""
    lines += [f"{'time':<10}  {summary.seconds:.1f} s{rate}", _outcome(summary)]
    if any(trust != "sound" for trust in summary.trust):
        lines.append(f"See planparse doubtful {safe(summary.out)} for the documents to look at first.")
    return "\n".join(lines)


def _files(summary: Summary) -> str:
    counts = [
        (summary.read, "read"),
        (summary.reused, "unchanged"),
        (summary.duplicates, "duplicate"),
        (summary.unreadable, "unreadable"),
    ]
    return ", ".join(f"{count:,} {what}" for count, what in counts if count)


def _trust(summary: Summary) -> str:
    return ", ".join(f"{count:,} {trust.replace('_', ' ')}" for trust, count in summary.trust.items())


def _findings(summary: Summary) -> str:
    return ", ".join(
        f"{summary.findings[kind]:,} {kind}" for kind in ("error", "warning", "info") if kind in summary.findings
    )


def _outcome(summary: Summary) -> str:
    if summary.written:
        return f"Written to {safe(summary.out)}."
    if not summary.changed:
        return f"Nothing has changed; {safe(summary.out)} is as it was."
    return f"No document could be read; the dataset in {safe(summary.out)} was left as it is."


def failure_lines(summary: Summary, language: str = "en") -> list[str]:
    """One line for each document that could not be read, the first few of them."""
    shown = [f"{failure.path}: {failure.said(language)}" for failure in summary.failures[:SHOWN_FAILURES]]
    more = len(summary.failures) - len(shown)
    return [*shown, *([f"and {more:,} more; see findings.parquet"] if more > 0 else [])]


def profile_table(summary: Summary) -> str:
    """Seconds by stage over all processes, and the slowest documents."""
    total = sum(summary.stages.values()) or 1.0
    lines = ["stage         seconds  share"]
    for name, seconds in summary.stages.items():
        lines.append(f"{name:<12} {seconds:>8.2f}  {seconds / total:>5.1%}")
    lines += [f"({name}: {seconds:.2f} s in all)" for name, seconds in summary.timings.items()]
    if summary.slowest:
        lines += ["", "slowest documents"]
        lines += [f"{seconds:>8.3f} s  {safe(path)}" for seconds, path in summary.slowest]
    return "\n".join(lines)
