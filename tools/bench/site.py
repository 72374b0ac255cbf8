"""How long a build takes, and an edit until it is on the screen."""

from __future__ import annotations

import contextlib
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qkv_explained.course import LANGUAGES
from tools import browser
from tools.bench.report import Bar, Section, spread
from tools.places import ROOT

PAGE = "concepts/projection"
SNIPPET = "qkv_explained/course/concepts/projection/snippets/by_hand.py"
PAUSE = 12.0  # the quiet build that follows an edit is over by then
LONGEST = 60.0


@contextlib.contextmanager
def copied() -> Iterator[Path]:
    """A copy of the working tree: no caches, nothing built."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others",
         "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True).stdout
    with TemporaryDirectory(prefix="qkv-bench-") as folder:
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                target = Path(folder) / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, target)
        yield Path(folder)


def make(root: Path) -> Path:
    """Build the site from nothing; return its folder."""
    for name in ("site", ".cache"):
        shutil.rmtree(root / name, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "tools.site.build"], cwd=root,
                   check=True, stdout=subprocess.DEVNULL)
    return root / "site"


def build(quick: bool = False) -> Section:
    """Build all languages, cold."""
    seconds = []
    with copied() as root:
        make(root)  # compiles the bytecode
        for _ in range(1 if quick else 7):
            start = time.perf_counter()
            make(root)
            seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds)
    return Section(
        title="Building all languages, cold",
        how="`python -m tools.site.build`; no cache and no earlier output.",
        bars=[Bar("seconds", 90, round(median, 2), "s")],
        head=["", "seconds (median, range)"],
        rows=[["the site", spread(seconds)]],
        numbers={"seconds": round(median, 2)},
    )


def edit(quick: bool = False) -> Section:
    """Edit a page and a snippet, and wait until the browser shows it."""
    seconds: dict[str, list[float]] = {}
    with copied() as root, preview(root) as url, browser.started() as chromium:
        edits = {f"a page, {lang}": (f"docs/{lang}/{PAGE}.md", lang)
                 for lang in LANGUAGES}
        edits["a snippet that three pages show"] = (SNIPPET, LANGUAGES[0])
        for name, (path, lang) in edits.items():
            page = chromium.new_page()
            page.goto(f"{url}{lang}/{PAGE}/", wait_until="load")
            seconds[name] = [
                _edit(page, root / path, f"edit{number}x{len(seconds)}")
                for number in range(1 if quick else 7)]
            page.close()
    every = [s for values in seconds.values() for s in values]
    return Section(
        title="From an edit to the screen",
        how=("`python -m tools.site.serve` and Chromium with the page open; "
             "from the moment the file is written until the browser, having "
             "reloaded by itself, shows the new words. 7 edits each; the bar "
             "is for the slowest."),
        bars=[Bar("slowest edit", 2, max(every), "s")],
        head=["edited", "seconds (median, range)"],
        rows=[[name, spread(v, 2)] for name, v in seconds.items()],
        numbers={"slowest": round(max(every), 2),
                 "median": round(statistics.median(every), 2)},
    )


def _edit(page: Any, path: Path, word: str) -> float:
    """Put a word into a file; return when the open page shows it."""
    time.sleep(PAUSE)
    mark = "\n" if path.suffix == ".md" else "# "
    new = f"{path.read_text('utf-8').rstrip()}\n{mark}{word}\n"
    start = time.perf_counter()
    path.write_text(new, "utf-8")
    while time.perf_counter() - start < LONGEST:
        with contextlib.suppress(Exception):  # the page is being replaced
            if page.evaluate(
                    "word => document.body.textContent.includes(word)", word):
                return time.perf_counter() - start
        time.sleep(0.01)
    raise SystemExit(f"{path.name}: not on the screen after {LONGEST} s")


@contextlib.contextmanager
def preview(root: Path) -> Iterator[str]:
    """The preview, on a free port, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.site.serve", "--port", str(port)],
        cwd=root, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/"
    try:
        while True:
            if process.poll() is not None:
                raise SystemExit("the preview ended; it says why above")
            with contextlib.suppress(OSError):
                urllib.request.urlopen(url, timeout=1).close()
                break
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)
