"""The table of all checks, from the heads of their modules and their tests.

`python -m tools.checks --list` prints it. A module of this folder that has a
`problems` guards something; the first line of its head says what. A file of
tests guards something too. Each must hold a test that plants a defect, or has
its defects as data in tests/checks/planted/<check>.yml.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from tools.checks import Problem, listed, relative

TESTS = ("tests/checks", "tests/browser")
# How the name of a test that plants a defect ends or begins.
PLANTS = re.compile(
    r"planted|_defect|(?:_is|_are)_(?:found|told|refused|named|stopped|left_out"
    r"|compared|not_run)|turns?_(?:both_translations_)?red|_fails?_|_never_|refuses|_first$|_told_"
)


@dataclass(frozen=True)
class Row:
    """One check: its file of tests, what it guards (the first line of its
    head, or of the module it tests), and the tests that plant a defect.
    """

    path: Path
    guards: str
    planted: tuple[str, ...]


def rows(root: Path) -> Iterator[Row]:
    """All files of tests, and of defects, that guard pages or tools."""
    for path in sorted((root / "tests/checks/planted").glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        count = sum(len(one.get("defects", [])) for one in data["groups"])
        module = root / f"tools/checks/{data.get('check', path.stem)}.py"
        head = _head(module) if module.exists() else data.get("guards", "")
        yield Row(path, head, (f"{count} defects",) if count else ())
    for folder in TESTS:
        for path in sorted((root / folder).rglob("test_*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = [node.name for node in tree.body
                     if isinstance(node, ast.FunctionDef)
                     and node.name.startswith("test_")]
            module = root / "tools/checks" / path.name.removeprefix("test_")
            head = _head(module) if module.exists() else _head(path)
            yield Row(path, head, tuple(filter(PLANTS.search, names)))


def _head(path: Path) -> str:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").split("\n\n")[0]


@listed
def problems(root: Path) -> Iterator[Problem]:
    """Find checks that say nothing of themselves, or cannot fail."""
    for row in rows(root):
        name = relative(row.path, root)
        if not row.guards:
            yield Problem(name, 1, "has no head. Say in one line what it "
                          "guards")
        if not row.planted:
            yield Problem(name, 1, "plants no defect. Add a test that changes "
                          "one thing and asserts that the check says so "
                          "(…_is_found)")
    tested = "\n".join(
        f"{path.stem}.problems" if path.suffix == ".yml"
        else path.read_text(encoding="utf-8")
        for ending in ("tests/**/*.py", "tests/checks/planted/*.yml")
        for path in root.glob(ending)
    )
    for path in sorted((root / "tools" / "checks").glob("*.py")):
        has = re.search(r"^def problems\(", path.read_text("utf-8"), re.M)
        if has and not re.search(rf"\b{path.stem}\.\w", tested):
            yield Problem(relative(path, root), 1,
                          "no test calls it. Add one that plants a defect")


def text(root: Path) -> str:
    """The table for a terminal."""
    lines = []
    for row in rows(root):
        lines += [
            f"{relative(row.path, root)}",
            *(f"    {line}" for line in row.guards.split("\n")),
            f"    planted: {', '.join(row.planted) or 'nothing'}",
        ]
    return "\n".join(lines)
