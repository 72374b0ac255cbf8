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

from tools.checks import Problem, relative
from tools.pages import formulas, reader, tex
from tools.pages.parts import Formula
from tools.pages.reader import LANGS

TESTS = "tests/library/test_formulas.py"


def problems(root: Path, langs: tuple[str, ...] = LANGS) -> list[Problem]:
    """Find statements without a name, without a test, or without truth."""
    known, shown = formulas.names(root), set[str]()
    found = []
    for lang in langs:
        for path in reader.pages(root, lang):
            page = reader.read(path)
            name = relative(path, root)
            shown |= {one.name for one in page.formulas}
            for one in page.formulas:
                found += [Problem(name, one.line, said)
                          for said in _said(one, known)]  # fmt: skip
    tested = asserted(root / TESTS)
    for name in known:
        if name not in tested:
            message = (
                f"[{name}] is asserted by no test. Add its name to @asserts "
                f"before the function in {TESTS} that makes its letters, or "
                "write one"
            )
            found.append(Problem(formulas.FILE, 0, message))
        if name not in shown:
            message = f"no page shows [{name}]. Delete it, or show it"
            found.append(Problem(formulas.FILE, 0, message))
    for name in sorted(tested - set(known)):
        message = (
            f"asserts {name!r}, which is not in {formulas.FILE}. Correct the "
            "name, or delete it"
        )
        found.append(Problem(TESTS, 0, message))
    return found


def _said(one: Formula, known: list[str]) -> Iterator[str]:
    if one.name:
        if one.name not in known:
            yield (
                f"formula {one.name!r} is not in {formulas.FILE}; there are "
                f"{', '.join(known)}"
            )
        return
    for statement in tex.arithmetic(one.tex):
        if not statement.holds:
            yield f"${one.tex}$ is wrong: {statement.why}. Count again"
    if tex.states(one.tex) or (one.display and any(tex.parts(one.tex))):
        yield (
            f"${one.tex}$ states something. Give it a name in "
            f"{formulas.FILE} (and a test that asserts it), and write "
            '{{ f("name") }} here'
            + (", with display=true" if one.display else "")
        )


def asserted(tests: Path) -> set[str]:
    """The names of the formulas that a file of tests asserts."""
    if not tests.exists():
        return set()
    tree = ast.parse(tests.read_text(encoding="utf-8"))
    return {
        argument.value
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for call in node.decorator_list
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "asserts"
        for argument in call.args
        if isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)
    }
