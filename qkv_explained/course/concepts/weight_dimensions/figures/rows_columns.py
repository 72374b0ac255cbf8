"""A 4 × 2 matrix: what a row says and what a column says."""

from collections.abc import Mapping

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from qkv_explained.course.drawing.style import (
    INK,
    Q,
    blank_figure,
    heatmap,
    panel,
)

X = (1, 2, 0, -1)
W_Q = ((1, 0), (0, 3), (5, 5), (2, 1))
CELL = 36
SUBSCRIPTS = "₁₂₃₄"


def output() -> list[int]:
    """The product x W_Q."""
    return [
        sum(x * row[c] for x, row in zip(X, W_Q, strict=True))
        for c in range(2)
    ]


def draw(t: Mapping[str, str]) -> Figure:
    """The matrix, one row and one column framed, and the output below.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure = blank_figure(228)
    top = panel(figure, 68, 24, 2 * CELL, 4 * CELL)
    below = panel(figure, 68, 186, 2 * CELL, CELL)
    names = [
        f"x{s} = {x}".replace("-", "−")
        for s, x in zip(SUBSCRIPTS, X, strict=True)
    ]
    heatmap(top, W_Q, Q, "{:.0f}", rows=names, cols=["q₁", "q₂"], size=13)
    heatmap(below, [output()], Q, "{:.0f}", rows=["q = x W_Q"], size=13)
    frames = ((0, 1, 2, 1, (0, (3, 2))), (1, 0, 1, 4, "solid"))
    for x, y, wide, high, style in frames:
        top.add_patch(
            Rectangle(
                (x, y), wide, high, fill=False, edgecolor=INK, linewidth=2,
                linestyle=style, clip_on=False,
            )
        )
    top.text(2.3, 1.5, t["row"], ha="left", va="center", size=11)
    top.text(2.3, 3.2, t["column"], ha="left", va="center", size=11)
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    rows = [
        [f"x{s} = {x}", *map(str, row)]
        for s, x, row in zip(SUBSCRIPTS, X, W_Q, strict=True)
    ]
    rows.append(["q = x W_Q", *map(str, output())])
    return [t["input"], "q₁", "q₂"], [
        [cell.replace("-", "−") for cell in row] for row in rows
    ]
