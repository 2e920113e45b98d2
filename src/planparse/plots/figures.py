"""The dataset at a glance: what is promised by when, who is to do it, and how well the documents were read."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planparse.dataset.coverage import coverage
from planparse.dataset.reader import Dataset, read
from planparse.plots.drawing import BAD, FAINT, GRID, INK, SERIES, WARN, canvas, nothing, short, word

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DatasetLike = Dataset | str | os.PathLike[str]
MOST_FIELDS = len(SERIES) - 1
MOST_UNITS = 20
MOST_DOCUMENTS = 30
ROW_HEIGHT = 0.24
SEVERITIES = (("error", BAD), ("warning", WARN), ("info", GRID))
COVERAGE_TABLES = ("sections", "tasks", "projects", "indicators", "targets")


def opened(dataset: DatasetLike) -> Dataset:
    """The dataset itself, or the one in this folder."""
    return dataset if isinstance(dataset, Dataset) else read(dataset)


def targets_by_year_and_field(dataset: DatasetLike, *, language: str = "zh") -> Figure:
    """Targets (of prose and of indicator tables) by the year by which they are to be reached, and by policy field."""
    data = opened(dataset)
    fields = {row["doc_id"]: row["domain"] for row in data.rows("documents", ["doc_id", "domain"])}
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for table, year in (("targets", "deadline_year"), ("indicators", "target_year")):
        for row in data.rows(table, ["doc_id", year]):
            if row[year] is not None:
                counts[fields.get(row["doc_id"]) or word("plot_no_field", language)][row[year]] += 1
    if not counts:
        return nothing(language)
    kept = _largest(counts, MOST_FIELDS, word("plot_other", language))
    years = sorted({year for counter in kept.values() for year in counter})
    with canvas(3.4) as (figure, (axes,)):
        below = [0] * len(years)
        for (field, counter), colour in zip(kept.items(), SERIES, strict=False):
            heights = [counter[year] for year in years]
            axes.bar(range(len(years)), heights, 0.66, bottom=below, color=colour, label=short(field))
            below = [a + b for a, b in zip(below, heights, strict=True)]
        for place, total in enumerate(below):
            axes.text(place, total, f"{total:,}", ha="center", va="bottom", color=FAINT, fontsize=8)
        axes.set_xticks(range(len(years)), [str(year) for year in years])
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_ylabel(word("plot_targets", language))
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)
    return figure


def _largest(counts: Mapping[str, Counter[int]], most: int, rest: str) -> dict[str, Counter[int]]:
    """The largest groups, the others under ``rest``."""
    order = sorted(counts, key=lambda name: (-counts[name].total(), name))
    kept = {name: counts[name] for name in order[:most]}
    for name in order[most:]:
        kept[rest] = kept.get(rest, Counter()) + counts[name]
    return kept


def tasks_by_unit(dataset: DatasetLike, *, language: str = "zh", most: int = MOST_UNITS) -> Figure:
    """Tasks by responsible unit, as worded: those that it leads and those that it supports; the ``most`` with the most."""
    data = opened(dataset)
    lead: Counter[str] = Counter()
    support: Counter[str] = Counter()
    for row in data.rows("tasks", ["lead_units", "support_units"]):
        lead.update(set(row["lead_units"]))
        support.update(set(row["support_units"]))
    names = sorted(lead | support, key=lambda name: (-lead[name] - support[name], name))[:most][::-1]
    if not names:
        return nothing(language)
    with canvas(0.9 + ROW_HEIGHT * len(names)) as (figure, (axes,)):
        places = range(len(names))
        leads = [lead[name] for name in names]
        axes.barh(places, leads, 0.66, color=SERIES[0], label=word("plot_leads", language))
        supports = [support[name] for name in names]
        axes.barh(
            places, supports, 0.66, left=leads, color=SERIES[3], alpha=0.55, label=word("plot_supports", language)
        )
        for place, name in enumerate(names):
            total = lead[name] + support[name]
            axes.text(total, place, f" {total:,}", va="center", color=FAINT, fontsize=8)
        axes.set_yticks(places, [short(name) for name in names])
        axes.set_xlabel(word("plot_tasks", language))
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.legend(loc="lower right", fontsize=8)
    return figure


def coverage_and_findings(
    dataset: DatasetLike,
    *,
    language: str = "zh",
    most: int = MOST_DOCUMENTS,
    shares: Mapping[str, float | None] | None = None,
) -> Figure:
    """By document: the share of its numbers that records claim, and its findings by severity. The ``most`` to look at first.

    ``shares`` are the coverages by doc_id where they are known already.
    """
    data = opened(dataset)
    shares = coverages(data) if shares is None else shares
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in data.rows("findings", ["doc_id", "severity"]):
        found[row["doc_id"]][row["severity"]] += 1
    documents = list(data.rows("documents", ["doc_id", "title", "source_path"]))
    whole = {doc_id: 1.0 if share is None else share for doc_id, share in shares.items()}
    documents.sort(key=lambda row: (-found[row["doc_id"]]["error"], whole.get(row["doc_id"], 1.0), row["doc_id"]))
    if not documents:
        return nothing(language)
    return _two_bars(documents[:most][::-1], shares, found, language)


def _two_bars(
    documents: Sequence[Mapping[str, Any]],
    shares: Mapping[str, float | None],
    found: Mapping[str, Counter[str]],
    language: str,
) -> Figure:
    places = range(len(documents))
    ids = [row["doc_id"] for row in documents]
    with canvas(1.0 + ROW_HEIGHT * len(documents), columns=2) as (figure, (left, right)):
        left.barh(places, [100 * (shares.get(i) or 0) for i in ids], 0.66, color=SERIES[2])
        for place, name in enumerate(ids):
            share = shares.get(name)
            label = word("plot_no_numbers", language) if share is None else f"{100 * share:.0f}%"
            left.text(100 * (share or 0), place, f" {label}", va="center", color=FAINT, fontsize=8)
        left.set_yticks(places, [short(row["title"] or row["source_path"]) for row in documents])
        left.set_xlim(0, 118)
        left.set_xticks(range(0, 101, 25))
        left.set_title(word("plot_coverage", language), color=INK)
        below = [0] * len(ids)
        for severity, colour in SEVERITIES:
            widths = [found[i][severity] for i in ids]
            right.barh(places, widths, 0.66, left=below, color=colour, label=word(severity, language))
            below = [a + b for a, b in zip(below, widths, strict=True)]
        right.set_yticks([])
        right.set_title(word("findings", language), color=INK)
        right.legend(loc="lower right", fontsize=8)
        for axes in (left, right):
            axes.set_ylim(-0.7, len(ids) - 0.3)
            axes.grid(axis="x", color=GRID, linewidth=0.6)
    return figure


def coverages(data: Dataset) -> dict[str, float | None]:
    """Share of numbers claimed, by doc_id."""
    tables = data.by_document(COVERAGE_TABLES)
    return {row["doc_id"]: coverage(row["text"], tables[row["doc_id"]]).share for row in data.rows("sources", at_once=16)}
