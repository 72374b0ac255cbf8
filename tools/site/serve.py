"""Serve the site and rebuild what an edit touches: `python -m tools.site.serve`.

The server and the page's reloading are MkDocs' own (`LiveReloadServer`).
All languages are built once; after that an edit of a page or a snippet
rebuilds the pages it is on (MkDocs' dirty build), anything else all of them.
"""

import argparse
import contextlib
import errno
import logging
import os
import re
import shutil
import socket
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs import livereload
from mkdocs.livereload import LiveReloadServer

from tools.places import COURSE, ROOT
from tools.site.build import (
    LANGS,
    BuildFailed,
    build,
    build_language,
    context,
    run,
)

SHARED = ("docs/assets", "docs/made", "docs/root", "docs/claims.yml",
          "qkv_explained", "mkdocs.yml", "tools")
WATCHED = (*SHARED, *(f"docs/{lang}" for lang in LANGS))

# An open page asks at least once a minute.
STILL_OPEN = 90.0  # seconds


def free(host: str, port: int) -> bool:
    """Tell whether a port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


class PreviewServer(LiveReloadServer):
    """MkDocs' server; its script comes as a file, as the CSP demands."""

    builder: "Rebuilder"

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        tag = b'<script src="/livereload/%d.js"></script></body>' % epoch
        return content.replace(b"</body>", tag, 1)

    def _serve_request(self, environ: dict[str, Any],
                       start_response: Any) -> Any:
        # An open page asks again and again whether it is to reload.
        if environ["PATH_INFO"].startswith("/livereload/"):
            self.builder.looked(environ.get("HTTP_REFERER", ""))
        match = re.fullmatch(r"/livereload/(\d+)\.js", environ["PATH_INFO"])
        if match is None:
            return super()._serve_request(environ, start_response)
        text = livereload._SCRIPT_TEMPLATE.substitute(
            epoch=match[1], request_id=match[1])
        text = text.replace("console.log('Enabled live reload');", "")
        start_response("200 OK", [("Content-Type", "text/javascript")])
        return [text.encode()]


class Rebuilder:
    """Rebuilds what changed since it last looked.

    An edited page is rebuilt alone, and first in the languages that are open
    in a browser, so that it is on the screen at once; a full build of its
    languages then follows quietly, beside the pages that are served, since
    the search index and the lists of pages need every page.
    """

    def __init__(self, site: Path, root: Path = ROOT) -> None:
        self.site = site
        self.root = root
        self.seen = self._stamps()
        self.quiet: Any = None
        self.owed: list[str] = []  # languages that await their full build
        self._open: dict[str, float] = {}

    def looked(self, address: str) -> None:
        """Note that a page is open in a browser."""
        found = re.search(rf"/({'|'.join(LANGS)})/", address)
        if found:
            self._open[found[1]] = time.monotonic()

    def first(self, langs: Iterable[str]) -> list[str]:
        """Return the languages that somebody looks at; all if nobody does."""
        since = time.monotonic() - STILL_OPEN
        return [lang for lang in langs
                if self._open.get(lang, since) > since] or list(langs)

    def _stamps(self) -> dict[Path, int]:
        found = {}
        for name in WATCHED:
            top = self.root / name
            for path in [top] if top.is_file() else top.rglob("*"):
                if {"__pycache__", "node_modules"} & set(path.parts):
                    continue
                with contextlib.suppress(FileNotFoundError):
                    if path.is_file():
                        found[path] = path.stat().st_mtime_ns
        return found

    def changed(self) -> list[Path]:
        """Return the files that changed, came or went since the last call."""
        now = self._stamps()
        found = sorted(p for p in {*now, *self.seen}
                       if now.get(p) != self.seen.get(p))
        self.seen = now
        return found

    def pages(self, changed: list[Path]) -> dict[str, list[Path]] | None:
        """Return the pages to rebuild by language; None: rebuild them all.

        A page is rebuilt when it was edited, or includes what was.
        """
        found: dict[str, list[Path]] = {}
        for path in changed:
            part = path.relative_to(self.root).parts
            if not path.exists():
                return None
            if part[0] == "docs" and part[1] in LANGS and (
                    path.suffix == ".md"):
                found.setdefault(part[1], []).append(path)
            elif part[:2] == COURSE.parts and part[-2] == "snippets":
                for page in self._including("/".join(part[1:])):
                    lang = page.relative_to(self.root / "docs").parts[0]
                    found.setdefault(lang, []).append(page)
            else:
                return None
        return found

    def _including(self, name: str) -> list[Path]:
        return [page for lang in LANGS
                for page in (self.root / "docs" / lang).rglob("*.md")
                if name in page.read_text("utf-8")]

    def __call__(self, *_: Any) -> None:
        """Rebuild; a failure is said, and the last good pages stay."""
        start = time.perf_counter()
        if self.quiet is not None:
            if self.quiet.is_alive():
                self.quiet.terminate()
            self.quiet.join()
            if self.quiet.exitcode == 0:
                self.owed = []
            self.quiet = None
        changed = self.changed()
        pages = self.pages(changed)
        if pages == {}:
            return
        try:
            if pages is None:
                build(self.site, strict=False, in_place=True)
            else:
                self._rebuild(pages)
        except BuildFailed as error:
            print(f"Not rebuilt: {error}\nThe pages stay as they were; "
                  "mend the file and save it again.", file=sys.stderr)
            return
        what = "all" if pages is None else ", ".join(pages)
        print(f"Rebuilt {what} in {time.perf_counter() - start:.1f} s",
              flush=True)

    def _rebuild(self, pages: dict[str, list[Path]]) -> None:
        now = self.first(pages)
        for lang in now:
            for file in pages[lang]:
                # MkDocs' dirty build makes what is older than its source.
                self._built(lang, file).unlink(missing_ok=True)
        run([(lang, self.site, self.root, False, True) for lang in now])
        # Those that were not rebuilt first: nobody has seen them yet.
        self.owed = sorted({*self.owed, *pages}, key=lambda x: x in now)
        self.quiet = context().Process(  # type: ignore[attr-defined]
            target=build_quietly, args=(self.owed, self.site, self.root),
            daemon=True)
        self.quiet.start()

    def _built(self, lang: str, page: Path) -> Path:
        name = page.relative_to(self.root / "docs" / lang).with_suffix("")
        if name.name == "index":
            return self.site / lang / name.parent / "index.html"
        return self.site / lang / name / "index.html"


def build_quietly(langs: list[str], site: Path, root: Path) -> None:
    """Build languages beside the site that is served, then put them there.

    Whoever reads meanwhile, or stops this half-way, has every page.
    """
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    beside = site.with_name(f"{site.name}.next")
    for lang in langs:
        shutil.rmtree(beside, ignore_errors=True)
        with contextlib.suppress(BuildFailed):
            build_language(lang, beside, root, strict=False)
            put_in_place(beside / lang, site / lang)
    shutil.rmtree(beside, ignore_errors=True)


def put_in_place(new: Path, old: Path) -> None:
    """Make a folder what another is, file by file; none is ever missing."""
    files = {path.relative_to(new) for path in new.rglob("*")
             if path.is_file()}
    for name in sorted(files):
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(new / name, old / name)
    for path in list(old.rglob("*")):
        if path.is_file() and path.relative_to(old) not in files:
            path.unlink()


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.site.serve",
                                     description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    args = parser.parse_args(argv)
    if not free(args.host, args.port):
        print(f"Port {args.port} of {args.host} is in use, perhaps by "
              "another `make serve`. Stop that one, or take another port: "
              f"make serve PORT={args.port + 1}", file=sys.stderr)
        return 1
    url = f"http://{args.host}:{args.port}/"
    os.environ["SITE_URL"] = url
    os.chdir(ROOT)
    site = ROOT / ".cache" / "preview"
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    print(f"Building {', '.join(LANGS)} …", flush=True)
    try:
        build(site, strict=False)
    except BuildFailed as error:
        print(f"The site was not built.\n{error}", file=sys.stderr)
        return 1
    builder = Rebuilder(site)
    server = PreviewServer(builder, args.host, args.port, str(site),
                           polling_interval=0.2)
    server.builder = builder
    for name in WATCHED:
        server.watch(str(ROOT / name))
    print(f"Serving {url} (Ctrl+C stops)", flush=True)
    try:
        server.serve()
    except KeyboardInterrupt:
        print("Stopped.")
    finally:
        server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
