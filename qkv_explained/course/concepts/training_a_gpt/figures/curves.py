"""The loss of three runs: targets shifted nowhere, once and twice."""

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import (
    INK,
    MUTED,
    lines,
    new_figure,
)

RUNS = (("twice", MUTED, "--"), ("once", INK, "-"), ("nowhere", INK, ":"))


def draw(t: Mapping[str, str], result: Mapping[str, Any]) -> Figure:
    """Three curves, and the floor of the text.

    Args:
        t: Words.
        result: What `qkv_explained.lab.gpt_shifts` wrote.

    Returns:
        The figure.
    """
    values = result["values"]
    figure, ax = new_figure(3.6)
    for name, color, style in RUNS:
        losses = values[name]["losses"]
        steps = [values["every"] * i for i in range(len(losses))]
        ax.plot(steps, losses, color=color, linestyle=style, linewidth=1.8)
    floor, end = values["once"]["floor"], values["steps"]
    ax.axhline(floor, color=MUTED, linewidth=1, linestyle=(0, (1, 1.5)))
    for name, color, y in (("twice", MUTED, 0.45), ("once", INK, 0.09),
                           ("nowhere", INK, 0.0017)):  # fmt: skip
        lines(ax, end, y, t[name], ha="right", color=color)
    lines(ax, 0.1 * end, 0.09, t["floor"], ha="left", color=INK, size=11)
    ax.set_yscale("log")
    ticks = [0.001, 0.01, 0.1, 1.0]
    names = [f"{x:g}".replace(".", t["point"]) for x in ticks]
    ax.set_yticks(ticks, names)
    ax.minorticks_off()
    ax.set_xlim(0, end)
    ax.set_ylim(0.0005, 6)
    ax.set_xlabel(t["x"])
    ax.set_title(t["y"])
    ax.grid(axis="y")
    return figure
