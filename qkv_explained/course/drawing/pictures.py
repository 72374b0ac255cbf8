"""Pictures of matrices for notebooks, every number written in its cell."""

from __future__ import annotations

import html
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from torch import Tensor

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Points, which are px on a phone: of a row, a line of words, a gap.
ROW, LINE, GAP = 26, 18, 12
LETTER, TITLE_LETTER = 6.8, 7.6  # the widths of a letter, rather too wide
LARGE = 1e9  # stands for infinity in a drawing, and only there


class Picture:
    """Matrices side by side, which a notebook shows as a drawing.

    Attributes:
        figure: The same as a matplotlib figure.
        words: The same in words, for readers who cannot see it.
    """

    def __init__(self, figure: Figure, words: str) -> None:
        self.figure = figure
        self.words = words

    def _repr_svg_(self) -> str:
        """The drawing, in the form that Jupyter asks for."""
        file = io.StringIO()
        self.figure.savefig(
            file, format="svg", metadata={"Date": None, "Creator": None}
        )
        label = html.escape(self.words)
        return file.getvalue().replace(
            "<svg ", f'<svg role="img" aria-label="{label}" ', 1
        )


def show(
    matrices: Mapping[str, Tensor],
    rows: Sequence[str] = (),
    cols: Sequence[str] = (),
) -> Picture:
    """Draw matrices side by side, in as many lines as a phone needs.

    A name that begins with Q, K or V, or with W_Q, W_K or W_V, gives its
    matrix the colour of the query, the key or the value.

    Args:
        matrices: Two-dimensional tensors by their names, all with as many
            rows; -inf is drawn as −∞.
        rows: Names of the rows, written once, at the left; none: counted.
        cols: Names of the columns, for matrices that have as many; others
            are counted.

    Returns:
        The picture; the last line of a cell shows it.

    Raises:
        ImportError: If matplotlib is missing; says how to get it.
        ValueError: If a tensor has not two dimensions.

    Examples:
        >>> import torch
        >>> picture = show({"Q": torch.eye(2)}, rows=["a", "b"])
        >>> picture._repr_svg_().count("<text")
        9
    """
    for name, matrix in matrices.items():
        if matrix.dim() != 2:
            raise ValueError(
                f"matrices: {name} has shape {tuple(matrix.shape)}; a "
                "picture needs two dimensions, so choose a head first"
            )
    try:
        from qkv_explained.course.drawing import style
    except ImportError as error:
        raise ImportError(
            "pictures need matplotlib: pip install 'qkv-explained[figures]'"
        ) from error
    parts = _parts(matrices, rows, cols)
    below = max(part.height for part in parts) + GAP
    lines = 1 + max(part.line for part in parts)
    figure = style.blank_figure(below * lines)
    figure.set_facecolor(style.PAPER)
    colors = {"Q": style.Q, "K": style.K, "V": style.V}
    for part in parts:
        top = below * (part.line + 1) - GAP / 2 - ROW * len(part.matrix)
        ax = style.panel(figure, part.x, top, part.width,
                          ROW * len(part.matrix))  # fmt: skip
        style.heatmap(
            ax,
            part.matrix.clamp(min=-LARGE),
            colors.get(part.title.removeprefix("W_")[0]),
            _written,
            vmax=part.top,
            rows=part.rows,
            cols=part.cols,
        )
        ax.set_aspect("auto")
        ax.set_title(part.title, loc="left", pad=6)
        if part.turned:
            ax.tick_params(axis="x", labelrotation=45, pad=1)
            for label in ax.get_xticklabels():
                label.set_horizontalalignment("left")
                label.set_rotation_mode("anchor")
    return Picture(figure, "; ".join(_in_words(matrices, rows)))


@dataclass
class _Part:
    """A matrix, or some of its columns, and its place in a picture.

    Attributes:
        title: What stands above it.
        matrix: The numbers.
        rows: Labels of its rows; None where a part on its left has them.
        cols: Labels of its columns.
        top: The number drawn darkest.
        width: Points.
        x: Its left edge, in points.
        line: The line of the picture that it stands in, from 0.
    """

    title: str
    matrix: Tensor
    rows: list[str] | None
    cols: list[str]
    top: float
    width: float
    x: float = 0.0
    line: int = 0

    @property
    def turned(self) -> bool:
        """Whether the labels of the columns are wider than the columns."""
        longest = max(map(len, self.cols))
        return longest * LETTER > self.width / len(self.cols) + 2

    @property
    def height(self) -> float:
        """Points of its rows, with its title and labels."""
        label = LETTER * max(map(len, self.cols)) * 0.75
        return ROW * len(self.matrix) + 2 * LINE + (
            label if self.turned else 0.0
        )


def _parts(
    matrices: Mapping[str, Tensor], rows: Sequence[str], cols: Sequence[str]
) -> list[_Part]:
    """Place the matrices in lines as wide as a phone; cut what is wider.

    Args:
        matrices: Two-dimensional tensors by their names.
        rows: Names of the rows; none: counted.
        cols: Names of the columns, for matrices that have as many.

    Returns:
        The parts with their places, and cells of one width.

    Examples:
        >>> import torch
        >>> parts = _parts({"A": torch.eye(3), "B": torch.ones(3, 14)}, "", "")
        >>> [(part.title, part.line, len(part.cols)) for part in parts]
        [('A', 0, 3), ('B', 0, 7), ('B …', 1, 7)]
    """
    numbers = [v for m in matrices.values() for v in m.flatten().tolist()]
    cell = max(LETTER * max(len(_written(v)) for v in numbers) + 2, 27)
    named = _labels(rows, max(map(len, matrices.values())))
    left = LETTER * max(map(len, named)) + 6
    most = int((358 - left) // cell)
    found: list[_Part] = []
    for name, matrix in matrices.items():
        labels = _labels(cols, matrix.shape[1])
        size = math.ceil(len(labels) / math.ceil(len(labels) / most))
        finite = matrix[matrix.isfinite()].abs()
        top = float(finite.max()) if len(finite) else 0.0
        for start in range(0, len(labels), size):
            end = start + size
            found.append(_Part(
                f"{name} …" if start else name, matrix[:, start:end], named,
                labels[start:end], top or 1.0,
                cell * len(labels[start:end]),
            ))  # fmt: skip
    x, line = left, 0
    for part in found:
        slot = max(part.width, TITLE_LETTER * len(part.title))
        if x > left and x + slot > 358:
            x, line = left, line + 1
        part.x, part.line = x, line
        part.rows = _labels(rows, len(part.matrix)) if x == left else None
        x += slot + GAP
    return found


def _in_words(
    matrices: Mapping[str, Tensor], rows: Sequence[str]
) -> list[str]:
    """Every matrix as a phrase, row by row.

    Args:
        matrices: Two-dimensional tensors by their names.
        rows: Names of the rows; none: counted.

    Returns:
        One phrase for each matrix.

    Example:
        >>> import torch
        >>> _in_words({"Q": torch.eye(2)}, ["a", "b"])
        ['Q: a 1 0, b 0 1']
    """
    return [
        f"{name}: "
        + ", ".join(
            " ".join([row, *map(_written, numbers)])
            for row, numbers in zip(
                _labels(rows, len(matrix)), matrix.tolist(), strict=True
            )
        )
        for name, matrix in matrices.items()
    ]


def _written(value: float) -> str:
    """A number as short as it can be without a lie: 0 is zero, 0.00 is not.

    Args:
        value: The number; -LARGE and below stand for −∞.

    Returns:
        The text of its cell.

    Examples:
        >>> [_written(x) for x in (0.0, 1e-9, -12.0, 0.98765, -27.713, -LARGE)]
        ['0', '0.00', '-12', '0.99', '-27.7', '-∞']
    """
    if value <= -LARGE:
        return "-∞"
    if value == round(value):
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _labels(given: Sequence[str], count: int) -> list[str]:
    """The labels given, if they are as many as needed, or numbers from 1.

    Args:
        given: Labels, or none.
        count: How many are needed.

    Returns:
        As many labels as are needed.

    Examples:
        >>> _labels((), 3), _labels(["a", "b"], 2)
        (['1', '2', '3'], ['a', 'b'])
    """
    if len(given) == count:
        return list(given)
    return [str(place + 1) for place in range(count)]
