"""Pictures of matrices for notebooks, every number written in its cell."""

from __future__ import annotations

import html
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from torch import Tensor

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CELL = 0.42  # inches
WIDE = 13  # cells in the width of a page
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
    """Draw matrices side by side.

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
    widths = [matrix.shape[1] for matrix in matrices.values()]
    high = max(matrix.shape[0] for matrix in matrices.values())
    wide = sum(widths) + 0.6 * len(widths) + 1.5
    blank = max(WIDE - wide, 0.01)  # cells of one size in every picture
    figure, axes = style.new_figure(
        CELL * (wide + blank),
        CELL * (high + 1.6),
        cols=len(widths) + 1,
        squeeze=False,
        gridspec_kw={"width_ratios": [*widths, blank]},
    )
    # A title in Chinese letters stands higher than in matplotlib's own.
    figure.set_layout_engine("constrained", h_pad=0.08)
    axes[0][-1].set_axis_off()
    figure.set_facecolor(style.PAPER)
    colors = {"Q": style.Q, "K": style.K, "V": style.V}
    for place, (name, matrix) in enumerate(matrices.items()):
        style.heatmap(
            axes[0][place],
            matrix.clamp(min=-LARGE),
            colors.get(name.removeprefix("W_")[0]),
            _written,
            vmax=float(matrix[matrix.isfinite()].abs().max()) or 1.0,
            rows=_labels(rows, len(matrix)) if place == 0 else None,
            cols=_labels(cols, matrix.shape[1]),
        )
        axes[0][place].set_title(name)
    return Picture(figure, "; ".join(_in_words(matrices, rows)))


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
