"""Where each weekday looks, learned with Q ≠ K and with Q = K."""

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import blank_figure, heatmap, panel

PANELS = ("separate", "shared")


def percent(result: Mapping[str, Any], name: str) -> list[list[float]]:
    """Attention weights of seed 0, averaged over the examination, in %."""
    rows = result["maps"][name]["trained"]
    return [[100 * weight for weight in row] for row in rows]


def whole(weight: float) -> str:
    """A weight in whole percent; nothing for less than half a percent."""
    return f"{weight:.0f}" if round(weight) else ""


def draw(t: Mapping[str, str], result: Mapping[str, Any]) -> Figure:
    """Two heat maps side by side.

    Args:
        t: Words.
        result: The result file of the experiment.

    Returns:
        The figure.
    """
    days = t["days"].split("|")
    figure = blank_figure(246)
    for x, name in zip((42, 206), PANELS, strict=True):
        ax = panel(figure, x, 50, 151, 190)
        first = x == 42
        heatmap(ax, percent(result, name), None, whole, vmax=100,
                rows=days if first else None, cols=days)
        ax.set_aspect("auto")
        ax.set_title(t[name], pad=10)
        if first:
            ax.set_ylabel(t["row"], size=11)
    return figure


def table(
    t: Mapping[str, str], result: Mapping[str, Any]
) -> tuple[list[str], list[list[str]]]:
    """The numbers of the heat maps, in percent.

    Args:
        t: Words.
        result: The result file of the experiment.

    Returns:
        The head and the rows.
    """
    days = t["days"].split("|")
    rows = [
        [t[name], day, *(f"{weight:.0f}" for weight in row)]
        for name in PANELS
        for day, row in zip(days, percent(result, name), strict=True)
    ]
    return [t["panel"], t["row"], *days], rows
