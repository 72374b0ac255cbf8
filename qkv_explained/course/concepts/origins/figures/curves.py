"""What the run learns, and how far each matrix moves while it does."""

from collections.abc import Mapping
from functools import cache

import torch
from matplotlib.figure import Figure

from qkv_explained.course.concepts.origins.figures.training import run
from qkv_explained.course.drawing.style import (
    INK,
    MUTED,
    K,
    Q,
    V,
    lines,
    new_figure,
)
from qkv_explained.origins import accuracy, answer, draw_boards

EVERY = 5


@cache
def curves() -> dict[str, list[float]]:
    """What is drawn, at every fifth step."""
    history = run()[::EVERY]
    boards = draw_boards(500, generator=torch.Generator().manual_seed(1))
    found: dict[str, list[float]] = {"accuracy": [], "attention": []}
    for W in history:
        found["accuracy"].append(accuracy(boards, W))
        _, weights = answer(boards.questions, boards.facts, W)
        right = weights.gather(2, boards.asked.unsqueeze(-1))
        found["attention"].append(right.mean().item())
    for name in ("W_Q", "W_K", "W_V"):
        start = getattr(history[0], name)
        found[name] = [
            ((getattr(W, name) - start).norm() / start.norm()).item()
            for W in history
        ]
    return found


def draw(t: Mapping[str, str]) -> Figure:
    """Shares above, distances below.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    found = curves()
    steps = range(0, EVERY * len(found["accuracy"]), EVERY)
    figure, (left, right) = new_figure(6.2, rows=2)
    percent = {name: [100 * y for y in ys] for name, ys in found.items()}
    left.plot(steps, percent["accuracy"], color=INK, linewidth=1.8)
    left.plot(
        steps, percent["attention"], color=MUTED, linewidth=1.8, linestyle="--"
    )
    lines(left, 50, 90, t["accuracy"], ha="right")
    lines(left, 90, 45, t["attention"], ha="left")
    left.set_ylim(0, 105)
    left.set_title(t["left"])
    for name, color, style, lift in (
        ("W_V", V, ":", 0), ("W_K", K, "--", -0.16), ("W_Q", Q, "-", 0.16),
    ):
        right.plot(
            steps, found[name], color=color, linewidth=1.8, linestyle=style
        )
        right.text(
            205, found[name][-1] + lift, name, color=color,
            ha="left", va="center", size=13,
        )
    right.set_ylim(0, 4.4)
    right.set_yticks(range(5))
    right.set_title(t["right"])
    for ax in (left, right):
        ax.set_xlim(0, 200)
        ax.set_xlabel(t["x"])
        ax.grid(axis="y")
    return figure
