"""One row of scores at three temperatures."""

from collections.abc import Mapping

import torch
from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import MUTED, new_figure

SCORES = torch.tensor([2.0, 1.0, 0.0])
TEMPERATURES = ("0.5", "1", "10")


def weights(temperature: str) -> list[float]:
    """The weights of cat, mat and it."""
    return (SCORES / float(temperature)).softmax(dim=-1).tolist()


def draw(t: Mapping[str, str]) -> Figure:
    """Bars with their numbers, a panel for each temperature.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, axes = new_figure(4.2, rows=3)
    for ax, temperature in zip(axes, TEMPERATURES, strict=True):
        found = weights(temperature)
        ax.barh(range(3), found, height=0.8, color=MUTED)
        for place, weight in enumerate(found):
            said = f"{weight:.2f}".replace(".", t["point"])
            ax.text(weight + 0.02, place, said, va="center", size=11)
        ax.set_yticks(range(3), [t["cat"], t["mat"], t["it"]])
        ax.tick_params(length=0)
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
        ax.set_xlim(0, 1)
        ax.set_ylim(2.5, -0.5)
        ax.set_title(f"T = {temperature}".replace(".", t["point"]), loc="left")
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    rows = [
        [
            each.replace(".", t["point"]),
            *(f"{w:.2f}".replace(".", t["point"]) for w in weights(each)),
        ]
        for each in TEMPERATURES
    ]
    return ["T", t["cat"], t["mat"], t["it"]], rows
