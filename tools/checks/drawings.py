"""Figures: what code draws, with words for those who do not see them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from qkv_explained.languages import words
from tools import places
from tools.checks import Problem, listed, placed, relative
from tools.pages import reader
from tools.pages.parts import Page
from tools.pages.reader import LANGS
from tools.places import ROOT
from tools.refresh import figures


@listed
def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Find figures without words, and heat maps without a table."""
    for path in places.figure_modules(root).values():
        if _lacks_table(ast.parse(path.read_text(encoding="utf-8"))):
            yield Problem(relative(path, root), 0, (
                "draws a heat map without a table. Add table(labels), which "
                "returns the head and the rows with the same numbers"))
    for lang, name, page in reader.walk(root, langs):
        yield from placed(name, without_words(page, lang, root))


@listed
def stale(names: list[str]) -> Iterator[Problem]:
    """Find figures that the code no longer draws as they are committed."""
    for job in figures.jobs():
        if job.matches(names) and (said := job.run(write=False)):
            yield Problem(relative(job.path, ROOT), 0, (
                f"{said}: the code draws something else. Look at both; if "
                "the code is right, run: python -m tools.refresh figures"))
    for path in figures.left_over():
        yield Problem(relative(path, ROOT), 0,
                      "no module draws it. Delete the file")


def without_words(
    page: Page, lang: str, root: Path
) -> Iterator[tuple[int, str]]:
    """Figures of a page whose text alternative says too little."""
    habits = words(lang)["habits"]
    letters = re.compile(habits["letters"], re.I)
    for call in page.calls_of("figure"):
        alt = str(call.kwargs.get("alt", (*call.args, "", "")[1]))
        if not alt:
            svg = places.figure_file(call.args[0], f"{lang}.svg", root)
            alt = figures.own_words(
                svg.read_text("utf-8") if svg.exists() else "")
        its = f"the text alternative of figure {call.args[0]}"
        if len(alt) < habits["shortest_alt"] or not letters.search(alt):
            yield call.line, (
                f"{its} is {alt!r}. Say in the page's language what can be "
                "seen in it, numbers included")
        elif alt == str(call.kwargs.get("caption", "")):
            yield call.line, f"{its} repeats its caption. Say what can be seen"
    from_tags = {tag.attrs.get("src") for tag in page.tags}
    pictures = [
        (one.line, one.target) for one in page.links
        if one.image and not one.text.strip() and one.target not in from_tags]
    pictures += [
        (tag.line, tag.attrs.get("src", "")) for tag in page.tags
        if tag.name == "img" and not tag.attrs.get("alt", "").strip()]
    for line, target in pictures:
        yield line, f"the picture {target} has no text alternative"


def _lacks_table(tree: ast.Module) -> bool:
    """Whether a module draws a heat map and gives no table of its numbers."""
    called = {getattr(node.func, "id", getattr(node.func, "attr", ""))
              for node in ast.walk(tree) if isinstance(node, ast.Call)}
    defined = {node.name for node in tree.body
               if isinstance(node, ast.FunctionDef)}
    return "heatmap" in called and "table" not in defined
