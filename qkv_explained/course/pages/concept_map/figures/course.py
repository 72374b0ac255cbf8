"""The map of the course, drawn from the map: what to read before what."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from qkv_explained.course import CONCEPTS, Concept, everything
from qkv_explained.course.drawing.style import INK, MUTED, PAPER, new_figure

WIDTH, ROW, BOX, HEIGHT = 5.2, 0.98, 3.7, 0.66
LEFT = 0.2


def draw(t: Mapping[str, str]) -> Figure:
    """Draw every entry as a box, in reading order, with its prerequisites.

    An arrow leads from what should be read first. The titles are links to
    the pages, relative to the page that shows this figure.

    Args:
        t: The titles by id, and the word for a myth.

    Returns:
        The figure.
    """
    entries = everything()
    height = ROW * len(entries)
    figure, ax = new_figure(WIDTH, height)
    ax.set_xlim(0, WIDTH)
    ax.set_ylim(height, 0)
    ax.axis("off")
    rows = {entry.id: index for index, entry in enumerate(entries)}
    for entry in entries:
        _box(ax, entry, rows[entry.id], t)
        for earlier in entry.prerequisites:
            _arrow(ax, rows[earlier], rows[entry.id])
    return figure


def middle(row: int) -> float:
    """The height of a row's middle."""
    return ROW * (row + 0.5)


def _box(ax: Axes, entry: Concept, row: int, t: Mapping[str, str]) -> None:
    myth = entry not in CONCEPTS
    y = middle(row)
    ax.add_patch(FancyBboxPatch(
        (LEFT, y - HEIGHT / 2), BOX, HEIGHT,
        boxstyle="round,pad=0,rounding_size=0.08", facecolor=PAPER,
        edgecolor=MUTED if myth else INK, linewidth=1.2,
        linestyle=(0, (4, 3)) if myth else "-"))
    ax.text(LEFT + 0.14, y - 0.12, t[entry.id], size=11.5, va="center",
            url=f"../../{entry.page.removesuffix('.md')}/")
    formula = entry.formula.split("    ")[0]
    ax.text(LEFT + 0.14, y + 0.16, formula, size=9, va="center",
            color=MUTED)
    if myth:
        ax.text(LEFT + BOX + 0.12, y, t["myth"], size=9.5, va="center",
                color=MUTED)


def _arrow(ax: Axes, start: int, end: int) -> None:
    near = end - start == 1
    x = LEFT + BOX / 2 if near else LEFT + BOX
    edge = HEIGHT / 2
    points = (
        ((x, middle(start) + edge), (x, middle(end) - edge)) if near else
        ((x, middle(start)), (x, middle(end) - edge / 2)))
    ax.add_patch(FancyArrowPatch(
        *points, arrowstyle="-|>", mutation_scale=11, linewidth=1.1,
        color=INK, shrinkA=1, shrinkB=1,
        connectionstyle=f"arc3,rad={0 if near else -0.22}"))
