"""Keep the READMEs true: `python -m tools.refresh readme` writes outputs.

In README.md and its translations the block after a Python block is
what that block prints, and a console block is what its command prints.
"""

from __future__ import annotations

import functools
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from qkv_explained.languages import LANGUAGES, PIVOT
from tools.places import ROOT
from tools.refresh.jobs import Job
from tools.run.runner import environment

READMES = {PIVOT: "README.md"} | {
    lang: f"README.{lang}.md" for lang in LANGUAGES if lang != PIVOT}
PICTURES = ROOT / "docs" / "assets" / "readme"
MOST = 200_000
_PYTHON = re.compile(r"(```python\n(.*?)```\n\n```text\n)(.*?)(```\n)", re.S)
_CONSOLE = re.compile(r"(```console\n\$ (.*?)\n)(.*?)(```\n)", re.S)


@cache
def printed(*command: str) -> str:
    """Run this Python with arguments; return what it prints."""
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True,
        encoding="utf-8", env=environment())
    if done.returncode:
        raise SystemExit(f"{shlex.join(command)} fails:\n{done.stderr}")
    return done.stdout.strip("\n") + "\n"


def refreshed(text: str, run: Callable[..., str] = printed) -> str:
    """Return a README's text with every output as it is now."""
    text = _PYTHON.sub(lambda m: f"{m[1]}{run('-c', m[2])}{m[4]}", text)
    return _CONSOLE.sub(
        lambda m: f"{m[1]}{run(*shlex.split(m[2])[1:])}{m[4]}", text)


def jobs(root: Path = ROOT) -> list[Job]:
    """The READMEs that are there, each with its outputs as they are now."""
    paths = [root / name for name in READMES.values()]
    return [Job(path, functools.partial(_again, path))
            for path in paths if path.exists()]


def _again(path: Path) -> str:
    return refreshed(path.read_text("utf-8"))
