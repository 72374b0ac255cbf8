"""The bytes of a first visit, compressed as a forge's pages send them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from pathlib import Path

from tools.browser.server import Fetch
from tools.checks import Problem

KB = 1000
# The most that a first visit may transfer, the search index apart.
MOST = {"page": 160 * KB, "notebook": 200 * KB, "widget": 400 * KB}
MOST_INDEX = 220 * KB
INDEX = re.compile(r"/search/search_index\.json$")
# What an answer takes besides its body.
HEAD = 250
_WIDGET = re.compile(r"<qkv-[a-z]")


def kind(site: Path, address: str) -> str:
    """Return which bar a page is measured by."""
    if "notebooks/" in address:
        return "notebook"
    name = address if address.endswith(".html") else f"{address}index.html"
    page = site / name
    if page.is_file() and _WIDGET.search(page.read_text("utf-8")):
        return "widget"
    return "page"


def transferred(fetches: Iterable[Fetch]) -> int:
    """Return the bytes of a visit without those of the search index."""
    return sum(f.size + HEAD for f in fetches if not INDEX.search(f.path))


def problems(address: str, fetches: list[Fetch], bar: str) -> list[Problem]:
    """Say whether a first visit was too heavy, and what weighs most.

    `bar` is "page", "notebook" or "widget"; `fetches` are what the server
    answered while the page was open.
    """
    total = transferred(fetches)
    if total <= MOST[bar]:
        return []
    counted = [f for f in fetches if not INDEX.search(f.path)]
    heavy = sorted(counted, key=lambda f: -f.size)[:5]
    listed = ", ".join(f"{f.path} {f.size / KB:.0f}" for f in heavy)
    return [Problem(address, 0, (
        f"a first visit transfers {total / KB:.0f} KB, and a {bar} may "
        f"{MOST[bar] / KB:.0f}; most of it, in KB: {listed}. Make these "
        "smaller or load them when they are needed"))]


def index_problems(site: Path, langs: Iterable[str]) -> list[Problem]:
    """Say which languages' search indexes are too heavy."""
    found = []
    for lang in langs:
        file = site / lang / "search" / "search_index.json"
        size = len(gzip.compress(file.read_bytes(), 6, mtime=0))
        if size > MOST_INDEX:
            found.append(Problem(f"{lang}/search/search_index.json", 0, (
                f"{size / KB:.0f} KB compressed, at most "
                f"{MOST_INDEX / KB:.0f}; give long tables and outputs "
                "data-search-exclude")))
    return found
