"""Build the site: `python -m tools.build` makes site/{zh,en,ru} and the root.

One MkDocs build a language, side by side; what is heavy to import is
imported once, before the processes part.
"""

import argparse
import contextlib
import importlib
import logging
import multiprocessing as mp
import os
import shutil
import sys
import time
from multiprocessing.pool import Pool
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGS = ("zh", "en", "ru")
DEFAULT_URL = "https://qkv-explained.example/"
# Imported before the fork, since every language needs them.
HEAVY = (
    "mkdocs.commands.build", "material.plugins.search.plugin",
    "mkdocs_macros.plugin", "mkdocstrings", "mkdocstrings_handlers.python",
    "pymdownx.superfences", "pygments.lexers.python", "jieba", "tools.hooks",
)


class BuildFailed(RuntimeError):
    """A language did not build; what MkDocs said stands above."""


def config_file(lang: str, root: Path = ROOT) -> Path:
    """Return the MkDocs configuration of a language."""
    return root / ("mkdocs.yml" if lang == "zh" else f"docs/mkdocs.{lang}.yml")


def build_language(lang: str, site_dir: Path, root: Path = ROOT,
                   strict: bool = True, dirty: bool = False) -> None:
    """Build one language into `site_dir / lang`.

    Raises:
        BuildFailed: If MkDocs refuses, or warns in strict mode.
    """
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    os.chdir(root)
    try:
        config = load_config(str(config_file(lang, root)), strict=strict,
                             site_dir=str(site_dir / lang))
        config.plugins.on_startup(command="build", dirty=dirty)
        mkdocs_build(config, dirty=dirty)
        config.plugins.on_shutdown()
    except (Abort, ConfigurationError) as error:
        raise BuildFailed(f"{lang}: {error}") from error


def _worker(lang: str, site_dir: Path, root: Path, strict: bool) -> str | None:
    _log(lang)
    try:
        build_language(lang, site_dir, root, strict)
    except BuildFailed as error:
        return str(error)
    return None


def _log(lang: str) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(
        f"%(levelname)s {lang}: %(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.WARNING)
    logging.getLogger("jieba").setLevel(logging.WARNING)


def _pool(size: int) -> Pool:
    how = "fork" if sys.platform.startswith("linux") else "spawn"
    if how == "fork":
        for name in HEAVY:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        import jieba

        jieba.setLogLevel(logging.WARNING)
        jieba.initialize()
    return mp.get_context(how).Pool(size)


def build(site_dir: Path, langs: tuple[str, ...] = LANGS, root: Path = ROOT,
          strict: bool = True, jobs: int | None = None) -> None:
    """Build languages side by side, then the root of the site.

    Args:
        site_dir: Where the site goes; it is emptied first if it holds a
            site, and refused if it holds anything else.
        langs: Which languages.
        root: The checkout.
        strict: Whether a warning fails the build.
        jobs: How many processes; default: one a core.

    Raises:
        BuildFailed: If a language did not build.
    """
    site_dir = site_dir.resolve()
    _empty(site_dir)
    with _pool(min(len(langs), jobs or os.cpu_count() or 1)) as pool:
        waiting = [pool.apply_async(_worker, (lang, site_dir, root, strict))
                   for lang in langs]
        failed = [r for w in waiting if (r := w.get())]
    if failed:
        raise BuildFailed("\n".join(failed))
    from tools import rootpages

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
    parser = argparse.ArgumentParser(prog="python -m tools.build",
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
