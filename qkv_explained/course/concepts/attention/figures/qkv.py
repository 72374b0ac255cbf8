"""Q, K, V and the output of layer 1, every token a row."""

from collections.abc import Mapping

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from qkv_explained.course.concepts.attention.figures.weights import run
from qkv_explained.course.drawing.style import (
    INK,
    K,
    Q,
    V,
    blank_figure,
    heatmap,
    panel,
)

PARTS = (("Q", Q), ("K", K), ("V", V), ("output", None))


def written(value: float) -> str:
    """One digit after the point, with a minus that is one."""
    return f"{value:z.1f}".replace("-", "−")


def draw(t: Mapping[str, str]) -> Figure:
    """Two rows of two heat maps, the pronoun's row framed.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    found = run(t)
    tokens, i = found["tokens"], found["pronoun"]
    high = 20 * len(tokens)
    figure = blank_figure(3 * (high + 46))
    y = 40.0
    for place, (name, color) in enumerate(PARTS):
        matrix = found[f"1.{name}"][0]
        columns = matrix.shape[1]
        wide = 36 * columns
        x = 66 if place != 1 else 66 + 144 + 4
        top = y if place < 2 else y + (high + 46) * (place - 1)
        ax = panel(figure, x, top, wide, high)
        heatmap(ax, matrix, color, written, cols=[
            str(c + 1) for c in range(columns)],
            rows=tokens if place != 1 else None)  # fmt: skip
        ax.set_aspect("auto")
        ax.set_title(t.get(name, name), pad=6, size=13, color=color or INK)
        ax.add_patch(Rectangle((0, i), columns, 1, fill=False,
                               edgecolor=INK, linewidth=1.8,
                               clip_on=False))  # fmt: skip
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    found = run(t)
    head, columns = [t["token"]], []
    for name, _ in PARTS:
        matrix = found[f"1.{name}"][0]
        columns.append(matrix)
        head += [f"{t.get(name, name)} {c + 1}"
                 for c in range(matrix.shape[1])]  # fmt: skip
    rows = [
        [token, *(written(v) for matrix in columns
                  for v in matrix[i].tolist())]
        for i, token in enumerate(found["tokens"])
    ]  # fmt: skip
    return head, rows
