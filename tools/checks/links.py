"""Links inside the site lead somewhere; ids are unique and in ASCII."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from tools.checks import Problem, relative, webpage

BASE = "https://qkv-explained.example/"
_ID = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_COUNTED = re.compile(r"_\d+$")


def problems(site: Path, base: str = BASE) -> list[Problem]:
    """Find links and anchors that lead nowhere.

    Args:
        site: The built site.
        base: The address that it was built for.
    """
    found = []
    paths = webpage.pages(site)
    ids = {path: {one for _, one in webpage.read(path).ids} for path in paths}
    for path in paths:
        name = relative(path, site)
        for line, message in _on_page(path, site, base, ids):
            found.append(Problem(name, line, message))
        for line, message in bad_ids(webpage.read(path)):
            found.append(Problem(name, line, message))
    for path in sorted(site.rglob("sitemap.xml")):
        text = path.read_text(encoding="utf-8")
        for url in re.findall(r"(?:<loc>|href=\")(https?://[^<\"]+)", text):
            message = _resolve(url, path, site, base, ids)
            if message:
                found.append(Problem(relative(path, site), 0, message))
    for path in sorted(site.rglob("llms.txt")):
        text = path.read_text(encoding="utf-8")
        for url in re.findall(r"\]\((https?://[^)]+)\)", text):
            message = _resolve(url, path, site, base, ids)
            if message:
                found.append(Problem(relative(path, site), 0, message))
    return found


def _on_page(
    path: Path, site: Path, base: str, ids: dict[Path, set[str]]
) -> Iterator[tuple[int, str]]:
    for address in webpage.read(path).addresses:
        urls = [address.url]
        if address.attribute == "srcset":
            urls = [part.split()[0] for part in address.url.split(",")]
        for url in urls:
            message = _resolve(url, path, site, base, ids)
            if message:
                yield address.line, f"<{address.tag}> {message}"


def _resolve(
    url: str, path: Path, site: Path, base: str, ids: dict[Path, set[str]]
) -> str:
    """Say what is wrong with an address; "" if it leads somewhere."""
    here = urljoin(base, relative(path, site).removesuffix("index.html"))
    parts = urlsplit(url)
    if parts.scheme and parts.scheme not in ("http", "https"):
        return ""
    whole, fragment = urldefrag(urljoin(here, url))
    if not whole.startswith(base):
        own = urlsplit(whole).netloc == urlsplit(base).netloc
        return f"{url} leads out of the site's folder" if own else ""
    inside = unquote(whole.removeprefix(base).split("?")[0])
    target = site / inside
    if target.is_dir() or not inside or inside.endswith("/"):
        target = target / "index.html"
    if not target.exists():
        return f"{url} leads nowhere: the site has no {inside or '/'}"
    fragment = unquote(fragment)
    # A browser scrolls by itself to `#`, `#top` and `#:~:text=…`.
    free = ("", "top", "__top")
    if target.suffix != ".html" or fragment in free or ":~:" in fragment:
        return ""
    if fragment not in ids.get(target, set()):
        return (
            f"{url} leads nowhere: {relative(target, site)} has no "
            f'id="{fragment}"'
        )
    return ""


def bad_ids(page: webpage.WebPage) -> Iterator[tuple[int, str]]:
    """Ids that stand twice, and headings without one of our own."""
    times = Counter(one for _, one in page.ids)
    for line, one in page.ids:
        if times[one] > 1:
            yield line, f'id="{one}" stands {times[one]} times on the page'
    for line, tag, one, text in page.headings:
        if not one and tag != "h1":
            continue
        if one and (not _ID.fullmatch(one) or _COUNTED.search(one)):
            yield (
                line,
                f"the heading {text!r} has the id {one!r}. Write one in "
                "ASCII: ## … {#by-hand}",
            )
