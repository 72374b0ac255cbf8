"""The files that the languages share, and the one stylesheet made of many.

docs/assets is mounted into every language as assets/. The theme's two
stylesheets, KaTeX's, and ours become one file, since each further one delays
the first paint.
"""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

import mkdocstrings_handlers.python
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from tools.places import ASSETS, DOCS, MADE
from tools.site import retheme, widgets
from tools.site.finish import drawings, formulas

API = (Path(mkdocstrings_handlers.python.__file__).parent
       / "templates" / "material" / "style.css")
OURS = ("site.css", "widgets.css", "print.css")
# Not published: what the build reads, and pictures for the README.
PRIVATE = ("css/", "readme/", "data/jieba.txt", "data/search.")
KATEX = "vendor/katex/"
ALWAYS = ("KaTeX_Main-Regular", "KaTeX_Math-Italic")


# Parts of the theme that this site does not have.
ABSENT = re.compile(
    r"md-consent|md-version|md-feedback|md-annotation|mermaid|md-tag\b|giscus"
    r"|md-comments|md-banner|tabbed|md-tabs|md-social|task-list|md-hero"
    r"|admonitionblock|md-post|md-pagination|md-author|md-profile|critic"
    r"|md-source-file|md-tooltip|footnote|\.keys|emojione|twemoji|gemoji"
    r"|lazyload|instafu|swiper|glightbox")
_RULE = re.compile(r"([^{}]+)\{[^{}]*\}")


def _without_absent(css: str) -> str:
    """Drop the rules that are only about parts that are absent."""
    def keep(match: re.Match[str]) -> str:
        selectors = match[1].split(",")
        return "" if all(map(ABSENT.search, selectors)) else match[0]

    return _RULE.sub(keep, css)


@lru_cache
def stylesheet(theme: Path = retheme.ASSETS / "stylesheets") -> str:
    """Return the site's one stylesheet, of a theme's and ours."""
    sheets = [next(theme.glob(f"{name}.*.min.css"))
              for name in ("main", "palette")]
    text = "\n".join(p.read_text("utf-8") for p in sheets)
    text = retheme.styles(_without_absent(text))
    text = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text)
    text = re.sub(r'@charset "UTF-8";', "", text)
    ours = [_squeeze((ASSETS / "css" / name).read_text("utf-8"))
            for name in OURS]
    text += _katex() + "\n" + formulas.css()
    return "\n".join([text + _squeeze(API.read_text("utf-8")), *ours])


def _katex() -> str:
    """Return KaTeX's rules, with the typefaces of every formula in them.

    Fetched, they come after the first paint: formulas then change their
    width, and lines break anew. Preloaded, they hold the first paint back,
    from 0.8 s to 2 s on a slow phone.
    """
    folder = ASSETS / KATEX
    rules = (folder / "katex.min.css").read_text("utf-8")
    # Every browser that runs this site reads woff2.
    rules = re.sub(r',url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)', "", rules)
    # Typefaces that no formula has asked for.
    dead = r"KaTeX_(?:Fraktur|Caligraphic|Script|SansSerif|Typewriter)"
    rules = re.sub(rf"@font-face\{{[^}}]*{dead}[^}}]*\}}", "", rules)
    for name in ALWAYS:
        data = (folder / "fonts" / f"{name}.woff2").read_bytes()
        rules = rules.replace(
            f"url(fonts/{name}.woff2)",
            f"url(data:font/woff2;base64,{base64.b64encode(data).decode()})")
    return rules.replace("url(fonts/", f"url(../{KATEX}fonts/")


def _squeeze(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return re.sub(r"\s*\n\s*", "\n", css).strip() + "\n"


def bundle_name(text: str | None = None) -> str:
    """Return the stylesheet's path below a language; it names its content."""
    digest = hashlib.sha256((text or stylesheet()).encode()).hexdigest()[:8]
    return f"assets/css/bundle.{digest}.css"


@lru_cache
def _standalone(path: Path, _stamp: int) -> str:
    return drawings.standalone(path.read_text("utf-8"))


def contents(lang: str) -> dict[str, Path | str]:
    """Return what the languages share: a file's path, its source or text."""
    found: dict[str, Path | str] = {}
    for path in sorted(ASSETS.rglob("*")):
        name = path.relative_to(ASSETS).as_posix()
        if path.is_file() and not name.startswith(PRIVATE):
            found[f"assets/{name}"] = path
    for name in ("numbers", "result"):
        for path in sorted(MADE.glob(f"*/{name}.json")):
            found[path.relative_to(DOCS).as_posix()] = path
    for path in sorted(MADE.glob(f"*/*.{lang}.svg")):
        found[path.relative_to(DOCS).as_posix()] = _standalone(
            path, path.stat().st_mtime_ns)
    found[f"assets/widgets/strings.{lang}.json"] = widgets.strings(lang)
    return found


def shared_files(config: MkDocsConfig) -> list[File]:
    """Return the shared files as files of this build."""
    made = contents(config.theme["language"])
    made[config.extra["bundle"]] = stylesheet()
    made[f"assets/javascripts/{retheme.SCRIPT.name}"] = retheme.script()
    return [
        File.generated(config, name, content=content)
        if isinstance(content, str)
        else File(name, str(DOCS), config.site_dir, config.use_directory_urls)
        for name, content in made.items()]
