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
    canvas,
    lines,
)

N_HEADS = 8
MIDDLE = 179
WIDE, HIGH = 104, 34  # of a matrix with 512 columns and n rows


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
    """Five stages from top to bottom, with the shape beside each.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, ax = canvas(462)
    for edge in (6, 420):
        ax.add_patch(
            Rectangle((MIDDLE - WIDE / 2, edge), WIDE, HIGH, facecolor=PAPER,
                      edgecolor=INK)
        )  # fmt: skip
    for number, (color, name) in enumerate(((Q, "Q"), (K, "K"), (V, "V"))):
        x = MIDDLE - WIDE / 2 + (number - 1) * (WIDE + 12)
        ax.text(x + WIDE / 2, 99, name, ha="center", va="center",
                color=color, size=14, weight="bold")  # fmt: skip
        strips(ax, (x, 112), color)
    for head in range(N_HEADS):
        ax.add_patch(
            Rectangle(
                (MIDDLE - 130 + 33 * head, 222), 28, 28, linewidth=1,
                facecolor=MUTED if head == 2 else PAPER, edgecolor=MUTED,
            )
        )  # fmt: skip
    strips(ax, (MIDDLE - WIDE / 2, 329), MUTED)
    right = MIDDLE + WIDE / 2 + 10
    for x, y, words in (
        (right, 6 + HIGH / 2, "(n, 512)"), (MIDDLE + 12, 162, "8 × (n, 64)"),
        (MIDDLE + 12, 266, "8 × (n, n)"),
        (right, 329 + HIGH / 2, "(n, 8 · 64)"),
        (right, 420 + HIGH / 2, "(n, 512)"),
    ):  # fmt: skip
        ax.text(x, y, words, va="center")
    ax.text(MIDDLE - WIDE / 2 - 10, 6 + HIGH / 2, "X", ha="right",
            va="center", size=14)  # fmt: skip
    for start, end, words in (
        (46, 88, t["split"]), (152, 216, t["attend"]),
        (256, 323, t["concat"]), (369, 414, t["mix"]),
    ):  # fmt: skip
        lines(ax, MIDDLE - 12, (start + end) / 2, words, ha="right")
        ax.annotate(
            "", (MIDDLE, end), (MIDDLE, start),
            arrowprops={"arrowstyle": "->", "color": INK, "linewidth": 1.4},
        )  # fmt: skip
    return figure
