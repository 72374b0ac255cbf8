"""Figures: the `img` that a page holds becomes the drawing itself.

Inside the page a drawing follows light and dark, and its words are text:
they scale, can be searched and are read aloud. `standalone` is for those who
download it: the same drawing with the light scheme's colours inside.
"""

import html
import re
from functools import lru_cache
from pathlib import Path

from tools.places import MADE

_IMG = re.compile(
    r'<img src="[^"]*made/([\w-]+)/([\w-]+)\.(\w\w)\.svg" alt="([^"]*)"'
    r"\s*/?>")

_TITLE = re.compile(r"<title>[^<]*</title>")

LIGHT = {
    "ink": "#1b1f24", "muted": "#5d6570", "grid": "#d0d4da",
    "paper": "#ffffff", "q": "#005fb8", "k": "#a84300", "v": "#00704a",
    "on-cell": "#111112",
}


@lru_cache(maxsize=256)
def _svg(path: Path, _stamp: int) -> str:
    return path.read_text("utf-8").strip()


def inline(page: str) -> str:
    """Replace every figure's `img` by its SVG, named by the `alt` text."""

    def replace(match: re.Match[str]) -> str:
        path = MADE / match[1] / f"{match[2]}.{match[3]}.svg"
        if not path.exists():
            return match[0]
        svg = _TITLE.sub("", _svg(path, path.stat().st_mtime_ns))
        label = f"svg-{match[1]}-{match[2]}-title"
        head, rest = svg.split(">", 1)
        head = re.sub(r' xmlns(:\w+)?="[^"]*"', "", head)
        # Links inside an image would be hidden from a screen reader.
        role = "group" if "<a " in rest else "img"
        return (f'{head} role="{role}" aria-labelledby="{label}">'
                f'<title id="{label}">{match[4]}</title>{rest}')

    return _IMG.sub(replace, page)


def standalone(svg: str, alt: str = "") -> str:
    """Return an SVG file that looks right outside the site."""
    rules = "".join(
        f".f-{name}{{fill:{value}}}.s-{name}{{stroke:{value}}}"
        for name, value in LIGHT.items())
    style = f"<style>text{{font-family:sans-serif}}{rules}</style>"
    title = f"<title>{html.escape(alt)}</title>" if alt else ""
    head, rest = svg.split(">", 1)
    return f"{head}>{title}{style}{rest}"
