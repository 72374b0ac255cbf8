"""W_Q, W_K and W_V in one tensor: stacked, side by side, head by head."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from qkv_explained.course.drawing.style import PAPER, K, Q, V, canvas, lines

PARTS = ((Q, "Q"), (K, "K"), (V, "V"))
N_HEADS = 4
UNIT = 61  # the height and width of one matrix


def block(
    ax: Axes, place: tuple[float, float], high: float, part: int, name: str
) -> None:
    """Draw one matrix, or one head's share of it, 512 by 512."""
    x, y = place
    ax.add_patch(
        Rectangle(
            (x, y), UNIT, high, facecolor=PARTS[part][0], edgecolor=PAPER,
            linewidth=1,
        )
    )
    ax.text(
        x + UNIT / 2, y + high / 2, name, color=PAPER, ha="center",
        va="center", size=13 if high == UNIT else 11,
    )


def draw(t: Mapping[str, str]) -> Figure:
    """Three layouts of one set of numbers.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, ax = canvas(372)
    share = UNIT / N_HEADS
    for part, (_, letter) in enumerate(PARTS):
        block(ax, (90 + part * UNIT, 54), UNIT, part, f"W_{letter}")
        block(ax, (56, 182 + part * UNIT), UNIT, part, f"W_{letter}ᵀ")
        for head in range(N_HEADS):
            place = (242, 182 + (3 * head + part) * share)
            block(ax, place, share, part, letter + "₁₂₃₄"[head])
    for x, y, words in (
        (179, 48, "GPT-2\nc_attn.weight\n(512, 1536)"),
        (86, 176, "nn.MultiheadAttention\nin_proj_weight\n(1536, 512)"),
        (272, 176, f"{t['heads']}\nquery_key_value\n(1536, 512)"),
    ):
        lines(ax, x, y, words, "bottom", ha="center")
    return figure
