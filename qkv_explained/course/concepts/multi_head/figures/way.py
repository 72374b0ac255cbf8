"""The way through eight heads: project, split, attend, concatenate, mix."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from qkv_explained.course.drawing.style import (
    INK,
    MUTED,
    PAPER,
    K,
    Q,
    V,
    new_figure,
)

N_HEADS = 8
WIDE, HIGH = 1.6, 0.62  # of a matrix with 512 columns and n rows


def strips(ax: Axes, place: tuple[float, float], color: str) -> None:
    """Draw a matrix as the columns of eight heads; one head is filled."""
    x, y = place
    step = WIDE / N_HEADS
    for head in range(N_HEADS):
        ax.add_patch(
            Rectangle(
                (x + head * step, y), step, HIGH, linewidth=1,
                facecolor=color if head == 2 else PAPER, edgecolor=color,
            )
        )  # fmt: skip


def draw(t: Mapping[str, str]) -> Figure:
    """Five stages from left to right, with the shape below each.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, ax = new_figure(6.4, 3.3)
    middle = 1.15
    for x in (0, 8.9):
        ax.add_patch(
            Rectangle((x, middle), WIDE, HIGH, facecolor=PAPER, edgecolor=INK)
        )
    for number, (color, name) in enumerate(((Q, "Q"), (K, "K"), (V, "V"))):
        strips(ax, (2.7, number * 1.15), color)
        ax.text(2.6, number * 1.15 + 0.31, name, ha="right", va="center",
                color=color, size=11)  # fmt: skip
    for head in range(N_HEADS):
        row, col = divmod(head, 2)
        ax.add_patch(
            Rectangle(
                (4.95 + 0.47 * col, 0.54 + 0.47 * row), 0.4, 0.4, linewidth=1,
                facecolor=MUTED if head == 2 else PAPER, edgecolor=MUTED,
            )
        )  # fmt: skip
    strips(ax, (6.5, middle), MUTED)
    for x, y, words in (
        (WIDE / 2, middle, "X\n(n, 512)"),
        (2.7 + WIDE / 2, 2.3, "8 × (n, 64)"),
        (5.4, middle + 0.58, "8 × (n, n)"),
        (6.5 + WIDE / 2, middle, "(n, 8 · 64)"),
        (8.9 + WIDE / 2, middle, "(n, 512)"),
    ):
        ax.text(x, y + HIGH + 0.12, words, ha="center", va="top", size=9)
    for x, words in (
        (3.5, t["split"]), (5.4, t["attend"]),
        (7.3, t["concat"]), (9.7, t["mix"]),
    ):  # fmt: skip
        ax.text(x, -0.25, words, ha="center", va="bottom", size=9)
    for start, end in ((1.7, 2.2), (4.4, 4.75), (5.95, 6.4), (8.2, 8.8)):
        ax.annotate(
            "", (end, middle + HIGH / 2), (start, middle + HIGH / 2),
            arrowprops={"arrowstyle": "->", "color": INK},
        )  # fmt: skip
    ax.set_xlim(-0.1, 10.6)
    ax.set_ylim(3.4, -1.0)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return figure
