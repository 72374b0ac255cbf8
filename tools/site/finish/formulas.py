"""Formulas: the TeX that a page holds, and the KaTeX output for it.

KaTeX runs when a formula is written, not when a page is built or read:
`python -m tools.refresh formulas` puts its output into one committed file, and
a build copies it in. A formula that the file does not hold yet stays TeX, with
a warning; the checks refuse it.
"""

import html
import json
import logging
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from tools.places import MADE

RENDERED = MADE / "formulas.json"
_BLOCK = re.compile(
    r'<(span|div) class="arithmatex">(\\\(|\\\[)(.*?)(\\\)|\\\])</\1>', re.S)
# More pieces than these may be broken over two lines.
LONGEST = 6
log = logging.getLogger("mkdocs.hooks.math")


def key(tex: str, display: bool) -> str:
    """Return the name of a formula in the rendered file."""
    return ("D " if display else "I ") + " ".join(tex.split())


def formulas(page: str) -> set[str]:
    """Return the keys of the formulas of a page that are still TeX."""
    return {key(html.unescape(m[3]), m[2] == r"\[")
            for m in _BLOCK.finditer(page)}


@lru_cache
def _load(file: Path, _stamp: int) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return loaded


def rendered(file: Path = RENDERED) -> dict[str, str]:
    """Return the rendered formulas by key; none if the file is missing."""
    if not file.exists():
        return {}
    found: dict[str, str] = _load(file, file.stat().st_mtime_ns)["formulas"]
    return found


def css(file: Path = RENDERED) -> str:
    """Return the rules for what KaTeX writes as inline styles."""
    if not file.exists():
        return ""
    styles = _load(file, file.stat().st_mtime_ns)["styles"]
    return "\n".join(f".katex .{name}{{{rule}}}"
                     for name, rule in styles.items()) + "\n"


def put_in(page: str, name: str, file: Path = RENDERED) -> str:
    """Replace the TeX of a page by what KaTeX made of it."""
    known = rendered(file)
    missing: list[str] = []

    def replace(match: re.Match[str]) -> str:
        display = match[2] == r"\["
        found = known.get(key(html.unescape(match[3]), display))
        if found is None:
            missing.append(html.unescape(match[3]).strip())
            return match[0]
        if display:
            return f'<div class="math" tabindex="0">{found}</div>'
        long = " long" if found.count('class="katex-base"') > LONGEST else ""
        return f'<span class="math{long}">{found}</span>'

    page = _BLOCK.sub(replace, page)
    if missing:
        log.warning("%s: %d formulas not rendered yet, shown as TeX (%s …); "
                    "run: python -m tools.refresh formulas",
                    name, len(missing), missing[0])
    return page
