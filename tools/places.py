"""Where things are in the repository: the one home of its paths."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "qkv_explained"
DOCS = ROOT / "docs"
ASSETS = DOCS / "assets"
MADE = DOCS / "made"

# Paths below a root, for what also looks at copies of the repository.
COURSE = Path("qkv_explained", "course")
MADE_BELOW = Path("docs", "made")
KINDS = ("concepts", "myths", "pages", "zoo")


def topic_folders(root: Path = ROOT) -> list[Path]:
    """The folder of every topic: concepts, then myths, then other pages."""
    return [folder for kind in KINDS
            for folder in sorted((root / COURSE / kind).glob("*/"))
            if folder.name != "__pycache__"]


def topic_id(folder: Path) -> str:
    """A topic's name in addresses: its folder's, with hyphens."""
    return folder.name.replace("_", "-")


def in_topics(pattern: str, root: Path = ROOT) -> list[Path]:
    """Files below the topics' folders, such as `snippets/*.py`."""
    return [path for folder in topic_folders(root)
            for path in sorted(folder.glob(pattern))]


def figure_modules(root: Path = ROOT) -> dict[str, Path]:
    """The module that draws each figure, by the figure's id.

    The figure `projection-by-hand` is drawn by figures/by_hand.py in the
    folder of the topic `projection`.
    """
    return {
        f"{topic_id(path.parent.parent)}-{path.stem.replace('_', '-')}": path
        for path in in_topics("figures/*.py", root)
    }


def figure_file(name: str, ending: str, root: Path = ROOT) -> Path:
    """The drawing of a figure, such as `projection-by-hand` and `en.svg`.

    Raises:
        ValueError: If no topic has such a figure.
    """
    topics = [topic_id(folder) for folder in topic_folders(root)]
    fitting = [one for one in topics if name.startswith(f"{one}-")]
    if not fitting:
        raise ValueError(f"figure {name!r}: begins with no topic's name; "
                         f"there are {', '.join(topics)}")
    topic = max(fitting, key=len)
    rest = name.removeprefix(f"{topic}-")
    return root / MADE_BELOW / topic / f"{rest}.{ending}"


def load(path: Path) -> ModuleType:
    """Import a module of this repository's package by its path."""
    inside = path.relative_to(ROOT).with_suffix("")
    return importlib.import_module(".".join(inside.parts))


def stamp(path: Path) -> tuple[int, int]:
    """What changes when a file does; for what is read from it once."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
