"""Four numbers become two: every product, and the two sums."""

from collections.abc import Mapping

from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import INK, Q, heatmap, new_figure

X = (1, 2, 0, 1)
W_Q = ((1, 0), (0, 1), (2, 1), (1, -1))
SUBSCRIPTS = "₁₂₃₄"


def products() -> list[list[int]]:
    """What each input number gives to each output number, (4, 2)."""
    return [[x * w for w in row] for x, row in zip(X, W_Q, strict=True)]


def output() -> list[int]:
    """The sums of the products' columns: the query."""
    return [sum(column) for column in zip(*products(), strict=True)]


def draw(t: Mapping[str, str]) -> Figure:
    """The input, the matrix, the products, and their sums below.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    figure, axes = new_figure(
        3.2, cols=3, gridspec_kw={"width_ratios": [1, 2, 2]}
    )
    rows = [f"x{s}" for s in SUBSCRIPTS]
    pair = ["1", "2"]
    sums = [*products(), output()]
    heatmap(axes[0], [[x] for x in X], None, "{:.0f}", rows=rows, size=13)
    heatmap(axes[1], W_Q, Q, "{:.0f}", cols=pair, size=13)
    heatmap(axes[2], sums, Q, "{:.0f}", cols=["q₁", "q₂"], size=13)
    for ax, title in zip(axes, ("x", "W_Q", "xᵢ · wᵢⱼ"), strict=True):
        ax.set_ylim(5.2, 0)
        middle = 1 if title != "x" else 0.5
        ax.text(middle, -0.62, title, ha="center", va="bottom", size=13)
    axes[2].plot([-0.05, 2.05], [4, 4], color=INK, linewidth=2, clip_on=False)
    axes[2].text(2.15, 4.5, t["sum"], ha="left", va="center")
    axes[2].set_xlim(0, 3.3)
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    head = [t["input"], "wᵢ₁", "wᵢ₂", "xᵢ · wᵢ₁", "xᵢ · wᵢ₂"]
    rows = [
        [f"x{s} = {x}", *map(str, w), *map(str, p)]
        for s, x, w, p in zip(SUBSCRIPTS, X, W_Q, products(), strict=True)
    ]
    rows.append([t["sum"], "", "", *map(str, output())])
    return head, [[cell.replace("-", "−") for cell in row] for row in rows]
