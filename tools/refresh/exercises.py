"""The tasks of the exercises, for the installed package.

They stand in the front matter of the pages, under `exercise:`; the wheel has
no pages, so what it needs is written to course/exercises/exercises.json.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from qkv_explained.languages import LANGUAGES
from tools.pages import heads, mapping
from tools.places import COURSE, ROOT
from tools.refresh.jobs import Job

TEXTS = COURSE / "exercises" / "exercises.json"


def tasks(root: Path = ROOT) -> dict[str, dict[str, Any]]:
    """The texts of every topic that has an exercise, in reading order."""
    found = {}
    for page in mapping.topic_pages(root):
        texts = {
            lang: heads.meta(path).get("exercise")
            for lang in LANGUAGES
            if (path := root / "docs" / lang / f"{page}.md").exists()
        }
        if any(texts.values()):
            found[page.split("/", 1)[1]] = texts
    return found


def text(root: Path = ROOT) -> str:
    """The file."""
    content = {
        "made_by": "python -m tools.refresh exercises; do not edit",
        "topics": tasks(root),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def jobs(root: Path = ROOT) -> list[Job]:
    """The one file to be made."""
    return [Job(root / TEXTS, functools.partial(text, root))]
