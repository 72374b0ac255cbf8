"""Pictures that a shared link shows: `python -m tools.refresh.pictures`.

docs/assets/img/social.<lang>.png are screenshots, by a Chromium on this
machine (tools/browser finds it), and are committed, since a build should not
need a browser.
"""

import sys
from pathlib import Path

from qkv_explained.languages import LANGUAGES, words
from tools import browser
from tools.places import ROOT, figure_file

ASSETS = ROOT / "docs" / "assets"
CARD = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><style>
body{{margin:0;width:1200px;height:630px;background:#14171c;color:#e4e7eb;
font-family:system-ui,"Noto Sans","Noto Sans CJK SC",sans-serif;display:grid;
grid-template-columns:1fr 470px;align-items:center;overflow:hidden}}
div{{padding:0 24px 0 72px}}
h1{{font-size:78px;line-height:1.1;margin:0 0 28px}}
p{{font-size:32px;line-height:1.5;margin:0;color:#b0b7c1}}
svg{{width:440px;background:#fff;border-radius:14px;padding:10px}}
</style><div><h1>{title}</h1><p>{line}</p></div>{svg}</html>"""


def social() -> list[Path]:
    """Make the picture of a shared link, one a language."""
    from tools.site.finish.drawings import standalone

    made = []
    with browser.started() as chrome:
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
    for path in social():
        size = path.stat().st_size // 1024
        print(f"wrote {path.relative_to(ROOT)} ({size} KB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
