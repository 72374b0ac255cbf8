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
from tools.checks import Problem, listed, relative
from tools.pages import mapping, reader

ORDER = mapping.ORDER.as_posix()
# Parts of the package that are data or drawings, not an interface.
APART = {"snippets", "notebook", "figures", "exercise", "exercises"}


@listed
def problems(
    root: Path, languages: Sequence[str] = LANGUAGES
) -> Iterator[Problem]:
    """Find where the map and the files do not agree."""
    yield from in_order(root, languages)
    entries = []
    for page in mapping.topic_pages(root):
        try:
            entries.append(mapping.entry(page, root))
        except mapping.BadTopic as error:
            where, said = str(error).split(": ", 1)
            yield Problem(where, 0, said)
    for entry in entries:
        name = f"qkv_explained/course/{entry.folder}/topic.toml"
        for said in _lacking(entry, entries, root, languages):
            yield Problem(name, 0, said)
    yield from on_pages(entries, root, languages)
    yield from left_over(root, languages)
    yield from undocumented(root)


def in_order(root: Path, languages: Sequence[str]) -> Iterator[Problem]:
    """The pages of order.toml against those that are there."""
    pages = mapping.listed(root)
    for page in sorted({p for p in pages if pages.count(p) > 1}):
        yield Problem(ORDER, 0, f"{page} stands there twice. Take one out")
    for lang in languages:
        docs = root / "docs" / lang
        there = {path.relative_to(docs).as_posix()
                 for path in reader.pages(root, lang)
                 if not path.name.endswith(".nb.md")}
        wanted = {f"{page}.md" for page in pages}
        for name in sorted(wanted - there):
            yield Problem(f"docs/{lang}/{name}", 0, f"missing; {ORDER} lists "
                          "it. Write the page, or take it out there")
        for name in sorted(there - wanted):
            yield Problem(f"docs/{lang}/{name}", 0, f"is in no part of "
                          f"{ORDER}. Add it there, or delete it")


def _lacking(
    entry: Concept, course: Sequence[Concept], root: Path,
    languages: Sequence[str],
) -> Iterator[str]:
    """What an entry of the map still needs: of a new topic, everything."""
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
    if not entry.sources:
        yield "name where it is stated in `sources`"
    for path, how in _files(entry, languages, root):
        if not (root / path).exists():
            yield f"{path} is missing; {how}"
    for lang in languages:
        works = root / "docs" / lang / "reference" / "sources.md"
        known = _anchors(works) if works.exists() else None
        for source in entry.sources:
            if known is not None and source.key not in known:
                yield (f"docs/{lang}/reference/sources.md has no entry "
                       f"{{#{source.key}}}")
    ids = [other.id for other in course]
    for other in entry.prerequisites:
        if other not in ids:
            yield f"its prerequisite {other} is no topic's id"
        elif ids.index(other) >= ids.index(entry.id):
            yield f"its prerequisite {other} comes later in {ORDER}"
    if isinstance(entry, Myth) and not entry.claims:
        yield ("settles no claim: add one to docs/claims.yml whose evidence "
               f"is on {entry.page}")


def _files(
    entry: Concept, languages: Sequence[str], root: Path
) -> Iterator[tuple[str, str]]:
    """The files that belong to an entry, and how one comes by them."""
    for lang in languages:
        for figure in entry.figures:
            svg = places.figure_file(figure, f"{lang}.svg", root)
            yield relative(svg, root), (
                f"run: python -m tools.refresh figures {figure}")
        for notebook in entry.notebooks:
            yield (f"docs/{lang}/{notebook}",
                   "run: python -m tools.refresh notebooks")
    for widget in entry.widgets:
        yield f"docs/assets/widgets/{widget}.js", "the page shows this widget"
    if isinstance(entry, Myth):
        path = f"docs/made/{entry.id}/result.json"
        yield path, (f"run: python -m qkv_explained myth {entry.id} "
                     f"--size full --out {path}")


def _anchors(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    found = re.findall(r'#([\w-]+)\s*\}|id="([\w-]+)"', text)
    return {one or other for one, other in found}


def on_pages(
    entries: Sequence[Concept], root: Path, languages: Sequence[str]
) -> Iterator[Problem]:
    """What every topic's page has: its card, and a question."""
    for entry in entries:
        for lang in languages:
            path = root / "docs" / lang / entry.page
            if not path.exists():
                continue
            page, name = reader.read(path), relative(path, root)
            cards = [call.args for call in page.calls_of("card")]
            if cards != [(entry.id,)]:
                yield Problem(name, 1, f'needs {{{{ card("{entry.id}") }}}} '
                              "once, after its opening")
            if not page.predicts:
                yield Problem(name, 0, 'asks nothing: add one <div class='
                              '"predict" …> question')


def left_over(root: Path, languages: Sequence[str]) -> Iterator[Problem]:
    """Files of the topics' folders that no page shows."""
    shown: set[str] = set()
    figures: set[str] = set()
    for _, _, page in reader.walk(root, languages):
        shown |= {one for fence in page.fences for one in fence.includes}
        figures |= {str(call.args[0]) for call in page.calls_of("figure")
                    if call.args}
    for pattern in ("snippets/*.py", "snippets/*.console", "notebook/*.py"):
        for path in places.in_topics(pattern, root):
            if relative(path, root / "qkv_explained") not in shown:
                yield Problem(relative(path, root), 0,
                              "is on no page. Include it, or delete it")
    for figure, path in places.figure_modules(root).items():
        if figure not in figures:
            yield Problem(relative(path, root), 0, "is shown on no page. "
                          f'Call figure("{figure}"), or delete it')
    pages = {page.replace("-", "_") for page in mapping.listed(root)}
    for folder in places.topic_folders(root):
        kind = folder.parent.name
        if kind in ("pages", "zoo"):
            continue
        if f"{kind}/{folder.name}" not in pages:
            yield Problem(relative(folder, root), 0, f"is no page of {ORDER}. "
                          "Add it there, or delete it")


def undocumented(root: Path) -> Iterator[Problem]:
    """Public names without a docstring."""
    package = root / "qkv_explained"
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        private = any(part.startswith("_") and part != "__init__"
                      for part in parts)
        if not APART & set(parts) and path.name != "facts.py" and not private:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from _docstrings(tree, relative(path, root))


def _docstrings(
    tree: ast.Module | ast.ClassDef, name: str
) -> Iterator[Problem]:
    if not ast.get_docstring(tree):
        yield Problem(name, 1, "has no docstring. Say what it is for")
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _docstrings(node, name)
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            marks = {getattr(one, "id", getattr(one, "attr", ""))
                     for one in node.decorator_list}
            lacking = [] if marks & {"overload", "setter"} else _sections(node)
            if lacking:
                yield Problem(name, node.lineno,
                              f"{node.name} lacks {', '.join(lacking)}")


def _sections(node: ast.FunctionDef) -> list[str]:
    """What a function's docstring leaves out."""
    text = ast.get_docstring(node) or ""
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    names = [one.arg for one in every if one.arg not in ("self", "cls")]
    if not text:
        return ["a docstring"]
    if "\n" not in text:
        several = "Args: and Returns:, with shapes and units"
        return [several] if len(names) > 1 else []
    if names and "Args:" not in text:
        lacking = ["Args:, with shapes and units"]
    else:
        lacking = [f"{one} under Args:" for one in names if not re.search(
            rf"^\s+\*{{0,2}}{one}\b.*:", text, re.M)]
    nothing = node.returns is None or ast.unparse(node.returns) == "None"
    if not nothing and not re.search(r"^(Returns|Yields):", text, re.M):
        lacking.append("Returns:, with shape and unit")
    return lacking
