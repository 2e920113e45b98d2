"""Plots of a dataset, for a paper, a notebook or the review site. They need matplotlib.

>>> from planparse import plots
>>> plots.targets_by_year_and_field("outputs").savefig("targets.png")
"""

from __future__ import annotations

from planparse.plots.concepts import targets_of_concept, targets_of_place
from planparse.plots.drawing import cjk_font
from planparse.plots.figures import coverage_and_findings, targets_by_year_and_field, tasks_by_unit
from planparse.plots.places import indicator_across_places

__all__ = [
    "cjk_font",
    "coverage_and_findings",
    "indicator_across_places",
    "targets_by_year_and_field",
    "targets_of_concept",
    "targets_of_place",
    "tasks_by_unit",
]
