"""The same numbers as five libraries store them."""

from collections.abc import Mapping

import torch
from matplotlib.figure import Figure
from torch import Tensor

from qkv_explained.course.concepts.weight_dimensions.figures.rows_columns import (  # noqa: E501
    W_Q,
)
from qkv_explained.course.drawing.style import Q, heatmap, new_figure
from qkv_explained.weight_dimensions import from_paper


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
    figure, axes = new_figure(
        6.4, 2.9, cols=4, gridspec_kw={"width_ratios": [2.6, 4, 1.3, 1.3]}
    )
    stored = (paper, linear, heads[0], heads[1])
    for ax, matrix in zip(axes, stored, strict=True):
        heatmap(ax, matrix, Q, "{:.0f}", vmax=5, size=11)
        ax.set_ylim(4, 0)  # one size of cells in all four
    axes[0].set_title(t["paper"], size=9)
    axes[1].set_title(t["linear"], size=9)
    axes[2].set_title(t["heads"], size=9, loc="left")
    for head in (0, 1):
        axes[2 + head].set_xlabel(f"{t['head']} {head + 1}", size=9)
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
