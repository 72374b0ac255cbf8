"""Splitting three tokens into two heads, rightly and wrongly."""

from collections.abc import Mapping

import torch
from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import Q, heatmap, new_figure


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
    figure, axes = new_figure(
        6.4, 2.2, cols=7,
        gridspec_kw={"width_ratios": [4, 0.8, 2, 2, 0.8, 2, 2]},
    )  # fmt: skip
    for gap in (1, 4):
        axes[gap].set_axis_off()
    rows = [f"{t['token']} {i}" for i in (1, 2, 3)]
    panels = zip((0, 2, 3, 5, 6), (whole, *right, *wrong), strict=True)
    for place, panel in panels:
        heatmap(
            axes[place], panel, Q, "{:.0f}", vmin=5, vmax=40, size=10,
            rows=rows if place == 0 else None,
        )  # fmt: skip
        head = 1 if place in (2, 5) else 2
        axes[place].set_title("Q" if place == 0 else f"{t['head']} {head}")
    for place, words in ((2, t["right"]), (5, t["wrong"])):
        below = axes[place].text(
            2.2, 3.3, words, ha="center", va="top", size=10
        )
        below.set_in_layout(False)
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
