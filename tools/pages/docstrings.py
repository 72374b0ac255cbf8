"""A definition as pages show it: its code, and its docstrings apart.

A page says in words what a docstring says, so the code stands first and the
docstring is folded below it (`tools.site.finish.code`). What is shown and
copied is the code without docstrings; `tools.run.examples` runs it.
"""

import ast
from dataclasses import dataclass


@dataclass(frozen=True)
class Docstring:
    """A docstring: whose it is, its lines in the code, its text."""

    name: str
    first: int
    last: int
    text: str


def found(code: str) -> list[Docstring]:
    """The docstrings of a block's functions and classes, in order.

    One that is the whole body stays where it is: without it nothing would
    run. So does one that shares its line with other code. What is not Python
    has none.
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return []
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    nodes = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    lines = code.split("\n")
    docstrings = []
    for node in sorted(nodes, key=lambda one: one.lineno):
        text = ast.get_docstring(node)
        if text is None or len(node.body) == 1:
            continue
        first, after = node.body[0], node.body[1]
        last = first.end_lineno or first.lineno
        alone = not lines[first.lineno - 1][:first.col_offset].strip()
        if not alone or last >= after.lineno:
            continue
        # The blank line that sets a docstring off goes with it.
        if not lines[last].strip() and last + 1 < after.lineno:
            last += 1
        docstrings.append(Docstring(node.name, first.lineno, last, text))
    return docstrings


def without(text: str, docstrings: list[Docstring]) -> str:
    """A text, code or its HTML line for line, without some docstrings."""
    gone = {line for one in docstrings
            for line in range(one.first, one.last + 1)}
    return "\n".join(line for number, line in enumerate(text.split("\n"), 1)
                     if number not in gone)


def bare(code: str) -> str:
    """A block's code as pages show it and readers copy it."""
    return without(code, found(code))
