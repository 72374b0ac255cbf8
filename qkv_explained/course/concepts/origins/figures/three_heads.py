"""Three heads: other numbers in W_Q, one diagonal in W_Q W_Kᵀ."""

from collections.abc import Mapping
from functools import cache

import torch
from matplotlib.figure import Figure
from torch import Tensor

from qkv_explained.course.concepts.origins.figures.training import one_digit
from qkv_explained.course.drawing.style import Q, blank_figure, heatmap, panel
from qkv_explained.origins import draw_weights, product, train, written

SEEDS = (0, 1)
N_ITEMS = 6


@cache
def heads() -> list[tuple[Tensor, Tensor]]:
    """W_Q and the table of scores: written by hand, and for each seed."""
    found = [written()]
    for seed in SEEDS:
        rng = torch.Generator().manual_seed(seed)
        W = draw_weights(10, 4, 3, 4, generator=rng)
        found.append(train(W, 200, generator=rng)[-1])
    return [(W.W_Q[:N_ITEMS], product(W)) for W in found]


def names(t: Mapping[str, str], key: str) -> list[str]:
    """What the three heads are called."""
    return [t[f"own_{key}"], *(t[key].format(seed) for seed in SEEDS)]


def draw(t: Mapping[str, str]) -> Figure:
    """A row of two heat maps for each head.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    items, number = t["items"].split("|"), one_digit(t)
    figure = blank_figure(694)
    for place, (W_Q, M) in enumerate(heads()):
        y = 56 + 232 * place
        left = panel(figure, 42, y, 124, 168)
        right = panel(figure, 182, y, 160, 168)
        heatmap(left, W_Q, Q, number, rows=items)
        heatmap(right, M, None, "{:z.0f}", cols=items)
        if max(map(len, items)) > 4:  # or neighbours touch
            for label in right.get_xticklabels():
                label.set(rotation=50, ha="left", rotation_mode="anchor")
        for ax, x, name in ((left, 104, "W"), (right, 262, "M")):
            ax.set_aspect("auto")
            figure.text(x / 358, 1 - (y - 40) / 694, names(t, name)[place],
                        ha="center", va="center")
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the heat maps.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    items, number = t["items"].split("|"), one_digit(t)
    head = [t["head"], t["row"], *(f"W_Q {c}" for c in range(1, 5)), *items]
    rows = []
    for name, (W_Q, M) in zip(names(t, "W"), heads(), strict=True):
        for i, item in enumerate(items):
            scores = [f"{v:z.0f}".replace("-", "−") for v in M[i].tolist()]
            numbers = [number(v) for v in W_Q[i].tolist()]
            rows.append([name, item, *numbers, *scores])
    return head, rows
