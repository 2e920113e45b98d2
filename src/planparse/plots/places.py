"""One indicator in several places, beside what the plan above them asks for."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from planparse.dataset.cascade import LEVELS, depth, stated_above
from planparse.language.quantity_grammar import CHANGES
from planparse.plots.drawing import FAINT, GRID, SERIES, canvas, nothing, short, word
from planparse.plots.figures import DatasetLike, opened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Row = Mapping[str, Any]
MOST_PANELS = 6
MOST_PLACES = 15

_BRACKETS = re.compile(r"[（(〔\[【][^（）()〔〕\[\]【】]*[）)〕\]】]")
_LAYOUT = re.compile(r"[\W_]+")
_OPENING = re.compile(r"^(?:其中|全[省市县区国州]|本[省市县区])")


@dataclass(slots=True)
class Place:
    """What one plan sets, and what the plan above it asks for (None where nothing says it)."""

    name: str
    level: str | None
    code: str | None
    value: float
    above: float | None = None


@dataclass(slots=True)
class Panel:
    """One indicator: same name, unit, year and way of binding."""

    name: str
    unit: str | None
    year: int | None
    change: bool
    places: list[Place] = field(default_factory=list)

    @property
    def weight(self) -> tuple[int, int]:
        """Panels with more places, then more of the plan above, come first."""
        return len(self.places), sum(place.above is not None for place in self.places)


def indicator_across_places(dataset: DatasetLike, indicator: str | None = None, *, language: str = "zh") -> Figure:
    """Indicator targets by place against the upper-level plan's: of its own table's column, or of its plan in the dataset.

    Without ``indicator`` (a part of its name), those that most places share.
    """
    data = opened(dataset)
    panels = _panels(data.table("indicators").to_pylist(), data.table("documents").to_pylist())
    if indicator is not None:
        wanted = _LAYOUT.sub("", indicator)
        panels = [panel for panel in panels if wanted in _LAYOUT.sub("", panel.name)]
    panels = sorted(panels, key=lambda panel: (-panel.weight[0], -panel.weight[1], panel.name))[:MOST_PANELS]
    if not panels:
        return nothing(language)
    columns = min(2, len(panels))
    rows = math.ceil(len(panels) / columns)
    tallest = max(min(len(panel.places), MOST_PLACES) for panel in panels)
    with canvas(rows * (1.1 + 0.22 * tallest) + 0.4, columns, rows) as (figure, axes):
        for panel, place in zip(panels, axes, strict=False):
            _draw(place, panel, language)
        for spare in axes[len(panels) :]:
            spare.set_axis_off()
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=2, fontsize=8)
    return figure


def _draw(axes: Axes, panel: Panel, language: str) -> None:
    places = sorted(panel.places, key=lambda place: place.value)[-MOST_PLACES:]
    heights = range(len(places))
    for height, place in zip(heights, places, strict=True):
        if place.above is not None:
            axes.plot([place.value, place.above], [height, height], color=GRID, linewidth=1.5, zorder=1)
    above = [(place.above, height) for height, place in zip(heights, places, strict=True) if place.above is not None]
    axes.scatter(
        [value for value, _ in above],
        [height for _, height in above],
        marker="D",
        facecolors="none",
        edgecolors=SERIES[1],
        label=word("plot_above", language),
    )
    axes.scatter(
        [place.value for place in places], heights, color=SERIES[0], zorder=2, label=word("plot_own", language)
    )
    axes.set_yticks(heights, [short(place.name, 12) for place in places])
    axes.set_ylim(-0.7, len(places) - 0.3)
    axes.margins(x=0.12)
    unit = f"（{panel.unit}）" if panel.unit else ""
    change = word("plot_change", language) if panel.change else ""
    axes.set_title(short(f"{panel.name}{unit}", 24))
    axes.set_xlabel(" ".join(filter(None, [str(panel.year or ""), change])), color=FAINT)
    axes.grid(axis="x", color=GRID, linewidth=0.6)


def _panels(indicators: Iterable[Row], documents: Iterable[Row]) -> list[Panel]:
    plans = {row["doc_id"]: row for row in documents}
    panels: dict[tuple[str, str | None, int | None, bool], Panel] = {}
    seen: dict[tuple[str, str | None, int | None, bool], set[str]] = defaultdict(set)
    for row in indicators:
        plan = plans.get(row["doc_id"])
        if plan is None or row["target_value"] is None:
            continue
        change = row["comparator"] in CHANGES
        name = _OPENING.sub("", _LAYOUT.sub("", _BRACKETS.sub("", row["name"])))
        key = (name, row["unit"], row["target_year"], change)
        place = plan["region"] or plan["issuer"] or plan["title"] or plan["source_path"]
        if place in seen[key]:
            continue
        seen[key].add(place)
        panel = panels.setdefault(key, Panel(_BRACKETS.sub("", row["name"]), *key[1:]))
        value = float(row["target_value"])
        panel.places.append(Place(place, plan["region_level"], plan["region_code"], value, _above_in_table(row, plan)))
    for panel in panels.values():
        for one in panel.places:
            one.above = one.above if one.above is not None else _above_in_dataset(one, panel.places)
    return [panel for panel in panels.values() if len(panel.places) > 1 or panel.weight[1]]


def _above_in_table(row: Row, plan: Row) -> float | None:
    """The upper-level plan's target that the table itself gives in a further column."""
    found = stated_above(row, plan["region"])
    value = found.beside(row) if found else None
    return None if value is None else float(value)


def _above_in_dataset(one: Place, places: Sequence[Place]) -> float | None:
    """The target of the nearest place above that the region codes tell."""
    above = [
        other
        for other in places
        if depth(other.level) < depth(one.level) < len(LEVELS)
        and (other.level == LEVELS[0] or (one.code and other.code and one.code.startswith(other.code.rstrip("0"))))
    ]
    return max(above, key=lambda other: depth(other.level)).value if above else None
