"""The head of a page: its front matter, and its H1, which is its title."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tools.pages.reader import FRONT, ROOT

_H1 = re.compile(r"^# +(.+?)[ \t]*(?:\{[^{}]*\})?[ \t]*$", re.M)


class LacksHead(LookupError):
    """A page's head lacks something; the message says what to write."""


@lru_cache
def _read(path: Path, _stamp: int) -> tuple[dict[str, Any], str]:
    text = path.read_text("utf-8").replace("\r\n", "\n")
    front = FRONT.match(text)
    meta = yaml.safe_load(front[1]) if front else {}
    found = _H1.search(text, front.end() if front else 0)
    return meta or {}, found[1] if found else ""


def meta(path: Path) -> dict[str, Any]:
    """Return a page's front matter."""
    return _read(path, path.stat().st_mtime_ns)[0]


def title(page: str, lang: str, root: Path = ROOT) -> str:
    """Return a page's title, by its path below the language's folder.

    Raises:
        LacksHead: If the page is not there, or has no H1.
    """
    path = root / "docs" / lang / page
    found = path.exists() and _read(path, path.stat().st_mtime_ns)[1]
    if not found:
        what = "has no H1" if path.exists() else "is missing"
        raise LacksHead(f"docs/{lang}/{page}: {what}; begin it with # Title")
    return found


def idea(page: str, lang: str, root: Path = ROOT) -> str:
    """Return the page's idea in one sentence, from its front matter."""
    title(page, lang, root)
    found = meta(root / "docs" / lang / page).get("idea")
    if not found:
        raise LacksHead(
            f"docs/{lang}/{page}: its front matter lacks the idea in one "
            "sentence; write idea: …")
    return str(found)


def figure_words(lang: str, root: Path = ROOT) -> dict[str, dict[str, str]]:
    """Return the words of the figures, by figure, in a language."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((root / "docs" / lang).rglob("*.md")):
        for name, words in (meta(path).get("figures") or {}).items():
            if name in found:
                raise LacksHead(
                    f"{path.relative_to(root)}: the words of the figure "
                    f"{name} stand on another page too; keep one of them")
            found[name] = {str(key): text for key, text in words.items()}
    return found
