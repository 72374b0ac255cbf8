"""What the pronoun of the running sentence looks at, in a trained head."""

from collections.abc import Mapping

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from qkv_explained.course.drawing.style import GRID, INK, K, Q, canvas
from qkv_explained.models import Run, sentence_model

STEP, LEFT, WIDE = 25, 110, 180


def runs(t: Mapping[str, str]) -> list[Run]:
    """Both running sentences of the page's language, read."""
    model = sentence_model(t["model"])
    return [model(sentence) for sentence in model.recipe["running"]]


def draw(t: Mapping[str, str]) -> Figure:
    """Two sentences, a token a row: a bar as long as its weight.

    Args:
        t: Words.

    Returns:
        The figure.
    """
    read = runs(t)
    rows = sum(len(run["tokens"]) for run in read)
    figure, ax = canvas(STEP * (rows + 1) + 10)
    y = 16.0
    for run in read:
        i, weights = run["pronoun"], run["1.weights"][0][run["pronoun"]]
        for j, token in enumerate(run["tokens"]):
            share = float(weights[j])
            ax.text(LEFT - 10, y, token, ha="right", va="center", size=14,
                    color=Q if j == i else INK,
                    weight="bold" if j == i else "normal")  # fmt: skip
            ax.add_patch(Rectangle((LEFT, y - 8), WIDE, 16, fill=False,
                                   edgecolor=GRID))  # fmt: skip
            ax.add_patch(Rectangle((LEFT, y - 8), WIDE * share, 16,
                                   facecolor=K, edgecolor="none"))  # fmt: skip
            ax.text(LEFT + WIDE + 10, y, f"{share:.2f}", va="center", size=13)
            y += STEP
        y += STEP
    return figure


def table(t: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """The numbers of the picture.

    Args:
        t: Words.

    Returns:
        The head and the rows.
    """
    return [t["token"], t["weight"]], [
        [token, f"{w:.2f}"]
        for run in runs(t)
        for token, w in zip(
            run["tokens"], run["1.weights"][0][run["pronoun"]].tolist(),
            strict=True)
    ]  # fmt: skip
