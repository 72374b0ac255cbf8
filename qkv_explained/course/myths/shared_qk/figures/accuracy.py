"""Right answers for each way of making K; every seed is a dot."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from qkv_explained.course.drawing.style import GRID, INK, MUTED, new_figure

LABS = ("cycle", "recall")
ROWS = (
    ("separate", "separate", None),
    ("half", "separate_half", None),
    ("separate_no_self", "separate_no_self", None),
    ("shared", "shared", None),
    ("double", "shared_double", None),
    ("longer", "shared", "longer"),
    ("large", "shared", "large"),
    ("shared_no_self", "shared_no_self", None),
)


def row(
    content: Mapping[str, Any], lab: str, variant: str, under: str | None
) -> dict[str, Any]:
    """Summary of a variant, and the accuracy of each of its seeds."""
    found = content["values"][lab][variant]
    steps = content["values"][lab]["steps"]
    if under:
        found = found[under]
    if under == "longer":
        steps = content["values"][lab]["longer_steps"]
        found = content["values"][lab][variant] | found
    prefix = (
        f"{lab} {variant} steps={steps} lr={found['lr']:g} "
        f"std={found['std']:g} seed="
    )
    seeds = [
        content["runs"][f"{prefix}{seed}"]["accuracy"]
        for seed in range(content["values"]["seeds"])
    ]
    return {"seeds": seeds, **found["accuracy"]}


def draw(t: Mapping[str, str], result: Mapping[str, Any]) -> Figure:
    """Dots for the seeds, a bar for the mean; one panel for each lab.

    Args:
        t: Words.
        result: The result file of the experiment.

    Returns:
        The figure.
    """
    figure, axes = new_figure(6.6, cols=2, sharey=True)
    for ax, lab in zip(axes, LABS, strict=True):
        for y, (_, variant, under) in enumerate(ROWS):
            found = row(result, lab, variant, under)
            _dots(ax, y, found["seeds"], found["mean"])
        values = result["values"][lab]
        lines = {"chance": values["chance"]}
        if "bound_share" in values:
            lines["limit"] = values["bound_share"]
        for name, x in lines.items():
            rows = np.arange(len(ROWS))
            ax.vlines(x + 0 * rows, rows - 0.3, rows + 0.3, color=MUTED,
                      linestyle=":", linewidth=1, zorder=0)
            ax.text(x, -1.0, t[name], size=11, ha="center", color=MUTED)
        ax.set_title(t[lab], pad=24)
        ax.set_xlim(-0.02, 1.05)
        ax.set_xticks([0, 0.5, 1])
        ax.spines["left"].set_visible(False)
        ax.tick_params(axis="y", length=0)
    for y, (name, _, _) in enumerate(ROWS):
        axes[0].text(0, y - 0.47, t[name], size=11, va="center")
    axes[0].set_yticks([])
    axes[0].set_ylim(len(ROWS) - 0.6, -0.8)
    figure.supxlabel(t["axis"], size=12)
    return figure


def _dots(ax: Axes, y: float, seeds: list[float], mean: float) -> None:
    """Every seed as a dot, one above the other; the mean as a stroke."""
    middle = (len(seeds) - 1) / 2
    points = []
    for index, seed in enumerate(seeds):
        # A very short line with round ends is a dot, and all dots of a row
        # are one path of the drawing.
        level = y + 0.06 * (index - middle)
        points += [(seed - 5e-4, level), (seed + 5e-4, level)]
    dots = PathPatch(
        Path(points, [Path.MOVETO, Path.LINETO] * len(seeds)),
        fill=False, edgecolor=INK, linewidth=2.8, capstyle="round",
        zorder=4, clip_on=False, snap=False,
    )
    ax.plot([0, 1], [y, y], color=GRID, linewidth=0.6, zorder=0)
    ax.plot([mean, mean], [y - 0.3, y + 0.3], color=MUTED, linewidth=1.6,
            zorder=3)
    ax.add_patch(dots)


def table(
    t: Mapping[str, str], result: Mapping[str, Any]
) -> tuple[list[str], list[list[str]]]:
    """The accuracies of the figure.

    Args:
        t: Words.
        result: The result file of the experiment.

    Returns:
        The head and the rows.
    """
    rows = []
    for lab in LABS:
        for name, variant, under in ROWS:
            found = row(result, lab, variant, under)
            rows.append([
                t[lab], t[name],
                f"{found['mean']:.2f} ± {found['se']:.2f}",
                "  ".join(f"{seed:.2f}" for seed in found["seeds"]),
            ])
    return ["", t["variant"], t["mean"], t["seeds"]], rows
