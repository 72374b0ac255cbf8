"""Figures: what code draws, with words for those who do not see them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from qkv_explained.languages import words
from tools import places
from tools.checks import Problem, relative
from tools.pages import reader
from tools.pages.reader import LANGS
from tools.places import ROOT
from tools.refresh import figures


def problems(root: Path, langs: tuple[str, ...] = LANGS) -> list[Problem]:
    """Find figures without words, and heat maps without a table."""
    found = without_table(root)
    for lang in langs:
        for path in reader.pages(root, lang):
            found += without_words(path, lang, root)
    return found


def stale(names: list[str]) -> list[Problem]:
    """Find figures that the code no longer draws as they are committed."""
    found = []
    for job in figures.jobs():
        if job.matches(names) and (said := job.run(write=False)):
            message = (
                f"{said}: the code draws something else. Look at both; if "
                "the code is right, run: python -m tools.refresh figures"
            )
            found.append(Problem(relative(job.path, ROOT), 0, message))
    for path in figures.left_over():
        message = "no module draws it. Delete the file"
        found.append(Problem(relative(path, ROOT), 0, message))
    return found


def without_words(path: Path, lang: str, root: Path) -> list[Problem]:
    """Figures of a page whose text alternative says too little."""
    found = []
    name = relative(path, root)
    page = reader.read(path)
    habits = words(lang)["habits"]
    letters = re.compile(habits["letters"], re.I)
    for call in page.calls_of("figure"):
        alt = str(call.kwargs.get("alt", (*call.args, "", "")[1]))
        alt = alt or figures.own_words(_drawn(root, call.args[0], lang))
        caption = str(call.kwargs.get("caption", ""))
        if len(alt) < habits["shortest_alt"] or not letters.search(alt):
            message = (
                f"the text alternative of figure {call.args[0]} is "
                f"{alt!r}. Say in the page's language what can be seen in "
                "it, numbers included"
            )
            found.append(Problem(name, call.line, message))
        elif alt == caption:
            message = (
                f"the text alternative of figure {call.args[0]} repeats its "
                "caption. Say what can be seen"
            )
            found.append(Problem(name, call.line, message))
    from_tags = {tag.attrs.get("src") for tag in page.tags}
    pictures = [
        (link.line, link.target)
        for link in page.links
        if link.image and not link.text.strip()
        if link.target not in from_tags
    ]
    pictures += [
        (tag.line, tag.attrs.get("src", ""))
        for tag in page.tags
        if tag.name == "img" and not tag.attrs.get("alt", "").strip()
    ]
    for line, target in pictures:
        message = f"the picture {target} has no text alternative"
        found.append(Problem(name, line, message))
    return found


def _drawn(root: Path, figure: str, lang: str) -> str:
    path = places.figure_file(figure, f"{lang}.svg", root)
    return path.read_text("utf-8") if path.exists() else ""


def without_table(root: Path) -> list[Problem]:
    """Modules that draw a heat map and give no table of its numbers."""
    found = []
    for path in places.figure_modules(root).values():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {
            getattr(node.func, "id", getattr(node.func, "attr", ""))
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
        }
        defined = {
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef)
        }
        if "heatmap" in called and "table" not in defined:
            message = (
                "draws a heat map without a table. Add table(labels), which "
                "returns the head and the rows with the same numbers"
            )
            found.append(Problem(relative(path, root), 0, message))
    return found
