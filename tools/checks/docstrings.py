"""Docstrings say of each argument and result the shape that its type says.

`Q: Queries, (*batch, n_q, d_k).` stands for an argument that is annotated
`Float[Tensor, "*batch n_q d_k"]`; a result's shapes stand in its order.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tools.checks import Problem, listed, relative
from tools.places import ROOT

# The definitions behind the myths: tested with their theorems, in
# tests/course.
APART = ("arrows", "roles")
_TENSORS = re.compile(r"^(?:import|from) (?:torch|jaxtyping)\b", re.M)
# What an annotation must spell in another way than a sentence does.
_SPELLED = {
    "columns": "n_heads·d",
    "columns//{n_heads}": "d",
    "{n_heads}": "n_heads",
    "*heads": "*batch, n_heads",
}
_SHAPE = re.compile(r"\((\*?[A-Za-z_][\w ·*]*(?:,\s*\*?[\w ·]+)*,?)\)")


def modules(root: Path = ROOT) -> list[str]:
    """The modules that compute with tensors or their shapes, for pages."""
    found = (root / "qkv_explained").glob("[!_]*.py")
    return [path.stem for path in sorted(found) if path.stem not in APART and (
        path.stem == "shapes" or _TENSORS.search(path.read_text("utf-8")))
    ] + ["course.drawing.pictures"]


@listed
def problems(root: Path) -> Iterator[Problem]:
    """Find shapes that a docstring gives otherwise than the annotation."""
    for module in modules(root):
        path = root / "qkv_explained" / f"{module.replace('.', '/')}.py"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                for said in _function(node):
                    yield Problem(relative(path, root), node.lineno,
                                  f"{node.name}: {said}")


def _function(node: ast.FunctionDef) -> Iterator[str]:
    text = ast.get_docstring(node) or ""
    if "\nArgs:\n" not in text:
        return
    given = arguments(text)
    args = node.args
    real = {one.arg: one.annotation
            for one in (*args.posonlyargs, *args.args, *args.kwonlyargs)
            if one.arg not in ("self", "cls")}  # fmt: skip
    if list(given) != list(real):
        yield (f"Args names {', '.join(given)}, but the arguments are "
               f"{', '.join(real)}, in this order")
    for name, annotation in real.items():
        wanted = annotated(annotation)
        shown = shapes(given.get(name, ""))[: len(wanted)]
        yield from _differ(f"Args, {name}", wanted, shown)
    wanted = annotated(node.returns)
    if wanted:
        shown = shapes(section(text, "Returns"))[: len(wanted)]
        yield from _differ("Returns", wanted, shown)


def _differ(where: str, wanted: list[str], shown: list[str]) -> Iterator[str]:
    if wanted != shown:
        yield (f"{where} gives {' and '.join(shown) or 'no shape'}, but the "
               f"annotation {' and '.join(wanted)}. Make them equal")


def section(text: str, name: str) -> str:
    """The text of a section of a docstring in Google's style."""
    found = re.search(rf"^{name}:\n((?:[ \t]+.*\n?|\n)*)", text, re.M)
    return found[1] if found else ""


def arguments(text: str) -> dict[str, str]:
    """What a docstring says of each argument."""
    said: dict[str, str] = {}
    last = ""
    for line in section(text, "Args").split("\n"):
        found = re.match(r" {4}(\w+): (.*)", line)
        if found:
            last = found[1]
            said[last] = found[2]
        elif last:
            said[last] += " " + line.strip()
    return said


def shapes(text: str) -> list[str]:
    """The shapes in a text, in order, as `(n_q, d_k)`."""
    found = []
    for match in _SHAPE.finditer(" ".join(text.split())):
        axes = [axis.strip().replace(" ", "") for axis in match[1].split(",")]
        if len(axes) > 1:  # (this) is a word in brackets, (d,) a shape
            found.append(f"({', '.join(axis for axis in axes if axis)})")
    return found


def annotated(annotation: ast.expr | None) -> list[str]:
    """The shapes in a type, in order; those of no axis left out."""
    found = []
    for node in ast.walk(annotation) if annotation else ():
        if not isinstance(node, ast.Subscript) or (
            ast.unparse(node.value) not in ("Float", "Int", "Bool")
        ):
            continue
        last = getattr(node.slice, "elts", [None])[-1]
        axes = str(getattr(last, "value", "...")).replace("#", "").split()
        if "..." not in axes:
            spelled = [_SPELLED.get(axis, axis) for axis in axes]
            stars = [one if one.startswith("*") else one.replace("*", "·")
                     for one in spelled]
            found.append((node.lineno, node.col_offset,
                          f"({', '.join(stars)})"))
    return [shape for *_, shape in sorted(found)]
