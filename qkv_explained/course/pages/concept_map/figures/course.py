"""The map of the course, drawn from the map: what to read before what.

A layered graph, one entry a row: a layer holds what can be read once the
layers above it have been. Arrows run in a gutter on the left, so that titles
may be as long as they are and thirty entries still fit a phone. An arrow
that others imply is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Polygon
from matplotlib.path import Path

from qkv_explained.course import CONCEPTS, Concept, everything
from qkv_explained.course.drawing.style import GRID, INK, MUTED, PAPER, canvas

RIGHT = 336  # where lines of words end; the layer's number follows
TITLE, SMALL, GAP, DOT = 18, 16, 15, 4.5


def layers(entries: Sequence[Concept]) -> list[list[Concept]]:
    """Sort entries by the longest way of prerequisites that leads to them."""
    known = {entry.id: entry for entry in entries}

    def depth(entry: Concept) -> int:
        return 1 + max(
            (depth(known[one]) for one in entry.prerequisites), default=-1
        )

    found: list[list[Concept]] = []
    for entry in sorted(entries, key=depth):
        if depth(entry) == len(found):
            found.append([])
        found[-1].append(entry)
    return found


def arrows(entries: Sequence[Concept]) -> dict[str, list[str]]:
    """For each id its prerequisites, without those that others imply."""
    known = {entry.id: entry for entry in entries}

    def earlier(name: str) -> set[str]:
        direct = known[name].prerequisites
        return set(direct).union(*map(earlier, direct))

    return {
        name: [
            one for one in entry.prerequisites
            if not any(one in earlier(two) for two in entry.prerequisites)
        ]
        for name, entry in known.items()
    }  # fmt: skip


def lanes(
    rows: Sequence[str], before: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """Give each entry with arrows beyond the next row a lane of the gutter.

    Args:
        rows: The ids from top to bottom.
        before: The prerequisites of each id.

    Returns:
        Lanes by id, 0 next to the dots; no two arrows share a stretch.
    """
    at = {name: row for row, name in enumerate(rows)}
    ends: list[int] = []
    found = {}
    for name in rows:
        last = max((at[b] for b in rows if name in before[b]), default=0)
        if last <= at[name] + 1:
            continue
        free = (i for i, end in enumerate(ends) if end < at[name])
        lane = next(free, len(ends))
        ends[lane:lane + 1] = [last]
        found[name] = lane
    return found


def wrapped(words: str, width: float, size: float) -> list[str]:
    """Break words into lines about `width` points wide."""
    parts = re.findall(
        r"[\u3000-\uffef][，。：；、）”]*|[^\s\u3000-\uffef]+\s*|\s+", words
    )
    lines, used = [""], 0.0
    for part in parts:
        long = sum(1 if "\u3000" <= c <= "\uffef" else 0.6
                   for c in part.rstrip()) * size
        if lines[-1] and used + long > width:
            lines, used = [*lines, ""], 0.0
        lines[-1] += part
        used += long + 0.3 * size * part.endswith(" ")
    return [line.rstrip() for line in lines]


def draw(t: Mapping[str, str]) -> Figure:
    """Draw every entry as a dot and its title, layer by layer.

    The titles are links to the pages, relative to the page that shows this
    figure.

    Args:
        t: The titles by id, and the word for a myth.

    Returns:
        The figure.
    """
    grouped, before = layers(everything()), arrows(everything())
    rows = [entry.id for layer in grouped for entry in layer]
    lane = lanes(rows, before)
    width = 1 + max(lane.values(), default=-1)
    x = DOT + 3 + 12 * width
    words, y = {}, {}
    bottom = 0.0
    for layer in grouped:
        for entry in layer:
            words[entry.id] = _words(entry, t, RIGHT - x - 14)
            y[entry.id] = bottom + GAP
            first, second = words[entry.id]
            bottom += TITLE * len(first) + SMALL * len(second) + GAP
    figure, ax = canvas(bottom + 4)
    for number, layer in enumerate(grouped, start=1):
        top = y[layer[0].id] - GAP
        ax.text(356, top + GAP, str(number), size=11, color=MUTED,
                ha="right", va="center")  # fmt: skip
        if number > 1:
            ax.plot([x + 14, 356], [top + 2, top + 2], color=GRID,
                    linewidth=0.8, clip_on=False)  # fmt: skip
        for entry in layer:
            _entry(ax, (x, y[entry.id]), entry, words[entry.id])
            for one in before[entry.id]:
                near = rows.index(entry.id) - rows.index(one) == 1
                left = x if near else x - 12 * (lane[one] + 1)
                _arrow(ax, x, left, y[one], y[entry.id])
    return figure


def _words(
    entry: Concept, t: Mapping[str, str], width: float
) -> tuple[list[str], list[str]]:
    """The lines of an entry's title, and those below it."""
    below = entry.formula.split("    ")[0]
    if entry not in CONCEPTS:
        below = f"{t['myth']} · {below}"
    return wrapped(t[entry.id], width, 13), wrapped(below, width, 11)


def _entry(
    ax: Axes, place: tuple[float, float], entry: Concept,
    words: tuple[list[str], list[str]],
) -> None:
    x, y = place
    ax.add_patch(Circle(
        (x, y), DOT, edgecolor=INK, linewidth=1.4, clip_on=False,
        facecolor=INK if entry in CONCEPTS else PAPER))
    address = f"../../{entry.page.removesuffix('.md')}/"
    for line in words[0]:
        ax.text(x + 14, y, line, size=13, va="center", url=address)
        y += TITLE
    for line in words[1]:
        ax.text(x + 14, y, line, size=11, va="center", color=MUTED)
        y += SMALL


def _arrow(ax: Axes, x: float, lane: float, start: float, end: float) -> None:
    """From a dot to a later one: straight down, or around in a lane."""
    if lane == x:
        path = Path([(x, start + DOT), (x, end - DOT - 5)])
        head = [(x, end - DOT), (x - 3.5, end - DOT - 7),
                (x + 3.5, end - DOT - 7)]  # fmt: skip
    else:
        tip = x - DOT
        path = Path(
            [(x, start), (lane + 7, start), (lane, start), (lane, start + 7),
             (lane, end - 7), (lane, end), (lane + 7, end), (tip - 5, end)],
            [Path.MOVETO, Path.LINETO, Path.CURVE3, Path.CURVE3,
             Path.LINETO, Path.CURVE3, Path.CURVE3, Path.LINETO],
        )  # fmt: skip
        head = [(tip, end), (tip - 6, end - 3.5), (tip - 6, end + 3.5)]
    ax.add_patch(PathPatch(path, fill=False, edgecolor=INK, linewidth=1.1,
                           zorder=0, clip_on=False))  # fmt: skip
    ax.add_patch(Polygon(head, facecolor=INK, linewidth=0, clip_on=False))


def alt(t: Mapping[str, str]) -> str:
    """The graph in words: layer by layer, with the arrows drawn.

    Args:
        t: The titles by id, and the phrases.

    Returns:
        The text alternative.
    """
    before = arrows(everything())
    said = [t["alt"]]
    for number, layer in enumerate(layers(everything()), start=1):
        names = []
        for entry in layer:
            name = t[entry.id]
            if entry not in CONCEPTS:
                name = f"{name}, {t['myth']}"
            first = t["and"].join(t[one] for one in before[entry.id])
            names.append(t["after"].format(name, first) if first else name)
        said.append(t["layer"].format(number, t["next"].join(names)))
    return "".join(said).strip()
