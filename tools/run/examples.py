"""Run what pages show: a Sybil parser for our Markdown.

Every fence of a page becomes one example:

    python    its code, includes expanded, runs alone in a fresh interpreter,
              and so does what the page shows of it, without docstrings
    output    is what the snippet before it prints
    console   one `$ python -m qkv_explained …` line and what it prints
    no-run    is passed over; it must say why in its title
    other     fails: the site knows no other kind of block

docs/conftest.py hands the parser to pytest, so that `pytest docs/ru` or
`pytest docs/ru/concepts/projection.md` runs the blocks of these pages.
"""

from __future__ import annotations

import atexit
import functools
import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sybil import Document, Example, Region

from tools.checks import after_looking
from tools.pages import docstrings, reader
from tools.pages.parts import Fence
from tools.places import ROOT
from tools.run.runner import ELSEWHERE, Runner

SESSION = "QKV_TEST_SESSION"
PROMPT = "$ python -m qkv_explained"
REFRESH = after_looking("python -m tools.refresh outputs")


@dataclass(frozen=True)
class Block:
    """A fence, with the python fence that stands before it."""

    fence: Fence
    before: Fence | None
    root: Path


@functools.cache
def runner() -> Runner:
    """The runner of this process; a session's processes share results."""
    return _runner("runs", None)


@functools.cache
def elsewhere() -> Runner:
    """A runner on what seems to be another machine; see ELSEWHERE."""
    return _runner("runs-elsewhere", ELSEWHERE)


def _runner(name: str, more: dict[str, str] | None) -> Runner:
    folder = os.environ.get(SESSION)
    made = Runner(Path(folder, name) if folder else None, more)
    atexit.register(made.close)
    return made


def parse(document: Document) -> Iterator[Region]:
    """Yield one region for every fence of a page."""
    path = Path(document.path)
    page = reader.read(path) if path.exists() else None
    if page is None or page.text != document.text:
        page = reader.parse(document.text, path)
    starts = [0]
    for line in document.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    before = None
    for fence in page.fences:
        start = starts[fence.line - 1] + len(fence.indent)
        end = min(starts[fence.end] - 1, len(document.text))
        block = Block(fence, before, root_of(path))
        yield Region(start, end, parsed=block, evaluator=evaluate)
        before = fence if fence.kind == "python" else None


def root_of(path: Path) -> Path:
    """The repository that a page belongs to: the folder above its docs."""
    for parent in path.resolve().parents:
        if parent.name == "docs":
            return parent.parent
    return ROOT


def evaluate(example: Example) -> str | None:
    """Check one block; return what is wrong with it, or None."""
    block: Block = example.parsed
    try:
        return problem(block)
    except reader.IncludeMissing as missing:
        return f"{missing}\nCorrect the path, or add the file or section."


def problem(block: Block) -> str | None:
    """What is wrong with a block, and what to do; None if nothing is."""
    fence = block.fence
    if fence.kind == "python":
        return python_problem(reader.code(fence, block.root), fence)
    if fence.kind == "output":
        if block.before is None:
            return "An output block must follow the snippet that prints it."
        code = reader.code(block.before, block.root)
        result = runner().run(code, script_name(block.before))
        return difference(
            reader.code(fence, block.root), result.stdout,
            "The snippet above prints something else. " + REFRESH)
    if fence.kind == "console":
        return console_problem(reader.code(fence, block.root))
    if fence.kind == "no-run":
        return None if fence.title.strip() else (
            'A block that is not run says why: add title="…", in the '
            "page's language.")
    return (f"This block runs nowhere: its opening is ```{fence.info}. Write "
            "```python, ```console, ``` { .text .output } after a snippet, or "
            'mark it { .bash .no-run title="the reason" }.')


def python_problem(code: str, fence: Fence) -> str | None:
    """What is wrong with a block of Python; None if nothing is."""
    result = runner().run(code, script_name(fence))
    if result.returncode:
        return ("This block does not run alone in a fresh interpreter:\n\n"
                f"{result.stderr}\nMake it run: a definition from a module "
                "needs its `imports` section first.")
    bare = docstrings.bare(code)
    if bare == code:
        return None
    copied = runner().run(bare, script_name(fence))
    if copied.returncode or copied.stdout != result.stdout:
        return ("This block runs, but not as a reader copies it, without its "
                f"docstrings:\n\n{copied.stderr or copied.stdout}\nLet the "
                "code not read a docstring.")
    return None


def script_name(fence: Fence) -> str:
    """The name under which a block runs: its last include's."""
    last = fence.includes[-1] if fence.includes else "block.py"
    return Path(last.split(":")[0]).name


def console_output(text: str) -> str:
    """What a console block should be: its command, then what it prints."""
    line = text.split("\n", 1)[0]
    argv = ["qkv_explained", *shlex.split(line[len(PROMPT) :])]
    result = runner().run(
        f"import runpy, sys\nsys.argv = {argv!r}\n"
        "runpy.run_module('qkv_explained', run_name='__main__')\n",
        "console.py")
    return f"{line}\n{result.stdout}{result.stderr}".rstrip("\n") + "\n"


def console_problem(text: str) -> str | None:
    """What is wrong with a console block; None if nothing is."""
    if not text.startswith(PROMPT):
        return f"A console block begins with one line `{PROMPT} …`."
    if "\n$ " in text:
        return "A console block holds one command. Make two blocks."
    return difference(text, console_output(text),
                      "The command prints something else. " + REFRESH)


def difference(shown: str, printed: str, message: str) -> str | None:
    """A readable difference between two texts; None if they are equal."""
    import difflib

    a, b = shown.rstrip("\n"), printed.rstrip("\n")
    lines = difflib.unified_diff(
        a.split("\n"), b.split("\n"), "shown", "printed", lineterm="")
    return None if a == b else "\n".join([message, "", *lines])
