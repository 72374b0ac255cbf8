"""The menu of a language, from order.toml: there is no other list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qkv_explained.languages import words
from tools.pages import mapping
from tools.places import ROOT


def menu(lang: str, root: Path = ROOT) -> list[Any]:
    """The menu as MkDocs' `nav` takes it.

    One mapping a part, from its name to its page or its list of pages; a
    notebook follows the page that it belongs to.
    """
    parts: dict[str, list[Any]] = {}
    found: list[Any] = []
    for part in mapping.order(root):
        pages: list[Any] = []
        for page in part["pages"]:
            pages.append(f"{page}.md")
            if notebook := mapping.notebook_of(page, root):
                pages.append(notebook)
        parts[part["id"]] = pages
        inside: Any = "index.md" if pages == ["index.md"] else pages
        title = words(lang)["nav"][part["id"]]
        parts.get(part.get("inside", ""), found).append({title: inside})
    return found
