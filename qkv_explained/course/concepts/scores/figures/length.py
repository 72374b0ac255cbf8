"""One query and three keys in the plane, with the shadows of the keys."""

from collections.abc import Mapping

from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import MUTED, K, Q, new_figure

QUERY = (4, 0)
KEYS = {"cat": (1, 0), "mat": (3, 4), "sat": (-1, 1)}
PLACES = {"cat": (0.9, -0.45), "mat": (2.6, 4.3), "sat": (-1.1, 1.4)}


def product(key: tuple[int, int]) -> int:
    """The dot product of a key with the query."""
    return QUERY[0] * key[0] + QUERY[1] * key[1]


def draw(t: Mapping[str, str]) -> Figure:
    """Arrows from one point.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, ax = new_figure(3.9)
    for vector, color in ((QUERY, Q), *((k, K) for k in KEYS.values())):
        ax.annotate("", vector, (0, 0), arrowprops={
            "arrowstyle": "-|>", "color": color, "linewidth": 2,
            "shrinkA": 0, "shrinkB": 0,
            "linestyle": "-" if color == Q else (0, (5, 1.5)),
        })  # fmt: skip
    for name, key in KEYS.items():
        ax.plot([key[0], key[0]], [key[1], 0], ":", color=MUTED)
        said = f"{t[name]}: {product(key)}".replace("-", "−")
        ax.text(*PLACES[name], said, color=K, ha="center", va="center")
    ax.text(4.1, 0, "q", color=Q, ha="left", va="center", size=14)
    ax.set_xlim(-2.2, 4.8)
    ax.set_ylim(-0.9, 4.7)
    ax.axhline(0, color=MUTED, linewidth=0.6, zorder=0)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return figure
