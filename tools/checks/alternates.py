"""What a page says of itself to search engines, previews and readers.

Its language, its own address, the same page in the other languages, and
what a preview shows of it. `links` says whether addresses lead somewhere;
here is whether they are the right ones.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from tools.browser.server import address_of, addresses
from tools.checks import Problem, listed, webpage

DEFAULT = "x-default"
LONGEST = 160


class Head:
    """What a page says of itself."""

    def __init__(self, page: webpage.WebPage) -> None:
        links = [one for one in page.addresses if one.tag == "link"]
        self.lang, self.title = page.lang, page.title.strip()
        self.metas = page.metas
        self.canonical = [one.url for one in links if "canonical" in one.rels]
        self.alternates = [
            (one.attrs["hreflang"], one.url) for one in links
            if "alternate" in one.rels and "hreflang" in one.attrs]
        self.selector = {
            one.attrs.get("hreflang", ""): one.url for one in page.addresses
            if one.tag == "a" and "data-language" in one.attrs}


@listed
def problems(site: Path, langs: tuple[str, ...]) -> Iterator[Problem]:
    """Find pages that say something wrong of themselves."""
    base = address_of(site)
    heads = {}
    for address in addresses(site):
        file = site / address
        file = file / "index.html" if file.is_dir() else file
        heads[address] = Head(webpage.read(file))
    titles: dict[tuple[str, str], list[str]] = {}
    for address, head in heads.items():
        titles.setdefault((head.lang, head.title), []).append(address)
        said = [*_of_page(address, head, heads, base, langs)]
        if not address.endswith("404.html"):
            said += _preview(address, head, base, site)
        for message in said:
            yield Problem(address or "/", 0, message)
    for (_, title), where in titles.items():
        if len(where) > 1:
            yield Problem(where[0], 0, (
                f"the title {title!r} is also that of {where[1:]}; in a "
                "list of tabs or results nobody could tell them apart"))


def _of_page(address: str, head: Head, heads: dict[str, Head], base: str,
             langs: tuple[str, ...]) -> Iterator[str]:
    lang, _, name = address.partition("/")
    if address in ("", "404.html"):
        lang, name = "", ""
    if lang and head.lang != lang:
        yield f'<html lang="{head.lang}"> is not {lang}'
    if not head.lang:
        yield "<html> names no language"
    if address.endswith("404.html"):
        if head.alternates and lang:
            yield "a page that was not found has no alternates"
        return
    own = base + address
    if head.canonical != [own]:
        yield (f"the canonical link is {head.canonical}, not {own}; it "
               "leads search engines away from this page")
    wanted = {one: f"{base}{one}/{name}" for one in langs}
    yield from _alternates(head, heads, base, wanted)
    if lang and head.selector != wanted:
        yield (f"the language selector offers {head.selector}, not "
               f"{wanted}: it must stay on the page")


def _alternates(head: Head, heads: dict[str, Head], base: str,
                wanted: dict[str, str]) -> Iterator[str]:
    said = dict(head.alternates)
    if len(said) != len(head.alternates):
        yield "two alternates name the same language"
    for one, url in wanted.items():
        if said.get(one) != url:
            yield (f"hreflang {one} is {said.get(one)}, not {url}; every "
                   "language must be listed, this one too, and absolutely")
    for url in (u for one, u in said.items() if one in wanted):
        other = heads.get(url.removeprefix(base))
        if other is None:
            yield f"hreflang leads to {url}, which does not exist"
        elif dict(other.alternates) != said:
            yield (f"{url} does not list the same alternates; unless they "
                   "agree, search engines ignore them all")
    default = said.get(DEFAULT, "")
    if not default:
        yield "no x-default among the alternates"
    elif default.removeprefix(base) not in heads:
        yield (f"x-default leads to {default}, which does not exist; name "
               "the chooser or a language's page")


def _preview(address: str, head: Head, base: str,
             site: Path) -> Iterator[str]:
    if not head.title:
        yield "no <title>"
    about = head.metas.get("description", "")
    if not about:
        yield "no description; give the page one in its front matter"
    elif len(about) > LONGEST:
        yield (f"the description has {len(about)} characters, and search "
               f"engines cut it off at {LONGEST}")
    if not address:
        return
    for name in ("og:title", "og:description", "og:type", "og:site_name",
                 "twitter:card"):
        if not head.metas.get(name):
            yield f"no {name}, so that a link to it has no preview"
    if head.metas.get("og:url") != base + address:
        yield f"og:url is {head.metas.get('og:url')}, not the page itself"
    image = head.metas.get("og:image", "")
    file = site / image.removeprefix(base)
    if not image.startswith(base) or not file.is_file():
        yield f"og:image {image!r} is no picture of this site"
        return
    size = png_size(file)
    said = tuple(int(head.metas.get(f"og:image:{side}") or 0)
                 for side in ("width", "height"))
    if size != said:
        yield f"og:image is {size}, and the page says {said}"


def png_size(file: Path) -> tuple[int, int]:
    """Return width and height of a PNG file; of no other (0, 0)."""
    head = file.read_bytes()[:24]
    if head[:8] != b"\x89PNG\r\n\x1a\n":
        return 0, 0
    width, height = struct.unpack(">II", head[16:24])
    return width, height
