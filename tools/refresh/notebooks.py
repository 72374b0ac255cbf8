"""Notebooks: written as Markdown, run, and kept with what they print.

docs/<lang>/notebooks/<name>.nb.md holds the prose; its code fences include
cells from qkv_explained/notebooks, which are the same in every language and
run once, in order, in one kernel. docs/<lang>/notebooks/<name>.ipynb is what
comes out: no time stamps, no chance ids, drawings as SVG without styles.
"""

from __future__ import annotations

import functools
import json
import os
import re
from pathlib import Path
from typing import Any

from tools.pages import formulas, marks, numbers, reader
from tools.pages.parts import Call, Fence, Page
from tools.pages.reader import LANGS
from tools.refresh.jobs import Job
from tools.run.runner import environment

SETUP = """\
import matplotlib
from matplotlib_inline.backend_inline import set_matplotlib_formats
set_matplotlib_formats("svg")
matplotlib.rcParams["svg.fonttype"] = "none"
matplotlib.rcParams["svg.hashsalt"] = "qkv"
"""
_PRICE = "<span>&#36;</span>"  # a dollar that nobody takes for a formula
_HEADING_ID = re.compile(r"^(#+[ \t]+)(.*?)[ \t]*\{#([\w-]+)\}[ \t]*$", re.M)


class NotebookFails(RuntimeError):
    """A cell does not run, or the page asks for what a notebook cannot do."""


def sources(root: Path) -> list[Path]:
    """The Markdown of all notebooks, in all languages."""
    return [path for lang in LANGS
            for path in sorted((root / "docs" / lang).rglob("*.nb.md"))]


def jobs(root: Path) -> list[Job]:
    """One job for every notebook in every language."""
    return [Job(path.with_name(path.name.replace(".nb.md", ".ipynb")),
                functools.partial(text, path, root), same)
            for path in sources(root)]


def text(path: Path, root: Path) -> str:
    """Make a notebook: its cells from Markdown, its outputs from a run."""
    page = reader.read(path)
    if refused := problems(page):
        raise NotebookFails("\n".join(
            f"{path}:{line}: {said}" for line, said in refused))
    lang = path.resolve().relative_to(root.resolve() / "docs").parts[0]
    lines = page.text.split("\n")
    front = marks.FRONT.match(page.text)
    first = front[0].count("\n") if front else 0
    cells: list[dict[str, Any]] = []
    fences = [fence for fence in page.fences if fence.kind == "python"]
    codes = tuple(reader.code(fence, root).rstrip("\n") for fence in fences)
    runs = zip(fences, codes, execute(codes), strict=True)
    for count, (fence, code, outputs) in enumerate(runs, 1):
        _add_prose(cells, lines[first : fence.line - 1], page.calls, lang)
        cells.append({
            "cell_type": "code", "execution_count": count,
            "id": _id(fence, count), "metadata": {}, "outputs": outputs,
            "source": _split(code)})
        first = fence.end
    _add_prose(cells, lines[first:], page.calls, lang)
    made = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python",
                           "name": "python3"},
            "language_info": {"name": "python"},
            "title": page.meta.get("title", "")},
        "nbformat": 4,
        "nbformat_minor": 5}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def problems(page: Page) -> list[tuple[int, str]]:
    """Lines that Jupyter and the site would not show alike, and what to do."""
    found = [
        (call.line, f"{call.written}: a notebook can hold n(), pm() and f() "
         "only; in a formula put a space between two braces, { {like this} }")
        for call in page.calls if call.name not in ("n", "pm", "f")]
    for number, line in enumerate(reader.unread(page.text).split("\n"), 1):
        if re.search(r"\\begin\{|\\[(\[]", line):
            found.append((number, "a formula that Jupyter and the site read "
                          "differently; put it between dollars, $x$ or $$x$$"))
        if re.search(r"(?<!\\)\$", line):
            found.append((number, "a dollar that begins or ends no formula; "
                          "where it is money, write \\$5"))
    return found + [
        (one.line, f"${one.tex}$ is no formula where a digit follows; where "
         "it is money, write \\$5")
        for one in page.formulas
        if re.search(re.escape(f"${one.tex}$") + r"\d", page.text)]


def same(old: str, new: str) -> bool:
    """Tell whether two notebooks are equal; drawings, to their tolerance."""
    from tools.refresh.figures import same_figure

    def apart(text: str) -> tuple[Any, list[str]]:
        content, drawings = json.loads(text), []
        for cell in content["cells"]:
            for output in cell.get("outputs", []):
                svg = output.get("data", {}).pop("image/svg+xml", None)
                drawings += ["".join(svg)] if svg is not None else []
        return content, drawings

    (one, ones), (other, others) = apart(old), apart(new)
    return one == other and len(ones) == len(others) and all(
        map(same_figure, ones, others))


@functools.lru_cache
def execute(codes: tuple[str, ...]) -> list[list[dict[str, Any]]]:
    """Run cells in order in a fresh kernel; return the outputs of each.

    Raises:
        NotebookFails: If a cell does.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError
    from traitlets.config import Config

    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code) for code in (SETUP, *codes)]
    )
    # Over a socket file, where there are any: no port, no firewall.
    posix = {"KernelManager": {"transport": "ipc"}}
    client = NotebookClient(
        made, kernel_name="python3", timeout=600, record_timing=False,
        config=Config({} if os.name == "nt" else posix))
    env = {k: v for k, v in environment().items() if k != "MPLBACKEND"}
    try:
        client.execute(env=env)
    except CellExecutionError as error:
        raise NotebookFails(str(error)) from error
    return [[_clean(output, f"cell-{number}-{place}")
             for place, output in enumerate(cell.outputs)]
            for number, cell in enumerate(made.cells[1:], 1)]


def _clean(output: Any, name: str) -> dict[str, Any]:
    """Keep of an output what does not change from run to run."""
    kept: dict[str, Any] = {"output_type": output["output_type"]}
    if output["output_type"] == "stream":
        kept |= {"name": output["name"], "text": _split(output["text"])}
        return kept
    data = {kind: content for kind, content in output["data"].items()
            if kind in ("text/plain", "text/html", "image/svg+xml")}
    if "image/svg+xml" in data:
        from qkv_explained.course.drawing.svg import clean

        # A drawing needs no words about its size in pixels.
        data.pop("text/plain", None)
        data["image/svg+xml"] = clean(data["image/svg+xml"], name)
    kept["data"] = {kind: _split(data[kind]) for kind in sorted(data)}
    kept["metadata"] = {}
    if output["output_type"] == "execute_result":
        # The kernel ran a cell of ours first.
        kept["execution_count"] = output["execution_count"] - 1
    return kept


def _split(source: str) -> list[str]:
    return source.splitlines(keepends=True)


def _id(fence: Fence, count: int) -> str:
    stem = Path(fence.includes[0]).stem if fence.includes else f"cell-{count}"
    return re.sub(r"[^A-Za-z0-9-]", "-", stem)[:64]


def _add_prose(cells: list[dict[str, Any]], lines: list[str],
               calls: tuple[Call, ...], lang: str) -> None:
    """Add a cell of prose, if there is any, with its numbers filled in."""
    prose = "\n".join(lines).strip()
    if not prose:
        return
    for call in calls:
        if call.name in ("n", "pm"):
            number = getattr(numbers, call.name)
            value = number(*call.args, lang, **call.kwargs)
            prose = prose.replace(call.written, value)
        if call.name == "f":
            shown = formulas.f(call.args[0], lang, **call.kwargs)
            prose = prose.replace(call.written, shown)
    prose = prose.replace("\\$", _PRICE)
    # Jupyter has no syntax for the id of a heading; an anchor does.
    prose = _HEADING_ID.sub(r'\1<a id="\3"></a>\2', prose)
    number = sum(cell["cell_type"] == "markdown" for cell in cells) + 1
    cells.append({"cell_type": "markdown", "id": f"text-{number:02d}",
                  "metadata": {}, "source": _split(prose)})
