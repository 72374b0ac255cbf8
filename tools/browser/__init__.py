"""A browser for tests, pictures and measurements.

Here: where the machine's Chromium is, and how to start it. `server` gives it
a site, `tab` watches what a page in it does. Nothing is downloaded, and every
host but 127.0.0.1 is made unreachable, so that a page that asked for anything
else would show it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome-stable",
         "google-chrome", "chrome", "microsoft-edge-stable", "microsoft-edge")
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
    "--disable-gpu", "--in-process-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--force-prefers-reduced-motion",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


class NoBrowser(SystemExit):
    """There is no Chromium; the message says how to get one."""


def find() -> Path:
    """Return the browser to use; CHROMIUM names another.

    Raises:
        NoBrowser: If there is none, or none of the name given.
    """
    named = os.environ.get("CHROMIUM")
    for name in [named] if named else NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    for place in () if named else PLACES:
        path = Path(os.path.expandvars(place))
        if path.is_file():
            return path
    raise NoBrowser(HOW_TO_GET if not named else (
        f"CHROMIUM={named}: no such program; name a Chromium or Chrome, or "
        "unset CHROMIUM to have one looked for"))


def flags() -> list[str]:
    """Return the flags to start it with (root needs one more)."""
    root = sys.platform != "win32" and os.geteuid() == 0
    return [*FLAGS, *(["--no-sandbox"] if root else [])]


@contextlib.contextmanager
def started() -> Iterator[Any]:
    """Start the browser without a window; give Playwright's handle on it."""
    from playwright.sync_api import sync_playwright

    path = find()
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=str(path), args=flags())
        try:
            yield chromium
        finally:
            chromium.close()


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
