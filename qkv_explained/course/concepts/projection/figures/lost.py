"""From two numbers to one: all points of a line have the same query."""

from collections.abc import Mapping

from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import GRID, INK, MUTED, Q, new_figure

W = (1, 2)  # q = x₁ + 2 x₂
POINTS = ((3, 1), (-1, 3))
FOOT = (1, 2)  # on the line through the origin along W
QUERIES = (-5, 0, 5)


def query(x: tuple[int, int]) -> int:
    """The one number that is left of two."""
    return x[0] * W[0] + x[1] * W[1]


def draw(t: Mapping[str, str]) -> Figure:
    """Lines of equal query, two inputs on one of them, and their foot.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, ax = new_figure(3.5)
    for q in QUERIES:
        ends = [(x, (q - W[0] * x) / W[1]) for x in (-12, 12)]
        ax.plot(
            *zip(*ends, strict=True),
            color=Q if q == query(FOOT) else GRID,
            linewidth=2.2 if q == query(FOOT) else 1,
        )
    ax.annotate(
        "", POINTS[1], POINTS[0],
        arrowprops={"arrowstyle": "->", "color": INK, "shrinkB": 5,
                    "shrinkA": 5, "connectionstyle": "arc3,rad=0.25"},
    )  # fmt: skip
    ax.plot([0, FOOT[0]], [0, FOOT[1]], color=MUTED, linestyle="--")
    for x, name, place in (
        (POINTS[0], "x = (3, 1)", (3.15, 1.3)),
        (POINTS[1], "x′ = (−1, 3)", (-1.15, 2.65)),
        (FOOT, "x P = (1, 2)", (0.62, 0.95)),
    ):
        ax.plot(*x, "o", color=INK, markersize=6)
        side = "right" if x is POINTS[1] else "left"
        ax.text(*place, name, ha=side, va="center", size=11)
    ax.text(1.3, 3.55, t["lost"], ha="left", va="center", size=11)
    ax.text(1.5, -0.75, t["same"], ha="left", va="center", color=Q)
    for q, at in ((0, 3.4), (-5, -1.6)):
        ax.text(
            at, (q - at) / 2 + 0.12, f"q = {q}".replace("-", "−"),
            size=11, color=MUTED, va="bottom",
        )  # fmt: skip
    ax.axhline(0, color=MUTED, linewidth=0.8)
    ax.axvline(0, color=MUTED, linewidth=0.8)
    ax.set_xlim(-3.7, 6)
    ax.set_ylim(-2, 4)
    ax.set_aspect("equal")
    ax.set_axis_off()
    ax.text(5.9, 0.15, "x₁", ha="right", va="bottom")
    ax.text(-0.12, 3.95, "x₂", ha="right", va="top")
    return figure
