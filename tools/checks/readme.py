"""The READMEs say the same in three languages: commands, links, headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from pathlib import Path

from tools import markdown
from tools.checks import Problem
from tools.markdown import Page

PIVOT = "README.md"
OTHERS = ("README.zh.md", "README.ru.md")
_COMMENT = re.compile(r"[ \t]*(?:^|\s)#.*$", re.M)
_LANGUAGE = re.compile(r"\.(zh|en|ru)(?=\.)|/(zh|en|ru)/")


def problems(root: Path) -> list[Problem]:
    """Find where the READMEs differ."""
    found = []
    pivot = root / PIVOT
    for name in (PIVOT, *OTHERS):
        if not (root / name).exists():
            found.append(Problem(name, 0, "missing. Write it"))
    if found:
        return found
    one = markdown.read(pivot)
    for name in OTHERS:
        two = markdown.read(root / name)
        for what, items in SAME.items():
            wanted, got = items(one), items(two)
            for place, pair in enumerate(zip(wanted, got, strict=False)):
                if pair[0] != pair[1]:
                    message = (
                        f"{what} {place + 1} is {pair[1]!r}, in {PIVOT} "
                        f"{pair[0]!r}. Make them equal"
                    )
                    found.append(Problem(name, 0, message))
                    break
            else:
                if len(wanted) != len(got):
                    message = (
                        f"has {len(got)} times {what}, {PIVOT} "
                        f"{len(wanted)} times. Make them equal"
                    )
                    found.append(Problem(name, 0, message))
    return found


def _targets(page: Page) -> list[Hashable]:
    links = [
        _LANGUAGE.sub("", link.target)
        for link in page.links
        if not link.target.startswith("README") and link.target[:1] != "#"
    ]
    return sorted(links)


SAME: dict[str, Callable[[Page], list[Hashable]]] = {
    "heading": lambda page: [one.level for one in page.headings],
    "block": lambda page: [
        (one.info, _COMMENT.sub("", one.body)) for one in page.fences
    ],
    "table": lambda page: [(one.rows, one.columns) for one in page.tables],
    "link": _targets,
}
