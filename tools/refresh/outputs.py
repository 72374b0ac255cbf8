"""The outputs that pages show: what snippets and commands print.

`<step>.out` is what `<step>.py` prints; `<step>.console` is one
`$ python -m qkv_explained …` line and what it prints.
"""

from __future__ import annotations

import functools
from pathlib import Path

from tools import places
from tools.refresh.jobs import Job
from tools.run import examples


class SnippetFails(RuntimeError):
    """A snippet does not run alone; its traceback is the message."""


def snippets(root: Path) -> list[Path]:
    """All snippets, sorted."""
    return places.in_topics("snippets/*.py", root)


def consoles(root: Path) -> list[Path]:
    """All console examples, sorted."""
    return places.in_topics("snippets/*.console", root)


def printed(path: Path, elsewhere: bool = False) -> str:
    """What a snippet prints when it runs alone, here or elsewhere.

    Raises:
        SnippetFails: If it does not run.
    """
    code = path.read_text(encoding="utf-8").strip("\n") + "\n"
    where = examples.elsewhere() if elsewhere else examples.runner()
    result = where.run(code, path.name)
    if result.returncode:
        raise SnippetFails(f"{path}\n{result.stderr}")
    return result.stdout


def shown(path: Path) -> str:
    """What a console example should hold."""
    return examples.console_output(path.read_text(encoding="utf-8"))


def jobs(root: Path) -> list[Job]:
    """One job for every output; snippets that print nothing have none."""
    made = [Job(path.with_suffix(".out"), functools.partial(printed, path))
            for path in snippets(root)]
    return made + [Job(path, functools.partial(shown, path))
                   for path in consoles(root)]
