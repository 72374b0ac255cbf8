"""The parts of a page, as the reader gives them; each knows its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Heading:
    """A heading; `id` is None where none is written."""

    line: int
    level: int
    text: str
    id: str | None


@dataclass(frozen=True)
class Fence:
    """A fenced block, from the line of its opening to that of its closing.

    `info` is what stands after the backticks, `body` the lines between,
    without the indent, `includes` the paths in them: all as written.
    """

    line: int
    end: int
    indent: str
    info: str
    body: str
    includes: tuple[str, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the braced form: ("text", "output")."""
        bare = re.sub(r'"[^"]*"', '""', self.info)
        found = re.findall(r"\.([\w-]+)", bare)
        return tuple(found) if self.info.startswith("{") else ()

    @property
    def title(self) -> str:
        """The title that the reader sees above the block."""
        found = re.search(r'title="([^"]*)"', self.info)
        return found[1] if found else ""

    @property
    def kind(self) -> str:
        """What the block is to the checks.

        One of "python" (runs), "console" (a command and its output),
        "output" (what the snippet before it prints), "no-run" (marked, with
        a reason), or "other" (nothing that the site allows).
        """
        if "no-run" in self.classes:
            return "no-run"
        if self.classes == ("text", "output"):
            return "output"
        word, *_ = [*self.info.split(), ""]
        return word if word in ("python", "console") else "other"


@dataclass(frozen=True)
class Call:
    """A macro call, such as `{{ n("projection", "params", digits=2) }}`."""

    line: int
    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    written: str


@dataclass(frozen=True)
class Formula:
    """A formula without its dollars, as written or as its name says.

    `name` is its name in docs/formulas.toml, "" where it is typed.
    """

    line: int
    tex: str
    display: bool
    name: str = ""


@dataclass(frozen=True)
class Admonition:
    """An admonition or a folding block."""

    line: int
    kind: str
    folds: bool


@dataclass(frozen=True)
class Predict:
    """A question that the reader answers before the answer shows."""

    line: int
    id: str
    answer: str
    options: int
    reveals: bool


@dataclass(frozen=True)
class Link:
    """A link or an image."""

    line: int
    target: str
    text: str
    image: bool


@dataclass(frozen=True)
class Tag:
    """An opening HTML tag with its attributes."""

    line: int
    name: str
    attrs: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The shape of a table: rows (with its head) and columns."""

    line: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Page:
    """All that a page holds, in its order.

    `prose` is the text with everything that is not prose blanked out, line
    for line and column for column as in the file: fences, code spans,
    formulas, macro calls, comments, tags, attribute lists and addresses.
    `unlinked` is the same without the words of links. `spoken` is the text
    as it sounds: code and formulas are one "x" and numbers one "0", without
    the marks of emphasis and links, so that what touches them can be seen.
    """

    path: Path
    text: str
    meta: dict[str, Any]
    headings: tuple[Heading, ...]
    fences: tuple[Fence, ...]
    calls: tuple[Call, ...]
    formulas: tuple[Formula, ...]
    admonitions: tuple[Admonition, ...]
    predicts: tuple[Predict, ...]
    links: tuple[Link, ...]
    tags: tuple[Tag, ...]
    tables: tuple[Table, ...]
    prose: tuple[str, ...]
    unlinked: tuple[str, ...]
    spoken: tuple[str, ...]

    def calls_of(self, *names: str) -> list[Call]:
        """The calls of these macros, in order."""
        return [call for call in self.calls if call.name in names]
