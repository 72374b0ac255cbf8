"""A small matrix, and what is made of it."""

from collections.abc import Mapping

import torch
from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import heatmap, new_figure
from qkv_explained.real_heads import real_heads

X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])


def draw(t: Mapping[str, str]) -> Figure:
    """Two heat maps side by side.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, axes = new_figure(2.4, cols=2)
    for ax, title, matrix in zip(
        axes, (t["input"], t["output"]), (X, real_heads(X)), strict=True
    ):
        heatmap(ax, matrix, None, "{:.2f}")
        ax.set_title(title)
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    pairs = zip(X.flatten(), real_heads(X).flatten(), strict=True)
    rows = [[f"{x:.2f}", f"{y:.2f}"] for x, y in pairs]
    return [t["input"], t["output"]], rows
