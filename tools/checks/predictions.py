"""Predict, then reveal: every question can be answered and has its answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.checks import Problem, listed, placed
from tools.pages.parts import Predict
from tools.pages.reader import LANGS, walk


@listed
def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Find questions that the reader could not answer."""
    seen: dict[tuple[str, str], str] = {}
    for lang, name, page in walk(root, langs):
        for one in page.predicts:
            first = seen.setdefault((lang, one.id), name)
            if first != name:
                yield Problem(name, one.line,
                              f"its id {one.id} is taken in {first}")
            yield from placed(name, ((one.line, said) for said in _said(one)))


def _said(one: Predict) -> Iterator[str]:
    if not one.id.startswith("predict-"):
        yield 'give it an id: id="predict-null-space"'
    if one.options < 2:
        yield "give at least two options, numbered 1. 2. 3."
    if one.answer not in map(str, range(1, one.options + 1)):
        yield (f"data-answer={one.answer!r} is none of the {one.options} "
               "options")
    if not one.reveals:
        yield 'it reveals nothing: add ??? answer "…"'
