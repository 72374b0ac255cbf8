"""Build the site: `python -m tools.site.build` makes site/<lang> and the root.

One MkDocs build a language, side by side; what is heavy to import is
imported once, before the processes part.
"""

import argparse
import importlib.util
import logging
import multiprocessing as mp
import os
import shutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

from qkv_explained.languages import LANGUAGES
from tools.places import ROOT
from tools.site import rootpages

LANGS = LANGUAGES


class BuildFailed(RuntimeError):
    """A language did not build; what MkDocs said stands above."""


def build_language(lang: str, site_dir: Path, root: Path = ROOT,
                   strict: bool = True, dirty: bool = False) -> None:
    """Build one language into `site_dir / lang`.

    Raises:
        BuildFailed: If MkDocs refuses, or warns in strict mode.
    """
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.exceptions import Abort, ConfigurationError

    from tools.site.config import load

    os.chdir(root)
    try:
        config = load(lang, root, strict=strict,
                      site_dir=str(site_dir / lang))
        check_jieba(config)
        config.plugins.on_startup(command="build", dirty=dirty)
        mkdocs_build(config, dirty=dirty)
        config.plugins.on_shutdown()
    except (Abort, ConfigurationError) as error:
        raise BuildFailed(f"{lang}: {error}") from error


def check_jieba(config: "MkDocsConfig") -> None:
    """Stop where Chinese would not be cut into words, and not found."""
    search = config.plugins["material/search"].config
    if search.jieba_dict_user and importlib.util.find_spec("jieba") is None:
        raise BuildFailed(
            "jieba is not installed: without it the Chinese search finds "
            "nothing. Run: python3 tools/install.py site (or: pip install "
            "jieba)")


def worker(lang: str, site_dir: Path, root: Path, strict: bool,
           dirty: bool = False) -> str | None:
    """Build one language in a process of its own; return what failed."""
    _log(lang)
    try:
        build_language(lang, site_dir, root, strict, dirty)
    except BuildFailed as error:
        return str(error)
    except Exception as error:
        return f"{lang}: {type(error).__name__}: {error}"
    return None


def _log(lang: str) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(
        f"%(levelname)s {lang}: %(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.WARNING)
    logging.getLogger("jieba").setLevel(logging.WARNING)


def context() -> BaseContext:
    """Return how to start a build: from a process that is warm already.

    A fork server imports the heavy packages once and every build is a fork
    of it; where there is none (Windows), builds start cold.
    """
    if "forkserver" not in mp.get_all_start_methods():
        return mp.get_context("spawn")
    warm = mp.get_context("forkserver")
    warm.set_forkserver_preload(["tools.site.warm"])
    return warm


def run(tasks: list[tuple[Any, ...]]) -> None:
    """Run `worker` on all tasks, side by side.

    Raises:
        BuildFailed: If one failed, or its process died.
    """
    with ProcessPoolExecutor(len(tasks), mp_context=context()) as pool:
        waiting = [pool.submit(worker, *task) for task in tasks]
        try:
            failed = [r for w in waiting if (r := w.result())]
        except BrokenProcessPool as error:
            raise BuildFailed(f"a build's process died: {error}") from error
    if failed:
        raise BuildFailed("\n".join(failed))


def build(site_dir: Path, langs: tuple[str, ...] = LANGS, root: Path = ROOT,
          strict: bool = True, in_place: bool = False) -> None:
    """Build languages side by side, then the root of the site.

    Args:
        site_dir: Where the site goes; it is emptied first if it holds a
            site, and refused if it holds anything else.
        langs: Which languages.
        root: The checkout.
        strict: Whether a warning fails the build.
        in_place: Keep what stands in `site_dir`: it is being served.

    Raises:
        BuildFailed: If a language did not build.
    """
    site_dir = site_dir.resolve()
    if not in_place:
        _empty(site_dir)
    # Three on two cores end sooner than two and then one.
    run([(lang, site_dir, root, strict) for lang in langs])
    rootpages.write(site_dir, langs, root)


def _empty(site_dir: Path) -> None:
    if site_dir.exists() and any(site_dir.iterdir()):
        ours = {*LANGS, "index.html", "404.html"}
        if not ours & {p.name for p in site_dir.iterdir()}:
            raise BuildFailed(
                f"{site_dir}: holds files that are not a built site; "
                "name an empty folder with --out")
        shutil.rmtree(site_dir)
    site_dir.mkdir(parents=True, exist_ok=True)


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.site.build",
                                     description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "site")
    parser.add_argument("--lang", choices=LANGS, action="append",
                        help="only this language (may be repeated)")
    parser.add_argument("--no-strict", action="store_true",
                        help="build in spite of warnings")
    args = parser.parse_args(argv)
    start = time.perf_counter()
    langs = tuple(args.lang or LANGS)
    try:
        build(args.out, langs, strict=not args.no_strict)
    except BuildFailed as error:
        print(f"The site was not built.\n{error}", file=sys.stderr)
        return 1
    pages = sum(1 for _ in args.out.rglob("index.html"))
    print(f"Built {', '.join(langs)}: {pages} pages in "
          f"{time.perf_counter() - start:.1f} s, in {args.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
