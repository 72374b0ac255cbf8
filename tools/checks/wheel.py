"""The wheel: whole, at the root of the site, and where the pages say it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tools.checks import Problem, relative

_LINE = re.compile(r"<code>pip install (https?://[^<]+)</code>")


def missing(root: Path, names: Iterable[str]) -> list[str]:
    """Files of the package that a wheel lacks.

    Args:
        root: The repository.
        names: The names of the files in the wheel.

    Returns:
        What to add to [tool.hatch.build.targets.wheel] of pyproject.toml.
    """
    package = root / "qkv_explained"
    wanted = {
        path.relative_to(root).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
        # What an interrupted command leaves behind is no part of it.
        if not path.name.startswith(".") and path.suffix != ".partial"
    }
    return sorted(wanted - set(names))


def unserved(site: Path, base: str) -> list[Problem]:
    """Find the cards that do not say how to install what the site serves.

    Args:
        site: The built site.
        base: Its address.
    """
    served = {base + path.name for path in site.glob("*.whl")}
    found = []
    for page in sorted(site.rglob("index.html")):
        text = page.read_text("utf-8")
        named = set(_LINE.findall(text))
        if named - served:
            message = f"says pip install {', '.join(named)}; the site serves "
            message += ", ".join(served) or "no wheel"
        elif 'class="quiet card"' in text and not named:
            message = "the card does not say how to install the package"
        else:
            continue
        found.append(Problem(
            relative(page, site), 0, f"{message}; see card_html and rootpages"
        ))
    return found
