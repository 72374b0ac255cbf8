"""The map and the files agree: nothing is unmapped, nothing is left over.

`problems` also says what is to be added for a new language, concept or myth:
add its page to qkv_explained/course/order.toml, run the check, and do what
it prints.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from qkv_explained.course import Concept, Myth
from qkv_explained.languages import LANGUAGES
from tools import places
from tools.checks import Problem, relative
from tools.pages import mapping, reader

MAP = "qkv_explained/course/__init__.py"
ORDER = mapping.ORDER.as_posix()
DRAW = "python -m tools.refresh figures"
EXECUTE = "python -m tools.refresh notebooks"
# Parts of the package that are data or drawings, not an interface.
APART = {"snippets", "notebook", "figures"}


def problems(
    root: Path, languages: Sequence[str] = LANGUAGES
) -> list[Problem]:
    """Find where the map and the files do not agree."""
    found = [*in_order(root, languages)]
    entries = []
    for page in mapping.topic_pages(root):
        try:
            entries.append(mapping.entry(page, root))
        except mapping.BadTopic as error:
            where, said = str(error).split(": ", 1)
            found.append(Problem(where, 0, said))
    found += topics(entries, root, languages)
    found += left_over(root, languages)
    found += undocumented(root)
    return found


def in_order(root: Path, languages: Sequence[str]) -> Iterator[Problem]:
    """The pages of order.toml against those that are there."""
    pages = mapping.listed(root)
    for page in sorted({p for p in pages if pages.count(p) > 1}):
        yield Problem(ORDER, 0, f"{page} stands there twice. Take one out")
    for lang in languages:
        there = {
            path.relative_to(root / "docs" / lang).as_posix()
            for path in reader.pages(root, lang)
            if not path.name.endswith(".nb.md")
        }
        for page in pages:
            if f"{page}.md" not in there:
                yield Problem(
                    f"docs/{lang}/{page}.md", 0,
                    f"missing; {ORDER} lists it. Write the page, or take it "
                    "out there",
                )  # fmt: skip
        for name in sorted(there - {f"{page}.md" for page in pages}):
            message = f"is in no part of {ORDER}. Add it there, or delete it"
            yield Problem(f"docs/{lang}/{name}", 0, message)


def topics(
    course: Sequence[Concept], root: Path, languages: Sequence[str]
) -> Iterator[Problem]:
    """What each entry of the map still needs.

    For a new concept or myth this prints the whole list of what to add.
    """
    for entry in course:
        name = f"qkv_explained/course/{entry.folder}/topic.toml"
        for message in _lacking(entry, course, root, languages):
            yield Problem(name, 0, message)
        for lang in languages:
            path = root / "docs" / lang / entry.page
            if path.exists():
                yield from on_page(entry, path, root)


def _lacking(
    entry: Concept,
    course: Sequence[Concept],
    root: Path,
    languages: Sequence[str],
) -> Iterator[str]:
    folder = f"qkv_explained/course/{entry.folder}"
    module = entry.module.replace(".", "/") + ".py"
    if not (root / module).exists():
        yield f"add the module {module}, or correct `module`"
    if not entry.snippets:
        yield f"add {folder}/snippets/<step>.py and show it on the page"
    if not entry.figures:
        yield f"add {folder}/figures/<name>.py and show it on the page"
    if not entry.tests:
        yield f"add tests/library/test_{entry.module.rsplit('.')[-1]}.py"
    for figure in entry.figures:
        for lang in languages:
            svg = places.figure_file(figure, f"{lang}.svg", root)
            if not svg.exists():
                yield f"{relative(svg, root)} is missing; run: {DRAW} {figure}"
    for widget in entry.widgets:
        path = f"docs/assets/widgets/{widget}.js"
        if not (root / path).exists():
            yield f"the page shows a widget {widget}: add {path}"
    for notebook in entry.notebooks:
        for lang in languages:
            path = f"docs/{lang}/{notebook}"
            if not (root / path).exists():
                yield f"{path} is missing; run: {EXECUTE}"
    yield from _neighbours(entry, course)
    if not entry.sources:
        yield "name where it is stated in `sources`"
    for source in entry.sources:
        for lang in languages:
            listed = root / "docs" / lang / "reference" / "sources.md"
            if listed.exists() and source.key not in _anchors(listed):
                yield (
                    f"docs/{lang}/reference/sources.md has no entry "
                    f"{{#{source.key}}}"
                )
    if isinstance(entry, Myth):
        if not entry.claims:
            yield (
                "settles no claim: add one to docs/claims.yml whose evidence "
                f"is on {entry.page}"
            )
        path = f"docs/made/{entry.id}/result.json"
        if not (root / path).exists():
            yield (
                f"{path} is missing; run: python -m qkv_explained myth "
                f"{entry.id} --size full --out {path}"
            )


def _neighbours(
    entry: Concept, course: Sequence[Concept]
) -> Iterator[str]:
    known = [other.id for other in course]
    for other in entry.prerequisites:
        if other not in known:
            yield f"its prerequisite {other} is no topic's id"
        elif known.index(other) >= known.index(entry.id):
            yield f"its prerequisite {other} comes later in {ORDER}"


def _anchors(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    return {*re.findall(r"#([\w-]+)\s*\}", text)} | {
        *re.findall(r'id="([\w-]+)"', text)
    }


def on_page(entry: Concept, path: Path, root: Path) -> Iterator[Problem]:
    """What every topic's page has: its card, and a question."""
    page = reader.read(path)
    name = relative(path, root)
    cards = [call.args for call in page.calls_of("card")]
    if cards != [(entry.id,)]:
        message = f'needs {{{{ card("{entry.id}") }}}} once, after its opening'
        yield Problem(name, 1, message)
    if not page.predicts:
        message = 'asks nothing: add one <div class="predict" …> question'
        yield Problem(name, 0, message)


def left_over(root: Path, languages: Sequence[str]) -> Iterator[Problem]:
    """Files of the topics' folders that no page shows."""
    shown: set[str] = set()
    figures: set[str] = set()
    for lang in languages:
        for path in reader.pages(root, lang):
            page = reader.read(path)
            shown.update(
                include for fence in page.fences for include in fence.includes
            )
            figures.update(
                str(call.args[0])
                for call in page.calls_of("figure")
                if call.args
            )
    for pattern in ("snippets/*.py", "snippets/*.console", "notebook/*.py"):
        for path in places.in_topics(pattern, root):
            inside = path.relative_to(root / "qkv_explained").as_posix()
            if inside not in shown:
                message = "is on no page. Include it, or delete it"
                yield Problem(relative(path, root), 0, message)
    for figure, path in places.figure_modules(root).items():
        if figure not in figures:
            message = (
                f'is shown on no page. Call figure("{figure}"), or delete it'
            )
            yield Problem(relative(path, root), 0, message)
    listed = {page.replace("-", "_") for page in mapping.listed(root)}
    for folder in places.topic_folders(root):
        kind = folder.parent.name
        if kind in ("pages", "zoo"):
            continue
        if f"{kind}/{folder.name}" not in listed:
            message = f"is no page of {ORDER}. Add it there, or delete it"
            yield Problem(relative(folder, root), 0, message)


def undocumented(root: Path) -> Iterator[Problem]:
    """Public names without a docstring."""
    package = root / "qkv_explained"
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        if APART & set(parts) or path.name == "facts.py":
            continue
        if any(part.startswith("_") and part != "__init__" for part in parts):
            continue
        name = relative(path, root)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from _docstrings(tree, name)


def _docstrings(
    tree: ast.Module | ast.ClassDef, name: str
) -> Iterator[Problem]:
    if not ast.get_docstring(tree):
        yield Problem(name, 1, "has no docstring. Say what it is for")
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _docstrings(node, name)
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if any(
            getattr(one, "id", getattr(one, "attr", ""))
            in ("overload", "setter")
            for one in node.decorator_list
        ):
            continue
        text = ast.get_docstring(node) or ""
        lacking = []
        if not text:
            lacking.append("a docstring")
        elif "\n" in text:
            lacking += _sections(node, text)
        elif len(_parameters(node)) > 1:
            lacking.append("Args: and Returns:, with shapes and units")
        if lacking:
            message = f"{node.name} lacks {', '.join(lacking)}"
            yield Problem(name, node.lineno, message)


def _parameters(node: ast.FunctionDef) -> list[str]:
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [one.arg for one in every if one.arg not in ("self", "cls")]


def _sections(node: ast.FunctionDef, text: str) -> Iterator[str]:
    parameters = _parameters(node)
    if parameters and "Args:" not in text:
        yield "Args:, with shapes and units"
    for parameter in parameters:
        if "Args:" in text and not re.search(
            rf"^\s+\*{{0,2}}{parameter}\b.*:", text, re.M
        ):
            yield f"{parameter} under Args:"
    nothing = node.returns is None or (
        isinstance(node.returns, ast.Constant) and node.returns.value is None
    )
    if not nothing and not re.search(r"^(Returns|Yields):", text, re.M):
        yield "Returns:, with shape and unit"
