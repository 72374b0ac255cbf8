"""Where the weekdays look after W_Q and W_K are exchanged, or evened."""

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import GRID, INK, MUTED, new_figure

STATES = ("trained", "swapped", "evened")
LINKS = ("needed", "reverse", "own")
SHADES = {"needed": INK, "reverse": MUTED, "own": GRID}


def weight(
    result: Mapping[str, Any], state: str, link: str
) -> dict[str, float]:
    """Mean and standard error of a weight over the seeds."""
    found: Any = result["values"]["cycle"]["separate"]
    if state != "trained":
        found = found[state]
    summary: dict[str, float] = found[link]
    return summary


def draw(t: Mapping[str, str], result: Mapping[str, Any]) -> Figure:
    """Three bars for each state of the model.

    Args:
        t: Words.
        result: The result file of the experiment.

    Returns:
        The figure.
    """
    figure, ax = new_figure(4.6)
    ticks, names = [], []
    for block, state in enumerate(STATES):
        top = 4.1 * block
        ax.text(0.012, top + 0.05, t[state], va="center",
                fontweight="bold")
        for step, link in enumerate(LINKS, start=1):
            y, found = top + 0.85 * step, weight(result, state, link)
            ax.barh(y, found["mean"], height=0.62, color=SHADES[link])
            ax.text(found["mean"] + 0.02, y, f"{found['mean']:.2f}",
                    va="center", size=11)
            ticks.append(y)
            names.append(t[link])
    ax.set_yticks(ticks, names)
    ax.tick_params(axis="y", length=0)
    ax.set_xlim(0, 1.12)
    ax.set_ylim(11.4, -0.5)
    ax.set_xlabel(t["axis"])
    return figure


def table(
    t: Mapping[str, str], result: Mapping[str, Any]
) -> tuple[list[str], list[list[str]]]:
    """The weights with their standard errors.

    Args:
        t: Words.
        result: The result file of the experiment.

    Returns:
        The head and the rows.
    """
    rows = []
    for state in STATES:
        for link in LINKS:
            found = weight(result, state, link)
            rows.append([
                t[state], t[link],
                f"{found['mean']:.2f} ± {found['se']:.2f}",
            ])
    return [t["state"], t["link"], t["axis"]], rows
