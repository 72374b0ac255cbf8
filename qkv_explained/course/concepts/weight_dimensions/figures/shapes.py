"""The matrices to scale: three of 512 × 64, and eight side by side."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from qkv_explained.course.drawing.style import PAPER, K, Q, V, new_figure

D_MODEL, D_K, N_HEADS = 512, 64, 8


def matrix(ax: Axes, x: float, color: str, name: str) -> None:
    """Draw one 512 × 64 matrix, to scale."""
    ax.add_patch(
        Rectangle(
            (x, 0), D_K, D_MODEL, facecolor=color, edgecolor=PAPER,
            linewidth=1.5,
        )
    )
    ax.text(x + D_K / 2, -24, name, color=color, ha="center", va="center")


def draw(t: Mapping[str, str]) -> Figure:
    """One head on the left, eight on the right, on one scale.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, ax = new_figure(6.4, 3.5)
    for i, (color, name) in enumerate(
        ((Q, "W_Q"), (K, "W_K"), (V, "W_V"))
    ):
        matrix(ax, 250 + i * 100, color, name)
    for head in range(N_HEADS):
        matrix(ax, 640 + head * D_K, Q, str(head + 1))
    middle = 250 + 100 + D_K / 2
    ax.text(middle, -80, t["one"], ha="center", va="center")
    ax.text(896, -80, t["all"], ha="center", va="center")
    ax.text(middle, 548, t["columns"], ha="center", va="center")
    ax.text(896, 548, t["width"], ha="center", va="center")
    ax.text(225, 256, t["rows"], ha="right", va="center")
    ax.set_xlim(30, 1160)
    ax.set_ylim(580, -110)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return figure
