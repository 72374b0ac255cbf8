"""The same page in three languages: all that needs no translation is equal.

Strictly in order: headings (level and id), code, display formulas, figures,
cards and widgets, admonitions, predictions, tables and HTML elements. What
stands inside a paragraph is compared by prose_parity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import Any

from qkv_explained.languages import PIVOT
from tools.checks import Problem, listed, placed, relative
from tools.pages import reader
from tools.pages.parts import Page
from tools.pages.reader import LANGS
from tools.pages.spans import formula

_TRANSLATED = {"alt", "caption", "title", "label"}


@listed
def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Find where the languages differ."""
    yield from files(root, langs)
    for _, pivot, page in reader.walk(root, (PIVOT,)):
        rest = page.path.relative_to(root / "docs" / PIVOT)
        for lang in langs:
            other = root / "docs" / lang / rest
            if lang != PIVOT and other.exists():
                said = compare(page, reader.read(other), pivot)
                yield from placed(relative(other, root), said)


@listed
def files(root: Path, langs: tuple[str, ...]) -> Iterator[Problem]:
    """Files that one language has and another has not."""
    have = {
        lang: {path.relative_to(root / "docs" / lang).as_posix()
               for path in (root / "docs" / lang).rglob("*")
               if path.is_file() and path.suffix in (".md", ".ipynb")}
        for lang in langs}
    for lang in langs:
        for name in sorted(set().union(*have.values()) - have[lang]):
            others = [one for one in langs if name in have[one]]
            yield Problem(f"docs/{lang}/{name}", 0, (
                f"missing; there is docs/{others[0]}/{name}. Write it in "
                f"this language, or delete the page in {', '.join(others)}"))


Item = tuple[int, Hashable]


def compare(one: Page, two: Page, pivot: str) -> Iterator[tuple[int, str]]:
    """Find what one page and its translation do not share."""
    for what, items in ORDERED.items():
        first = _first_difference(items(one), items(two), pivot)
        if first:
            yield first[0], f"{what}: {first[1]}"
    for heading in two.headings:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", heading.id or ""):
            yield heading.line, (
                f"the heading {heading.text!r} needs an id in ASCII, the "
                "same in all languages: ## … {#by-hand}")


def _first_difference(
    one: list[Item], two: list[Item], pivot: str
) -> tuple[int, str] | None:
    for (there, wanted), (line, got) in zip(one, two, strict=False):
        if wanted != got:
            return line, (f"{_show(got)} here, {_show(wanted)} in "
                          f"{pivot}:{there}. Make them equal")
    if len(one) > len(two):
        there, wanted = one[len(two)]
        return two[-1][0] if two else 1, (
            f"{_show(wanted)} of {pivot}:{there} is missing here. Add it")
    if len(two) > len(one):
        line, got = two[len(one)]
        return line, (f"{_show(got)} is not in {pivot}. Add it there or "
                      "take it out here")
    return None


def _show(item: Hashable) -> str:
    if isinstance(item, tuple):
        return " ".join(str(part) for part in item if part not in ("", ()))
    return str(item)


def _kwargs(kwargs: dict[str, Any]) -> str:
    kept = {k: v for k, v in kwargs.items() if k not in _TRANSLATED}
    return ", ".join(f"{key}={value!r}" for key, value in sorted(kept.items()))


def _attrs(attrs: dict[str, str]) -> str:
    kept = {
        key: value
        for key, value in attrs.items()
        if key in ("id", "class", "href", "src") or key.startswith("data-")
    }
    return " ".join(f"{key}={value}" for key, value in sorted(kept.items()))


ORDERED: dict[str, Callable[[Page], list[Item]]] = {
    "headings": lambda page: [
        (one.line, ("#" * one.level, one.id or "(no id)"))
        for one in page.headings
    ],
    "code": lambda page: [
        (one.line, (one.kind, *one.includes) if one.kind != "no-run"
         else (one.kind, one.body))
        for one in page.fences
    ],
    "display formulas": lambda page: [
        (one.line, formula(one.tex)) for one in page.formulas if one.display
    ],
    "macros": lambda page: [
        (one.line, (one.name, *map(str, one.args), _kwargs(one.kwargs)))
        for one in page.calls
        if one.name not in ("n", "pm", "verdict")
    ],
    "admonitions": lambda page: [
        (one.line, (one.kind, "folding" if one.folds else ""))
        for one in page.admonitions
    ],
    "predictions": lambda page: [
        (one.line, (one.id, f"answer {one.answer}",
                    f"of {one.options} options"))
        for one in page.predicts
    ],
    "tables": lambda page: [
        (one.line, f"{one.rows} rows of {one.columns}") for one in page.tables
    ],
    "elements": lambda page: [
        (one.line, (f"<{one.name}>", _attrs(one.attrs))) for one in page.tags
        if one.name not in ("br", "em", "strong", "b", "i", "kbd", "abbr",
                            "q", "span", "sub", "sup", "wbr")
    ],
}  # fmt: skip
