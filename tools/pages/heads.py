"""The words of the figures, in the front matter of the pages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tools.pages.marks import FRONT
from tools.places import ROOT, stamp


class LacksHead(LookupError):
    """A page's head lacks something; the message says what to write."""


@lru_cache
def _read(path: Path, _stamp: tuple[int, int]) -> dict[str, Any]:
    text = path.read_text("utf-8").replace("\r\n", "\n")
    front = FRONT.match(text)
    return (yaml.safe_load(front[1]) if front else None) or {}


def meta(path: Path) -> dict[str, Any]:
    """Return a page's front matter."""
    return _read(path, stamp(path))


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
