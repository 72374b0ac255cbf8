"""Splitting three tokens into two heads, rightly and wrongly."""

from collections.abc import Mapping

import torch
from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import Q, blank_figure, heatmap, panel

CELL = 34


def matrices() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Q, (3, 4), and its two splits, (2, 3, 2): 23 = token 2, column 3."""
    both = 10 * torch.arange(1, 4)[:, None] + torch.arange(1, 5)
    return (
        both,
        both.reshape(3, 2, 2).transpose(0, 1),
        both.reshape(2, 3, 2),
    )


def draw(t: Mapping[str, str]) -> Figure:
    """The matrix, and the heads of both splits; darker is a later token.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    whole, right, wrong = matrices()
    figure = blank_figure(298)
    rows = [f"{t['token']} {i}" for i in (1, 2, 3)]
    placed = [(111, 24, whole, "Q")]
    for x, y, split in ((10, 166, right), (194, 166, wrong)):
        for head in (0, 1):
            name = f"{t['head']} {head + 1}"
            placed.append((x + 79 * head, y, split[head], name))
    for x, y, matrix, title in placed:
        wide = CELL * matrix.shape[1]
        ax = panel(figure, x, y, wide, CELL * len(matrix))
        heatmap(
            ax, matrix, Q, "{:.0f}", vmin=5, vmax=40, size=13,
            rows=rows if title == "Q" else None,
        )  # fmt: skip
        ax.set_title(title)
    for x, words in ((84, t["right"]), (268, t["wrong"])):
        figure.text(x / 358, 10 / 298, words, ha="center")
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    _, right, wrong = matrices()
    rows = [
        [
            f"{t['head']} {a + 1}, {t['row']} {i + 1}",
            *(" ".join(map(str, split[a, i].tolist())) for split in both),
        ]
        for both in ((right, wrong),)
        for a in range(2)
        for i in range(3)
    ]
    return ["", t["right"], t["wrong"]], rows
