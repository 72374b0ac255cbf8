"""How the cache grows with the text, for the ways of making it smaller."""

from collections.abc import Mapping

from matplotlib.figure import Figure

from qkv_explained.course.concepts.kv_cache.facts import KINDS, bytes_of
from qkv_explained.course.drawing.style import (
    INK,
    MUTED,
    lines,
    new_figure,
)

TOKENS = [2**k for k in range(8, 18)]
STYLES = {"mha": (INK, "-"), "gqa": (INK, "-"), "mqa": (INK, "-"),
          "mla": (INK, "--"), "window": (MUTED, ":")}  # fmt: skip


def draw(t: Mapping[str, str]) -> Figure:
    """A line for each kind, both axes logarithmic.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, ax = new_figure(4.2)
    for name in KINDS:
        color, style = STYLES[name]
        sizes = [bytes_of(name, n) / 2**30 for n in TOKENS]
        ax.plot(TOKENS, sizes, color=color, linestyle=style, linewidth=1.8)
        lines(ax, 1.15 * TOKENS[-1], sizes[-1], t[name], ha="left",
              color=color, size=11)  # fmt: skip
    ax.set_xscale("log", base=2)
    ax.set_yscale("log", base=2)
    ax.set_xlim(TOKENS[0], 9 * TOKENS[-1])
    ax.set_xticks([2**8, 2**11, 2**14, 2**17], ["256", "2K", "16K", "128K"])
    ticks = [2**k for k in range(-8, 7, 2)]
    names = [f"{1024 * x:.0f} M" if x < 1 else f"{x:.0f} G" for x in ticks]
    ax.set_yticks(ticks, names)
    ax.minorticks_off()
    ax.set_xlabel(t["x"])
    ax.set_title(t["y"])
    ax.grid(axis="y")
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The same in MiB.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    some = TOKENS[::3]
    rows = [[t[name], *(f"{bytes_of(name, n) / 2**20:.0f}" for n in some)]
            for name in KINDS]
    return [t["kind"], *map(str, some)], rows
