"""Where exercises lie, their texts, and the file that one begins with."""

from __future__ import annotations

import ast
import functools
import importlib
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from qkv_explained._console import wrap
from qkv_explained.course import exercises
from qkv_explained.languages import Lang, words
from qkv_explained.names import UnknownName

TEXTS = "exercises.json"


@functools.cache
def texts() -> Mapping[str, Mapping[Lang, Mapping[str, str]]]:
    """The tasks by topic and language, as the pages' front matter has them.

    Returns:
        For each topic and language the texts: `task`, one for each
        function, and `hint`.
    """
    path = files(exercises) / TEXTS
    found: Mapping[str, Mapping[Lang, Mapping[str, str]]] = json.loads(
        path.read_text(encoding="utf-8"))["topics"]
    return found


def names() -> tuple[str, ...]:
    """The topics that have an exercise, in reading order."""
    return tuple(texts())


def find(name: str) -> str:
    """A topic's id as it is written, from what was typed.

    Args:
        name: Such as ``"multi-head"`` or ``"multi_head"``.

    Returns:
        The id.

    Raises:
        UnknownName: If there is no such exercise; it names the nearest.
    """
    wanted = name.strip().lower().replace("_", "-")
    if wanted not in names():
        raise UnknownName(name, names())
    return wanted


def folder(name: str) -> Path:
    """The folder of a topic's exercise in this installation."""
    here = Path(str(files("qkv_explained.course")))
    return here / "concepts" / name.replace("-", "_") / "exercise"


def parts(name: str) -> tuple[Any, ...]:
    """The tasks of a topic, `PARTS` of its check.py; imports torch."""
    module = importlib.import_module(
        "qkv_explained.course.concepts."
        f"{name.replace('-', '_')}.exercise.check")
    found: tuple[Any, ...] = module.PARTS
    return found


def solution(name: str) -> str:
    """The published solution."""
    return (folder(name) / "solution.py").read_text(encoding="utf-8")


def functions(name: str) -> tuple[str, ...]:
    """The functions that an exercise asks for, in order."""
    return tuple(node.name for node in ast.parse(solution(name)).body
                 if isinstance(node, ast.FunctionDef))


def start(name: str, lang: Lang, title: str, command: str) -> str:
    """The file that a learner starts with: signatures, and the tasks.

    Args:
        name: The topic.
        lang: The language of the tasks.
        title: What stands on the first line.
        command: What to type to have the file checked.

    Returns:
        Python that can be run, and in which every function is to be
        written.
    """
    text = texts()[name][lang]
    said = words(lang)["exercise"]
    lines = [f"# {title}", "#", _comment(text["task"]), "#",
             _comment(said["then"]), f"#     {command}"]
    tree = ast.parse(solution(name))
    code = solution(name).splitlines()
    # What the solution imports, and never what it defines beside.
    imports = [ast.unparse(node) for node in tree.body
               if isinstance(node, ast.Import | ast.ImportFrom)]
    lines += ["", *imports]
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        lines += ["", "", _comment(text[node.name])]
        first = node.body[0].lineno - 1
        # From "def" to the comments that name the shapes.
        lines += code[node.lineno - 1:first]
        lines.append("    raise NotImplementedError")
    return "\n".join(lines) + "\n"


def _comment(text: str) -> str:
    paragraphs = text.strip().split("\n")
    return "\n".join(wrap(one, 77, "# ") if one.strip() else "#"
                     for one in paragraphs)
