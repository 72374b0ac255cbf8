"""The gates are closed: no check can be left out, and no test is empty.

A run that collects less, or a test that looks at nothing, is as green as
one that passed.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tools.checks import Problem, placed, relative

_LESS = re.compile(
    r"(?<!\S)(--ignore\S*|-k|-m|--deselect\S*|--co|--collect-only|--lf|"
    r"--maxfail\S*|-p no:\S+|--noconftest)(?=[\s=\"']|$)"
)
PASSES = re.compile(r"\|\|\s*(true|:)|;\s*true\b|set \+e|\+o pipefail")
# What tells pytest to collect less than all.
_HIDES = ("collect_ignore", "pytest_ignore_collect", "__test__ = False")
_ASSERTS = {"raises", "warns", "fail", "check_call", "validate"}


def problems(root: Path) -> list[Problem]:
    """Find what would let a failure pass unseen."""
    return [*_settings(root), *_scripts(root), *_hidden(root), *tests(root)]


def _settings(root: Path) -> Iterator[Problem]:
    told = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    pytest = told["tool"]["pytest"]["ini_options"]
    for path in ("tests", "docs"):
        if path not in pytest["testpaths"]:
            yield Problem("pyproject.toml", 0, f"testpaths lacks {path}; its "
                          "tests would vanish unseen")
    for option in pytest["addopts"]:
        if _LESS.search(option):
            yield Problem("pyproject.toml", 0, f"addopts: {option} leaves "
                          "tests out; name it on the command line instead")
    for key in pytest.keys() & {"norecursedirs", "python_files",
                                "python_functions", "python_classes"}:
        yield Problem("pyproject.toml", 0, f"{key} changes what is a test")


def _scripts(root: Path) -> Iterator[Problem]:
    script = (root / ".ci" / "run").read_text("utf-8")
    if not re.search(r"(?m)^set -euo pipefail$", script):
        yield Problem(".ci/run", 0, "lacks `set -euo pipefail`: a command "
                      "that fails before a pipe would pass")
    for name in (".ci/run", "Makefile"):
        lines = (root / name).read_text("utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if PASSES.search(line) or re.match(r"\t@?-|\.IGNORE", line):
                yield Problem(name, number, "lets a failure pass")
            if ("pytest" in line and _LESS.search(
                line.split("pytest", 1)[1]
            )) or "PYTEST_ADDOPTS" in line or re.search(
                r"make test .*(-k|--ignore|--deselect)", line
            ):
                yield Problem(name, number, "leaves tests out")


def _hidden(root: Path) -> Iterator[Problem]:
    for path in sorted(root.rglob("conftest.py")):
        if "node_modules" in path.parts or ".venv" in path.parts:
            continue
        for word in _HIDES:
            if word in path.read_text("utf-8"):
                yield Problem(relative(path, root), 0, f"{word} hides tests")


def tests(root: Path) -> Iterator[Problem]:
    """Find files of tests without one, and tests that look at nothing."""
    files = {
        path: [node for node in ast.walk(ast.parse(path.read_text("utf-8")))
               if isinstance(node, ast.FunctionDef)]
        for path in sorted((root / "tests").rglob("*.py"))
        if "node_modules" not in path.parts}
    functions = [one for some in files.values() for one in some]
    looking: set[str] = set(_ASSERTS)
    while more := {f.name for f in functions
                   if f.name not in looking and _looks(f, looking)}:
        looking |= more
    for path, inside in files.items():
        named = [one for one in inside if one.name.startswith("test_")]
        if path.name.startswith("test_"):
            said = [] if named else [(0, "holds no test")]
            said += [(one.lineno, f"{one.name} asserts nothing")
                     for one in named if not _looks(one, looking)]
            yield from placed(relative(path, root), said)


def _looks(function: ast.FunctionDef, looking: set[str]) -> bool:
    """Whether a function asserts, or calls or asks for one that does."""
    asked = {one.arg for one in function.args.args}
    if asked & looking and not function.name.startswith("test_"):
        return True
    for node in ast.walk(function):
        if isinstance(node, ast.Assert) and not isinstance(
            node.test, ast.Constant
        ):
            return True
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            checked = any(
                word.arg == "check" and getattr(word.value, "value", 0) is True
                for word in node.keywords
            )
            if name in looking or name.startswith("assert_") or checked:
                return True
    return False
