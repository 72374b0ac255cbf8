"""Three tokens, their q, k and v, and the row of the pronoun."""

import contextlib
import io
import runpy
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import (
    INK,
    MUTED,
    K,
    Q,
    V,
    canvas,
    heatmap,
    panel,
)

SNIPPETS = Path(__file__).parents[1] / "snippets"
HEIGHT = 396


@cache
def made() -> dict[str, Any]:
    """What the snippet of the page leaves behind."""
    with contextlib.redirect_stdout(io.StringIO()):
        return runpy.run_path(str(SNIPPETS / "by_hand.py"))


def written(digits: int) -> Callable[[float], str]:
    """How a cell is written, with a minus that is one."""
    return lambda value: f"{value:z.{digits}f}".replace("-", "−")


def draw(t: Mapping[str, str]) -> Figure:
    """Vectors above, the pronoun's scores, weights and output below.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    found, tokens = made(), t["tokens"].split("|")
    figure, ax = canvas(HEIGHT)
    whole = written(0)
    for x, width, name, color, title in (
        (62, 108, "X", None, "x"), (192, 44, "Q", Q, "q"),
        (250, 44, "K", K, "k"), (308, 44, "V", V, "v"),
    ):
        part = panel(figure, x, 34, width, 90)
        heatmap(part, found[name], color, whole, size=13,
                rows=tokens if name == "X" else None)
        part.set_aspect("auto")
        part.set_title(title, size=14, color=color or INK, pad=5)
    arrow = {"arrowstyle": "-|>", "color": MUTED, "linewidth": 1.2}
    for x, name in ((214, "x W_Q"), (272, "x W_K"), (330, "x W_V")):
        ax.text(x, 140, name, ha="center", va="center", color=MUTED, size=12)
    ax.text(179, 176, t["row"], ha="center", va="center", size=13)
    for y, name, digits, label in (
        (204, "scores", 0, "q · k"), (262, "weights", 2, "softmax"),
        (320, "V", 0, "v"),
    ):
        cells = found[name].mT if name == "V" else found[name][2:]
        part = panel(figure, 96, y, 180, 32)
        heatmap(part, cells, V if name == "V" else None, written(digits),
                size=13, cols=tokens if name == "scores" else None,
                rows=[label])
        part.set_aspect("auto")
    total = found["output"][2].item()
    for y in (238, 296):
        ax.annotate("", (186, y + 22), (186, y + 2), arrowprops=arrow)
    ax.annotate("", (318, 336), (280, 336), arrowprops=arrow)
    ax.text(320, 336, written(2)(total), ha="left", va="center", size=14,
            color=V, weight="bold")
    ax.text(179, 378, t["sum"], ha="center", va="center", size=12)
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    found, whole = made(), written(0)
    rows = []
    for i, token in enumerate(t["tokens"].split("|")):
        rows.append([
            token, "(" + "; ".join(map(whole, found["X"][i].tolist())) + ")",
            *(whole(found[name][i].item()) for name in ("Q", "K", "V")),
            whole(found["scores"][2, i].item()),
            written(2)(found["weights"][2, i].item()),
        ])  # fmt: skip
    head = [t["token"], "x", "q", "k", "v", t["score"], t["weight"]]
    return head, rows
