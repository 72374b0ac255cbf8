"""The hook of the MkDocs builds: what a theme cannot do by itself.

Thin on purpose: each event calls a function of a module that can be tested
alone (`tools.site.finish.*`, `tools.site.exports`). Zensical knows no hooks;
tools/site/zensical.py calls the same functions on the files that it built.
"""

import contextlib
import functools
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from mkdocs.config.defaults import MkDocsConfig  # noqa: E402
from mkdocs.plugins import CombinedEvent, event_priority  # noqa: E402
from mkdocs.structure.files import Files  # noqa: E402
from mkdocs.structure.pages import Page  # noqa: E402
from mkdocs.structure.toc import get_toc  # noqa: E402

from tools.site import assets, exports, search  # noqa: E402
from tools.site.config import locate, speak  # noqa: E402
from tools.site.finish import csp, notebook  # noqa: E402
from tools.site.finish import page as finish  # noqa: E402

_dirty = False
# Every page's Markdown, by language, until the build's end.
_kept: dict[str, dict[str, str]] = {}


def on_startup(command: str, dirty: bool) -> None:
    """Note whether only what changed is built."""
    global _dirty
    _dirty = dirty


@event_priority(100)
def _speak(config: MkDocsConfig) -> MkDocsConfig:
    """Give the build its language's words, before a plugin reads any."""
    speak(config, config.mdx_configs, config.theme["language"])
    return config


def _address(config: MkDocsConfig) -> MkDocsConfig:
    """Give the build its language's address and the theme its version."""
    _cut_by_dictionary()
    # In the bundle already: one stylesheet a page.
    config.extra_css = [
        path for path in config.extra_css if "_mkdocstrings" not in str(path)]
    config.extra["bundle"] = assets.bundle_name()
    locate(config, config.extra["lang"])
    return config


on_config = CombinedEvent(_speak, _address)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Mount docs/assets, which the languages share, into this build."""
    for file in assets.shared_files(config):
        files.append(file)
    return files


def _cut_by_dictionary() -> None:
    """Cut Chinese by the dictionary and our terms alone.

    jieba's guessing of new words glues single characters together (和键),
    and 键, a word of ours, would then not be found.
    """
    with contextlib.suppress(ImportError):
        import jieba

        jieba.cut = functools.partial(jieba.dt.cut, HMM=False)


@event_priority(-100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig,
                     files: Files) -> str:
    """Keep the page's Markdown for the exports; rank it in the search."""
    _kept.setdefault(config.extra["lang"], {})[page.file.src_uri] = markdown
    _rank(page, config.extra["search_boost"])
    return markdown


def _rank(page: Page, boosts: dict[str, float]) -> None:
    """Say how much what is found on this page counts in the search."""
    for start, boost in boosts.items():
        if page.file.src_uri.startswith(start):
            page.meta.setdefault("search", {}).setdefault("boost", boost)


@event_priority(-100)
def on_page_content(html: str, page: Page, config: MkDocsConfig,
                    files: Files) -> str:
    """Dress a notebook as a page of the site."""
    if page.file.src_uri.endswith(".ipynb"):
        html, headings = notebook.adopt(html, config.extra["lang"])
        page.toc = get_toc(headings)  # type: ignore[arg-type]
        html = notebook.with_download(
            html, Path(page.file.src_uri).name, config.extra["lang"])
    return html


@event_priority(-100)
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put in math and drawings; mend what validators and readers trip over."""
    return finish.page(output, page.file.src_uri, config.extra["lang"],
                       math=os.environ.get("QKV_MATH", "html") != "tex")


@event_priority(-100)
def on_post_template(output: str, template_name: str,
                     config: MkDocsConfig) -> str:
    """The same for 404.html; other templates pass."""
    if template_name.endswith(".html"):
        return finish.page(output, template_name, config.extra["lang"])
    return output


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """Finish the index, write the exports, then every page's policy."""
    site = Path(config.site_dir)
    search.teach(site / "search" / "search_index.json")
    if not _dirty:
        exports.write(site, config, _kept.get(config.extra["lang"], {}))
    csp.apply(site)
