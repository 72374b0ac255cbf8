"""The way out stays open: Zensical builds our Markdown pages.

mkdocs-material will not be kept up for ever; Zensical, by the same authors,
reads the same configuration. It knows no hooks and no notebooks, so what is
asked of it is the content: every page, its headings, its numbers, its code.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
from pathlib import Path

from qkv_explained.languages import words
from tools.checks import Problem, webpage
from tools.checks.blocks import normal
from tools.pages import numbers, reader
from tools.pages.reader import LANGS
from tools.site import config

COPIED = ("docs", "overrides", "qkv_explained", "tools")


def copy(root: Path, folder: Path) -> None:
    """Copy what a build needs, with each configuration at the top.

    Zensical wants the pages and the built site below the configuration.
    """
    for name in COPIED:
        shutil.copytree(
            root / name,
            folder / name,
            ignore=shutil.ignore_patterns("node_modules", "__pycache__"),
        )
    shutil.copy(root / "mkdocs.yml", folder)
    config.write(folder, root)


def build(folder: Path, lang: str) -> str:
    """Build a language of a copy with Zensical; "" or why it failed."""
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "-f",
         f"mkdocs.{lang}.yml"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr if done.returncode else ""


def problems(
    root: Path, site: Path, langs: tuple[str, ...] = LANGS
) -> list[Problem]:
    """Find what Zensical's pages lack.

    Args:
        root: The repository, with the Markdown.
        site: What Zensical built from it.
        langs: Which languages.
    """
    found = []
    for lang in langs:
        docs = root / "docs" / lang
        for path in reader.pages(root, lang):
            if path.name.endswith(".nb.md"):
                continue
            inside = path.relative_to(docs).with_suffix("")
            where = inside.parent if inside.name == "index" else inside
            target = site / lang / where / "index.html"
            name = f"docs/{lang}/{inside.as_posix()}.md"
            if not target.exists():
                found.append(Problem(name, 0, "Zensical builds no such page"))
                continue
            page = reader.read(path)
            for line, what in lacking(page, target, lang, root):
                message = (
                    f"Zensical's page lacks {what}. Write it in a way that "
                    "needs neither our hook nor a plugin of MkDocs"
                )
                found.append(Problem(name, line, message))
    return found


def lacking(
    page: reader.Page, target: Path, lang: str, root: Path
) -> list[tuple[int, str]]:
    """What of a page's Markdown is not on the built page."""
    built = webpage.read(target)
    ids = {one for _, one in built.ids}
    text = " ".join(built.text.split())
    blocks = [normal(block) for _, _, block in built.blocks]
    found = []
    for heading in page.headings:
        if heading.id and heading.id not in ids:
            found.append((heading.line, f"the heading #{heading.id}"))
    for call in page.calls_of("n", "pm"):
        written = getattr(numbers, call.name)(
            *call.args,
            lang=lang,
            data=root / "docs" / "assets" / "data",
            **call.kwargs,
        )
        written = words(lang)["verdicts"].get(written, written)
        if " ".join(html.unescape(written).split()) not in text:
            found.append((call.line, f"the number {written}"))
    for call in page.calls_of("figure"):
        raw = target.read_text(encoding="utf-8")
        if not re.search(rf"figures/{call.args[0]}\.{lang}\.svg", raw):
            found.append((call.line, f"the figure {call.args[0]}"))
    for fence in page.fences:
        if normal(reader.code(fence, root)) not in blocks:
            found.append((fence.line, "this block of code"))
    return found
