"""The attention weights of layer 1, in the language of the page."""

from collections.abc import Mapping

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from qkv_explained.course.drawing.style import (
    INK,
    blank_figure,
    heatmap,
    panel,
)
from qkv_explained.models import Run, sentence_model


def run(t: Mapping[str, str]) -> Run:
    """The first running sentence of the page's language, read."""
    model = sentence_model(t["model"])
    return model(model.recipe["running"][0])


def short(share: float) -> str:
    """A share in two digits, nothing for what rounds to nothing."""
    return "" if share < 0.005 else f"{share:.2f}"


def draw(t: Mapping[str, str]) -> Figure:
    """A heat map, with the row of the pronoun framed.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    found = run(t)
    tokens, weights = found["tokens"], found["1.weights"][0]
    n, i = len(tokens), found["pronoun"]
    figure = blank_figure(78 + 26 * n)
    ax = panel(figure, 62, 62, 294, 26 * n)
    heatmap(ax, weights, None, short, vmax=1.0, rows=tokens, cols=tokens)
    ax.set_aspect("auto")
    ax.tick_params(axis="x", labelrotation=60, pad=1)
    for label in ax.get_xticklabels():
        label.set_horizontalalignment("left")
        label.set_rotation_mode("anchor")
    ax.add_patch(Rectangle((0, i), n, 1, fill=False, edgecolor=INK,
                           linewidth=1.8, clip_on=False))  # fmt: skip
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    found = run(t)
    tokens = found["tokens"]
    return [t["query"], *tokens], [
        [token, *(f"{w:.2f}" for w in row)]
        for token, row in zip(
            tokens, found["1.weights"][0].tolist(), strict=True)
    ]  # fmt: skip
