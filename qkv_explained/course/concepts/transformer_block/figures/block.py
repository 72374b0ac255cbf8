"""The block as a picture: a stream, two branches that read and add."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from qkv_explained.course.drawing.style import (
    INK,
    MUTED,
    PAPER,
    K,
    Q,
    V,
    canvas,
    lines,
)

STREAM, BRANCH, WIDE = 52, 178, 112


def box(ax: Axes, y: float, high: float, words: str) -> None:
    """A step of a branch."""
    ax.add_patch(
        Rectangle((BRANCH - WIDE / 2, y - high / 2), WIDE, high,
                  facecolor=PAPER, edgecolor=INK, linewidth=1.2)
    )  # fmt: skip
    lines(ax, BRANCH, y, words, ha="center")


def arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float]) \
        -> None:
    """The way of the numbers."""
    ax.annotate(
        "", end, start,
        arrowprops={"arrowstyle": "->", "color": INK, "linewidth": 1.4,
                    "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip


def branch(ax: Axes, y: float, name: str, note: str) -> None:
    """Leave the stream at y, pass two boxes, and be added to it."""
    ax.plot((STREAM, BRANCH - WIDE / 2), (y, y), color=INK, linewidth=1.4)
    arrow(ax, (STREAM, y), (BRANCH - WIDE / 2, y))
    box(ax, y, 30, "norm")
    arrow(ax, (BRANCH, y + 15), (BRANCH, y + 36))
    box(ax, y + 55, 38, name)
    ax.plot((BRANCH, BRANCH), (y + 74, y + 104), color=INK, linewidth=1.4)
    arrow(ax, (BRANCH, y + 104), (STREAM + 11, y + 104))
    ax.add_patch(Circle((STREAM, y + 104), 11, facecolor=PAPER,
                        edgecolor=INK, linewidth=1.4, zorder=3))  # fmt: skip
    ax.text(STREAM, y + 104, "+", ha="center", va="center", size=15, zorder=4)
    lines(ax, BRANCH + WIDE / 2 + 10, y + 55, note, ha="left")


def draw(t: Mapping[str, str]) -> Figure:
    """The stream from top to bottom, attention first, then the MLP.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, ax = canvas(372)
    ax.plot((STREAM, STREAM), (30, 340), color=INK, linewidth=3, zorder=1)
    for y, name in ((16, "X"), (186, "Y"), (358, "Z")):
        ax.text(STREAM if name != "Y" else STREAM - 16, y, name, ha="center",
                va="center", size=14)  # fmt: skip
    branch(ax, 56, t["attention"], t["between"])
    branch(ax, 216, t["mlp"], t["alone"])
    for number, (color, name) in enumerate(((Q, "Q"), (K, "K"), (V, "V"))):
        ax.text(BRANCH + WIDE / 2 + 20 + 26 * number, 146, name, color=color,
                ha="center", va="center", size=14, weight="bold")  # fmt: skip
    lines(ax, STREAM - 34, 186 + 66, t["stream"], ha="center", size=11,
          color=MUTED, rotation=90)
    return figure
