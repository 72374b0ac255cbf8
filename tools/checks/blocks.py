"""Every code block of the built pages is one that a test has run.

The same guard as tools/checks/fences.py, from the other end: whatever way a
block came onto a page, its text must be that of a block that was run, of a
notebook's cell, or of a docstring.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tools.checks import Problem, listed, relative, webpage
from tools.pages import docstrings as folding
from tools.pages import reader
from tools.pages.reader import LANGS
from tools.site import exercises


@listed
def problems(
    site: Path, root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Find code blocks on built pages that nothing has run."""
    documented = docstrings(root)
    for lang in langs:
        for path in webpage.pages(site / lang):
            name = relative(path, site)
            known = expected(path, site, root, lang)
            api = f"{lang}/reference/api/" in name
            for line, classes, text in webpage.read(path).blocks:
                if "doc-signature" in classes:
                    continue
                key = normal(text)
                if known[key] > 0:
                    known[key] -= 1
                elif not (api and flush_left(key) in documented):
                    yield Problem(name, line, (
                        f"a code block that no test runs: {first(key)}. Let "
                        "the page include it from a file"))
            for key in +known:
                yield Problem(name, 0, (
                    "a block of the Markdown is not on the built page: "
                    f"{first(key)}. Mend its fence"))


def first(key: str) -> str:
    """The beginning of a block, to know it by."""
    return repr(key.split("\n")[0][:50])


def normal(text: str) -> str:
    """A block's text without what the theme adds around it."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def expected(path: Path, site: Path, root: Path, lang: str) -> Counter[str]:
    """The blocks that the Markdown or the notebook of a page holds."""
    inside = path.parent.relative_to(site / lang).as_posix()
    docs = root / "docs" / lang
    found: Counter[str] = Counter()
    notebook = docs / f"{inside}.ipynb"
    if path.name != "index.html":
        return found
    if notebook.exists():
        for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                found.update(_shown("".join(cell["source"])))
                found.update(_printed(cell["outputs"]))
        return found
    for source in (docs / f"{inside}.md", docs / inside / "index.md"):
        if not source.exists():
            continue
        page = reader.read(source)
        for fence in page.fences:
            code = reader.code(fence, root)
            python = fence.kind == "python"
            found.update(_shown(code) if python else [normal(code)])
        for call in page.calls_of("exercise"):
            typed, solution = exercises.blocks(str(call.args[0]), lang)
            found.update([normal(typed), *_shown(solution)])
    return found


def _shown(code: str) -> list[str]:
    """A block of Python as the page shows it: code, folded docstrings."""
    apart = folding.found(code)
    return [normal(folding.without(code, apart)),
            *(normal(one.text) for one in apart)]


def _printed(outputs: list[dict[str, object]]) -> Iterator[str]:
    for output in outputs:
        data = output.get("data")
        if isinstance(data, dict):
            if "image/svg+xml" in data or "text/html" in data:
                continue
            text = data.get("text/plain", [])
        else:
            text = output.get("text", [])
        if isinstance(text, list):
            yield normal("".join(text))


def docstrings(root: Path) -> str:
    """All docstrings, without indentation; doctest runs their examples."""
    texts = []
    for path in sorted((root / "qkv_explained").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                texts.append(flush_left(ast.get_docstring(node) or ""))
    return "\n\n".join(texts)


def flush_left(text: str) -> str:
    """A text without indentation, and without what is doctest's alone."""
    text = re.sub(r"<BLANKLINE>|\s*# doctest:.*", "", text)
    return "\n".join(line.strip() for line in text.strip().split("\n"))
