"""Building: against plain mkdocs-material, where the time goes, and growth."""

from __future__ import annotations

import json
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tools.bench.common import (
    LANGS,
    Bar,
    Cost,
    Section,
    copy_of_repository,
    forget_build,
    pairs,
    python,
    ratio,
    say,
    spread,
)
from tools.site.config import FILE

PAIRS = 7
TIMES = 10
# What plain mkdocs-material is given: the extensions that the Markdown is
# written in, and the theme's own search. No plugin or hook of ours.
EXTENSIONS = (
    "abbr", "admonition", "attr_list", "def_list", "md_in_html", "tables",
    "toc", "pymdownx.arithmatex", "pymdownx.details", "pymdownx.highlight",
    "pymdownx.inlinehilite", "pymdownx.snippets", "pymdownx.superfences",
    "pymdownx.tabbed",
)  # fmt: skip
OPTIONS = {
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.snippets": {"base_path": ["qkv_explained"]},
    "pymdownx.tabbed": {"alternate_style": True},
}


# --- against plain mkdocs-material -----------------------------------------


def bench(quick: bool = False) -> Section:
    """Build all three languages cold, ours and plain, in turn."""
    with copy_of_repository() as root:
        plain = [plain_config(root, lang) for lang in LANGS]

        def ours() -> None:
            forget_build(root)
            python("-m", "tools.site.build", cwd=root)

        def one_after_another() -> None:
            shutil.rmtree(root / "plain-site", ignore_errors=True)
            for path in plain:
                python("-m", "mkdocs", "build", "-q", "-f", path, cwd=root)

        def side_by_side() -> None:
            shutil.rmtree(root / "plain-site", ignore_errors=True)
            _side_by_side(plain, root)

        for work in (ours, one_after_another):
            work()  # compiles the bytecode of both
        found = pairs(
            1 if quick else PAIRS,
            {
                "ours": ours,
                "plain, one after another": one_after_another,
                "plain, side by side": side_by_side,
            },
            orphans=True,
        )
        shares = where_it_goes(root)
    return _section(found, shares)


def plain_config(root: Path, lang: str) -> str:
    """Write a configuration without our hooks and plugins; return its path.

    The pages, their navigation and the Markdown extensions are the same.
    Macros and API blocks stay as the text that they are in the Markdown.
    """
    navigation = _settings(root / FILE)["nav"]
    config: dict[str, Any] = {
        "site_name": "Plain",
        "site_url": "https://example.org/",
        "docs_dir": f"docs/{lang}",
        "site_dir": f"plain-site/{lang}",
        "exclude_docs": "*.nb.md\n*.ipynb",
        "theme": {"name": "material", "language": lang},
        "plugins": [{"search": {"lang": lang}}],
        "markdown_extensions": [
            {name: OPTIONS[name]} if name in OPTIONS else name
            for name in EXTENSIONS
        ],
        "nav": _without_notebooks(navigation),
    }
    path = root / f"plain.{lang}.yml"
    path.write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    return path.name


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, where `!ENV` needs no answer here."""


_Loader.add_multi_constructor("!", lambda *_: None)


def _settings(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(
        path.read_text("utf-8"),
        _Loader,
    )
    return loaded


def _without_notebooks(items: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for item in items:
        if isinstance(item, dict):
            kept.append({
                title: _without_notebooks(below)
                if isinstance(below, list) else below
                for title, below in item.items()
            })
        elif not item.endswith(".ipynb"):
            kept.append(item)
    return kept


def _side_by_side(configs: list[str], root: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "-q", "-f", path],
            cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for path in configs
    ]
    codes = [process.wait() for process in running]
    if any(codes):
        raise SystemExit(f"a plain build failed: {configs}")


# --- where the time goes ---------------------------------------------------


def where_it_goes(root: Path) -> dict[str, dict[str, float]]:
    """Processor seconds of each part, English in one process: ours, plain."""
    forget_build(root)
    found = {}
    for name, arguments in {"ours": [], "plain": ["plain.en.yml"]}.items():
        done = subprocess.run(
            [sys.executable, "-m", "tools.bench.shares", *arguments],
            cwd=root, capture_output=True, text=True,
        )
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        found[name] = json.loads(done.stdout.splitlines()[-1])
    return found


def _section(
    found: dict[str, list[Cost]], shares: dict[str, dict[str, float]]
) -> Section:
    wall = {name: [c.wall for c in costs] for name, costs in found.items()}
    cpu = {name: [c.cpu for c in costs] for name, costs in found.items()}
    ours, turn, side = found
    rows = [
        [name, spread(wall[name]), spread(cpu[name]),
         f"{ratio(wall[ours], wall[name]):.2f}"]
        for name in found
    ]
    parts = sorted(
        shares["ours"] | shares["plain"],
        key=lambda part: shares["plain"].get(part, 0)
        - shares["ours"].get(part, 0),
    )
    rows += [
        [f"English: {part}", "",
         f"{shares['ours'].get(part, 0):.2f}, "
         f"plain {shares['plain'].get(part, 0):.2f}", ""]
        for part in parts
    ]
    return Section(
        title="Building zh, en and ru, cold",
        how=(
            "`python -m tools.site.build` against `mkdocs build` of the same "
            "Markdown and navigation with mkdocs-material, the same "
            "Markdown extensions and its search, without our hooks and "
            f"plugins; {len(wall[ours])} pairs in turn, no cache and no "
            "earlier output. Plain builds are started one after another, as "
            "one would type them, and that is what the bar is about; ours "
            "works on the languages side by side. Started side by side, "
            "plain builds are faster again. What the difference is spent on "
            "is in the rows below, largest first: above all the API pages "
            "(mkdocstrings) and the notebook, which plain does not have, "
            "and, once for all languages, their imports. Plain loads the "
            "Chinese dictionary within its search, ours with the imports."
        ),
        bars=[
            Bar("time, against plain", 1.5, ratio(wall[ours], wall[turn]),
                "×"),
        ],
        head=["", "seconds (median, range)", "processor seconds",
              "ours / this"],
        rows=rows,
        numbers={
            "ratio": round(ratio(wall[ours], wall[turn]), 3),
            "ratio_side_by_side": round(ratio(wall[ours], wall[side]), 3),
            "ratio_processor": round(ratio(cpu[ours], cpu[turn]), 3),
            "seconds": round(statistics.median(wall[ours]), 2),
            "plain_seconds": round(statistics.median(wall[turn]), 2),
            "shares": {
                name: {k: round(v, 3) for k, v in one.items()}
                for name, one in shares.items()
            },
        },
    )


# --- ten times the pages ---------------------------------------------------


def bench_growth(quick: bool = False) -> Section:
    """Build the site, and a site with ten times its pages, in turn."""
    with copy_of_repository() as small, copy_of_repository() as large:
        multiply(large, TIMES)

        def build(root: Path) -> None:
            forget_build(root)
            python("-m", "tools.site.build", "--no-strict", cwd=root)

        found = pairs(
            1 if quick else 3,
            {"once": lambda: build(small),
             f"{TIMES} times": lambda: build(large)},
        )
        pages = [_pages(root) for root in (small, large)]
    once, many = ([c.wall for c in costs] for costs in found.values())
    times = ratio(many, once)
    say(f"  {pages[0]} and {pages[1]} pages")
    return Section(
        title="Ten times the pages",
        how=(
            "Every page and notebook of every language nine times more, "
            "linked from the navigation; both builds cold, in turn."
        ),
        bars=[Bar("time, for ten times the pages", 11, times, "×")],
        head=["site", "pages", "seconds (median, range)"],
        rows=[
            ["as it is", str(pages[0]), spread(once)],
            ["ten times", str(pages[1]), spread(many)],
        ],
        numbers={"ratio": round(times, 2), "pages": pages},
    )


def multiply(root: Path, times: int) -> None:
    """Have every page `times` times, in the navigation too."""
    for lang in LANGS:
        docs = root / "docs" / lang
        originals = sorted(docs.rglob("*"))
        for number in range(1, times):
            for path in originals:
                if path.is_file():
                    target = docs / f"x{number}" / path.relative_to(docs)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, target)
    config = root / FILE
    before, nav = re.split(r"(?m)^nav:\n", config.read_text("utf-8"))
    more = "".join(
        "  - reference:\n" + re.sub(
            r"(?m)^ *- (?:.*: )?",
            lambda found: "  " + found[0],
            re.sub(r"[\w/-]+\.(?:md|ipynb)",
                   lambda found, n=number: f"x{n}/{found[0]}", nav),
        )
        for number in range(1, times)
    )
    config.write_text(f"{before}nav:\n{nav.rstrip()}\n{more}", "utf-8")


def _pages(root: Path) -> int:
    return sum(1 for _ in (root / "site").rglob("index.html"))
