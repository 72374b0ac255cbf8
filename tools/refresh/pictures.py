"""Pictures that a shared link shows: `python -m tools.refresh.pictures`.

docs/assets/img/social.<lang>.png are screenshots, by a Chromium on this
machine (set QKV_CHROMIUM to name it), and are committed, since a build
should not need a browser.
"""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qkv_explained.languages import LANGUAGES, words
from tools.places import ROOT, figure_file

ASSETS = ROOT / "docs" / "assets"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-background-networking", "--disable-component-update",
         "--disable-sync",
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CARD = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><style>
body{{margin:0;width:1200px;height:630px;background:#14171c;color:#e4e7eb;
font-family:system-ui,"Noto Sans","Noto Sans CJK SC",sans-serif;display:grid;
grid-template-columns:1fr 470px;align-items:center;overflow:hidden}}
div{{padding:0 24px 0 72px}}
h1{{font-size:78px;line-height:1.1;margin:0 0 28px}}
p{{font-size:32px;line-height:1.5;margin:0;color:#b0b7c1}}
svg{{width:440px;background:#fff;border-radius:14px;padding:10px}}
</style><div><h1>{title}</h1><p>{line}</p></div>{svg}</html>"""


class NoBrowser(RuntimeError):
    """There is no Chromium; the message says how to get one."""


def browser_path() -> str:
    """Return the path of a Chromium or Chrome on this machine."""
    named = os.environ.get("QKV_CHROMIUM")
    found = named or next((p for n in NAMES if (p := shutil.which(n))), None)
    if not found:
        raise NoBrowser("no Chromium or Chrome found; install one, or name "
                        "it in QKV_CHROMIUM")
    return found


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """Start a headless browser that reaches nothing but this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=browser_path(),
                                       args=FLAGS)
        try:
            yield started
        finally:
            started.close()


def social() -> list[Path]:
    """Make the picture of a shared link, one a language."""
    from tools.site.finish.drawings import standalone

    made = []
    with browser() as chrome:
        page = chrome.new_page(viewport={"width": 1200, "height": 630})
        for lang in LANGUAGES:
            site = words(lang)["site"]
            file = figure_file("index-traffic-light", f"{lang}.svg")
            svg = standalone(file.read_text("utf-8"))
            page.set_content(CARD.format(
                lang=lang, title=site["name"], line=site["line"], svg=svg))
            out = ASSETS / "img" / f"social.{lang}.png"
            page.screenshot(path=str(out))
            made.append(_squeeze(out))
    return made


def _squeeze(path: Path) -> Path:
    """Make a picture smaller: few colours are enough for a screenshot."""
    from PIL import Image

    with Image.open(path) as image:
        small = image.convert("RGB").quantize(128)
    small.save(path, optimize=True)
    return path


def main() -> int:
    """Make all of them."""
    try:
        for path in social():
            size = path.stat().st_size // 1024
            print(f"wrote {path.relative_to(ROOT)} ({size} KB)")
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
