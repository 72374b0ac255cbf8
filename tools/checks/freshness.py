"""Every translation follows the English page as it is now."""

from __future__ import annotations

from pathlib import Path

from tools.checks import Problem, relative
from tools.pages import pins, reader


def problems(root: Path) -> list[Problem]:
    """Find translations whose English page has changed since."""
    found = []
    for page in pins.translations(root):
        source = pins.pivot(page, root)
        follows = reader.read(page).meta.get("follows")
        if str(follows) == pins.content_hash(source.read_text("utf-8")):
            continue
        name = relative(page, root)
        if follows is None:
            message = "does not say which English text it follows"
        else:
            message = (
                f"the English page has changed since; to see how: python -m "
                f"tools.pages.pins {name}"
            )
        message += (
            ". Bring this page up to date, then say so: python -m "
            f"tools.refresh pins {name}"
        )
        found.append(Problem(name, 1, message))
    return found
