"""Build the site with Zensical: `python -m tools.site.zensical --out DIR`.

mkdocs-material will not be kept up for ever; Zensical, by the same authors,
reads the same pages. It takes a complete configuration for each language and
calls our macros, but knows no hooks: what those do to pages is done here to
the files that it wrote, by the same functions. What is missing all the same
stands in docs/zensical.yml.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import jinja2
import zensical
from mkdocs.utils.meta import get_data
from zensical.extensions.context import Page
from zensical.extensions.macros import MacroEnv

from qkv_explained.languages import LANGUAGES, Lang
from tools.pages import reader
from tools.places import ROOT
from tools.site import assets, config, exports, macros, rootpages
from tools.site.build import BuildFailed
from tools.site.finish import csp
from tools.site.finish import page as finish

COPIED = ("docs", "qkv_explained", "tools")
VARIANT = "classic"  # the one that looks as Material does
THEME = Path(zensical.__file__).parent / "templates"
SHEETS = THEME / "assets/stylesheets" / VARIANT
# Its script gives the search a style of its own, which the policy must allow.
_STYLE = re.compile(r'\("style",\{\},(\w+)\.toString\(\)\)')


def settings(lang: Lang, root: Path = ROOT) -> dict[str, Any]:
    """A language's complete configuration, as Zensical wants it."""
    found = config.complete(lang, root)
    found["theme"]["variant"] = VARIANT
    found["extra"]["bundle"] = assets.bundle_name(assets.stylesheet(SHEETS))
    # By its name it is imported once, by its path again for every page.
    found["plugins"]["macros"]["module_name"] = macros.__name__
    found["nav"] = _titled(found["nav"], root / "docs" / lang)
    return found


def _titled(nav: Any, docs: Path) -> Any:
    """Name the notebooks of a menu: Zensical does not read their titles."""
    if isinstance(nav, list):
        return [_titled(one, docs) for one in nav]
    if isinstance(nav, dict):
        return {title: _titled(one, docs) for title, one in nav.items()}
    if not nav.endswith(".ipynb"):
        return nav
    source = docs / nav.replace(".ipynb", ".nb.md")
    return {reader.read(source).headings[0].text: nav}


def build(out: Path, langs: tuple[Lang, ...] = LANGUAGES,
          root: Path = ROOT) -> None:
    """Build languages side by side, then the root of the site.

    Zensical wants the pages and the built site below the configuration, so
    a copy of the checkout is built.

    Raises:
        BuildFailed: If `out` is not empty, or with what Zensical said.
    """
    if out.exists() and any(out.iterdir()):
        raise BuildFailed(f"{out}: is not empty; name another with --out")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for one in COPIED:
            shutil.copytree(root / one, folder / one, ignore=_IGNORED)
        # Written for the search of Material; Zensical has its own.
        (folder / "tools/site/theme/partials/search.html").unlink()
        made = {lang: settings(lang, root) for lang in langs}
        run(folder, made)
        for lang in langs:
            shutil.copytree(folder / "site" / lang, out / lang)
    for lang, settings_of in made.items():
        complete(out / lang, settings_of, root)
    rootpages.write(out, langs, root)


_IGNORED = shutil.ignore_patterns("node_modules", "__pycache__")


def run(folder: Path, made: dict[Lang, dict[str, Any]]) -> None:
    """Let Zensical build languages in a copy of the checkout."""
    running = {}
    for lang, one in made.items():
        file = folder / f"mkdocs.{lang}.yml"
        config.write(one, file)
        running[lang] = subprocess.Popen(
            [sys.executable, "-m", "zensical", "build", "-f", file.name],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8")
    said = {lang: process.communicate()[0]
            for lang, process in running.items()}
    if failed := [f"{lang}: {said[lang]}" for lang, process in running.items()
                  if process.returncode]:
        raise BuildFailed("\n".join(failed))


def complete(site: Path, made: dict[str, Any], root: Path = ROOT) -> None:
    """Do to a language's built files what hooks do in the other build."""
    lang = made["extra"]["lang"]
    shared = assets.contents(lang)
    shared[made["extra"]["bundle"]] = assets.stylesheet(SHEETS)
    for name, content in shared.items():
        target = site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            shutil.copyfile(content, target)
        else:
            target.write_text(content, "utf-8")
    # Zensical publishes whatever the theme's folder holds.
    shutil.rmtree(site / "mkdocstrings", ignore_errors=True)
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name.endswith("/index.html"):
            name = name.removesuffix("/index.html") + ".md"
        text = finish.page(path.read_text("utf-8"), name, lang)
        path.write_text(text, "utf-8")
    docs = root / "docs" / lang
    exports.write(site, made, {
        path.relative_to(docs).as_posix(): markdown(path, docs, made)
        for path in reader.pages(root, lang)
        if not path.name.endswith(".nb.md")})
    csp.apply(site, f"'self' {csp.digest(own_style())}")


def own_style() -> str:
    """The style that Zensical's script puts into its search.

    Raises:
        BuildFailed: If the script has none, or writes it in another way.
    """
    file = next((THEME / "assets/javascripts").glob("bundle.*.js"))
    script = file.read_text("utf-8")
    name = _STYLE.search(script)
    found = name and re.search(rf"\b{name[1]}='([^']*)'", script)
    if not found:
        raise BuildFailed(f"{file}: no style of the search; see what this "
                          "version does, and mend own_style")
    return found[1].encode().decode("unicode_escape")


def markdown(path: Path, docs: Path, made: dict[str, Any]) -> str:
    """A page's Markdown with its macros called, as Zensical calls them."""
    body, meta = get_data(path.read_text("utf-8"))
    name = path.relative_to(docs).as_posix()
    env = MacroEnv(conf=made, page=Page(url="", path=name, meta=meta))
    macros.define_env(env)
    marks = {key.removeprefix("j2_"): value
             for key, value in made["plugins"]["macros"].items()
             if key.startswith("j2_")}
    template = jinja2.Environment(undefined=jinja2.StrictUndefined, **marks)
    return template.from_string(body).render(env.macros)


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.site.zensical", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args(argv).out
    start = time.perf_counter()
    try:
        build(out)
    except BuildFailed as error:
        print(f"The site was not built.\n{error}", file=sys.stderr)
        return 1
    pages = sum(1 for _ in out.rglob("index.html"))
    print(f"Built {pages} pages in {time.perf_counter() - start:.1f} s, "
          f"in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
