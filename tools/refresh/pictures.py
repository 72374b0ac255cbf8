"""Screenshots that are committed: `python -m tools.refresh pictures`.

docs/assets/img/social.<lang>.png is what a shared link shows, and
docs/assets/readme/<lang>.png what a README shows. A Chromium on this machine
takes them (tools/browser finds it): a build should not need a browser.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from qkv_explained.languages import LANGUAGES, words
from tools import browser
from tools.places import ASSETS, ROOT, figure_file
from tools.refresh.readme import PICTURES

CARD = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><style>
body{{margin:0;width:1200px;height:630px;background:#14171c;color:#e4e7eb;
font-family:system-ui,"Noto Sans","Noto Sans CJK SC",sans-serif;display:grid;
grid-template-columns:1fr 470px;align-items:center;overflow:hidden}}
div{{padding:0 24px 0 72px}}
h1{{font-size:78px;line-height:1.1;margin:0 0 28px}}
p{{font-size:32px;line-height:1.5;margin:0;color:#b0b7c1}}
svg{{width:440px;background:#fff;border-radius:14px;padding:10px}}
</style><div><h1>{title}</h1><p>{line}</p></div>{svg}</html>"""


def take() -> list[str]:
    """Take all pictures; return a line for each that was written."""
    with browser.started() as chromium:
        made = [*social(chromium), *first_pages(chromium)]
    return [
        f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes"
        for path in made
    ]


def social(chromium: Any) -> list[Path]:
    """Make the picture of a shared link, one a language."""
    from tools.site.finish.drawings import standalone

    made = []
    page = chromium.new_page(viewport={"width": 1200, "height": 630})
    for lang in LANGUAGES:
        site = words(lang)["site"]
        file = figure_file("attention-weights", f"{lang}.svg")
        svg = standalone(file.read_text("utf-8"))
        page.set_content(CARD.format(
            lang=lang, title=site["name"], line=site["line"], svg=svg))
        made.append(_shot(page, ASSETS / "img" / f"social.{lang}.png", 128))
    return made


def first_pages(chromium: Any) -> list[Path]:
    """Photograph the first page in each language, for the READMEs."""
    from tools.browser.server import Site
    from tools.site.build import build

    made = []
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        build(site)
        server = Site(site)
        for lang in LANGUAGES:
            page = chromium.new_page(
                viewport={"width": 1280, "height": 900}, color_scheme="light")
            page.goto(f"{server.url}{lang}/")
            page.wait_for_load_state("networkidle")
            made.append(_shot(page, PICTURES / f"{lang}.png", 256))
        server.close()
    return made


def _shot(page: Any, path: Path, colours: int) -> Path:
    """Photograph a page; few colours are enough for text."""
    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(path))
    with Image.open(path) as full:
        few = full.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    return path
