"""From saving a file to seeing it: a real server and a real browser."""

from __future__ import annotations

import contextlib
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.bench.common import (
    LANGS,
    Bar,
    Section,
    copy_of_repository,
    say,
    spread,
)
from tools.checks import browser

TIMES = 7
# Long enough for the quiet build that follows an edit to be over.
PAUSE = 12.0
LONGEST = 60.0
PAGE = "concepts/projection"


def bench(quick: bool = False) -> Section:
    """Edit a page and a snippet, and wait until the browser shows it."""
    from playwright.sync_api import sync_playwright

    found = browser.find()
    if found is None:
        raise SystemExit(browser.HOW_TO_GET)
    times = 1 if quick else TIMES
    seconds: dict[str, list[float]] = {}
    with (
        copy_of_repository() as root,
        served(root) as url,
        sync_playwright() as driver,
    ):
        chromium = driver.chromium.launch(
            executable_path=str(found), args=browser.flags()
        )
        for name, path, where in _edits(root):
            page = chromium.new_page()
            page.goto(f"{url}{where}/", wait_until="load")
            seconds[name] = [
                _edit(page, path, f"edit{number}x{len(seconds)}")
                for number in range(times)
            ]
            page.close()
            say(f"  {name}: {spread(seconds[name], 2)} s")
        chromium.close()
    every = [s for values in seconds.values() for s in values]
    return Section(
        title="From an edit to the screen",
        how=(
            "`python -m tools.site.serve` and Chromium with the page open; from "
            "the moment the file is written until the browser, having "
            f"reloaded by itself, shows the new words. {times} edits each; "
            "the bar is for the slowest."
        ),
        bars=[Bar("slowest edit", 2, max(every), "s")],
        head=["edited", "seconds (median, range)"],
        rows=[[name, spread(v, 2)] for name, v in seconds.items()],
        numbers={
            "slowest": round(max(every), 2),
            "median": round(statistics.median(every), 2),
        },
    )


def _edits(root: Path) -> list[tuple[str, Path, str]]:
    """What to edit: name, file, the page that shows it."""
    docs = root / "docs"
    snippet = root / "qkv_explained" / "snippets" / "projection" / "by_hand.py"
    edits = [
        (f"a page, {lang}", docs / lang / f"{PAGE}.md", f"{lang}/{PAGE}")
        for lang in LANGS
    ]
    return [
        *edits,
        ("a snippet that three pages show", snippet, f"zh/{PAGE}"),
    ]


def _edit(page: Any, path: Path, word: str) -> float:
    """Put a word into a file; return when the open page shows it."""
    time.sleep(PAUSE)
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        new = f"{text.rstrip()}\n\n{word}\n"
    else:
        new = f"{text.rstrip()}\n# {word}\n"
    start = time.perf_counter()
    path.write_text(new, "utf-8")
    while time.perf_counter() - start < LONGEST:
        with contextlib.suppress(Exception):  # the page is being replaced
            if page.evaluate(
                "word => document.body.textContent.includes(word)", word
            ):
                return time.perf_counter() - start
        time.sleep(0.01)
    raise SystemExit(f"{path.name}: not on the screen after {LONGEST} s")


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The preview server, on a free port, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = root / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.site.serve", "--port", str(port)],
            cwd=root, stdout=output, stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(1200):
            if process.poll() is not None:
                raise SystemExit(log.read_text())
            with contextlib.suppress(OSError):
                urllib.request.urlopen(url, timeout=1).close()
                break
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)
