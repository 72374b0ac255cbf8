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

        Returns:
            "" if the file is what the code gives, else what is wrong (or
            was): "missing", "differs" or "not needed".
        """
        text, there = self.make(), self.path.exists()
        old = self.path.read_text(encoding="utf-8") if there else ""
        if not text:
            if write:
                self.path.unlink(missing_ok=True)
            return "not needed" if there else ""
        if old and self.same(old, text):
            return ""
        if write:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(text, encoding="utf-8", newline="\n")
        return "differs" if old else "missing"

    def matches(self, names: list[str]) -> bool:
        """Tell whether one of the names (parts of a path) means this file."""

        def plain(text: str) -> str:
            return text.replace("-", "_").replace("/", "_")

        path = plain(self.path.as_posix())
        return not names or any(plain(name) in path for name in names)
