"""Serve a built site, or anything else, to a browser on this machine."""

from __future__ import annotations

import gzip
import json
import mimetypes
import re
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

LOCAL = "127.0.0.1"
INDEX = "search_index.json"
# What a forge compresses, and where our server writes its own address in.
TEXT = frozenset({".css", ".html", ".ipynb", ".js", ".json", ".md", ".py",
                  ".svg", ".txt", ".xml"})
ADDRESSED = frozenset({".html", ".json", ".md", ".txt", ".xml"})
TYPES = {
    ".ipynb": "application/x-ipynb+json",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".py": "text/x-python",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True)
class Answer:
    """What is sent for an address."""

    body: bytes = b"not found"
    kind: str = "text/plain"
    status: int = 404
    head: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fetch:
    """One answer that was given: its path, status, and bytes as sent."""

    path: str
    status: int
    size: int


class Server:
    """Answers a browser with what `find` says of a path.

    Attributes:
        host: Name and port.
        url: The address of the root, with a slash at the end.
        log: What was answered, oldest first; tests may empty it.
    """

    mount = "/"

    def __init__(self) -> None:
        self.log: list[Fetch] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer._answer(self)

            do_HEAD = do_GET

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer((LOCAL, 0), Handler)
        self._http.daemon_threads = True
        self.host = f"{LOCAL}:{self._http.server_address[1]}"
        self.url = f"http://{self.host}{self.mount}"
        threading.Thread(
            target=self._http.serve_forever,
            kwargs={"poll_interval": 0.05}, daemon=True).start()

    def find(self, path: str) -> Answer:
        """Return the answer for a path."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop serving."""
        self._http.shutdown()
        self._http.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = unquote(urlsplit(handler.path).path)
        said = self.find(path)
        # Before the answer, which the asker may have read when this goes on.
        if said.status != 301:
            self.log.append(Fetch(path, said.status, len(said.body)))
        handler.send_response(said.status)
        handler.send_header("Content-Type", said.kind)
        handler.send_header("Content-Length", str(len(said.body)))
        for name, value in said.head.items():
            handler.send_header(name, value)
        handler.end_headers()
        if handler.command == "GET":
            handler.wfile.write(said.body)


class Site(Server):
    """Serves a built site as a forge's pages do: gzip, 404.html, one host.

    Pages name their own address (canonical links, the language selector,
    instant navigation). The address that they were built for is replaced by
    the server's while it answers, so that one build serves every test.

    Args:
        site: The folder of the built site.
        search: Whether the search finds anything. Without, its index is
            served empty, and a page is not kept busy reading it.
    """

    def __init__(self, site: Path, search: bool = True) -> None:
        self.site = site.resolve()
        self.search = search
        self.built_for = address_of(self.site)
        self.mount = urlsplit(self.built_for).path or "/"
        self._kept: dict[Path, tuple[bytes, str]] = {}
        super().__init__()

    def find(self, path: str) -> Answer:
        """Return a file of the site; 404.html if there is none."""
        file, status = self.site / "404.html", 404
        if path.startswith(self.mount):
            wanted = self.site / path[len(self.mount) :]
            if wanted.resolve().is_relative_to(self.site):
                if wanted.is_dir() and not path.endswith("/"):
                    return Answer(b"", status=301,
                                  head={"Location": path + "/"})
                if wanted.is_dir():
                    wanted = wanted / "index.html"
                if wanted.is_file():
                    file, status = wanted, 200
        if not file.is_file():
            return Answer()
        body, kind = self._body(file)
        packed = {"Content-Encoding": "gzip"} if file.suffix in TEXT else {}
        return Answer(body, kind, status,
                      {"Cache-Control": "max-age=600", **packed})

    def _body(self, file: Path) -> tuple[bytes, str]:
        if file not in self._kept:
            data = file.read_bytes()
            if file.name == INDEX and not self.search:
                data = json.dumps({**json.loads(data), "docs": []}).encode()
            if file.suffix in ADDRESSED:
                data = data.replace(self.built_for.encode(), self.url.encode())
            kind = (TYPES.get(file.suffix)
                    or mimetypes.guess_type(file.name)[0]
                    or "application/octet-stream")
            if file.suffix in TEXT:
                data = gzip.compress(data, 6, mtime=0)
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
            "python -m tools.site.build")
    return match[1]


def addresses(site: Path) -> list[str]:
    """Return the pages of a built site, as addresses below its root.

    Every HTML file that a visitor can reach: `zh/concepts/origins/`, the
    chooser (an empty string) and each `404.html`.
    """
    names = (file.relative_to(site) for file in sorted(site.rglob("*.html")))
    return [f"{name.parent.as_posix()}/".removeprefix("./")
            if name.name == "index.html" else name.as_posix()
            for name in names]
