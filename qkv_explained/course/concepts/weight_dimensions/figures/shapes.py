"""The matrices to scale: three of 512 × 64, and eight side by side."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from qkv_explained.course.drawing.style import PAPER, K, Q, V, canvas, lines

D_MODEL, D_K, N_HEADS = 512, 64, 8
SCALE, TOP = 0.31, 64  # px for a row or column; where the row 1 is


def matrix(ax: Axes, x: float, color: str, name: str) -> None:
    """Draw one 512 × 64 matrix, to scale."""
    ax.add_patch(
        Rectangle(
            (x, TOP), SCALE * D_K, SCALE * D_MODEL, facecolor=color,
            edgecolor=PAPER, linewidth=1.5,
        )
    )
    ax.text(x + SCALE * D_K / 2, TOP - 10, name, color=color, ha="center",
            va="center")  # fmt: skip


def draw(t: Mapping[str, str]) -> Figure:
    """One head on the left, eight on the right, on one scale.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, ax = canvas(252)
    for i, (color, name) in enumerate(
        ((Q, "W_Q"), (K, "W_K"), (V, "W_V"))
    ):
        matrix(ax, 92 + i * 34, color, name)
    for head in range(N_HEADS):
        matrix(ax, 196 + head * SCALE * D_K, Q, str(head + 1))
    for x, above, below in ((136, "one", "columns"), (275, "all", "width")):
        lines(ax, x, 24, t[above], ha="center")
        ax.text(x, 234, t[below], ha="center", va="center", size=11)
    middle = TOP + SCALE * D_MODEL / 2
    lines(ax, 84, middle, t["rows"], ha="right", size=11)
    return figure
