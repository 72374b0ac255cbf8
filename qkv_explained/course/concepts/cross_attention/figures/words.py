"""What is being written looks at what is being translated."""

from collections.abc import Mapping

import numpy as np
import torch
from matplotlib.figure import Figure

from qkv_explained.attention import attention_weights
from qkv_explained.course.drawing.style import (
    K,
    Q,
    blank_figure,
    heatmap,
    panel,
)


def weights() -> list[list[float]]:
    """The weights of snippets/by_hand.py, (3, 4)."""
    eye = torch.eye(4, dtype=torch.float64)
    found: list[list[float]] = attention_weights(8 * eye[1:], eye).tolist()
    return found


def draw(t: Mapping[str, str]) -> Figure:
    """A table of three queries and four keys.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure = blank_figure(206)
    ax = panel(figure, 96, 84, 248, 112)
    heatmap(
        ax,
        np.array(weights()),
        None,
        "{:.2f}",
        vmax=1.0,
        rows=t["written"].split(),
        cols=t["source"].split(),
        size=12,
    )
    ax.set_aspect("auto")
    figure.text(220 / 358, 1 - 30 / 206, t["keys"], color=K, ha="center",
                weight="bold")  # fmt: skip
    figure.text(8 / 358, 1 - 70 / 206, t["queries"], color=Q,
                weight="bold")  # fmt: skip
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    return ["", *t["source"].split()], [
        [token, *(f"{w:.2f}" for w in row)]
        for token, row in zip(t["written"].split(), weights(), strict=True)
    ]
