"""Links inside the site lead somewhere; ids are unique and in ASCII."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from tools.checks import Problem, listed, placed, relative, webpage

BASE = "https://qkv-explained.example/"
_ID = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_COUNTED = re.compile(r"_\d+$")
# Other files that list addresses.
_LISTS = {
    "sitemap.xml": re.compile(r"(?:<loc>|href=\")(https?://[^<\"]+)"),
    "llms.txt": re.compile(r"\]\((https?://[^)]+)\)"),
}


@listed
def problems(site: Path, base: str = BASE) -> Iterator[Problem]:
    """Find links and anchors of a site for `base` that lead nowhere."""
    paths = webpage.pages(site)
    ids = {path: {one for _, one in webpage.read(path).ids} for path in paths}
    for path in paths:
        page = webpage.read(path)
        yield from placed(relative(path, site), bad_ids(page))
        for line, tag, url in _addresses(page):
            if said := _resolve(url, path, site, base, ids):
                yield Problem(relative(path, site), line, f"<{tag}> {said}")
    for name, pattern in _LISTS.items():
        for path in sorted(site.rglob(name)):
            for url in pattern.findall(path.read_text(encoding="utf-8")):
                if said := _resolve(url, path, site, base, ids):
                    yield Problem(relative(path, site), 0, said)


def _addresses(page: webpage.WebPage) -> Iterator[tuple[int, str, str]]:
    for one in page.addresses:
        urls = [one.url]
        if one.attribute == "srcset":
            urls = [part.split()[0] for part in one.url.split(",")]
        yield from ((one.line, one.tag, url) for url in urls)


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
        return (f"{url} leads nowhere: {relative(target, site)} has no "
                f'id="{fragment}"')
    return ""


def bad_ids(page: webpage.WebPage) -> Iterator[tuple[int, str]]:
    """Ids that stand twice, and headings without one of our own."""
    times = Counter(one for _, one in page.ids)
    for line, one in page.ids:
        if times[one] > 1:
            yield line, f'id="{one}" stands {times[one]} times on the page'
    for line, _, one, text in page.headings:
        if one and (not _ID.fullmatch(one) or _COUNTED.search(one)):
            yield line, (f"the heading {text!r} has the id {one!r}. Write "
                         "one in ASCII: ## … {#by-hand}")
