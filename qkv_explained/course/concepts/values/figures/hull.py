"""Three values span a triangle, and every output lies in it."""

from collections.abc import Mapping

import torch
from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import INK, V, new_figure

VALUES = torch.tensor([[4.0, 1], [0, 3], [1, 0]])
WEIGHTS = torch.tensor([[1 / 3, 1 / 3, 1 / 3], [0, 1, 0], [0.7, 0.2, 0.1]])
NAMES = ("cat", "mat", "it")
SIDES = {"cat": (14, 0, "left"), "mat": (-12, 4, "right"),
         "it": (-10, -12, "right")}  # fmt: skip
PLACES = {"cat": (-8, 13), "mat": (12, 4), "it": (-14, -13)}


def outputs() -> list[list[float]]:
    """The output of each token, (3, 2)."""
    found: list[list[float]] = (WEIGHTS @ VALUES).tolist()
    return found


def draw(t: Mapping[str, str]) -> Figure:
    """The triangle, its corners, and the outputs.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, ax = new_figure(3.9)
    corners = [*VALUES.tolist(), VALUES[0].tolist()]
    ax.fill(*zip(*corners, strict=True), color=V, alpha=0.12, linewidth=0)
    ax.plot(*zip(*corners, strict=True), color=V, linewidth=1.2)
    for name, (x, y) in zip(NAMES, VALUES.tolist(), strict=True):
        right, up, side = SIDES[name]
        ax.plot(x, y, "s", color=V, markersize=9)
        ax.annotate(
            t[name],
            (x, y),
            (right, up),
            ha=side,
            va="center",
            textcoords="offset points",
            color=V,
            size=12,
        )
    for name, (x, y) in zip(NAMES, outputs(), strict=True):
        ax.plot(x, y, "o", color=INK, markersize=5)
        right, up = PLACES[name]
        ax.annotate(
            t[f"output_{name}"],
            (x, y),
            (right, up),
            va="center",
            textcoords="offset points",
            size=11,
            ha="left" if name == "mat" else "center",
        )
    ax.set_xlim(-0.9, 5.2)
    ax.set_ylim(-0.6, 3.5)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Values and outputs.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    rows = []
    for name, value, out in zip(
        NAMES, VALUES.tolist(), outputs(), strict=True
    ):
        found = [
            f"({x:.2f}; {y:.2f})".replace(".", t["point"])
            for x, y in (value, out)
        ]
        rows.append([t[name], *found])
    return [t["token"], t["value"], t["output"]], rows
