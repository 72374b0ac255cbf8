"""Compute the map of the course from what is there.

A topic's place comes from order.toml; its title is its page's H1, its idea
the page's front matter; its snippets, figures and widgets are those that the
page shows, in their order; its tests are the files named after it. Only what
no page says of itself stands in the topic's topic.toml. For the wheel the
result is written to qkv_explained/course/map.json.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import tomllib
from pathlib import Path
from typing import Any

import yaml

from qkv_explained.course import LANGUAGES, Concept, from_data
from tools.pages import reader
from tools.pages.parts import Page
from tools.places import COURSE, ROOT
from tools.refresh.jobs import Job

ORDER = COURSE / "order.toml"
MAP = COURSE / "map.json"
TOPIC_KINDS = ("concepts", "myths")


class BadTopic(ValueError):
    """A topic whose files do not make an entry; says what to add where."""


def order(root: Path = ROOT) -> list[dict[str, Any]]:
    """The parts of the course with their pages, as order.toml has them."""
    text = (root / ORDER).read_text(encoding="utf-8")
    parts: list[dict[str, Any]] = tomllib.loads(text)["part"]
    return parts


def listed(root: Path = ROOT) -> list[str]:
    """Every page of order.toml in order, without its ending."""
    return [page for part in order(root) for page in part["pages"]]


def notebook_of(page: str, root: Path = ROOT) -> str | None:
    """The notebook that belongs to a page, if there is one."""
    name = f"notebooks/{Path(page).name}"
    source = root / "docs" / LANGUAGES[0] / f"{name}.nb.md"
    return f"{name}.ipynb" if source.exists() else None


def compute(root: Path = ROOT) -> tuple[Concept, ...]:
    """All concepts and myths of a checkout, in reading order.

    Raises:
        BadTopic: If a page or a topic.toml lacks what the map needs.
    """
    return tuple(entry(page, root) for page in topic_pages(root))


def topic_pages(root: Path = ROOT) -> list[str]:
    """The pages of concepts and myths, in reading order."""
    kinds = tuple(f"{kind}/" for kind in TOPIC_KINDS)
    return [page for page in listed(root) if page.startswith(kinds)]


def entry(page: str, root: Path = ROOT) -> Concept:
    """What the map holds of one page; raises `BadTopic` like `compute`."""
    kind, name = page.split("/", 1)
    folder = root / COURSE / kind / name.replace("-", "_")
    own = _topic(folder / "topic.toml", root)
    pages = {lang: _page(root / "docs" / lang / f"{page}.md", root)
             for lang in LANGUAGES}
    shown = pages[LANGUAGES[0]]
    inside = f"course/{kind}/{folder.name}/snippets/"
    snippets = [one.removeprefix(inside).removesuffix(".py")
                for fence in shown.fences if fence.kind == "python"
                for one in fence.includes if one.startswith(inside)]
    notebook = notebook_of(page, root)
    data = {
        **own,
        "id": name,
        "titles": {lang: one.headings[0].text for lang, one in pages.items()},
        "ideas": {lang: one.meta["idea"] for lang, one in pages.items()},
        "snippets": list(dict.fromkeys(snippets)),
        "page": f"{page}.md",
        "figures": _called(shown, "figure"),
        "widgets": _called(shown, "widget"),
        "notebooks": [notebook] if notebook else [],
        "tests": _tests(folder.name, own["module"], root),
    }
    if kind == "myths":
        data["claims"] = _claims(f"{page}.md", name, root)
    return from_data(data)


def _topic(path: Path, root: Path) -> dict[str, Any]:
    name = path.relative_to(root).as_posix()
    if not path.exists():
        raise BadTopic(
            f"{name}: missing. Add it with formula, module, prerequisites and "
            f"sources, or take the page out of {ORDER.as_posix()}")
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    needed = {"formula", "module", "prerequisites", "sources"}
    if odd := sorted(needed ^ set(found)):
        raise BadTopic(f"{name}: has or lacks {', '.join(odd)}; it holds "
                       f"{', '.join(sorted(needed))}")
    if not found["formula"]:
        raise BadTopic(f"{name}: formula is empty. Write it in plain "
                       "characters, with its shapes")
    return found


def _page(path: Path, root: Path) -> Page:
    name = path.relative_to(root).as_posix()
    if not path.exists():
        raise BadTopic(f"{name}: missing. Write the page, or take it out of "
                       f"{ORDER.as_posix()}")
    page = reader.read(path)
    if not page.headings or not page.headings[0].text:
        raise BadTopic(f"{name}: needs a title, `# … {{#id}}`")
    if not page.meta.get("idea"):
        raise BadTopic(f"{name}: needs its idea in one sentence in the front "
                       "matter, `idea: …`")
    return page


def _called(page: Page, macro: str) -> list[str]:
    found = (str(c.args[0]) for c in page.calls_of(macro) if c.args)
    return list(dict.fromkeys(found))


def _tests(folder: str, module: str, root: Path) -> list[str]:
    """The tests named after the module or the topic."""
    names = dict.fromkeys((module.rsplit(".", 1)[-1], folder))
    return [path.relative_to(root).as_posix()
            for name in names for part in ("library", "lab", "course")
            for path in sorted(
                (root / "tests" / part).glob(f"test_{name}*.py"))]


def _claims(page: str, name: str, root: Path) -> list[int]:
    """The claims that a myth's page shows and its experiment decides."""
    text = (root / "docs" / "claims.yml").read_text(encoding="utf-8")
    return [claim["id"] for claim in yaml.safe_load(text)["claims"]
            if str(claim.get("result", "")).startswith(f"{name}:")
            or claim["evidence"]["page"].startswith(f"{page}#")]


def text(root: Path = ROOT) -> str:
    """The map as map.json holds it."""
    content = {"made_by": "python -m tools.refresh map; do not edit",
               "topics": [dataclasses.asdict(one) for one in compute(root)]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def jobs(root: Path = ROOT) -> list[Job]:
    """The one file to be made."""
    return [Job(root / MAP, functools.partial(text, root))]
