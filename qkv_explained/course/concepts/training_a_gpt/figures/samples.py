"""What the model writes at some steps of its training."""

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from qkv_explained.course.drawing.style import MUTED, canvas

ROW = 44


def found(t: Mapping[str, str], result: Mapping[str, Any]) -> dict[str, str]:
    """A sentence for each step, in the language of the page."""
    samples: dict[str, str] = (
        result["values"]["languages"][t["language"]]["samples"])
    return samples


def draw(t: Mapping[str, str], result: Mapping[str, Any]) -> Figure:
    """Steps, each with a sentence below it.

    Args:
        t: Words, and the language of the text.
        result: What `qkv_explained.lab.gpt_shifts` wrote.

    Returns:
        The figure.
    """
    samples = found(t, result)
    figure, ax = canvas(ROW * len(samples) + 4)
    for number, (step, text) in enumerate(samples.items()):
        ax.text(2, ROW * number + 12, f"{t['step']} {step}", size=11,
                color=MUTED, va="center")  # fmt: skip
        ax.text(2, ROW * number + 29, text, size=11, va="center")
    return figure


def table(
    t: Mapping[str, str], result: Mapping[str, Any]
) -> tuple[list[str], list[list[str]]]:
    """The same as a table.

    Args:
        t: Words, and the language of the text.
        result: What `qkv_explained.lab.gpt_shifts` wrote.

    Returns:
        The head and the rows.
    """
    rows = [[step, text] for step, text in found(t, result).items()]
    return [t["step"], t["text"]], rows
