"""What stands above the languages: chooser, 404, sitemap, robots, wheel."""

import shutil
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Template

from qkv_explained import __version__
from qkv_explained.languages import LANGUAGES, PIVOT, words
from tools.site import exports
from tools.site.address import base_url
from tools.site.finish import csp

FOLDER = Path("docs") / "root"
WHEEL = f"qkv_explained-{__version__}-py3-none-any.whl"


def write(site: Path, langs: tuple[str, ...], root: Path) -> None:
    """Write the root of a site of these languages."""
    base = base_url()
    path = urlsplit(base).path or "/"
    known = {lang: words(lang) for lang in LANGUAGES}
    # English first: whoever reads none of the languages reads it.
    first = sorted(known, key=lambda lang: lang != PIVOT)
    for source in sorted((root / FOLDER).iterdir()):
        target = site / source.name
        if source.suffix in {".html", ".txt", ".css", ".js"}:
            template = Template(source.read_text("utf-8"), autoescape=True,
                                keep_trailing_newline=True, trim_blocks=True)
            target.write_text(template.render(
                base=base, path=path, languages=known, first=first,
                in_english=listed([known[lang]["english"] for lang in known])),
                "utf-8")
        else:
            shutil.copyfile(source, target)
    put_wheel(site, root)
    (site / ".nojekyll").touch()
    (site / "sitemap.xml").write_text(_sitemap(base, langs), "utf-8")
    exports.site_wide(site, [site / lang for lang in langs])
    # The root's own pages, each with a policy of its own.
    for page in (site / "index.html", site / "404.html"):
        csp.apply_to([page])


def listed(names: list[str]) -> str:
    """Return names in a row: "Chinese, English and Russian"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def put_wheel(site: Path, root: Path) -> None:
    """Build the package's wheel; the same code gives the same bytes."""
    from hatchling.builders.wheel import WheelBuilder

    for old in site.glob("*.whl"):
        old.unlink()
    builder = WheelBuilder(str(root))
    list(builder.build(directory=str(site), versions=["standard"]))


def _sitemap(base: str, langs: tuple[str, ...]) -> str:
    rows = "".join(f"<sitemap><loc>{base}{lang}/sitemap.xml</loc></sitemap>"
                   for lang in langs)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/'
            f'0.9">{rows}</sitemapindex>\n')
