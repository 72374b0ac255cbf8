"""What formulas state is true: each has a name, and a test that asserts it.

A formula that states something is shown by its name in docs/formulas.toml,
where tests/library/test_formulas.py works it out. What is left on the pages
are symbols, what a letter stands for here, and arithmetic, which is done
again.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tools.checks import Problem, listed
from tools.pages import formulas, reader, tex
from tools.pages.parts import Formula
from tools.pages.reader import LANGS

TESTS = "tests/library/test_formulas.py"


@listed
def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Find statements without a name, without a test, or without truth."""
    known, shown = formulas.names(root), set[str]()
    for _, name, page in reader.walk(root, langs):
        for one in page.formulas:
            shown.add(one.name)
            for said in _said(one, known):
                yield Problem(name, one.line, said)
    tested = asserted(root / TESTS)
    for name in known:
        if name not in tested:
            yield Problem(formulas.FILE, 0, (
                f"[{name}] is asserted by no test. Add its name to @asserts "
                f"before the function in {TESTS} that makes its letters, or "
                "write one"))
        if name not in shown:
            yield Problem(formulas.FILE, 0,
                          f"no page shows [{name}]. Delete it, or show it")
    for name in sorted(tested - set(known)):
        yield Problem(TESTS, 0, f"asserts {name!r}, which is not in "
                      f"{formulas.FILE}. Correct the name, or delete it")


def _said(one: Formula, known: list[str]) -> Iterator[str]:
    if one.name:
        if one.name not in known:
            yield (f"formula {one.name!r} is not in {formulas.FILE}; there "
                   f"are {', '.join(known)}")
        return
    for statement in tex.arithmetic(one.tex):
        if not statement.holds:
            yield f"${one.tex}$ is wrong: {statement.why}. Count again"
    if tex.states(one.tex) or (one.display and any(tex.parts(one.tex))):
        display = ", with display=true" if one.display else ""
        yield (f"${one.tex}$ states something. Give it a name in "
               f"{formulas.FILE} (and a test that asserts it), and write "
               f'{{{{ f("name") }}}} here{display}')


def asserted(tests: Path) -> set[str]:
    """The names of the formulas that a file of tests asserts."""
    if not tests.exists():
        return set()
    tree = ast.parse(tests.read_text(encoding="utf-8"))
    return {
        argument.value
        for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
        for call in node.decorator_list if isinstance(call, ast.Call)
        and ast.unparse(call.func) == "asserts"
        for argument in call.args if isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)}
