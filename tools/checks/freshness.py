"""Every translation was compared with English, both as they are now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.checks import Problem, listed, relative
from tools.pages import pins, reader


@listed
def problems(root: Path) -> Iterator[Problem]:
    """Find translations that changed, or whose English page did, since."""
    for path in pins.translations(root):
        page, name = reader.read(path), relative(path, root)
        source = pins.pivot(path, root)
        english = relative(source, root)
        follows = str(page.meta.get("follows", ""))
        if not follows:
            said = ("does not say which English text it follows. Read it "
                    f"against {english}")
        elif follows != pins.content_hash(source.read_text("utf-8")):
            said = (f"{english} has changed since; see how: python -m "
                    f"tools.pages.pins {name}. Bring this page up to date")
        elif str(page.meta.get("itself")) != pins.own_hash(page.text):
            said = ("has changed since it was compared with English; see how: "
                    f"git diff {name}. If a fact changed, change it in "
                    f"{english} and the other languages too")
        else:
            continue
        yield Problem(name, 1, (
            f"{said}; then, and only then, say that the two agree: python -m "
            f"tools.refresh pins {name}"))
