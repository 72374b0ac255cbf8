"""Four pairs of a query of eight numbers, turned at five positions."""

import math
from collections.abc import Mapping

import torch
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from qkv_explained.course.drawing.style import GRID, MUTED, Q, canvas
from qkv_explained.rope import rotation_angles

POSITIONS = (0, 1, 2, 10, 100)
RADIUS = 22


def angles() -> list[list[float]]:
    """Radians, (5, 4)."""
    found: list[list[float]] = rotation_angles(
        torch.tensor(POSITIONS), 8
    ).tolist()
    return found


def draw(t: Mapping[str, str]) -> Figure:
    """A dial for each pair and position; a row is a pair.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, ax = canvas(262)
    ax.text(6, 20, t["pair"], color=MUTED)
    ax.text(334, 8, t["position"], color=MUTED, ha="right", va="center")
    for column, position in enumerate(POSITIONS):
        x = 90 + 60 * column
        ax.text(x, 30, str(position), ha="center", va="center")
        for pair in range(4):
            y = 66 + 54 * pair
            angle = angles()[column][pair]
            ax.add_patch(
                Circle((x, y), RADIUS, facecolor="none", edgecolor=GRID)
            )
            ax.annotate(
                "",
                (x + 20 * math.cos(angle), y - 20 * math.sin(angle)),
                (x, y),
                arrowprops={"arrowstyle": "->", "color": Q, "linewidth": 2,
                            "shrinkA": 0, "shrinkB": 0},
            )  # fmt: skip
    for pair in range(4):
        ax.text(22, 66 + 54 * pair, str(pair), ha="center", va="center")
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The angles of the picture, in radians.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    head = [t["pair"], *(f"{t['position']} {p}" for p in POSITIONS)]
    return head, [
        [str(pair), *(f"{row[pair]:g}" for row in angles())]
        for pair in range(4)
    ]
