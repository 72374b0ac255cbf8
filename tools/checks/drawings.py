"""Figures: what code draws, with words for those who do not see them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tools.checks import Problem, relative
from tools.pages import reader
from tools.pages.reader import LANGS
from tools.refresh import figures

SHORTEST_ALT = {"zh": 16}
_LETTERS = {
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ru": re.compile(r"[а-яё]", re.I),
    "en": re.compile(r"[a-z]", re.I),
}


def problems(root: Path, langs: tuple[str, ...] = LANGS) -> list[Problem]:
    """Find figures without words, and heat maps without a table."""
    found = without_table(root)
    for lang in langs:
        for path in reader.pages(root, lang):
            found += without_words(path, lang, root)
    return found


def stale(names: list[str] | None = None) -> list[Problem]:
    """Find figures that the code no longer draws as they are committed."""
    found = []
    for said in figures.stale(names):
        path, _, message = said.partition(": ")
        found.append(Problem(path, 0, message))
    return found


def without_words(path: Path, lang: str, root: Path) -> list[Problem]:
    """Figures of a page whose text alternative says too little."""
    found = []
    name = relative(path, root)
    page = reader.read(path)
    for call in page.calls_of("figure"):
        alt = str(call.kwargs.get("alt", (*call.args, "", "")[1]))
        alt = alt or figures.own_words(_drawn(root, call.args[0], lang))
        caption = str(call.kwargs.get("caption", ""))
        shortest = SHORTEST_ALT.get(lang, 40)
        if len(alt) < shortest or not _LETTERS[lang].search(alt):
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
    path = root / "docs/assets/figures" / f"{figure}.{lang}.svg"
    return path.read_text("utf-8") if path.exists() else ""


def without_table(root: Path) -> list[Problem]:
    """Modules that draw a heat map and give no table of its numbers."""
    found = []
    folder = root / "qkv_explained" / "figures"
    for path in sorted(folder.glob("[!_]*.py")):
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
