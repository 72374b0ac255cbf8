"""A browser for the checks: where it is, and a server that counts bytes.

The checks drive the Chromium or Chrome that the machine has; nothing is
downloaded. Every host but 127.0.0.1 is made unreachable, so a page that
asked for anything else would show it.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
import os
import re
import shutil
import sys
import threading
from dataclasses import dataclass
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tools.checks import Problem

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
)
HOW_TO_GET = (
    "no Chromium or Chrome found; install one (Debian: apt install chromium; "
    "Ubuntu: snap install chromium; macOS: brew install --cask chromium), "
    "or name one: CHROMIUM=/path/to/chrome make test"
)
FLAGS = (
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
LOCAL = "127.0.0.1"
INDEX = "search_index.json"
# What the server compresses, and where it writes its own address in.
TEXT = frozenset(
    {
        ".css",
        ".html",
        ".ipynb",
        ".js",
        ".json",
        ".md",
        ".py",
        ".svg",
        ".txt",
        ".xml",
    }
)
ADDRESSED = frozenset({".html", ".json", ".md", ".txt", ".xml"})
TYPES = {
    ".ipynb": "application/x-ipynb+json",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".py": "text/x-python",
    ".woff2": "font/woff2",
}


def find() -> Path | None:
    """Return the browser to use, or None; CHROMIUM names another."""
    named = os.environ.get("CHROMIUM") or os.environ.get("CHROME_PATH")
    if named:
        found = shutil.which(named)
        return Path(found) if found else None
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    for place in PLACES:
        path = Path(os.path.expandvars(place))
        if path.is_file():
            return path
    return None


def flags() -> list[str]:
    """Return the flags to start it with (root needs one more)."""
    root = sys.platform != "win32" and os.geteuid() == 0
    return [*FLAGS, *(["--no-sandbox"] if root else [])]


def axe_source() -> str | None:
    """Return axe-core's program, or None if it is not installed.

    It comes from a wheel that carries `axe.min.js`, so that whoever has a
    browser has this check too, without Node and, after the installation,
    without a network.
    """
    from importlib import resources

    try:
        file = resources.files("axe_playwright_python") / "axe.min.js"
        return file.read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return None


@dataclass(frozen=True)
class Fetch:
    """One answer of the server.

    Attributes:
        path: The address below the server, without its query.
        status: The status of the answer.
        size: Bytes of the body as sent (compressed where that is usual).
    """

    path: str
    status: int
    size: int


class Server:
    """Serve a built site as a forge's pages do: gzip, 404.html, one host.

    Pages name their own address (canonical links, the language selector,
    instant navigation). The address that they were built for is replaced by
    the server's while it answers, so that one build serves every test.

    Args:
        site: The folder of the built site.
        search: Whether the search finds anything. Without, its index is
            served empty, and a page is not kept busy reading it.

    Attributes:
        url: The address of the site's root, with a slash at the end.
        log: What was answered, oldest first; tests may empty it.
    """

    def __init__(self, site: Path, search: bool = True) -> None:
        self.site = site.resolve()
        self.search = search
        self.built_for = address_of(self.site)
        self.mount = urlsplit(self.built_for).path or "/"
        self.log: list[Fetch] = []
        self._kept: dict[Path, tuple[bytes, str]] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer._answer(self)

            def do_HEAD(self) -> None:
                outer._answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer((LOCAL, 0), Handler)
        self._http.daemon_threads = True
        self.host = f"{LOCAL}:{self._http.server_address[1]}"
        self.url = f"http://{self.host}{self.mount}"
        threading.Thread(
            target=self._http.serve_forever,
            kwargs={"poll_interval": 0.05},
            daemon=True,
        ).start()

    def close(self) -> None:
        """Stop serving."""
        self._http.shutdown()
        self._http.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = unquote(urlsplit(handler.path).path)
        file, status, moved = self._find(path)
        if moved:
            handler.send_response(301)
            handler.send_header("Location", moved)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        body, kind, packed = b"not found", "text/plain", False
        if file is not None:
            body, kind = self._body(file)
            packed = file.suffix in TEXT
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("Cache-Control", "max-age=600")
        if packed:
            handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()
        if handler.command == "GET":
            handler.wfile.write(body)
        self.log.append(Fetch(path, status, len(body)))

    def _find(self, path: str) -> tuple[Path | None, int, str]:
        if path.startswith(self.mount):
            file = self.site / path[len(self.mount) :]
            if file.resolve().is_relative_to(self.site):
                if file.is_dir() and not path.endswith("/"):
                    return None, 301, path + "/"
                if file.is_dir():
                    file = file / "index.html"
                if file.is_file():
                    return file, 200, ""
        missing = self.site / "404.html"
        return (missing if missing.is_file() else None), 404, ""

    def _body(self, file: Path) -> tuple[bytes, str]:
        if file not in self._kept:
            data = file.read_bytes()
            if file.name == INDEX and not self.search:
                data = json.dumps({**json.loads(data), "docs": []}).encode()
            if file.suffix in ADDRESSED:
                data = data.replace(self.built_for.encode(), self.url.encode())
            if file.suffix in TEXT:
                data = gzip.compress(data, 6, mtime=0)
            kind = (
                TYPES.get(file.suffix)
                or mimetypes.guess_type(file.name)[0]
                or "application/octet-stream"
            )
            if file.suffix in TEXT:
                kind += "; charset=utf-8"
            self._kept[file] = data, kind
        return self._kept[file]


@lru_cache
def address_of(site: Path) -> str:
    """Return the address that a site was built for, from its sitemap."""
    sitemap = site / "sitemap.xml"
    text = sitemap.read_text("utf-8") if sitemap.is_file() else ""
    match = re.search(r"<loc>(.*?)[a-z]{2}/sitemap\.xml</loc>", text)
    if match is None:
        raise ValueError(
            f"{sitemap}: names no language's sitemap; build the site first: "
            "python -m tools.site.build"
        )
    return match[1]


def addresses(site: Path) -> list[str]:
    """Return the pages of a built site, as addresses below its root.

    Every HTML file that a visitor can reach: `zh/concepts/origins/`, the
    chooser (an empty string) and each `404.html`.
    """
    found = []
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        if file.name == "index.html":
            name = name[: -len("index.html")]
        found.append(name)
    return found


def planned(root: Path, langs: tuple[str, ...]) -> list[str]:
    """Return the addresses that a site should have, from its sources."""
    found = ["", "404.html"]
    for lang in langs:
        found.append(f"{lang}/404.html")
        folder = root / "docs" / lang
        for file in folder.rglob("*"):
            if file.suffix not in {".md", ".ipynb"}:
                continue
            if file.name.endswith(".nb.md"):
                continue
            stem = file.relative_to(folder).with_suffix("").as_posix()
            stem = re.sub(r"(^|/)index$", "", stem)
            found.append(f"{lang}/{stem}/" if stem else f"{lang}/")
    return sorted(found)


def completeness(
    site: Path, root: Path, langs: tuple[str, ...]
) -> list[Problem]:
    """Say which pages the browser would miss, or look for in vain."""
    built, wanted = set(addresses(site)), set(planned(root, langs))
    listed = set(sitemap(site))
    found = [
        Problem(
            page,
            0,
            "is in the built site, but comes from no source "
            "page, so that no check would open it; build into an empty "
            "folder, or give it a source in docs/<language>",
        )
        for page in built - wanted
    ]
    found += [
        Problem(
            page,
            0,
            "has a source but was not built; look at what "
            "`python -m tools.site.build` says, and at exclude_docs",
        )
        for page in wanted - built
    ]
    pages = {p for p in built if p and not p.endswith("404.html")}
    found += [
        Problem(
            page,
            0,
            "is missing from its language's sitemap.xml, so "
            "that search engines do not see it",
        )
        for page in pages - listed
    ]
    found += [
        Problem(
            page,
            0,
            "stands in a sitemap.xml but does not exist; "
            "readers and search engines would get a 404",
        )
        for page in listed - built
    ]
    return found


def sitemap(site: Path) -> list[str]:
    """Return the pages that the languages' sitemaps list."""
    base = address_of(site)
    found = []
    for file in sorted(site.glob("*/sitemap.xml")):
        text = file.read_text("utf-8")
        found += [
            loc.removeprefix(base)
            for loc in re.findall(r"<loc>\s*(.*?)\s*</loc>", text)
        ]
    return found
