"""Every page that has a source is built and listed, and no other is."""

from __future__ import annotations

import re
from pathlib import Path

from tools.browser.server import address_of, addresses
from tools.checks import Problem


def planned(root: Path, langs: tuple[str, ...]) -> list[str]:
    """Return the addresses that a site should have, from its sources."""
    found = ["", "404.html"]
    for lang in langs:
        found.append(f"{lang}/404.html")
        folder = root / "docs" / lang
        for file in folder.rglob("*"):
            kept = file.suffix in {".md", ".ipynb"}
            if kept and not file.name.endswith(".nb.md"):
                stem = file.relative_to(folder).with_suffix("").as_posix()
                stem = re.sub(r"(^|/)index$", "", stem)
                found.append(f"{lang}/{stem}/" if stem else f"{lang}/")
    return sorted(found)


def problems(site: Path, root: Path, langs: tuple[str, ...]) -> list[Problem]:
    """Say which pages the browser would miss, or look for in vain."""
    built, wanted = set(addresses(site)), set(planned(root, langs))
    listed = set(sitemap(site))
    pages = {p for p in built if p and not p.endswith("404.html")}
    said = {
        "is in the built site, but comes from no source page, so that no "
        "check would open it; build into an empty folder, or give it a "
        "source in docs/<language>": built - wanted,
        "has a source but was not built; look at what `python -m "
        "tools.site.build` says, and at exclude_docs": wanted - built,
        "is missing from its language's sitemap.xml, so that search engines "
        "do not see it": pages - listed,
        "stands in a sitemap.xml but does not exist; readers and search "
        "engines would get a 404": listed - built,
    }
    return [Problem(page, 0, what)
            for what, some in said.items() for page in sorted(some)]


def sitemap(site: Path) -> list[str]:
    """Return the pages that the languages' sitemaps list."""
    base = address_of(site)
    return [loc.removeprefix(base)
            for file in sorted(site.glob("*/sitemap.xml"))
            for loc in re.findall(r"<loc>\s*(.*?)\s*</loc>",
                                  file.read_text("utf-8"))]
