"""MiniLM's layer 0 head 2: as trained, Q and K swapped, K := Q."""

from collections.abc import Mapping

from matplotlib.figure import Figure

from qkv_explained.course.concepts.real_heads.facts import measured
from qkv_explained.course.drawing.style import heatmap, new_figure

KINDS = ("trained", "swapped", "tied")


def draw(t: Mapping[str, str]) -> Figure:
    """Three heat maps, a row for each query.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    drawn = measured()["minilm"]["drawn"]
    places = [str(i + 1) for i in range(len(drawn["tokens"]))]
    names = [f"{one} {i}" for one, i in
             zip(drawn["tokens"], places, strict=True)]  # fmt: skip
    figure, axes = new_figure(2.4, cols=3)
    for ax, kind in zip(axes, KINDS, strict=True):
        first = ax is axes[0]
        heatmap(ax, drawn[kind], None, None, vmax=1, cols=places,
                rows=names if first else None)  # fmt: skip
        ax.set_title(t[kind])
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Where each token looks most, and its weight.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    drawn = measured()["minilm"]["drawn"]
    tokens = drawn["tokens"]
    rows = []
    for i, token in enumerate(tokens):
        row = [f"{token} {i + 1}"]
        for kind in KINDS:
            weights = drawn[kind][i]
            most = max(range(len(weights)), key=weights.__getitem__)
            row.append(f"{tokens[most]} {most + 1}: {weights[most]:.2f}")
        rows.append(row)
    return [t["token"], *(t[kind].replace("\n", " ") for kind in KINDS)], rows
