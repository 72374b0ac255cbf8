"""No block of code escapes: each is run, or says why it is not.

The parser behind the tests (tools/pages/reader.py, tools/run/examples.py) can
be blind to a block that the build shows. So this module finds blocks in its
own way, line by line, and compares; and it refuses what nothing can run: code
typed into a page, blocks by indentation, raw HTML blocks, includes outside a
fence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sybil import Document

from tools.checks import Problem, listed, placed
from tools.pages.parts import Fence
from tools.pages.reader import LANGS, is_snippet, walk
from tools.run import examples

_MARK = re.compile(r"(`{3,}|~{3,})")
_BEFORE = re.compile(r"^(?:[\s>]|[-*+]\s|\d+[.)]\s|:\s)*$")
_HOLDER = re.compile(
    r"^\s*(?:!!!|\?\?\?|===|[-*+]\s|\d+[.)]\s|:\s|\[\^[^\]]+\]:|///)")
_ONE_INCLUDE = re.compile(r"^\s*--8<-- \"[^\"]+\"\s*$")
_SUFFIX = {"python": ".py", "console": ".console", "output": ".out"}


@listed
def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Find blocks of code that no test runs, on every page."""
    for _, name, page in walk(root, langs):
        yield from placed(name, in_page(page.path))


def in_page(path: Path) -> Iterator[tuple[int, str]]:
    """Find blocks that escape on one page."""
    text = path.read_text(encoding="utf-8")
    lines = text.replace("\r\n", "\n").split("\n")
    document = Document.parse(str(path), examples.parse)
    fences = [one.parsed.fence for one in document.examples()]
    ran = {fence.line for fence in fences}
    opened, inside = scan(lines)
    for number in sorted({*opened} - ran):
        yield number, (
            "this fence is run by no test: tools/pages/reader.py does not "
            "see it. Open it with ``` at the start of a line (indented "
            "only inside an admonition, a tab or a list item)")
    for number in sorted(ran - {*opened}):
        yield number, "tools/pages/reader.py sees a fence here that is none"
    yield from loose(lines, inside)
    for fence in fences:
        if said := wrong_kind(fence, path.name.endswith(".nb.md")):
            yield fence.line, said


def scan(lines: list[str]) -> tuple[list[int], set[int]]:
    """Find fences by looking at marks alone.

    Returns:
        The numbers of the lines that open a fence, wherever they stand, and
        of all lines that belong to a fence.
    """
    opened: list[int] = []
    inside: set[int] = set()
    mark = ""
    for number, line in enumerate(lines, 1):
        match = _MARK.search(line)
        starts = bool(match and _BEFORE.match(line[: match.start()]))
        if mark:
            inside.add(number)
            if match and starts and match[1] == mark and (
                not line[match.end() :].strip()
            ):
                mark = ""
        elif match and starts and "`" not in line[match.end() :]:
            opened.append(number)
            inside.add(number)
            mark = match[1]
    return opened, inside


def loose(lines: list[str], inside: set[int]) -> Iterator[tuple[int, str]]:
    """Find code that stands outside every fence."""
    previous: list[tuple[int, str]] = []
    blank, comment = True, False
    for number, line in enumerate(lines, 1):
        if number in inside:
            blank = True
            continue
        comment = comment or "<!--" in line
        if "8<--" in line:
            yield number, "an include outside a fence. Put it into one"
        if re.search(r"<(pre|samp|xmp|listing)\b", line):
            yield number, "code as raw HTML. Use a fence with an include"
        if line.strip() and not comment:
            if blank and by_indentation(line, previous):
                yield number, (
                    "a block of code by indentation. Use a fence with an "
                    "include, or indent by less than four spaces")
            previous.append((len(line) - len(line.lstrip()), line))
        blank = not line.strip()
        comment = comment and "-->" not in line


def by_indentation(line: str, previous: list[tuple[int, str]]) -> bool:
    """Tell whether Markdown takes this line for code.

    It does if the line is four spaces or more further in than the holder
    (list item, admonition, tab, definition) that it belongs to asks for.
    """
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    room = 0
    for width, above in reversed(previous):
        if width < indent:
            if _HOLDER.match(above):
                room = width + 4
                break
            if width == 0:
                break
    return indent >= room + 4 and not line.lstrip().startswith("<")


def wrong_kind(fence: Fence, notebook: bool) -> str:
    """Say what is wrong with the way a block is written; "" if nothing."""
    if fence.kind == "no-run":
        return "" if fence.title else 'say why it is not run: title="…"'
    if fence.kind == "other":
        return (f"```{fence.info} is run by nothing. Write ```python, "
                "```console or ``` { .text .output } with an include, or mark "
                'it { .bash .no-run title="the reason" }')
    typed = any(line.strip() and not _ONE_INCLUDE.match(line)
                for line in fence.body.split("\n"))
    if typed or not fence.includes:
        return ("code typed into the page. Move it to a file below "
                "qkv_explained and include it: --8<-- "
                '"course/concepts/<topic>/snippets/…"')
    if notebook:
        return ""
    for include in fence.includes:
        if Path(include.split(":")[0]).suffix != _SUFFIX[fence.kind]:
            return (f"a block of this kind includes {_SUFFIX[fence.kind]} "
                    f"files, not {include}")
    return _wrong_includes(fence) if fence.kind == "python" else ""


def _wrong_includes(fence: Fence) -> str:
    if any(map(is_snippet, fence.includes)):
        return "" if len(fence.includes) == 1 else (
            "one snippet a block: what a reader copies is one file")
    if any(":" not in include for include in fence.includes):
        return "a module is shown by sections: file.py:section"
    if not fence.includes[0].endswith(":imports"):
        return ("begin with the module's `imports` section, so that the "
                "block runs alone")
    return ""
