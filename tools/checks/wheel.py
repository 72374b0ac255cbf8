"""The wheel: whole, at the root of the site, and where the pages say it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.checks import Problem, listed, relative

_LINE = re.compile(r"<code>pip install (https?://[^<]+)</code>")


def missing(root: Path, names: Iterable[str]) -> list[str]:
    """Files of the package that a wheel with these files lacks."""
    package = root / "qkv_explained"
    wanted = {
        path.relative_to(root).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
        # What an interrupted command leaves behind is no part of it.
        if not path.name.startswith(".") and path.suffix != ".partial"
    }
    return sorted(wanted - set(names))


@listed
def unserved(site: Path, base: str) -> Iterator[Problem]:
    """Find cards that do not say how to install what the site serves."""
    served = {base + path.name for path in site.glob("*.whl")}
    for page in sorted(site.rglob("index.html")):
        text = page.read_text("utf-8")
        named, said = set(_LINE.findall(text)), ""
        if named - served:
            said = (f"says pip install {', '.join(named)}; the site serves "
                    f"{', '.join(served) or 'no wheel'}")
        elif 'class="quiet card"' in text and not named:
            said = "the card does not say how to install the package"
        if said:
            yield Problem(relative(page, site), 0,
                          f"{said}; see card_html and rootpages")
