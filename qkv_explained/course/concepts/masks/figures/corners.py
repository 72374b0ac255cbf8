"""Three masks of one padded sentence: causal, padding, and both."""

from collections.abc import Mapping

import torch
from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import blank_figure, heatmap, panel
from qkv_explained.masks import causal_mask, padding_mask

CELL = 23


def masks() -> list[torch.Tensor]:
    """The masks, each (4, 4): True = may attend; the last token is padding."""
    causal = causal_mask(4)
    padding = padding_mask(torch.tensor([3]), 4)[0, 0].expand(4, 4)
    return [causal, padding, causal & padding]


def draw(t: Mapping[str, str]) -> Figure:
    """Three grids; a row is a query, a column a key.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure = blank_figure(172)
    tokens = t["tokens"].split()
    titles = (t["causal"], t["padding"], t["both"])
    wide = CELL * len(tokens)
    for place, mask in enumerate(masks()):
        ax = panel(figure, 50 + place * (wide + 6), 50, wide, wide)
        heatmap(
            ax,
            mask.double(),
            None,
            lambda m: "" if m else "−∞",
            vmax=1.6,
            rows=tokens if place == 0 else None,
            cols=tokens,
        )
        ax.tick_params(axis="x", labelrotation=45, pad=1)
        for label in ax.get_xticklabels():
            label.set_horizontalalignment("left")
            label.set_rotation_mode("anchor")
        ax.set_xlabel(titles[place])
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """What the picture shows, in words.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    tokens = t["tokens"].split()
    titles = (t["causal"], t["padding"], t["both"])
    return [t["query"], *tokens], [
        [f"{title}, {token}", *("" if may else "−∞" for may in row)]
        for title, mask in zip(titles, masks(), strict=True)
        for token, row in zip(tokens, mask.tolist(), strict=True)
    ]
