"""A result file as lines of text, in the reader's language."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from qkv_explained.lab.experiment import Experiment
from qkv_explained.languages import Lang
from qkv_explained.languages import words as language

WIDTH = 16  # of a column


def report(
    experiment: Experiment,
    result: Mapping[str, Any],
    lang: Lang,
) -> str:
    """Write the accuracies and the verdicts.

    Args:
        experiment: Whose result it is.
        result: What the result file holds.
        lang: The reader's language; its file has `myth_report` and
            `myth_claim`, and may have the titles of columns, `myth_task_…`
            and `myth_claim_…`.

    Returns:
        A table with mean ± standard error for each task, what the words
        of its head mean, and a line for each claim.
    """
    words, colon = language(lang)["cli"], language(lang)["habits"]["colon"]
    verdicts = language(lang)["verdicts"]
    values = result["values"]
    titles = [
        words.get(column.title, column.title)
        for column in experiment.columns
    ]
    lines = [
        words["myth_report"].format(seeds=values["seeds"]),
        "".join(padded(title) for title in ["", *titles]).rstrip(),
    ]
    for task in result["settings"]["tasks"]:
        cells = [words.get(f"myth_task_{task}", task)]
        for column in experiment.columns:
            found = values[task][column.variant]
            found = found[column.under] if column.under else found
            cells.append(cell(found["accuracy"]))
        lines.append("".join(map(padded, cells)).rstrip())
    lines += [
        f"{words.get(column.title)}{colon}"
        f"{words[f'{column.title}_means']}"
        for column in experiment.columns
        if f"{column.title}_means" in words
    ]
    for number, said in values["claims"].items():
        claim = words.get(f"myth_claim_{number}") or words[
            "myth_claim"].format(number=number)
        kind = said["verdict"]
        verdict = verdicts.get(kind, kind)
        lines.append(f"{claim}{colon}{verdict}")
    return "\n".join(lines)


def cell(accuracy: Mapping[str, float]) -> str:
    """One mean with its standard error.

    Args:
        accuracy: ``{"mean", "se"}``, a share of right answers.

    Returns:
        Both with two digits.

    Examples:
        >>> cell({"mean": 0.5, "se": 0.02})
        '0.50 ± 0.02'
    """
    return f"{accuracy['mean']:.2f} ± {accuracy['se']:.2f}"


def padded(text: str) -> str:
    """A text filled up to a column; a Chinese character counts twice.

    Args:
        text: One line.

    Returns:
        The text and spaces, at least one.

    Examples:
        >>> len(padded("Q = K")), len(padded("回忆"))
        (16, 14)
    """
    columns = sum(
        2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )
    return text + " " * max(WIDTH - columns, 1)
