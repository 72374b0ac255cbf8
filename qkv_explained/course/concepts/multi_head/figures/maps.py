"""Two heads on one sentence, and one wide head made of the same columns."""

import functools
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from matplotlib.figure import Figure

from qkv_explained.attention import attention_weights
from qkv_explained.course.drawing.style import blank_figure, heatmap, panel
from qkv_explained.multi_head import merge_heads, project_heads

CELLS = Path(__file__).parents[1] / "notebook"


@functools.cache
def weights() -> list[list[list[float]]]:
    """Attention weights of head 1, head 2 and the wide head, (3, 5, 5)."""
    cells: dict[str, torch.Tensor] = {}
    for name in ("01_input", "02_query_weights", "03_key_weights"):
        exec((CELLS / f"{name}.py").read_text("utf-8"), cells)
    Q = project_heads(cells["X"], cells["W_Q"])  # (2, 5, 3)
    K = project_heads(cells["X"], cells["W_K"])  # (2, 5, 3)
    wide = attention_weights(merge_heads(Q), merge_heads(K))
    found: list[list[list[float]]] = torch.cat(
        [attention_weights(Q, K), wide[None]]
    ).tolist()
    return found


def draw(t: Mapping[str, str]) -> Figure:
    """Three maps of weights; a row is a query and sums to one.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure = blank_figure(442)
    tokens = t["tokens"].split()
    titles = (f"{t['head']} 1", f"{t['head']} 2", t["wide"])
    for place, (x, y) in enumerate(((50, 44), (199, 44), (124, 270))):
        ax = panel(figure, x, y, 135, 145)
        heatmap(
            ax,
            np.array(weights()[place]),
            None,
            lambda w: "" if w < 0.005 else f"{w:.2f}",
            vmax=1.0,
            rows=tokens if place != 1 else None,
            cols=tokens,
        )
        ax.set_aspect("auto")
        ax.tick_params(axis="x", labelrotation=45, pad=1)
        for label in ax.get_xticklabels():
            label.set_horizontalalignment("left")
            label.set_rotation_mode("anchor")
        ax.set_xlabel(titles[place])
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    tokens = t["tokens"].split()
    titles = (f"{t['head']} 1", f"{t['head']} 2", t["wide"])
    return [t["query"], *tokens], [
        [f"{title}, {token}", *(f"{w:.2f}" for w in row)]
        for title, head in zip(titles, weights(), strict=True)
        for token, row in zip(tokens, head, strict=True)
    ]
