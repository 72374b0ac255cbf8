"""A query and a key as the two hands of a clock, at three pairs of places."""

import math
from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from qkv_explained.course.drawing.style import GRID, INK, K, Q, canvas

PLACES = ((1, 0), (2, 1), (0, 1))
RADIUS = 50


def scores() -> list[float]:
    """Scores at each pair of places: |q| = 2, |k| = 1, 90° − 30° (m − n)."""
    return [2 * math.cos(math.radians(90 - 30 * (m - n))) for m, n in PLACES]


def hand(
    ax: Axes, center: tuple[float, float], degrees: float, long: float,
    look: tuple[str, str],
) -> None:
    """Draw a hand that turns against the clock from the right."""
    x, y = center
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    color, name = look
    ax.annotate(
        "", (x + long * c, y - long * s), (x, y),
        arrowprops={"arrowstyle": "->", "color": color, "linewidth": 2.2,
                    "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip
    ax.text(x + (long + 10) * c, y - (long + 10) * s, name, color=color,
            ha="center", va="center", size=13, weight="bold")  # fmt: skip


def draw(t: Mapping[str, str]) -> Figure:
    """Three dials, the places above and the score below.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, ax = canvas(190)
    for place, ((m, n), score) in enumerate(
        zip(PLACES, scores(), strict=True)
    ):
        center = (60 + 119 * place, 96)
        ax.add_patch(
            Circle(center, RADIUS, facecolor="none", edgecolor=GRID)
        )
        for hour in range(12):
            c, s = math.cos(hour * math.pi / 6), math.sin(hour * math.pi / 6)
            x, y = center
            ax.plot(
                [x + 0.92 * RADIUS * c, x + RADIUS * c],
                [y - 0.92 * RADIUS * s, y - RADIUS * s],
                color=GRID, linewidth=1,
            )  # fmt: skip
        hand(ax, center, 30 * m, 38, (Q, "q"))
        hand(ax, center, 90 + 30 * n, 22, (K, "k"))
        ax.text(center[0], 20, f"m = {m}, n = {n}", ha="center")
        words = f"{t['score']} {round(score)}".replace("-", "−")
        ax.text(center[0], 174, words, ha="center", color=INK)
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    return ["m", "n", t["score"]], [
        [str(m), str(n), f"{round(score)}".replace("-", "−")]
        for (m, n), score in zip(PLACES, scores(), strict=True)
    ]
