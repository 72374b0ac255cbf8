"""W_Q of a small model: as drawn, halfway, and as inference finds it."""

from collections.abc import Callable, Mapping
from functools import cache

import torch
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from qkv_explained.course.drawing.style import (
    INK,
    Q,
    blank_figure,
    heatmap,
    panel,
)
from qkv_explained.origins import Weights, draw_weights, train

STEPS = (0, 50, 200)
N_ITEMS = 6


@cache
def run() -> list[Weights]:
    """The run of the page: seed 0, 200 steps."""
    rng = torch.Generator().manual_seed(0)
    W = draw_weights(10, 4, 3, 4, generator=rng)
    return train(W, STEPS[-1], generator=rng)


def one_digit(t: Mapping[str, str]) -> Callable[[float], str]:
    """How a language writes a number with one digit after the point."""
    return lambda value: (
        f"{value:z.1f}".replace("-", "−").replace(".", t["point"])
    )


def row_names(t: Mapping[str, str]) -> list[str]:
    """Names of the ten rows: six items, four shelves."""
    return t["rows"].split("|")


def draw(t: Mapping[str, str]) -> Figure:
    """Three heat maps of one matrix.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    history, number = run(), one_digit(t)
    figure = blank_figure(560)
    top = max(float(history[s].W_Q.abs().max()) for s in STEPS)
    places = ((58, 28), (214, 28), (136, 312))
    for (x, y), step in zip(places, STEPS, strict=True):
        ax = panel(figure, x, y, 142, 244)
        rows = None if step == 50 else row_names(t)
        heatmap(ax, history[step].W_Q, Q, number, vmax=top, rows=rows)
        ax.set_aspect("auto")
        ax.set_title(t[str(step)], pad=6)
        ax.add_patch(
            Rectangle(
                (0, N_ITEMS), 4, 4, fill=False, edgecolor=INK, linewidth=1.4,
                linestyle=(0, (4, 2)), clip_on=False,
            )
        )
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the heat maps.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    history, number = run(), one_digit(t)
    head = [t["row"]] + [
        f"{t['step']} {step}, {c}" for step in STEPS for c in range(1, 5)
    ]
    rows = []
    for i, name in enumerate(row_names(t)):
        values = [v for s in STEPS for v in history[s].W_Q[i].tolist()]
        rows.append([name, *(number(v) for v in values)])
    return head, rows
