"""Two seeds: other numbers in W_Q, the same habit in W_Q W_Kᵀ."""

from collections.abc import Mapping
from functools import cache

import torch
from matplotlib.figure import Figure
from torch import Tensor

from qkv_explained.course.concepts.origins.figures.training import one_digit
from qkv_explained.course.drawing.style import Q, blank_figure, heatmap, panel
from qkv_explained.origins import draw_weights, train

SEEDS = (0, 1)
N_ITEMS = 6


@cache
def runs() -> list[tuple[Tensor, Tensor]]:
    """W_Q and the table of scores, for each seed."""
    found = []
    for seed in SEEDS:
        rng = torch.Generator().manual_seed(seed)
        W = draw_weights(10, 4, 3, 4, generator=rng)
        W = train(W, 200, generator=rng)[-1]
        W_Q, W_K = W.W_Q[:N_ITEMS], W.W_K[:N_ITEMS]
        M = W_Q @ W_K.T
        found.append((W_Q, M - M.mean(dim=1, keepdim=True)))
    return found


def draw(t: Mapping[str, str]) -> Figure:
    """A row of two heat maps for each seed.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    items, number = t["items"].split("|"), one_digit(t)
    figure = blank_figure(462)
    for seed, (W_Q, M) in zip(SEEDS, runs(), strict=True):
        y = 56 + 232 * seed
        left = panel(figure, 42, y, 124, 168)
        right = panel(figure, 182, y, 174, 168)
        heatmap(left, W_Q, Q, number, rows=items)
        heatmap(right, M, None, "{:z.0f}", cols=items)
        for ax, x, name in ((left, 104, "W"), (right, 269, "M")):
            ax.set_aspect("auto")
            figure.text(x / 358, 1 - (y - 40) / 462, t[name].format(seed),
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
    head = [t["seed"], t["row"], *(f"W_Q {c}" for c in range(1, 5)), *items]
    rows = []
    for seed, (W_Q, M) in zip(SEEDS, runs(), strict=True):
        for i, item in enumerate(items):
            scores = [f"{v:z.0f}".replace("-", "−") for v in M[i].tolist()]
            numbers = [number(v) for v in W_Q[i].tolist()]
            rows.append([str(seed), item, *numbers, *scores])
    return head, rows
