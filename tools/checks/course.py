"""The map and the files agree: nothing is unmapped, nothing is left over.

`problems` also says what is to be added for a new concept or myth: add its
name to qkv_explained/course/order.toml, run the check, and do what it prints.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from qkv_explained import course
from qkv_explained.course import Concept, Myth
from qkv_explained.languages import LANGUAGES
from tools.checks import Problem, relative
from tools.pages import reader
from tools.pages.reader import Page

MAP = "qkv_explained/course/order.toml"
DRAW = "python -m tools.refresh figures"
EXECUTE = "python -m tools.refresh notebooks"
FOLDERS = ("concepts", "myths")
# Parts of the package that are data or drawings, not an interface.
APART = {"snippets", "notebooks", "figures", "facts"}


def problems(
    root: Path,
    entries: Sequence[Concept] | None = None,
    languages: Sequence[str] = LANGUAGES,
) -> list[Problem]:
    """Find where the map and the files do not agree."""
    course = course.everything() if entries is None else entries
    found: list[Problem] = []
    for entry in course:
        found += in_map(entry, course, root, languages)
        for lang in languages:
            path = root / "docs" / lang / entry.page
            if path.exists():
                found += on_page(entry, path, root)
    found += left_over(root, course, languages)
    found += undocumented(root, languages)
    return found


def in_map(
    entry: Concept,
    course: Sequence[Concept],
    root: Path,
    languages: Sequence[str],
) -> Iterator[Problem]:
    """What the map says of an entry, against the files; and what is missing.

    For a new concept or myth this prints the whole list of what to add.
    """
    for message in _lacking(entry, course, root, languages):
        yield Problem(MAP, 0, f"{entry.id}: {message}")


def _lacking(
    entry: Concept,
    course: Sequence[Concept],
    root: Path,
    languages: Sequence[str],
) -> Iterator[str]:
    for lang in languages:
        page = f"docs/{lang}/{entry.page}"
        if not (root / page).exists():
            yield (
                f"add the page {page} (and to the nav of mkdocs.yml and "
                "docs/mkdocs.*.yml), or correct `page`"
            )
    folder = "myths" if isinstance(entry, Myth) else "concepts"
    if entry.page != f"{folder}/{entry.id}.md":
        yield f"`page` should be {folder}/{entry.id}.md, its id"
    module = entry.module.replace(".", "/") + ".py"
    if not (root / module).exists():
        yield f"add the module {module}, or correct `module`"
    if not entry.snippets:
        yield (
            "add snippets: qkv_explained/snippets/"
            f"{entry.snippet_dir}/<step>.py, named in `snippets`"
        )
    for step in entry.snippets:
        path = f"qkv_explained/snippets/{entry.snippet_dir}/{step}.py"
        if not (root / path).exists():
            yield f"add the snippet {path}, or take it out of `snippets`"
    if not entry.tests:
        yield "name its tests in `tests`"
    for path in entry.tests:
        if not (root / path).exists():
            yield f"add the test {path}, or correct `tests`"
    if not entry.figures:
        yield "add at least one figure and name it in `figures`"
    for figure in entry.figures:
        path = f"qkv_explained/figures/{figure.replace('-', '_')}.py"
        if not (root / path).exists():
            yield f"add {path}, or take it out of `figures`"
        for lang in languages:
            svg = f"docs/assets/figures/{figure}.{lang}.svg"
            if not (root / svg).exists():
                yield f"{svg} is missing; run: {DRAW} {figure}"
    for widget in entry.widgets:
        path = f"docs/assets/widgets/{widget}.js"
        if not (root / path).exists():
            yield f"add {path}, or take it out of `widgets`"
    for notebook in entry.notebooks:
        for lang in languages:
            path = f"docs/{lang}/{notebook}"
            if not (root / path).exists():
                yield f"{path} is missing; run: {EXECUTE}"
    known = [other.id for other in course]
    for other in entry.prerequisites:
        if other not in known:
            yield f"its prerequisite {other} is in no entry's id"
        elif known.index(other) >= known.index(entry.id):
            yield f"its prerequisite {other} comes later on the map"
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
        path = f"docs/assets/data/{entry.result}.json"
        if not (root / path).exists():
            yield (
                f"{path} is missing; run: python -m qkv_explained myth "
                f"{entry.id} --size full"
            )


def _anchors(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    return {*re.findall(r"#([\w-]+)\s*\}", text)} | {
        *re.findall(r'id="([\w-]+)"', text)
    }


def on_page(entry: Concept, path: Path, root: Path) -> Iterator[Problem]:
    """What a concept's page shows, against the map."""
    page = reader.read(path)
    name = relative(path, root)
    own = f"snippets/{entry.snippet_dir}/"
    shown = [
        (fence.line, include.removeprefix("snippets/").removesuffix(".py"))
        for fence in page.fences
        if fence.kind == "python"
        for include in fence.includes
        if include.startswith("snippets/")
    ]
    mapped = [
        f"{own}{step}".removeprefix("snippets/") for step in entry.snippets
    ]
    for (line, got), wanted in zip(shown, mapped, strict=False):
        if got != wanted:
            message = (
                f"shows the snippet {got} where {MAP} has {wanted}. The page "
                "and `snippets` name the same ones, in the same order"
            )
            yield Problem(name, line, message)
            break
    else:
        if len(shown) > len(mapped):
            line, got = shown[len(mapped)]
            message = (
                f"shows {got}, which `snippets` of {entry.id} in {MAP} lacks"
            )
            yield Problem(name, line, message)
        for wanted in mapped[len(shown) :]:
            message = (
                f"does not show {wanted}, which is in `snippets` in {MAP}"
            )
            yield Problem(name, 0, message)
    yield from _calls(entry, page, name)


def _calls(entry: Concept, page: Page, name: str) -> Iterator[Problem]:
    cards = [call.args for call in page.calls_of("card")]
    if cards != [(entry.id,)]:
        message = f'needs {{{{ card("{entry.id}") }}}} once, after its opening'
        yield Problem(name, 1, message)
    for what, mapped in (("figure", entry.figures), ("widget", entry.widgets)):
        called = [
            str(call.args[0]) for call in page.calls_of(what) if call.args
        ]
        if sorted(called) != sorted(mapped):
            message = (
                f"its {what}s are {called}, on the map {list(mapped)}. Make "
                f"the page and `{what}s` in {MAP} agree"
            )
            yield Problem(name, 0, message)
    if not page.predicts:
        message = 'asks nothing: add one <div class="predict" …> question'
        yield Problem(name, 0, message)


def left_over(
    root: Path, course: Iterable[Concept], languages: Sequence[str]
) -> Iterator[Problem]:
    """Pages, snippets, figures and tests that nothing names."""
    course = list(course)
    mapped = {entry.page for entry in course}
    steps = {
        f"{entry.snippet_dir}/{step}"
        for entry in course
        for step in entry.snippets
    }
    shown: set[str] = set()
    figures: set[str] = set()
    for lang in languages:
        for path in reader.pages(root, lang):
            rest = path.relative_to(root / "docs" / lang)
            name = relative(path, root)
            page = reader.read(path)
            shown.update(
                include for fence in page.fences for include in fence.includes
            )
            figures.update(
                str(call.args[0])
                for call in page.calls_of("figure")
                if call.args
            )
            if rest.parts[0] in FOLDERS and rest.as_posix() not in mapped:
                message = f"is on no map. Add an entry to {MAP}, or delete it"
                yield Problem(name, 0, message)
    package = root / "qkv_explained"
    for path in sorted((package / "snippets").glob("*/*.py")):
        step = f"{path.parent.name}/{path.stem}"
        if step not in steps and f"snippets/{step}.py" not in shown:
            message = (
                f"is in no `snippets` of {MAP} and on no page. Add it there, "
                "or delete it"
            )
            yield Problem(relative(path, root), 0, message)
    for path in sorted((package / "snippets").glob("*/*.console")):
        if f"snippets/{path.parent.name}/{path.name}" not in shown:
            message = "is shown on no page. Include it, or delete it"
            yield Problem(relative(path, root), 0, message)
    for path in sorted((package / "notebooks").glob("*/*.py")):
        if f"notebooks/{path.parent.name}/{path.name}" not in shown:
            message = "is in no notebook. Include it, or delete it"
            yield Problem(relative(path, root), 0, message)
    for path in sorted((package / "figures").glob("[!_]*.py")):
        if path.stem.replace("_", "-") not in figures:
            message = "is shown on no page. Call figure(), or delete it"
            yield Problem(relative(path, root), 0, message)


def undocumented(root: Path, languages: Sequence[str]) -> Iterator[Problem]:
    """Public names without a docstring, or modules on no API page."""
    package = root / "qkv_explained"
    documented = {
        lang: {
            name
            for page in (root / "docs" / lang / "reference" / "api").glob(
                "*.md"
            )
            for name in re.findall(
                r"^::: +([\w.]+)", page.read_text(encoding="utf-8"), re.M
            )
        }
        for lang in languages
    }
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        if parts[0] in APART or any(part.startswith("_") for part in parts):
            continue
        module = ".".join(("qkv_explained", *parts))
        name = relative(path, root)
        lacking = [
            lang
            for lang in languages
            if module not in documented[lang]
            and not any(
                one.startswith(f"{module}.") for one in documented[lang]
            )
        ]
        if lacking:
            message = (
                f"is on no API page. Add `::: {module}` to a page in "
                + " and ".join(
                    f"docs/{lang}/reference/api" for lang in lacking
                )
            )
            yield Problem(name, 0, message)
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
