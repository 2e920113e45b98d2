"""Figures that notebooks show by themselves. Imported with matplotlib only."""

from __future__ import annotations

import io

from matplotlib.figure import Figure

DOTS = 100
"""Per inch."""


class Plot(Figure):
    """A matplotlib figure that is a picture where it is the last line of a notebook's cell, whatever backend there is."""

    def _repr_png_(self) -> bytes:
        file = io.BytesIO()
        self.savefig(file, format="png", dpi=DOTS, facecolor="white")
        return file.getvalue()
