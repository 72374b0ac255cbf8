"""Every translation was compared with English, both as they are now."""

from __future__ import annotations

from pathlib import Path

from tools.checks import Problem, relative
from tools.pages import pins, reader


def problems(root: Path) -> list[Problem]:
    """Find translations that changed, or whose English page did, since."""
    found = []
    for page in pins.translations(root):
        name, text = relative(page, root), page.read_text("utf-8")
        source = pins.pivot(page, root)
        english = relative(source, root)
        meta = reader.read(page).meta
        if "follows" not in meta:
            message = (
                f"does not say which English text it follows. Read it "
                f"against {english}"
            )
        elif str(meta["follows"]) != pins.content_hash(
            source.read_text("utf-8")
        ):
            message = (
                f"{english} has changed since; see how: python -m "
                f"tools.pages.pins {name}. Bring this page up to date"
            )
        elif str(meta.get("itself")) != pins.own_hash(text):
            message = (
                "has changed since it was compared with English; see how: "
                f"git diff {name}. If a fact changed, change it in "
                f"{english} and the other languages too"
            )
        else:
            continue
        message += (
            "; then, and only then, say that the two agree: python -m "
            f"tools.refresh pins {name}"
        )
        found.append(Problem(name, 1, message))
    return found
