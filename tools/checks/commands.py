"""Commands that are shown and not run: their own parsers accept them.

In CONTRIBUTING, in the READMEs, in blocks of pages that are not run, and in
what our own code tells a reader to type: `python -m tools.…` and `python -m
qkv_explained …` go to the parser of that command, `make …` to the Makefile,
paths after `pytest` must exist. Beside it: a block's title is what it
includes, and addresses outside the site belong to hosts that are known.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

from qkv_explained import bibliography, cli, course
from tools.checks import Problem, listed, placed, relative
from tools.pages import reader
from tools.pages.parts import Fence
from tools.pages.reader import LANGS, is_snippet

TEXTS = ("CONTRIBUTING.md", "README.md", "README.ru.md", "README.zh.md")
# Hosts beside those of the bibliography.
HOSTS = {
    "127.0.0.1:8000", "blog.cnbang.net", "cohere.com", "d2l.ai",
    "docs.jax.dev", "docs.pytorch.org", "github.com", "huggingface.co",
    "jalammar.github.io", "keras.io", "learn.deeplearning.ai",
    "lzwjava.github.io", "ml-explore.github.io", "onnx.ai",
    "pre-commit.com", "pytorch.org", "t.me", "transformerlensorg.github.io",
    "wandb.ai", "www.bilibili.com", "www.cnblogs.com", "www.dtcms.com",
    "www.hwzhao.cn", "www.youtube.com", "zhuanlan.zhihu.com",
}  # fmt: skip
_PYTHON = re.compile(
    r"-m ((?:tools|qkv_explained)[\w.]*|pytest)\b((?: +\S+)*)")
_MAKE = re.compile(r"(?:^|[`&] ?|^\s+)make ([a-z]+)\b", re.M)
_CODE = re.compile(r"`([^`\n]+)`")
_BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```", re.S | re.M)
_ADDRESS = re.compile(r"https?://[^\s)>\"'`]+")
_BLANK = re.compile(r"[<{…]")


class _Parsed(Exception):
    """A command line was accepted; the command itself must not run."""


@listed
def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Find commands, titles and addresses that cannot be right."""
    for name in TEXTS:
        if (root / name).exists():
            text = (root / name).read_text(encoding="utf-8")
            code = "\n".join([*_BLOCK.findall(text), *_CODE.findall(text)])
            for said in (*commands(code, root), *hosts(text)):
                yield Problem(name, 0, said)
    for _, name, page in reader.walk(root, langs):
        for said in hosts(page.text):
            yield Problem(name, 0, said)
        for number, line in enumerate(reader.unfenced(page.text), 1):
            code = "\n".join(_CODE.findall(line))
            yield from placed(
                name, ((number, said) for said in commands(code, root)))
        for fence in page.fences:
            told = fence.body if fence.kind != "python" else ""
            for said in (*title(fence), *commands(told, root)):
                yield Problem(name, fence.line, said)
    for path in sorted((root / "tools").rglob("*.py")):
        for number, text in advice(path.read_text(encoding="utf-8")):
            for said in commands(text, root):
                yield Problem(relative(path, root), number, said)


def commands(code: str, root: Path) -> Iterator[str]:
    """What is wrong with the commands in a text, one a line."""
    targets = re.findall(r"(?m)^([a-z]+):", _makefile(root))
    for target in _MAKE.findall(code):
        if target not in targets:
            yield f"make {target}: the Makefile has {', '.join(targets)}"
    for line in code.split("\n"):
        for module, rest in _PYTHON.findall(line.split("  #")[0]):
            words = shlex.split(rest)
            said = (_pytest(words, root) if module == "pytest"
                    else refused(module, words))
            if said:
                shown = " ".join(["python -m", module, *words])
                yield f"{shown}: {said}. Write what the command accepts"


def _makefile(root: Path) -> str:
    path = root / "Makefile"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _pytest(words: list[str], root: Path) -> str:
    for word in words:
        if "/" in word and not _BLANK.search(word) and not (
            root / word.partition("::")[0]
        ).exists():
            return f"{word} is not there"
    return ""


def refused(module: str, words: list[str]) -> str:
    """Why a command's own parser refuses these words; "" if it does not."""
    words = ["x" if _BLANK.search(word) else word for word in words]
    said = io.StringIO()
    if module == "qkv_explained":
        return _own(words)
    try:
        spec = importlib.util.find_spec(module)
        package = spec and spec.submodule_search_locations
        loaded = importlib.import_module(
            f"{module}.__main__" if package else module)
    except ImportError:
        return f"there is no command {module}"
    if "__main__" not in Path(str(loaded.__file__)).read_text("utf-8"):
        return f"{module} is no command"
    if not hasattr(loaded, "argparse"):
        return ""  # takes any words
    with contextlib.redirect_stderr(said), mock.patch.object(
        argparse.ArgumentParser, "parse_args", _then_stop
    ):
        try:
            loaded.main(words)
        except _Parsed:
            return ""
        except SystemExit:
            return said.getvalue().strip().rpartition("error: ")[2]
    return ""


def _then_stop(parser: Any, args: Any = None, namespace: Any = None) -> None:
    _, left = parser.parse_known_args(args, namespace)
    if left:
        parser.error(f"unrecognized arguments: {' '.join(left)}")
    raise _Parsed


def _own(words: list[str]) -> str:
    """The package's command line: its words, and the names in them."""
    parse = cli._parse
    known = set(course.ids())

    def stop(*args: Any) -> None:
        options = parse(*args)
        name = getattr(options, "name", None)
        if name and name != "x" and name.replace("_", "-") not in known:
            raise cli.Mistake(f"no concept or myth is called {name}")
        raise _Parsed

    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said), (
        mock.patch.object(cli, "_parse", stop)
    ):
        try:
            status = cli.main(words)
        except _Parsed:
            return ""
    return said.getvalue().strip().split("\n")[0] if status else ""


def advice(text: str) -> Iterator[tuple[int, str]]:
    """The commands that the strings of a program tell a reader to type."""
    tree = ast.parse(text)
    inside = {part for node in ast.walk(tree)
              if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if node in inside:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = node.value
        elif isinstance(node, ast.JoinedStr):
            said = "".join(str(one.value) if isinstance(one, ast.Constant)
                           else "…" for one in node.values)
        else:
            continue
        # A command in a sentence ends with it; a list shows one a line.
        for command in re.findall(
            r"run:? (python -m (?:tools|qkv_explained)[^;:,`)\n]*)", said
        ):
            yield node.lineno, command.strip().rstrip(".")


def title(fence: Fence) -> Iterator[str]:
    """A title that is not what the block includes."""
    if not fence.includes or fence.kind != "python" or not fence.title:
        return
    file = fence.includes[-1].partition(":")[0]
    # A snippet is called by its topic and its step, whatever lies between.
    parts = file.split("/")
    wanted = f"{parts[2]}/{parts[-1]}" if is_snippet(file) else (
        f"qkv_explained/{file}")
    if fence.title != wanted:
        yield f'the title is "{fence.title}", but the block is {wanted}'


def hosts(text: str) -> Iterator[str]:
    """Addresses at hosts that nobody has looked at."""
    known = HOSTS | {urlsplit(work.url).netloc for work in bibliography.WORKS}
    for address in _ADDRESS.findall(text):
        host = urlsplit(address).netloc
        if host and host not in known and not _BLANK.search(host):
            yield (f"{address} is at the host {host}, which is not known. "
                   "Correct it, or add the host to tools/checks/commands.py")
