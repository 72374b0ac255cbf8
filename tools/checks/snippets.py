"""Snippets: short, alone, and printing what the page shows, anywhere."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import places
from tools.checks import (
    Problem,
    after_looking,
    chance,
    listed,
    placed,
    relative,
)
from tools.pages import reader
from tools.pages.parts import Fence, Page
from tools.pages.reader import LANGS, is_snippet
from tools.refresh import outputs
from tools.run import examples

LINES, COLUMNS = 30, 79
# What a reader has after `pip install qkv-explained` and a fresh start.
ALLOWED = {"torch", "numpy", "qkv_explained", *sys.stdlib_module_names}
REFRESH = "python -m tools.refresh outputs"
# A line that says True and no more could only have been guessed. These are
# older than the rule; the list may only get shorter.
TRUE = {
    "shared_qk/no_mutual": "one does, beside how often both do",
}
_TRUE = re.compile(r"^[^:\n]*(?::[ ]*)?\bTrue$", re.M)
_PROSE = re.compile(r"#(?:.*?\s)?(?:[a-z]{2,},?\s+){4,}[a-z]{2,}")


@listed
def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Everything that is wrong with the snippets and their outputs."""
    for path in outputs.snippets(root):
        text = path.read_text("utf-8")
        said = [*manners(text), *chance.problems(text)]
        yield from placed(relative(path, root), said)
        yield from output(path, root)
    for path in outputs.consoles(root):
        wrong = examples.console_problem(path.read_text(encoding="utf-8"))
        if wrong:
            yield Problem(relative(path, root), 1, wrong)
    for path in places.in_topics("snippets/*.out", root):
        if not path.with_suffix(".py").exists():
            yield Problem(relative(path, root), 0,
                          "no snippet prints this. Delete the file")
    yield from on_pages(root, langs)


@listed
def on_pages(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """What is wrong with snippets without running them."""
    for _, name, page in reader.walk(root, langs):
        if not name.endswith(".nb.md"):
            yield from placed(name, shown(page, root))


def manners(text: str) -> Iterator[tuple[int, str]]:
    """Length, width, imports, and words where only shapes belong."""
    lines = text.rstrip("\n").split("\n")
    if len(lines) > LINES:
        yield 0, f"{len(lines)} lines; a snippet has at most {LINES}"
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            yield number, (
                f"{len(line)} columns; a line has at most {COLUMNS}")
        if _PROSE.search(line):
            yield number, (
                "a sentence in a comment cannot be translated. Comments in "
                "snippets hold shapes and formulas; words go to the page")
    tree = ast.parse(text)
    for number, module in chance.imported(tree):
        if module.split(".")[0] not in ALLOWED:
            yield number, (
                f"imports {module}, which a reader of the page does not "
                "have. Use torch, the standard library and our package")
    if not any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Call) and ast.unparse(node.func) == "print")
        for node in ast.walk(tree)
    ):
        yield len(lines), (
            "shows nothing. End it with something printed or asserted")


@listed
def output(path: Path, root: Path) -> Iterator[Problem]:
    """What a snippet prints, against its .out file."""
    name, out = relative(path, root), path.with_suffix(".out")
    try:
        printed = outputs.printed(path)
    except outputs.SnippetFails as error:
        yield Problem(name, 0, "does not run alone in a fresh interpreter:\n"
                      f"{error}")
        return
    if not out.exists():
        if printed:
            yield Problem(name, 0, "prints, but has no .out file; run: "
                          f"{REFRESH}")
        return
    shown = out.read_text(encoding="utf-8")
    if _TRUE.search(shown) and (
        f"{path.parent.parent.name}/{path.stem}" not in TRUE
    ):
        said: str | None = (
            "says True and no more. Print what could have been guessed "
            "wrong, a number or a row; True belongs in a test")
    else:
        said = examples.difference(shown, printed, (
            f"is not what {path.name} prints. {after_looking(REFRESH)}"
        )) or examples.difference(shown, outputs.printed(path, True), (
            f"{path.name} prints something else on another machine (other "
            "hash seed, time zone, user, width of the console). Print "
            "nothing that depends on it"))
    if said:
        yield Problem(relative(out, root), 0, said)


def shown(page: Page, root: Path) -> Iterator[tuple[int, str]]:
    """Whether every snippet on a page is followed by its output."""
    after = [*page.fences[1:], None]
    for fence, following in zip(page.fences, after, strict=False):
        out = _printed(fence, root)
        follows = following is not None and following.kind == "output"
        if out and not follows:
            yield fence.line, (
                "this snippet prints something that the page does not show. "
                f'Put after it: ``` {{ .text .output }} with --8<-- "{out}"')
    before = [None, *page.fences[:-1]]
    for last, fence in zip(before, page.fences, strict=False):
        wanted = _printed(last, root) if last else ""
        got = fence.includes[0] if fence.includes else "nothing"
        if fence.kind == "output" and got != wanted:
            yield fence.line, (
                f"shows {got}, but the block before it prints "
                f"{wanted or 'no file'}. Output follows its snippet")


def _printed(fence: Fence, root: Path) -> str:
    """The file of what the snippet in a block prints; "" if none."""
    if fence.kind != "python" or len(fence.includes) != 1:
        return ""
    out = fence.includes[0].removesuffix(".py") + ".out"
    there = (root / reader.BASE_PATH / out).exists()
    return out if is_snippet(out) and there else ""
