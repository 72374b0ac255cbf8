"""Every committed notebook has its Markdown source, and no time stamps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.checks import Problem, listed, relative
from tools.pages.reader import LANGS


@listed
def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Find notebooks that no command makes."""
    for lang in langs:
        for path in sorted((root / "docs" / lang).rglob("*.ipynb")):
            source = path.with_suffix(".nb.md")
            if not source.exists():
                yield Problem(relative(path, root), 0, (
                    f"has no source. Write {source.name} and run: python -m "
                    "tools.refresh notebooks"))
