"""SmolLM2: what "it" looks at, in one head and on average over all."""

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from qkv_explained.course.concepts.real_heads.facts import measured
from qkv_explained.course.drawing.style import INK, MUTED, Q, new_figure


def found() -> dict[str, Any]:
    """The measurement."""
    it: dict[str, Any] = measured()["smollm2"]["it"]
    return it


def draw(t: Mapping[str, str]) -> Figure:
    """Two bars for each token.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    it = found()
    figure, ax = new_figure(4.0)
    for row, shift, color, hatch, name in (
        (it["row"], -0.2, Q, None, t["head"]),
        (it["average_row"], 0.2, MUTED, "///", t["average"]),
    ):
        places = [i + shift for i in range(len(row))]
        ax.barh(places, row, 0.36, label=name, hatch=hatch, edgecolor=color,
                color=color if hatch is None else "none")  # fmt: skip
        for place, weight in zip(places, row, strict=True):
            ax.text(weight + 0.01, place, f"{weight:.2f}", va="center",
                    size=11, color=INK)  # fmt: skip
    ax.set_yticks(range(len(it["tokens"])), it["tokens"])
    ax.invert_yaxis()
    ax.set_xlim(0, 1)
    ax.set_xlabel(t["weight"])
    ax.legend(loc="lower right")
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The same numbers.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    it = found()
    rows = [[token, f"{one:.2f}", f"{mean:.2f}"] for token, one, mean in
            zip(it["tokens"], it["row"], it["average_row"], strict=True)]
    return [t["token"], t["head"], t["average"]], rows
