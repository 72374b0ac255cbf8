"""W_Q, W_K and W_V in one tensor: stacked, side by side, head by head."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from qkv_explained.course.drawing.style import PAPER, K, Q, V, new_figure

PARTS = ((Q, "Q"), (K, "K"), (V, "V"))
N_HEADS = 4


def block(
    ax: Axes, place: tuple[float, float], high: float, part: int, name: str
) -> None:
    """Draw one matrix, or one head's share of it, in units of 512."""
    x, y = place
    ax.add_patch(
        Rectangle(
            (x, y), 1, high, facecolor=PARTS[part][0], edgecolor=PAPER,
            linewidth=1,
        )
    )
    ax.text(
        x + 0.5, y + high / 2, name, color=PAPER, ha="center", va="center",
        size=11 if high == 1 else 8,
    )


def draw(t: Mapping[str, str]) -> Figure:
    """Three layouts of one set of numbers.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, ax = new_figure(6.4, 3.0)
    for part, (_, letter) in enumerate(PARTS):
        block(ax, (0, part), 1, part, f"W_{letter}ᵀ")
        block(ax, (2.1 + part, 0), 1, part, f"W_{letter}")
        for head in range(N_HEADS):
            place = (6.2, (3 * head + part) / N_HEADS)
            name = letter + "₁₂₃₄"[head]
            block(ax, place, 1 / N_HEADS, part, name)
    for x, words in (
        (0.5, "nn.MultiheadAttention\nin_proj_weight\n(1536, 512)"),
        (3.6, "GPT-2\nc_attn.weight\n(512, 1536)"),
        (6.7, f"{t['heads']}\nquery_key_value\n(1536, 512)"),
    ):
        ax.text(x, -0.15, words, ha="center", va="bottom", size=9)
    ax.set_xlim(-0.75, 7.6)
    ax.set_ylim(3.05, -0.95)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return figure
