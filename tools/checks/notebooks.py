"""Every committed notebook has its Markdown source, and no time stamps."""

from __future__ import annotations

from pathlib import Path

from tools.checks import Problem, relative
from tools.pages.reader import LANGS


def problems(root: Path, langs: tuple[str, ...] = LANGS) -> list[Problem]:
    """Find notebooks that no command makes."""
    found = []
    for lang in langs:
        for path in sorted((root / "docs" / lang).rglob("*.ipynb")):
            source = path.with_suffix(".nb.md")
            if not source.exists():
                message = (
                    f"has no source. Write {source.name} and run: python -m "
                    "tools.refresh notebooks"
                )
                found.append(Problem(relative(path, root), 0, message))
    return found
