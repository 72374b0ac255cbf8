"""How every figure of the site looks: colours, sizes, heat maps.

Every figure is drawn for a phone: its width is the text column of a screen
of 390 px, so a point of a drawing is a px there, and a font size of 11 is
11 px. A desktop shows the same drawing larger. One drawing serves both,
since two would double a page's bytes and could say different things.

Colours are *sentinels*: `_svg.clean` turns them into CSS classes, so that one
file follows the reader's light or dark scheme. Q, K and V keep one colour
each everywhere, and a figure never tells them apart by colour alone.
"""

from collections.abc import Callable
from typing import Any

import matplotlib

matplotlib.use("Agg")

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

# Sentinels, as hexadecimal RGB; the class each becomes is in _svg.CLASSES.
INK = "#010203"
MUTED = "#6a6a6b"
GRID = "#c9c9ca"
PAPER = "#fdfefe"
Q = "#005fb9"
K = "#a84301"
V = "#00704b"

# Inches, of 72 points: the text column of a phone 390 px wide.
PHONE = 358 / 72

_HUES = {Q: "#3d8bd4", K: "#dd7a3b", V: "#2f9e77", None: "#8a7bb8"}

RC: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "qkv-explained",
    # Bundled with matplotlib, so that the layout is the same everywhere.
    "font.family": "DejaVu Sans",
    "font.size": 12,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "axes.titlecolor": INK,
    "axes.titlesize": 12,
    "axes.labelsize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 11,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
}
matplotlib.rcParams.update(RC)


def new_figure(
    height: float = 3.2, width: float = PHONE, rows: int = 1, cols: int = 1,
    **grid: Any,
) -> tuple[Figure, Any]:
    """Make a figure in the site's style.

    Args:
        height: Inches.
        width: Inches; see `PHONE`.
        rows: Rows of axes.
        cols: Columns of axes.
        **grid: Passed on to `Figure.subplots` (`sharex`, `gridspec_kw` …).

    Returns:
        The figure and its axes, as `Figure.subplots` gives them.
    """
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(rows, cols, **grid)


def blank_figure(height: float) -> Figure:
    """Make an empty figure, whose parts are put where they belong.

    Args:
        height: Points, which are px on a phone; so is the width, 358.

    Returns:
        The figure.
    """
    return Figure(figsize=(PHONE, height / 72))


def panel(
    figure: Figure, x: float, y: float, width: float, height: float
) -> Axes:
    """Add axes to a figure, in points from its upper left corner.

    Args:
        figure: The figure.
        x: Left edge.
        y: Upper edge.
        width: Width.
        height: Height.

    Returns:
        The axes.
    """
    wide, high = 72 * figure.get_size_inches()
    return figure.add_axes(
        (x / wide, 1 - (y + height) / high, width / wide, height / high)
    )


def canvas(height: float) -> tuple[Figure, Axes]:
    """Make a figure to draw on freely, in points from its upper left corner.

    Args:
        height: Points.

    Returns:
        The figure and axes that cover all of it.
    """
    figure = blank_figure(height)
    wide = 72 * PHONE
    ax = panel(figure, 0, 0, wide, height)
    ax.set_xlim(0, wide)
    ax.set_ylim(height, 0)
    ax.set_axis_off()
    return figure, ax


def lines(
    ax: Axes, x: float, y: float, words: str, va: str = "center",
    size: float = 12, **how: Any,
) -> None:
    """Write words of several lines, each aligned by the reader's font.

    Matplotlib aligns the lines of one text by its own font's widths, which
    are not those of the reader's.

    Args:
        ax: Where to write.
        x: Place of the text, as `ha` and `va` say.
        y: Place of the text.
        words: The words.
        va: What of the block stands at y: "top", "center" or "bottom".
        size: Points.
        **how: Passed on to `Axes.annotate` (`ha`, `color` …).
    """
    parts, step = words.split("\n"), 1.25 * size
    first = {"top": 0.0, "center": 0.5, "bottom": 1.0}[va] * (len(parts) - 1)
    for number, part in enumerate(parts):
        ax.annotate(
            part, (x, y), (0, step * (first - number)), va=va, size=size,
            textcoords="offset points", **how,
        )


def heatmap(
    ax: Axes,
    matrix: Any,
    color: str | None = None,
    fmt: str | Callable[[float], str] | None = "{:.1f}",
    vmin: float | None = None,
    vmax: float | None = None,
    rows: list[str] | None = None,
    cols: list[str] | None = None,
    size: float = 11,
    gap: float = 0.06,
) -> None:
    """Draw a matrix as coloured cells, each with its number.

    Cells are rectangles and numbers are text, so a screen reader, a search
    and a small screen all get the numbers. Negative values are hatched in
    grey rather than coloured, so that the sign never rests on hue alone.

    Args:
        ax: Where to draw.
        matrix: Shape (n_rows, n_cols); a tensor, array or nested list.
        color: The sentinel of Q, K or V; None for anything else.
        fmt: Format of a cell's number, or None for no numbers.
        vmin: Value of the palest cell; default 0, or the minimum.
        vmax: Value of the darkest cell; default the largest magnitude.
        rows: Labels of the rows.
        cols: Labels of the columns.
        size: Size of the numbers in points.
        gap: Gap between cells as a share of a cell.

    Raises:
        ValueError: If `matrix` is not two-dimensional.
    """
    values = np.asarray(matrix, dtype=float)
    if values.ndim != 2:
        raise ValueError(
            f"matrix: got shape {values.shape}; a heat map needs two "
            "dimensions (rows, columns): index or reshape first"
        )
    high = float(np.abs(values).max()) or 1.0
    low = 0.0 if vmin is None else vmin
    top = high if vmax is None else vmax
    scale = Normalize(low, top, clip=True)
    hue = LinearSegmentedColormap.from_list("hue", ["#ffffff", _HUES[color]])
    grey = LinearSegmentedColormap.from_list("grey", ["#ffffff", "#8d9096"])
    n_rows, n_cols = values.shape
    for i in range(n_rows):
        for j in range(n_cols):
            value = values[i, j]
            negative = value < 0 and low >= 0
            shade = (grey if negative else hue)(scale(abs(value) if negative
                                                      else value))
            ax.add_patch(Rectangle(
                (j + gap / 2, i + gap / 2), 1 - gap, 1 - gap,
                facecolor=shade, edgecolor=GRID, linewidth=0.5,
                clip_on=False,
            ))
            if fmt is not None:
                text = fmt(value) if callable(fmt) else fmt.format(value)
                ax.text(j + 0.5, i + 0.5, text.replace("-", "−"),
                        ha="center", va="center", size=size, color="#111112")
    ax.set_xlim(0, n_cols)
    ax.set_ylim(n_rows, 0)
    ax.set_aspect("equal")
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0)
    ax.set_xticks([j + 0.5 for j in range(n_cols)], cols or [""] * n_cols)
    ax.set_yticks([i + 0.5 for i in range(n_rows)], rows or [""] * n_rows)
    ax.xaxis.tick_top()
