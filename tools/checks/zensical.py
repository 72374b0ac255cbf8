"""The way out stays open: the site that Zensical builds is whole.

The checks of the site run on what `python -m tools.site.zensical` builds:
links, resources, addresses, formulas; and each page is compared with its
Markdown: headings, numbers, figures, code, menu. What Zensical cannot do
stands in docs/zensical.yml, which may only get shorter.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from bs4 import BeautifulSoup

from qkv_explained.languages import words
from tools.checks import (
    Problem,
    alternates,
    formulas,
    links,
    relative,
    resources,
    webpage,
)
from tools.checks.blocks import normal
from tools.pages import docstrings, numbers, reader
from tools.pages.parts import Page
from tools.pages.reader import LANGS

FILE = "docs/zensical.yml"
_MENU = re.compile(r"md-sidebar--primary.*?(?=md-sidebar--secondary)", re.S)


def problems(
    root: Path, site: Path, menus: dict[str, list[Any]]
) -> list[Problem]:
    """Find what Zensical's site of a repository lacks, and FILE excuses not.

    `menus` are those of each language, as its configuration has them.
    """
    found = [
        *links.problems(site),
        *resources.problems(site),
        *alternates.problems(site, LANGS),
        *formulas.problems(site, {}),
    ]
    for lang, menu in menus.items():
        found += of_language(root, site, lang, menu)
    text = (root / FILE).read_text(encoding="utf-8")
    return excused(found, yaml.safe_load(text)["cannot"])


def excused(
    found: list[Problem], cannot: list[dict[str, str]]
) -> list[Problem]:
    """What no entry excuses, and the entries that excuse nothing."""
    fitting = [[number for number, entry in enumerate(cannot)
                if re.search(entry["problem"], str(problem))]
               for problem in found]
    used = {number for some in fitting for number in some}
    left = [one for one, some in zip(found, fitting, strict=True) if not some]
    return left + [
        Problem(FILE, 0, "Zensical's site does not lack this any more: "
                f"{entry['what']}. Take the entry out")
        for number, entry in enumerate(cannot) if number not in used]


def of_language(
    root: Path, site: Path, lang: str, menu: list[Any]
) -> Iterator[Problem]:
    """What the pages of a language lack of their Markdown, and the menu."""
    docs = root / "docs" / lang
    titles = list(_titles(menu, docs))
    for path in reader.pages(root, lang):
        inside = path.relative_to(docs).with_suffix("")
        if path.name.endswith(".nb.md"):
            inside = inside.with_suffix("")
            if not (site / lang / inside / "index.html").exists():
                yield Problem(f"docs/{lang}/{inside.as_posix()}.ipynb", 0,
                              "Zensical builds no page of it")
            continue
        where = inside.parent if inside.name == "index" else inside
        target = site / lang / where / "index.html"
        name = relative(path, root)
        if not target.exists():
            yield Problem(name, 0, "Zensical builds no such page")
            continue
        raw = target.read_text(encoding="utf-8")
        for line, what in lacking(reader.read(path), target, raw, lang, root):
            yield Problem(name, line, (
                f"Zensical's page lacks {what}. Write it in a way that needs "
                "no plugin of MkDocs, or see tools/site/zensical.py"))
        if (shown := entries(raw)) != titles:
            yield Problem(name, 0, (
                f"the menu of Zensical's page is {shown}, not {titles}; see "
                "`settings` in tools/site/zensical.py"))
    yield from _search(site, lang)


def _search(site: Path, lang: str) -> Iterator[Problem]:
    path = site / lang / "search.json"
    if path.exists():
        index = json.loads(path.read_text(encoding="utf-8"))
        if index.get("config", {}).get("habits"):
            return
    yield Problem(relative(path, site), 0,
                  "lacks the habits of the languages (tools/site/search.py)")


def _titles(menu: Any, docs: Path) -> Iterator[str]:
    """The titles of a menu from top to bottom, as a reader sees them."""
    for one in menu:
        if isinstance(one, str):
            page = reader.read(docs / one)
            yield page.meta.get("title") or page.headings[0].text
            continue
        ((title, inside),) = one.items()
        yield title
        if isinstance(inside, list):
            yield from _titles(inside, docs)


def entries(raw: str) -> list[str]:
    """The titles that a built page's menu shows, from top to bottom."""
    part = _MENU.search(raw)
    soup = BeautifulSoup(part[0] if part else "", "html.parser")
    for contents in soup.select(".md-nav--secondary"):
        contents.decompose()
    return [" ".join(one.get_text().split())
            for one in soup.select(".md-nav__link")
            if one.get("for") != "__toc"]


def lacking(
    page: Page, target: Path, raw: str, lang: str, root: Path
) -> Iterator[tuple[int, str]]:
    """What of a page's Markdown is not on the built page."""
    built = webpage.read(target)
    ids = {one for _, one in built.ids}
    text = " ".join(built.text.split())
    blocks = [normal(block) for _, _, block in built.blocks]
    for heading in page.headings:
        if heading.id and heading.id not in ids:
            yield heading.line, f"the heading #{heading.id}"
    for call in page.calls_of("n", "pm"):
        written = getattr(numbers, call.name)(
            *call.args, lang=lang, data=root / "docs/made", **call.kwargs
        )
        written = words(lang)["verdicts"].get(written, written)
        if " ".join(html.unescape(written).split()) not in text:
            yield call.line, f"the number {written}"
    for call in page.calls_of("figure"):
        box = re.search(
            rf'<figure[^>]* id="fig-{call.args[0]}".*?</figure>', raw, re.S
        )
        if not box or "<svg" not in box[0]:
            yield call.line, f"the drawing of the figure {call.args[0]}"
    shown = len(re.findall(r'class="math[ "]', raw))
    if shown < len(page.formulas):
        yield 1, f"formulas: it shows {shown} of {len(page.formulas)}"
    for fence in page.fences:
        if normal(docstrings.bare(reader.code(fence, root))) not in blocks:
            yield fence.line, "this block of code"
