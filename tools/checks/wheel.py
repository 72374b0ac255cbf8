"""The wheel holds every file of the package: modules, snippets, outputs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


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
