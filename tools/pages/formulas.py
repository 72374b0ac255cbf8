r"""Formulas that state something: one file, docs/formulas.toml, by name.

A page shows one by `{{ f("projection") }}` in a line of text, and by
`{{ f("projection", display=true) }}` on a line of its own. What each says is
proved in tests/library/test_formulas.py.

    [projection]
    tex = 'Q = X W_Q'

Words in a formula stand as `\text{output}`, in English; `[words]` has them
in the other languages.
"""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path
from typing import Any

from tools.places import ROOT, stamp

FILE = "docs/formulas.toml"
_TEXT = re.compile(r"\\text\{([^{}]*)\}")


class UnknownFormula(LookupError):
    """A name that docs/formulas.toml does not have."""


@functools.lru_cache
def _load(file: Path, _stamp: tuple[int, int]) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _all(root: Path) -> dict[str, Any]:
    file = root / FILE
    return _load(file, stamp(file)) if file.exists() else {}


def names(root: Path = ROOT) -> list[str]:
    """The names of all formulas, in the order of the file."""
    return [name for name in _all(root) if name != "words"]


def tex(name: str, lang: str = "en", root: Path = ROOT) -> str:
    """The TeX of a formula, with its words in a language; "" if unknown."""
    found = _all(root)
    words = found.get("words", {})

    def word(match: re.Match[str]) -> str:
        return f"\\text{{{words.get(match[1], {}).get(lang, match[1])}}}"

    text: str = found[name]["tex"] if name in names(root) else ""
    return _TEXT.sub(word, " ".join(text.split()))


def f(name: str, lang: str, display: bool = False, root: Path = ROOT) -> str:
    """What a page shows for a formula: its TeX in dollars.

    Raises:
        UnknownFormula: If the file has no such name; says which there are.
    """
    found = tex(name, lang, root)
    if not found:
        raise UnknownFormula(f"formula {name!r} is not in {FILE}; there are "
                             f"{', '.join(names(root))}")
    return f"$${found}$$" if display else f"${found}$"


def place(page: Path) -> tuple[str, Path]:
    """The language of a page and the repository that it belongs to."""
    for parent in page.resolve().parents:
        if parent.name == "docs":
            return page.resolve().relative_to(parent).parts[0], parent.parent
    return "en", ROOT
