"""Read a built page: ids, addresses, code blocks, what a policy forbids."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from tools.places import stamp

# Attributes that make a browser fetch something by itself.
FETCHED = {
    ("script", "src"), ("img", "src"), ("img", "srcset"), ("link", "href"),
    ("source", "src"), ("source", "srcset"), ("video", "src"),
    ("video", "poster"), ("audio", "src"), ("iframe", "src"),
    ("embed", "src"), ("object", "data"), ("input", "src"), ("use", "href"),
    ("image", "href"), ("track", "src"), ("form", "action"),
}  # fmt: skip
# Relations of <link> that name an address without fetching it.
NAMED = {"canonical", "alternate", "prev", "next", "author", "license", "edit"}
DATA = {"application/json", "application/ld+json", "text/template"}
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link",
    "meta", "source", "track", "wbr",
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """An address in an attribute, and the other attributes of its tag."""

    line: int
    tag: str
    attribute: str
    url: str
    attrs: dict[str, str]

    @property
    def rels(self) -> set[str]:
        """What a link says of where it leads: {"alternate"}."""
        return set(self.attrs.get("rel", "").split())


@dataclass
class WebPage:
    """What the checks look at; `text` is the prose, without its code."""

    path: Path
    lang: str = ""
    title: str = ""
    text: str = ""
    ids: list[tuple[int, str]] = field(default_factory=list)
    headings: list[tuple[int, str, str, str]] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    blocks: list[tuple[int, str, str]] = field(default_factory=list)
    handlers: list[tuple[int, str]] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    scripts: list[tuple[int, str]] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.page = WebPage(path)
        self._texts: list[str] = []
        self._heading: list[str] | None = None
        self._block: list[str] | None = None
        self._script: list[str] | None = None
        self._title = False
        self._classes: list[str] = []

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        line = self.getpos()[0]
        found = {key: value or "" for key, value in attrs}
        page = self.page
        if "id" in found:
            page.ids.append((line, found["id"]))
        for key in ("href", "src", "srcset", "data", "poster", "action"):
            if key in found:
                page.addresses.append(
                    Address(line, tag, key, found[key], found))
        for key in found:
            if key.startswith("on"):
                page.handlers.append((line, f"{key} on <{tag}>"))
        if "style" in found or tag == "style":
            page.styles.append(line)
        if tag == "html":
            page.lang = found.get("lang", "")
        if tag == "meta":
            names = [found.get(k) for k in ("http-equiv", "name", "property")]
            name = next(filter(None, names), "") or ""
            page.metas[name.lower()] = found.get("content", "")
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._heading = []
            page.headings.append((line, tag, found.get("id", ""), ""))
        if tag == "script" and "src" not in found:
            # A block of data is no script, and no policy looks at it.
            is_data = found.get("type", "module") in DATA
            self._script = None if is_data else []
        if tag == "pre":
            self._block = []
            page.blocks.append((line, " ".join(self._classes), ""))
        # A drawing has a title too; the page's stands before it.
        self._title = tag == "title" and not page.title
        if tag not in VOID:
            self._classes.append(found.get("class", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self._classes:
            self._classes.pop()
        page = self.page
        if tag.startswith("h") and self._heading is not None and len(tag) == 2:
            *rest, _ = page.headings[-1]
            text = "".join(self._heading).strip()
            page.headings[-1] = (*rest, text)  # type: ignore[assignment]
            self._heading = None
        if tag == "pre" and self._block is not None:
            line, classes, _ = page.blocks[-1]
            page.blocks[-1] = (line, classes, "".join(self._block))
            self._block = None
        if tag == "script" and self._script is not None:
            page.scripts.append((self.getpos()[0], "".join(self._script)))
            self._script = None
        self._title = False

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)
            return
        if self._heading is not None:
            self._heading.append(data)
        if self._block is not None:
            self._block.append(data)
            return
        if self._title:
            self.page.title += data
        self._texts.append(data)


def read(path: Path) -> WebPage:
    """Read a built page; once, while it does not change."""
    return _read(path, stamp(path))


@functools.lru_cache(maxsize=512)
def _read(path: Path, _stamp: tuple[int, int]) -> WebPage:
    reader = _Reader(path)
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    reader.page.text = "".join(reader._texts)
    return reader.page


def pages(site: Path) -> list[Path]:
    """All pages of a built site, sorted."""
    return sorted(site.rglob("*.html"))
