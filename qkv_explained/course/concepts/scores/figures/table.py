"""Q and Kᵀ, and the table of scores between them, with its axes named."""

import math
from collections.abc import Mapping

import torch
from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import (
    INK,
    K,
    Q,
    blank_figure,
    heatmap,
    panel,
)

X = torch.eye(4)[:3]
W_Q = torch.tensor([[0.0, 2], [0, 0], [4, 0], [0, 4]])
W_K = torch.tensor([[1.0, 0], [0, 1], [0, 0], [0, 0]])
CELL, HEIGHT = 44, 344
LEFT, TOP = 66, 40  # of Q and of Kᵀ
RIGHT, LOW = LEFT + 2 * CELL + 28, TOP + 2 * CELL + 50  # of the scores


def scores() -> list[list[str]]:
    """The table, as it is printed."""
    S = (X @ W_Q) @ (X @ W_K).T / math.sqrt(2)
    return [[f"{s:.2f}" for s in row] for row in S.tolist()]


def draw(t: Mapping[str, str]) -> Figure:
    """Q to the left of the scores, Kᵀ above them.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure = blank_figure(HEIGHT)
    names = [t["cat"], t["mat"], t["it"]]
    S = (X @ W_Q) @ (X @ W_K).T / math.sqrt(2)
    for matrix, color, x, y, rows, cols in (
        (X @ W_Q, Q, LEFT, LOW, names, None),
        ((X @ W_K).T, K, RIGHT, TOP, None, names),
        (S, None, RIGHT, LOW, None, names),
    ):
        high, wide = matrix.shape
        ax = panel(figure, x, y, CELL * wide, CELL * high)
        heatmap(
            ax, matrix, color,
            "{:.0f}" if color else (
                lambda v: f"{v:.2f}".replace(".", t["point"])
            ),
            rows=rows, cols=cols,
        )  # fmt: skip
    for x, y, said in (
        (LEFT + CELL, LOW - 16, "Q"),
        (RIGHT - 18, TOP + CELL, "Kᵀ"),
    ):
        figure.text(
            x / 358,
            1 - y / HEIGHT,
            said,
            ha="center",
            va="center",
            size=13,
            color=Q if said == "Q" else K,
        )
    middle = RIGHT + 1.5 * CELL
    for y, said in ((12, t["keys"]), (LOW + 3 * CELL + 26, t["softmax"])):
        figure.text(
            middle / 358,
            1 - y / HEIGHT,
            said,
            ha="center",
            va="center",
            size=12,
        )
    figure.text(
        (LEFT + CELL) / 358,
        1 - (LOW + 3 * CELL + 26) / HEIGHT,
        t["queries"],
        ha="center",
        va="center",
        size=12,
    )
    ax.annotate(
        "",
        (3, 3.18),
        (0, 3.18),
        annotation_clip=False,
        arrowprops={"arrowstyle": "->", "color": INK},
    )
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The scores of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    names = [t["cat"], t["mat"], t["it"]]
    rows = [
        [cell.replace(".", t["point"]) for cell in row] for row in scores()
    ]
    head = [t["corner"], *names]
    return head, [[n, *row] for n, row in zip(names, rows, strict=True)]
