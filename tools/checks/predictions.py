"""Predict, then reveal: every question can be answered and has its answer."""

from __future__ import annotations

from pathlib import Path

from tools.checks import Problem, relative
from tools.pages import reader
from tools.pages.reader import LANGS


def problems(root: Path, langs: tuple[str, ...] = LANGS) -> list[Problem]:
    """Find questions that the reader could not answer."""
    found = []
    seen: dict[tuple[str, str], str] = {}
    for lang in langs:
        for path in reader.pages(root, lang):
            name = relative(path, root)
            for one in reader.read(path).predicts:
                said = []
                if not one.id.startswith("predict-"):
                    said.append('give it an id: id="predict-null-space"')
                first = seen.setdefault((lang, one.id), name)
                if first != name:
                    said.append(f"its id {one.id} is taken in {first}")
                if one.options < 2:
                    said.append("give at least two options, numbered 1. 2. 3.")
                if not one.answer.isdecimal() or not (
                    1 <= int(one.answer) <= one.options
                ):
                    said.append(
                        f"data-answer={one.answer!r} is none of the "
                        f"{one.options} options"
                    )
                if not one.reveals:
                    said.append('it reveals nothing: add ??? answer "…"')
                found += [Problem(name, one.line, each) for each in said]
    return found
