"""Findings in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from qkv_explained._console import wrap
from qkv_explained.course.exercises.process import Checked
from qkv_explained.languages import Lang, words


def report(
    checked: Checked, name: str, file: Path, lang: Lang
) -> Iterator[str]:
    """Everything that a check has to say, line by line.

    Args:
        checked: What was found.
        name: The exercise.
        file: The learner's file.
        lang: The language.

    Yields:
        Lines, without their ends.
    """
    said = words(lang)["exercise"]
    for function, found in checked.findings.items():
        if function:
            key = "wrong" if found else "right"
            yield str(said[key]).format(function=function)
        elif found:
            yield str(said["file"]).format(file=file)
        for text in findings(found, function, lang):
            yield wrap(text, indent="    ")
    if checked.printed.strip():
        yield str(said["printed"])
        yield from (f"    {line}" for line in checked.printed.splitlines())
    if checked.passed:
        yield str(said["all_right"]).format(
            command=f"python -m qkv_explained exercise {name} --solution")


def findings(
    found: Iterable[tuple[str, Mapping[str, Any]]], name: str, lang: Lang
) -> list[str]:
    """Sentences for what was found about one function.

    Args:
        found: Keys with their values.
        name: The function.
        lang: The language.

    Returns:
        A sentence or two for each.
    """
    return [_one(key, values, name, lang) for key, values in found]


def _one(key: str, values: Mapping[str, Any], name: str, lang: Lang) -> str:
    said = words(lang)["exercise"]
    holes = {"function": name, **values}
    if "sizes" in values:
        holes["sizes"] = sizes(values["sizes"])
    if key == "mistake":
        names = [said["mistakes"][bug] for bug in values["bugs"]]
        text = str(said["and_also"]).join(names)
        return text + str(said["say"]["smallest"]).format(**holes)
    if key == "property":
        text = str(said["properties"][values["name"]])
        return text + str(said["say"]["tried_at"]).format(**holes)
    text = str(said["say"][key]).format(**holes)
    if values.get("line"):
        text += str(said["say"]["line"]).format(**holes)
    if values.get("which"):
        text = str(said["say"]["of"]).format(**holes) + text
    return text


def sizes(given: Mapping[str, int]) -> str:
    """Sizes as one reads them: `batch 2, n_q 3`."""
    return ", ".join(f"{name} {size}" for name, size in given.items())
