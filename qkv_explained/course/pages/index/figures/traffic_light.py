"""Q, K and V in one picture: three lights, each looking for the next."""

import math
from collections.abc import Mapping

import torch
from matplotlib.figure import Figure
from torch import Tensor

from qkv_explained.attention import scaled_dot_product_attention
from qkv_explained.course.drawing.style import (
    INK,
    K,
    Q,
    V,
    blank_figure,
    heatmap,
)

LIGHTS = ("red", "green", "yellow")


def lights() -> tuple[Tensor, Tensor, Tensor]:
    """Return Q (3, 2), K (3, 2) and V (3, 1) of the traffic light.

    Keys are three directions a third of a turn apart; the query of a light
    is the key of the next one; the value is how long the light lasts.
    """
    angles = 2 * math.pi * torch.arange(3) / 3
    keys = 1.5 * torch.stack([angles.cos(), angles.sin()], dim=1)
    return keys.roll(-1, dims=0), keys, torch.tensor([[40.], [30.], [3.]])


def draw(t: Mapping[str, str]) -> Figure:
    """Draw Q, K, V above, the weights and the output below."""
    queries, keys, values = lights()
    output, weights = scaled_dot_product_attention(queries, keys, values)
    names = [t[name] for name in LIGHTS]
    seconds = "{:.0f} " + t["s"]
    figure = blank_figure(306)
    _matrix(figure, (0.17, 0.24), 1, queries, "Q", t["q"], Q, rows=names)
    _matrix(figure, (0.46, 0.24), 1, keys, "K", t["k"], K)
    _matrix(figure, (0.77, 0.15), 1, values, "V", t["v"], V, fmt=seconds)
    _matrix(figure, (0.17, 0.46), 0, weights, t["weights"], "", INK,
            rows=names, cols=names)
    _matrix(figure, (0.77, 0.15), 0, output, t["output"], "", V,
            fmt="{:.1f} " + t["s"], vmax=40)
    figure.text(0.7, 0.225, "· V =", ha="center", va="center", size=13,
                color=INK)
    return figure


def _matrix(
    figure: Figure, span: tuple[float, float], row: int, matrix: Tensor,
    title: str, line: str, color: str, fmt: str = "{:.2f}",
    vmax: float | None = None, rows: list[str] | None = None,
    cols: list[str] | None = None,
) -> None:
    left, width = span
    bottom = 0.56 if row else 0.08
    ax = figure.add_axes((left, bottom, width, 0.29))
    hue = None if color == INK else color
    heatmap(ax, matrix, hue, fmt=fmt, vmax=vmax, rows=rows, cols=cols,
            size=12)
    ax.set_aspect("auto")
    middle = left + width / 2
    top = bottom + 0.29
    if line:
        figure.text(middle, top + 0.075, title, ha="center", size=14,
                    color=color, weight="bold")
        figure.text(middle, top + 0.025, line, ha="center", size=11,
                    color=INK)
    else:
        lift = 0.075 if cols else 0.025
        figure.text(middle, top + lift, title, ha="center", size=12,
                    color=color, weight="bold")


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Return the same numbers: one row a light."""
    queries, keys, values = lights()
    output, weights = scaled_dot_product_attention(queries, keys, values)
    head = ["", "Q", "K", "V", *(t[name] for name in LIGHTS), t["output"]]
    rows = []
    for i, name in enumerate(LIGHTS):
        rows.append([
            t[name], _row(queries[i]), _row(keys[i]), f"{values[i, 0]:.0f}",
            *(f"{w:.2f}" for w in weights[i]), f"{output[i, 0]:.1f}",
        ])
    return head, rows


def _row(vector: Tensor) -> str:
    return " ".join(f"{x:.2f}" for x in vector).replace("-", "−")
