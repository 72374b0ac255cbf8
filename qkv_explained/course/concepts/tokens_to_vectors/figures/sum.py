"""Six tokens: rows of the table, plus rows of positions, give X."""

from collections.abc import Callable, Mapping

import torch
from matplotlib.figure import Figure
from torch import Tensor

from qkv_explained.course.drawing.style import blank_figure, heatmap, panel
from qkv_explained.positions import sinusoidal_positions

CELL, TOP, HEIGHT = 26, 54, 216


def numbers() -> tuple[list[str], Tensor, Tensor]:
    """The tokens, their embeddings as in the snippet, their positions."""
    tokens = ["the", "cat", "sat", "on", "the", "mat"]
    vocabulary = sorted(set(tokens))
    rng = torch.Generator().manual_seed(0)
    E = torch.randint(-3, 4, (len(vocabulary), 4), generator=rng).double()
    ids = [vocabulary.index(token) for token in tokens]
    return tokens, E[ids], sinusoidal_positions(len(tokens), 4)


def one_digit(t: Mapping[str, str]) -> Callable[[float], str]:
    """How a language writes a number with one digit after the point."""
    return lambda value: f"{value:z.1f}".replace("-", "−").replace(
        ".", t["point"]
    )


def draw(t: Mapping[str, str]) -> Figure:
    """Three heat maps, with a plus and an equals sign between them.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    tokens, E, P = numbers()
    figure, digit = blank_figure(HEIGHT), one_digit(t)
    x = 36.0
    for matrix, name, sign, cell, fmt in (
        (E, t["embedding"], "+", 18, "{:.0f}"),
        (P, t["position"], "=", CELL, digit),
        (E + P, "X", "", CELL, digit),
    ):
        ax = panel(figure, x, TOP, 4 * cell, 6 * CELL)
        heatmap(ax, matrix, None, fmt, rows=tokens if x == 36 else None)
        ax.set_aspect("auto")
        figure.text(
            (x + 2 * cell) / 358,
            1 - 28 / HEIGHT,
            name,
            ha="center",
            va="center",
            size=11,
        )
        x += 4 * cell + 20
        figure.text(
            (x - 10) / 358,
            1 - (TOP + 3 * CELL) / HEIGHT,
            sign,
            ha="center",
            va="center",
            size=13,
        )
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    tokens, E, P = numbers()
    digit = one_digit(t)
    head = [t["token"]] + [
        f"{name} {c}"
        for name in (t["embedding"], t["position"], "X")
        for c in range(1, 5)
    ]
    rows = []
    for i, token in enumerate(tokens):
        whole = [f"{e:.0f}".replace("-", "−") for e in E[i].tolist()]
        parts = [digit(v) for M in (P, E + P) for v in M[i].tolist()]
        rows.append([token, *whole, *parts])
    return head, rows
