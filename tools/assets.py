"""The files that the languages share, and the one stylesheet made of many.

docs/assets is mounted into every language as assets/. The theme's two
stylesheets, KaTeX's, and ours become one file, since each further one delays
the first paint.
"""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

import material
import mkdocstrings_handlers.python
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from tools.html import drawings
from tools.html import math as formulas

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "docs" / "assets"
THEME = Path(material.__file__).parent / "templates" / "assets"
API = (Path(mkdocstrings_handlers.python.__file__).parent
       / "templates" / "material" / "style.css")
OURS = ("site.css", "widgets.css", "print.css")
# Not published: what the build reads, and pictures for the README.
PRIVATE = ("generated/", "css/", "figures/", "readme/", "data/jieba.txt")
KATEX = "vendor/katex/"


def stylesheet() -> str:
    """Return the site's one stylesheet."""
    sheets = [
        next((THEME / "stylesheets").glob("main.*.min.css")),
        next((THEME / "stylesheets").glob("palette.*.min.css")),
    ]
    text = "\n".join(p.read_text("utf-8") for p in sheets)
    text = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text)
    text = re.sub(r'@charset "UTF-8";', "", text)
    katex = ASSETS / KATEX / "katex.min.css"
    if katex.exists():
        rules = katex.read_text("utf-8")
        # Every browser that runs this site reads woff2.
        rules = re.sub(r',url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)', "",
                       rules)
        text += rules.replace("url(fonts/", f"url(../{KATEX}fonts/")
    text += "\n" + formulas.css()
    text += _squeeze(API.read_text("utf-8"))
    for name in OURS:
        path = ASSETS / "css" / name
        if path.exists():
            text += "\n" + _squeeze(path.read_text("utf-8"))
    return text


def _squeeze(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return re.sub(r"\s*\n\s*", "\n", css).strip() + "\n"


def bundle_name() -> str:
    """Return the stylesheet's path below a language; it names its content."""
    digest = hashlib.sha256(stylesheet().encode()).hexdigest()[:8]
    return f"assets/css/bundle.{digest}.css"


@lru_cache
def _standalone(path: Path, _stamp: int) -> str:
    return drawings.standalone(path.read_text("utf-8"))


def shared_files(config: MkDocsConfig) -> list[File]:
    """Return the shared files as files of this build."""
    lang = config.theme["language"]
    found = []
    for path in sorted(ASSETS.rglob("*")):
        name = path.relative_to(ASSETS).as_posix()
        if not path.is_file() or name.startswith(PRIVATE):
            continue
        found.append(File(f"assets/{name}", str(ASSETS.parent),
                          config.site_dir, config.use_directory_urls))
    for path in sorted((ASSETS / "figures").glob(f"*.{lang}.svg")):
        found.append(File.generated(
            config, f"assets/figures/{path.name}",
            content=_standalone(path, path.stat().st_mtime_ns)))
    found.append(File.generated(config, config.extra["bundle"],
                                content=stylesheet()))
    return found
