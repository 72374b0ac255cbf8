"""Files that are made from code: how to make one, and when two are equal."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Job:
    """A committed file and the code that gives it.

    Attributes:
        path: The file.
        make: Gives its text; an empty text means that there is no file.
        same: Tells whether two texts say the same.
    """

    path: Path
    make: Callable[[], str]
    same: Callable[[str, str], bool] = operator.eq

    def run(self, write: bool) -> str:
        """Make the text, compare, and write it where that is asked for.

        Args:
            write: Whether to write what differs.

        Returns:
            "" if the file is what the code gives, else what is wrong (or
            was): "missing", "differs" or "not needed".
        """
        text = self.make()
        old = ""
        if self.path.exists():
            old = self.path.read_text(encoding="utf-8")
        if not text:
            if not self.path.exists():
                return ""
            if write:
                self.path.unlink()
            return "not needed"
        if old and self.same(old, text):
            return ""
        if write:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(text, encoding="utf-8", newline="\n")
        return "differs" if old else "missing"

    def matches(self, names: list[str]) -> bool:
        """Tell whether one of the names (parts of a path) means this file."""
        path = self.path.as_posix()
        plain = path.replace("-", "_")
        return not names or any(
            name in path or name.replace("-", "_") in plain for name in names
        )
