"""How all plots look, the font they are set in, and their form as inline SVG."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from planparse.data import vocabulary
from planparse.model.findings import UsageError
from planparse.model.libraries import INSTALL
from planparse.model.safe import cut

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "SimHei",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Heiti SC", "Noto Sans CJK JP", "Noto Sans CJK TC", "Source Han Sans CN",
    "Arial Unicode MS", "Noto Serif CJK SC", "Noto Serif CJK JP", "SimSun",
)  # fmt: skip
"""Fonts with Chinese characters, the best first. A .ttc collection is listed under its first face, hence the JP names."""
ADVICE = (
    "No font with Chinese characters was found, so labels will be boxes. Install one (Debian: fonts-noto-cjk; "
    "Fedora: google-noto-sans-cjk-fonts; macOS and Windows have one) and delete matplotlib's font cache."
)

INK, FAINT, GRID = "#24292f", "#6e7781", "#d8dbe0"
SERIES = ("#3a6ea5", "#c2703d", "#4f8a6b", "#8c6bb1", "#b59a3b", "#4aa3a8", "#b0556b", "#7a7f87")
WARN, BAD = "#c99a2e", "#b5413a"
VARIABLES = {INK: "--ink", FAINT: "--faint", GRID: "--line", WARN: "--warn", BAD: "--bad"} | {
    colour: f"--series-{number}" for number, colour in enumerate(SERIES, 1)
}
"""The colours as the review site's style sheet calls them, so that plots follow dark mode."""

WIDTH = 8.0
"""Inches."""
LONGEST_LABEL = 22
NOTHING = "nothing"
"""The label of a figure that shows nothing."""


@cache
def cjk_font() -> str | None:
    """The name of an installed font with Chinese characters, or None."""
    font_manager = _matplotlib().font_manager
    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    return next((name for name in FONTS if name in installed), None)


def _matplotlib() -> Any:
    try:
        import matplotlib
        import matplotlib.font_manager
    except ImportError as error:
        raise UsageError(f"Plots need matplotlib: {INSTALL}.") from error
    return matplotlib


@contextmanager
def _styled() -> Iterator[None]:
    font = cjk_font()
    if font is None:
        warnings.warn(ADVICE, UserWarning, stacklevel=4)
    settings = {
        "font.family": [font, "DejaVu Sans"] if font else ["DejaVu Sans"],
        "font.size": 9,
        "axes.unicode_minus": False,
        "axes.edgecolor": GRID,
        "axes.labelcolor": FAINT,
        "axes.titlecolor": INK,
        "axes.titlesize": 10,
        "axes.titlelocation": "left",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "text.color": INK,
        "text.parse_math": False,
        "xtick.color": FAINT,
        "ytick.color": INK,
        "ytick.major.size": 0,
        "legend.frameon": False,
        "svg.fonttype": "none",
    }
    with _matplotlib().rc_context(settings):
        yield


@contextmanager
def canvas(height: float, columns: int = 1, rows: int = 1, *, width: float = WIDTH) -> Iterator[tuple[Figure, Sequence[Axes]]]:
    """A figure of the common look, with its axes in reading order; ``height`` and ``width`` in inches."""
    with _styled():
        from planparse.plots.shown import Plot

        figure = Plot(figsize=(width, height), layout="constrained")
        yield figure, figure.subplots(rows, columns, squeeze=False).ravel().tolist()


def nothing(language: str) -> Figure:
    """A figure that says that there is nothing to draw."""
    with canvas(1.2) as (figure, axes):
        axes[0].set_axis_off()
        axes[0].text(0.5, 0.5, word("plot_nothing", language), ha="center", va="center", color=FAINT)
        figure.set_label(NOTHING)
    return figure


def word(key: str, language: str) -> str:
    """A word of the interface in ``zh`` or ``en``."""
    chinese, english = vocabulary("interface")["words"][key]
    return str(chinese if language == "zh" else english)


def short(label: str | None, most: int = LONGEST_LABEL) -> str:
    """A label that fits; control characters go."""
    return cut(re.sub(r"[\x00-\x1f\x7f]+", " ", label or ""), most)


def to_svg(figure: Figure, name: str, title: str) -> str:
    """The figure as an inline SVG element: text stays text, colours follow the page, identifiers begin with ``name``."""
    matplotlib = _matplotlib()
    file = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    body = file.getvalue()
    body = re.sub(r"<metadata>.*?</metadata>|<style\b.*?</style>", "", body[body.index("<svg") :], flags=re.DOTALL)
    body = re.sub(r'(\bid="|xlink:href="#|url\(#)', rf"\g<1>{name}-", body)
    body = re.sub(r"font: ([^;\"]*?px) [^;\"]*", r"font: \1 var(--sans)", body)
    for colour, variable in VARIABLES.items():
        body = body.replace(colour, f"var({variable}, {colour})")
    described = f'<svg role="img" aria-labelledby="{name}-title" class="plot" style="stroke-linejoin:round" '
    tag, rest = body.removeprefix("<svg ").split(">", 1)
    tag = re.sub(r'\b(?:width|height)="[^"]*"\s*', "", tag)
    return f'{described}{tag}><title id="{name}-title">{escape(title)}</title>{rest}'
