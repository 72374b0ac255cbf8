"""Snippets: short, alone, and printing what the page shows, anywhere."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

from tools import places
from tools.checks import Problem, after_looking, chance, relative
from tools.pages import reader
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
    "multi_head/product": "an equality of two matrices is the page's point",
    "multi_head/small_or_big": "the two ways agree, beside what they cost",
    "multi_head/sum_over_heads": "an equality, beside what W_O adds",
    "multi_head/torch_module": "torch's own module agrees",
    "multi_head/strides": "True belongs to a row with the strides",
    "origins/context": "equal in one layer, not in the next",
    "origins/copies": "equal and not the same: the second line is False",
    "origins/frozen": "unchanged to the bit is what inference means",
    "origins/zeros": "what stays zero stands beside what does not",
    "origins/real_size": "unchanged, beside how the two layers differ",
    "projection/lost": "no score moves, after a step whose length is shown",
    "projection/not_lost": "one head sees what another does not",
    "projection/projector": "P P = P, beside W W, which is not W",
    "shared_qk/no_mutual": "one does, beside how often both do",
    "weight_dimensions/fused": "the fused columns are those of K",
    "weight_dimensions/linear": "what the library computes, beside shapes",
    "weight_dimensions/silent": "the right product, beside the wrong one",
    "weight_dimensions/positions_and_layers": "row by row, beside the counts",
    "weight_dimensions/same_shape": "tied, beside not tied: False",
}
_TRUE = re.compile(r"^[^:\n]*(?::[ ]*)?\bTrue$", re.M)
_PROSE = re.compile(r"#(?:.*?\s)?(?:[a-z]{2,},?\s+){4,}[a-z]{2,}")


def problems(root: Path, langs: tuple[str, ...] = LANGS) -> list[Problem]:
    """Everything that is wrong with the snippets and their outputs."""
    found: list[Problem] = []
    for path in outputs.snippets(root):
        found += manners(path, root)
        found += [Problem(relative(path, root), line, said)
                  for line, said in chance.problems(path.read_text("utf-8"))]
        found += output(path, root)
    for path in outputs.consoles(root):
        said = examples.console_problem(path.read_text(encoding="utf-8"))
        if said:
            found.append(Problem(relative(path, root), 1, said))
    for path in places.in_topics("snippets/*.out", root):
        if not path.with_suffix(".py").exists():
            message = "no snippet prints this. Delete the file"
            found.append(Problem(relative(path, root), 0, message))
    return found + on_pages(root, langs)


def on_pages(root: Path, langs: tuple[str, ...] = LANGS) -> list[Problem]:
    """What is wrong with snippets without running them."""
    found: list[Problem] = []
    for lang in langs:
        for page in reader.pages(root, lang):
            found += shown(page, root)
    return found


def manners(path: Path, root: Path) -> list[Problem]:
    """Length, width, imports, and words where only shapes belong."""
    name = relative(path, root)
    text = path.read_text(encoding="utf-8")
    lines = text.rstrip("\n").split("\n")
    found = []
    if len(lines) > LINES:
        message = f"{len(lines)} lines; a snippet has at most {LINES}"
        found.append(Problem(name, 0, message))
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            message = f"{len(line)} columns; a line has at most {COLUMNS}"
            found.append(Problem(name, number, message))
        if _PROSE.search(line):
            message = (
                "a sentence in a comment cannot be translated. Comments in "
                "snippets hold shapes and formulas; words go to the page"
            )
            found.append(Problem(name, number, message))
    tree = ast.parse(text)
    for node in ast.walk(tree):
        for module in _imported(node):
            if module.split(".")[0] not in ALLOWED:
                message = (
                    f"imports {module}, which a reader of the page does not "
                    "have. Use torch, the standard library and our package"
                )
                found.append(Problem(name, node.lineno, message))  # type: ignore[attr-defined]
    if not any(_shows(node) for node in ast.walk(tree)):
        message = "shows nothing. End it with something printed or asserted"
        found.append(Problem(name, len(lines), message))
    return found


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []


def _shows(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return True
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    )


def output(path: Path, root: Path) -> list[Problem]:
    """What a snippet prints, against its .out file."""
    name = relative(path, root)
    try:
        printed = outputs.printed(path)
    except outputs.SnippetFails as error:
        message = f"does not run alone in a fresh interpreter:\n{error}"
        return [Problem(name, 0, message)]
    out = path.with_suffix(".out")
    if not out.exists():
        if not printed:
            return []
        message = f"prints, but has no .out file; run: {REFRESH}"
        return [Problem(name, 0, message)]
    shown = out.read_text(encoding="utf-8")
    step = f"{path.parent.parent.name}/{path.stem}"
    if _TRUE.search(shown) and step not in TRUE:
        message = (
            "says True and no more. Print what could have been guessed "
            "wrong, a number or a row; True belongs in a test"
        )
        return [Problem(relative(out, root), 0, message)]
    said = examples.difference(
        shown,
        printed,
        f"is not what {path.name} prints. {after_looking(REFRESH)}",
    ) or examples.difference(
        shown,
        outputs.printed(path, elsewhere=True),
        f"{path.name} prints something else on another machine (other hash "
        "seed, time zone, user, width of the console). Print nothing that "
        "depends on it",
    )
    return [Problem(relative(out, root), 0, said)] if said else []


def shown(page_path: Path, root: Path) -> list[Problem]:
    """Whether every snippet on a page is followed by its output."""
    page = reader.read(page_path)
    if page_path.name.endswith(".nb.md"):
        return []
    name = relative(page_path, root)
    found = []
    wanted = ""
    at = 0
    for fence in page.fences:
        if fence.kind == "output":
            got = fence.includes[0] if fence.includes else "nothing"
            if got != wanted:
                message = (
                    f"shows {got}, but the block before it prints "
                    f"{wanted or 'no file'}. Output follows its snippet"
                )
                found.append(Problem(name, fence.line, message))
            wanted = ""
            continue
        if wanted:
            found.append(Problem(name, at, _without_output(wanted)))
        wanted, at = "", fence.line
        if fence.kind == "python" and len(fence.includes) == 1:
            include = fence.includes[0]
            out = include.removesuffix(".py") + ".out"
            if is_snippet(include) and (
                (root / reader.BASE_PATH / out).exists()
            ):
                wanted = out
    if wanted:
        found.append(Problem(name, at, _without_output(wanted)))
    return found


def _without_output(wanted: str) -> str:
    return (
        "this snippet prints something that the page does not show. Put "
        f'after it: ``` {{ .text .output }} with --8<-- "{wanted}"'
    )
