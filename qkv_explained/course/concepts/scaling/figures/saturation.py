"""With d_k grows the spread of q · k, and softmax takes one key for all."""

from collections.abc import Mapping
from functools import cache

import torch
from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import INK, MUTED, Q, lines, new_figure

SIZES = (2, 4, 8, 16, 32, 64, 128, 256, 512)
N_KEYS = 10


@cache
def measured() -> dict[str, tuple[list[float], list[float]]]:
    """Standard deviation and largest weight, raw and divided by √d_k."""
    rng = torch.Generator().manual_seed(0)
    found: dict[str, tuple[list[float], list[float]]] = {
        "raw": ([], []), "scaled": ([], []),
    }  # fmt: skip
    for d_k in SIZES:
        q = torch.randn(2000, 1, d_k, generator=rng)
        k = torch.randn(2000, N_KEYS, d_k, generator=rng)
        for name, divisor in (("raw", 1.0), ("scaled", d_k**0.5)):
            scores = q @ k.mT / divisor
            largest = scores.softmax(dim=-1).amax(dim=-1).mean()
            found[name][0].append(scores.std().item())
            found[name][1].append(100 * largest.item())
    return found


def draw(t: Mapping[str, str]) -> Figure:
    """The spread above, the largest of ten weights below.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, (above, below) = new_figure(6.0, rows=2)
    found = measured()
    for ax, place in ((above, 0), (below, 1)):
        ax.plot(SIZES, found["raw"][place], color=INK, linewidth=1.8)
        ax.plot(
            SIZES, found["scaled"][place], color=Q, linewidth=1.8,
            linestyle="--",
        )  # fmt: skip
        ax.set_xscale("log", base=2)
        ax.set_xticks(SIZES, [str(d) for d in SIZES])
        ax.minorticks_off()
        ax.set_xlabel("d_k")
        ax.grid(axis="y")
    above.set_title(t["std"])
    below.set_title(t["largest"])
    lines(above, 90, 15, t["raw"], ha="right")
    lines(above, 128, 3.2, t["scaled"], ha="center", color=Q)
    lines(below, 24, 90, t["raw"], ha="right")
    lines(below, 64, 42, t["scaled"], ha="center", color=Q)
    below.axhline(100 / N_KEYS, color=MUTED, linewidth=1, linestyle=":")
    below.set_ylim(0, 105)
    lines(below, 2, 4, t["even"], ha="left", color=MUTED, size=11)
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of both charts.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    found = measured()
    head = ["d_k"] + [
        f"{t[chart]}: {t[line]}"
        for chart in ("std", "largest")
        for line in ("raw", "scaled")
    ]
    rows = [
        [
            str(d_k),
            *(f"{found[line][0][i]:.1f}" for line in ("raw", "scaled")),
            *(f"{found[line][1][i]:.0f}" for line in ("raw", "scaled")),
        ]
        for i, d_k in enumerate(SIZES)
    ]
    return head, rows
