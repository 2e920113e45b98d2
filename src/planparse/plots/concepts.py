"""One concept in all places, and one place with all its targets, in the units of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from planparse.concepts import Concept
from planparse.data import vocabulary
from planparse.dataset.dumbbells import Block, Dumbbell, blocks, dumbbells, logarithmic, of_place
from planparse.dataset.panel import no_place
from planparse.plots.drawing import BAD, FAINT, GRID, INK, SERIES, WIDTH, canvas, nothing, short, word
from planparse.plots.figures import DatasetLike, opened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ROWS = 60
ROW = 0.24
"""Inches for a line of a figure."""
DIRECTIONS = {"up": ("↑", "plot_up"), "down": ("↓", "plot_down"), "stay": ("→", "plot_stay")}
"""What is wanted of a concept: an arrow, and its word."""
NARROW = 5.0
"""Below this width, in inches, labels are shorter and set smaller."""
BEYOND = 1.02
"""Right of the axes, where their width is 1."""


def targets_of_concept(
    dataset: DatasetLike, concept: str, *, language: str = "zh", width: float = WIDTH, most: int = MOST_ROWS
) -> Figure:
    """A concept (``forest_coverage``) in all places on one axis: baseline → target, over the target of the plan above as a line.

    At most ``most`` places and years, the first years, highest levels and largest targets first; ``width`` in inches (3.5 is a column of a journal).
    Copies of a plan count once, and what other records say instead stands beside the target as a cross. What adds up (亿元) has a
    logarithmic axis where provinces stand beside counties. Raises UsageError for a concept that the catalogue does not have.
    """
    found = dumbbells(opened(dataset), (concept,))
    shown = [one for block in blocks(found) for one in block.dumbbells][:most]
    if not shown:
        return nothing(language)
    parts = blocks(shown)
    lines = len(shown) + sum(block.reference is not None for block in parts)
    with canvas(1.3 + ROW * lines, width=width) as (figure, (axes,)):
        axes.set_xscale("log" if logarithmic(shown) else "linear")
        axes.margins(x=0.08)
        _draw_blocks(axes, parts, language, narrow=width < NARROW)
        axes.set_ylim(lines - 0.3, -0.7)
        of = f" {len(shown)}/{len(found)}" if len(shown) < len(found) else ""
        axes.set_title(named(shown[0].concept, language) + of)
        axes.set_xlabel(word(DIRECTIONS[shown[0].concept.direction][1], language))
        axes.xaxis.set_major_formatter(lambda value, _: plain(value))
        axes.xaxis.set_minor_formatter(lambda *_: "")
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        figure.legend(loc="outside lower center", ncols=2 if width < NARROW else 5, fontsize=8)
    return figure


def named(concept: Concept, language: str, scope: str | None = None, most: int = 60) -> str:
    """A concept with its part and unit, of about ``most`` characters: 森林覆盖率 · 农村（%）, forest coverage · 农村 (%)."""
    tail = f" · {scope}" if scope else ""
    if concept.unit != "1":
        tail += f"（{concept.unit}）" if language == "zh" else f" ({concept.unit})"
    name = concept.names[0] if language == "zh" else concept.name.replace("_", " ")
    return short(name, max(4, most - len(tail))) + tail


def plain(value: float) -> str:
    """A number as it is read: 18.5, 85,000."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def _draw_blocks(axes: Axes, parts: Sequence[Block], language: str, *, narrow: bool) -> None:
    labels: dict[float, str] = {}
    line = 0
    for block in parts:
        top = line
        line += block.reference is not None
        for one in block.dumbbells:
            _draw(axes, one, line)
            labels[line] = short(one.place, 9 if narrow else 22)
            axes.text(BEYOND, line, one.years, transform=axes.get_yaxis_transform(), va="center", color=FAINT, fontsize=7)
            line += 1
        if block.reference:
            name, value = block.reference
            axes.plot([value] * 2, [top + 0.3, line - 0.5], color=SERIES[1], linewidth=1.4, zorder=1)
            axes.text(value, top + 0.2, f"{short(name, 14)} {plain(value)}", ha="center", va="bottom", color=SERIES[1], fontsize=8)
    axes.set_yticks(list(labels), list(labels.values()))
    _explain(axes, [one for block in parts for one in block.dumbbells], language)


def _draw(axes: Axes, one: Dumbbell, line: int) -> None:
    target = float(one.target["value_norm"])
    if one.baseline:
        start = float(one.baseline["value_norm"])
        axes.plot([start, target], [line, line], color=FAINT, linewidth=1.5, zorder=2)
        axes.scatter([start], [line], s=26, facecolors="white", edgecolors=FAINT, zorder=3)
    axes.scatter([target], [line], s=32, color=_colour(one), zorder=4)
    axes.scatter([float(row["value_norm"]) for row in one.rivals], [line] * len(one.rivals), s=30, marker="x", color=INK, zorder=5)


def _colour(one: Dumbbell) -> str:
    return BAD if one.short else SERIES[0]


def _explain(axes: Axes, shown: Sequence[Dumbbell], language: str) -> None:
    """Entries of the legend, for what is to be seen."""
    if any(one.baseline for one in shown):
        axes.scatter([], [], s=26, facecolors="white", edgecolors=FAINT, label=word("plot_baseline", language))
    colours = {_colour(one) for one in shown}
    for colour, label in ((SERIES[0], word("plot_target", language)), (BAD, word("plot_short", language))):
        if colour in colours:
            axes.scatter([], [], s=32, color=colour, label=label)
    if any(one.rivals for one in shown):
        axes.scatter([], [], s=30, marker="x", color=INK, label=word("plot_rival", language))
    if any(one.reference for one in shown):
        axes.plot([], [], color=SERIES[1], linewidth=1.4, label=word("plot_reference", language))


def targets_of_place(
    dataset: DatasetLike, place: str, *, language: str = "zh", width: float = WIDTH, most: int = MOST_ROWS
) -> Figure:
    """All targets of a place (name, or code of GB/T 2260) that link to the catalogue, by field and year, with their baselines.

    Each line is a concept in its own unit, the values written at their years; those in conflict are marked ※. At most ``most``
    lines; ``width`` in inches. Raises UsageError where the dataset has no target of that place.
    """
    every = dumbbells(opened(dataset))
    found = of_place(every, place)
    if not found:
        raise no_place(place, (one.target["region"] for one in every))
    found.sort(key=lambda one: one.concept.category)
    lines = [list(several) for _, several in groupby(found, key=lambda one: (one.concept.name, one.target["scope"]))][:most]
    fields = [list(several) for _, several in groupby(lines, key=lambda several: several[0].concept.category)]
    years = sorted({row["year"] for several in lines for one in several for row in (one.baseline, one.target) if row})
    with canvas(1.0 + 1.3 * ROW * (len(lines) + len(fields)), width=width) as (figure, (axes,)):
        _draw_fields(axes, fields, years, language, narrow=width < NARROW)
        axes.set_xticks(range(len(years)), [str(year) for year in years])
        axes.set_xlim(-0.5, len(years) - 0.5)
        axes.set_ylim(len(lines) + len(fields) - 0.4, -0.7)
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_title(place)
        marks = {"plot_baseline": "○", "plot_target": "●"} | ({"plot_rival": "※"} if any(one.conflict for one in found) else {})
        axes.set_xlabel("   ".join(f"{mark} {word(key, language)}" for key, mark in marks.items()), fontsize=8)
    return figure


def _draw_fields(axes: Axes, fields: Sequence[Sequence[list[Dumbbell]]], years: Sequence[int], language: str, *, narrow: bool) -> None:
    """Each field under its name, a line for each concept."""
    most = 60 if not narrow else 15 if language == "zh" else 26
    labels: dict[float, str] = {}
    line = 0
    for number, concepts in enumerate(fields):
        colour = SERIES[number % len(SERIES)]
        axes.text(-0.5, line, field_name(concepts[0][0].concept.category, language), va="center", color=colour, weight="bold")
        for one in concepts:
            line += 1
            concept = one[0].concept
            labels[line] = f"{named(concept, language, one[0].target['scope'], most)} {DIRECTIONS[concept.direction][0]}"
            _draw_line(axes, one, line, years, colour)
        line += 1
    axes.set_yticks(list(labels), list(labels.values()), fontsize=8)


def field_name(category: str, language: str) -> str:
    """What a field of the catalogue is called; that of a user's own concept stands as given."""
    chinese, english = vocabulary("interface")["fields"].get(category, (category, category))
    return str(chinese if language == "zh" else english)


def _draw_line(axes: Axes, several: Sequence[Dumbbell], line: int, years: Sequence[int], colour: str) -> None:
    """One concept of a place over the years: its baselines hollow, its targets filled."""
    points = {(row["year"], row["measure"]): row for one in several for row in (one.baseline, one.target) if row}
    places = [years.index(year) for year, _ in points]
    axes.plot([min(places), max(places)], [line, line], color=FAINT, linewidth=1.2, zorder=2)
    for one in several:
        for row, face in ((one.baseline, "white"), (one.target, colour)):
            if row:
                axes.scatter([years.index(row["year"])], [line], s=26, facecolors=face, edgecolors=colour, zorder=3)
    for (year, _), row in points.items():
        mark = "※" if row["conflict"] else ""
        axes.text(years.index(year), line - 0.2, plain(float(row["value_norm"])) + mark, ha="center", va="bottom", fontsize=7)
