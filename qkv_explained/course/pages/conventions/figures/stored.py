"""The same numbers as five libraries store them."""

from collections.abc import Mapping

import torch
from matplotlib.figure import Figure
from torch import Tensor

from qkv_explained.course.concepts.weight_dimensions.figures.rows_columns import (  # noqa: E501
    W_Q,
)
from qkv_explained.course.drawing.style import Q, blank_figure, heatmap, panel
from qkv_explained.weight_dimensions import from_paper

CELL = 36


def forms() -> tuple[Tensor, Tensor, Tensor]:
    """W as (4, 2), (2, 4) and (2, 4, 1)."""
    W = torch.tensor(W_Q, dtype=torch.float64)
    return W, from_paper(W, "linear"), from_paper(W, "heads", n_heads=2)


def draw(t: Mapping[str, str]) -> Figure:
    """Upright, lying, and one matrix for each head.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    paper, linear, heads = forms()
    figure = blank_figure(326)
    one, two = (f"{t['head']} {head}" for head in (1, 2))
    for x, y, matrix, title, below in (
        (24, 44, paper, t["paper"], ""),
        (206, 44, heads[0], t["heads"], one),
        (272, 44, heads[1], "", two),
        (24, 250, linear, t["linear"], ""),
    ):
        rows, cols = matrix.shape
        ax = panel(figure, x, y, CELL * cols, CELL * rows)
        heatmap(ax, matrix, Q, "{:.0f}", vmax=5, size=13)
        ax.set_title(title, loc="left", pad=7)
        ax.set_xlabel(below)
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers, form by form and row by row.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    paper, linear, heads = forms()
    stored = {
        t["paper"].replace("\n", " "): paper,
        t["linear"].replace("\n", " "): linear,
        **{
            f"TransformerLens, {t['head']} {h + 1}": heads[h] for h in (0, 1)
        },
    }
    rows = [
        [name, str(i + 1), " ".join(f"{v:.0f}" for v in row)]
        for name, matrix in stored.items()
        for i, row in enumerate(matrix.tolist())
    ]
    return [t["form"], t["row"], "W"], rows
