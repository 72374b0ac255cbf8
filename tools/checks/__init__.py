"""The checks of the content, one module each.

Every module has a function `problems(root, …)` that reads files below a root
folder, changes nothing and returns a list of `Problem`: where, what is wrong,
and what to do about it. tests/checks/test_planted.py runs it on the repository
and on the defects of tests/checks/planted; `--list` prints them all.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec

P = ParamSpec("P")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: in which file (relative to the root), in
    which line (0 where it is the whole file), what it is, and what to do.
    """

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.message}"


def listed(
    check: Callable[P, Iterable[Problem]],
) -> Callable[P, list[Problem]]:
    """Let a check be written as a generator, and give a list all the same."""

    @functools.wraps(check)
    def whole(*args: P.args, **kwargs: P.kwargs) -> list[Problem]:
        return list(check(*args, **kwargs))

    return whole


def placed(path: str, said: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    """What is said of the lines of a file, as problems."""
    return (Problem(path, line, message) for line, message in said)


def relative(path: Path, root: Path) -> str:
    """A path as the messages show it."""
    inside = path.is_relative_to(root)
    return (path.relative_to(root) if inside else path).as_posix()


def report(problems: Iterable[Problem]) -> str:
    """All problems as text, one a line, sorted; empty when there are none."""
    return "\n".join(str(problem) for problem in sorted(set(problems)))


def after_looking(command: str) -> str:
    """What to do when code gives something else than what is committed.

    The command alone would publish the defect if the code is at fault.
    """
    return (
        "Look at the difference first. If the code is wrong, mend the code. "
        "If the change is meant, mend what pages say about it too, and then "
        f"run: {command}")
